import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { renderSVG } from 'uqr'
import { wallClock } from '#src/platform/text.ts'
import type { FormSet } from '#src/procedures/law.ts'
import { fontCoverage, printable } from './font-coverage.ts'
import { type Block, longDate } from './form-block.ts'
import { formLayout } from './form-layout.ts'
import { apologyBlocks2018, apologyBlocks2025, stopBlocks } from './form-letters.ts'
import { bookBlocks, controlBlocks } from './form-registers.ts'
import { receiptBlocks, refusalBlocks, supplementBlocks } from './form-slips.ts'
import {
  BOOK_ROWS_MAX,
  type FormKind,
  type FormModels,
  formCitation,
  formNumber,
  formPaper,
  formTitle,
  formTitleLines,
} from './statutory-form.ts'

type Blocks = { [K in FormKind]: (form: FormModels[K]) => Block[] }

const blocks2025: Blocks = {
  receipt: receiptBlocks,
  supplement: supplementBlocks,
  refusal: refusalBlocks,
  apology: apologyBlocks2025,
  stop: stopBlocks,
  control: controlBlocks,
  book: bookBlocks,
}
const blocksOf: Record<FormSet, Blocks> = { 2018: { ...blocks2025, apology: apologyBlocks2018 }, 2025: blocks2025 }

/**
 * A statutory form as PDF/A-2a (archival, tagged for screen readers), in Vietnamese, on the paper `formPaper` names. The same model always
 * gives the same bytes. About 10 ms a slip, half a second per thousand rows of the book, in which the process does nothing else.
 * Throws RangeError when the set has no such form, or the book more than `BOOK_ROWS_MAX` rows.
 */
export async function renderForm<K extends FormKind>(set: FormSet, kind: K, model: FormModels[K]): Promise<Uint8Array> {
  if (!formNumber(set, kind)) throw new RangeError(`The set of ${set} has no form "${kind}".`)
  const rows = 'rows' in model ? model.rows.length : 0
  if (rows > BOOK_ROWS_MAX) throw new RangeError(`A book of ${rows} rows is printed in parts of ${BOOK_ROWS_MAX}.`)
  const press = openPress()
  const input = layoutInput(set, kind, model)
  let document = compile(press.compiler, input, 1)
  if (input.paper === 'a5' && document.numOfPages === 2) {
    // Rather smaller type than a second sheet for the signatures alone.
    const tighter = compile(press.compiler, input, 0.9)
    if (tighter.numOfPages === 1) document = tighter
  }
  const pdf = press.compiler.pdf(document, { pdfStandard: 'a-2a' })
  // What the compiler remembers between forms would otherwise grow without end.
  press.compiler.evictCache(kind === 'book' ? 0 : 8)
  return pdf
}

function compile(compiler: NodeCompiler, input: object, scale: number): NodeTypstDocument {
  const form = JSON.stringify({ ...input, scale }, (_key, value) =>
    typeof value === 'string' ? printable(value, openPress().covered) : value,
  )
  const compiled = compiler.compile({ mainFileContent: formLayout, inputs: { form } })
  if (compiled.result) return compiled.result
  const error = compiled.takeError()
  throw new Error(
    `The form does not compile: ${error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'no reason given'}`,
  )
}

function layoutInput<K extends FormKind>(set: FormSet, kind: K, model: FormModels[K]) {
  const { year, month, day, hour, minute } = wallClock(model.at)
  const title = formTitle(set, kind)
  return {
    titleLines: formTitleLines(set, kind),
    documentTitle: model.code ? `${title} ${model.code}` : title,
    date: { year, month, day, hour, minute, second: 0 },
    citation: formCitation(set, kind),
    paper: formPaper(set, kind),
    superior: model.superior,
    unit: model.unit,
    placeDate: `${model.place}, ${longDate(model.at)}`,
    number: model.number,
    code: model.code,
    trackingUrl: model.trackingUrl,
    trackingSecret: model.trackingSecret,
    // No quiet zone of its own: the white of the paper around it is wide enough.
    qr: model.trackingUrl && renderSVG(model.trackingUrl, { ecc: 'M', border: 0 }),
    blocks: blocksOf[set][kind](model),
  }
}

type Press = { compiler: NodeCompiler; covered: Set<number> }
let opened: Press | undefined

/** One compiler per process, made when the first form is printed: it holds the fonts and nothing about any dossier. */
function openPress(): Press {
  if (opened) return opened
  const { resolve } = createRequire(import.meta.url)
  const fonts = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map(style =>
    readFileSync(resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`)),
  )
  const [first, ...others] = fonts.map(fontCoverage)
  const covered = new Set([...(first ?? [])].filter(c => others.every(other => other.has(c))))
  // The workspace names no real folder: the layout reads nothing but its input.
  opened = { compiler: NodeCompiler.create({ workspace: '/motcua-forms', fontArgs: [{ fontBlobs: fonts }] }), covered }
  return opened
}
