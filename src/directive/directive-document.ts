import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { DirectiveReport, DocumentPart, DocumentSection, DocumentTable, Run } from './directive-report.ts'

/** Half points, as Word counts: 14 pt in the body, 12 pt in tables. */
const BODY = 28
const SMALL = 24
/** Twentieths of a point: A4 with 20 mm above and below, 30 mm left for binding, 15 mm right. */
const PAGE = { size: { width: 11_906, height: 16_838 }, margin: { top: 1_134, bottom: 1_134, left: 1_701, right: 850 } }
const INDENT = 567

/** The report as a Word document, to be completed, numbered and signed. */
export async function directiveDocument(report: DirectiveReport): Promise<Uint8Array<ArrayBuffer>> {
  const section: ISectionOptions = {
    properties: { page: PAGE, titlePage: true },
    // The number of the page stands in the middle above, from the second page on.
    headers: {
      default: new Header({
        children: [centred([new TextRun({ children: [PageNumber.CURRENT], size: BODY })])],
      }),
    },
    children: [...head(report), ...report.sections.flatMap(sectionOf), ...foot(report)],
  }
  const document = new Document({
    title: report.subject,
    creator: report.issuer,
    styles: { default: { document: { run: { font: 'Times New Roman', size: BODY } } } },
    sections: [section],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

type Weight = { bold?: boolean; italics?: boolean; size?: number; underline?: object }
const said = (text: string, weight: Weight = {}) => new TextRun({ text, ...weight })
const textOf = (run: Run) => (typeof run === 'string' ? run : run.text)

function centred(children: TextRun[], after = 0): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after }, children })
}

function body(children: TextRun[]): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: INDENT },
    spacing: { after: 120, line: 300 },
    children,
  })
}

/** Two columns without lines: the organ and its number at the left, the motto and the day at the right. */
function head(report: DirectiveReport): (Paragraph | Table)[] {
  const left = [
    ...(report.superior ? [centred([said(report.superior.toUpperCase(), { size: 26 })])] : []),
    centred([said(report.issuer.toUpperCase(), { bold: true, size: 26, underline: {} })], 120),
    centred([said(report.number, { size: 26 })]),
  ]
  const right = [
    centred([said('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, size: 26 })]),
    centred([said('Độc lập - Tự do - Hạnh phúc', { bold: true, underline: {} })], 120),
    centred([said(report.dateline, { italics: true })]),
  ]
  return [
    columns([left, right], [42, 58]),
    new Paragraph({}),
    centred([said(report.title, { bold: true })]),
    centred([said(report.subject, { bold: true })], 240),
    centred([said(report.addressee)], 240),
    body([said(report.opening)]),
  ]
}

function foot(report: DirectiveReport): (Paragraph | Table)[] {
  const left = [
    new Paragraph({ children: [said('Nơi nhận:', { bold: true, italics: true, size: SMALL })] }),
    ...report.recipients.map(line => new Paragraph({ children: [said(`- ${line}`, { size: 22 })] })),
  ]
  const right = [centred([said(report.signer, { bold: true })], 120)]
  return [body([said(report.closing)]), new Paragraph({}), columns([left, right], [50, 50])]
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noLines = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }

function columns(cells: readonly Paragraph[][], widths: readonly number[]): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: noLines,
    rows: [
      new TableRow({
        children: cells.map(
          (children, i) =>
            new TableCell({ children, borders: noLines, width: { size: widths[i] ?? 50, type: WidthType.PERCENTAGE } }),
        ),
      }),
    ],
  })
}

function sectionOf({ title, parts }: DocumentSection): (Paragraph | Table)[] {
  return [
    new Paragraph({
      indent: { firstLine: INDENT },
      spacing: { before: 200, after: 120 },
      keepNext: true,
      children: [said(title, { bold: true })],
    }),
    ...parts.flatMap(partOf),
  ]
}

function partOf(part: DocumentPart): (Paragraph | Table)[] {
  if (part.kind === 'text') return [body([said(part.runs.map(textOf).join(''))])]
  if (part.kind === 'open') return [body([said(part.prompt)]), body([said('…'.repeat(60))])]
  return [caption(part.table.caption), tableOf(part.table), new Paragraph({ spacing: { after: 60 } })]
}

function caption(text: string): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 120, after: 80 },
    keepNext: true,
    children: [said(text, { italics: true, size: SMALL })],
  })
}

/** A third for what a row is called; the figures share the rest. */
function tableOf({ head: heads, rows, total }: DocumentTable): Table {
  const width = (i: number) => (i === 0 ? 34 : 66 / (heads.length - 1))
  const cell = (run: Run, i: number, bold: boolean, isHead = false) =>
    new TableCell({
      width: { size: width(i), type: WidthType.PERCENTAGE },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: 80, right: 80 },
      children: [
        new Paragraph({
          alignment: isHead ? AlignmentType.CENTER : i === 0 ? AlignmentType.LEFT : AlignmentType.RIGHT,
          children: [said(textOf(run), { bold, size: SMALL })],
        }),
      ],
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: heads.map((name, i) => cell(name, i, true, true)) }),
      ...rows.map((row, n) => {
        const isTotal = total === true && n === rows.length - 1
        return new TableRow({ cantSplit: true, children: row.map((run, i) => cell(run, i, isTotal)) })
      }),
    ],
  })
}
