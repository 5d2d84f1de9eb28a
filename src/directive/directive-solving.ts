import type { Ii06aKey, Ii06aRow } from '#src/statutory/ii06a.ts'
import type { AgencyFigures, DirectiveFigures } from './directive-figures.ts'
import type { DocumentPart, DocumentSection } from './directive-report.ts'
import { changeCell, changeText, figure, numberOf, shareText, tablePart, text } from './directive-words.ts'

/** How many agencies are named at either end. */
const NAMED = 5

const lines: readonly [key: Ii06aKey, name: string][] = [
  ['c3', 'Tổng số hồ sơ tiếp nhận'],
  ['c4', 'Tiếp nhận trong kỳ: trực tuyến'],
  ['c5', 'Tiếp nhận trong kỳ: trực tiếp, bưu chính'],
  ['c6', 'Từ kỳ trước chuyển qua'],
  ['c7', 'Đã giải quyết'],
  ['c8', 'Đã giải quyết trước hạn'],
  ['c9', 'Đã giải quyết đúng hạn'],
  ['c10', 'Đã giải quyết quá hạn'],
  ['c11', 'Đang giải quyết'],
  ['c12', 'Đang giải quyết trong hạn'],
  ['c13', 'Đang giải quyết quá hạn'],
]

export const newlyReceived = ({ c4, c5 }: Ii06aRow) => c4 + c5
const inTime = ({ c8, c9 }: Ii06aRow) => c8 + c9

/** What came in and what was solved, against the period before and the same one a year ago. */
export function solvingSection(figures: DirectiveFigures): DocumentSection {
  return {
    title: 'Tình hình, kết quả tiếp nhận và giải quyết',
    parts: [...overview(figures), comparison(figures), ...onTimeByAgency(figures), byField(figures)],
  }
}

function overview({ totals, hrefs, links }: DirectiveFigures): DocumentPart[] {
  const { now, before, yearBefore } = totals
  const change = (of: (row: Ii06aRow) => number) =>
    `${changeText(of(now), of(before), 'kỳ liền trước')}; ${changeText(of(now), of(yearBefore), 'cùng kỳ năm trước')}`
  return [
    text(
      '1. Tiếp nhận: trong kỳ tiếp nhận mới ',
      figure(newlyReceived(now), links.received),
      ` hồ sơ (${change(newlyReceived)}), trong đó trực tuyến `,
      figure(now.c4, hrefs.c4),
      ` hồ sơ, đạt ${shareText(now.c4, newlyReceived(now))}; kỳ trước chuyển qua `,
      figure(now.c6, hrefs.c6),
      ' hồ sơ. Tổng số phải giải quyết ',
      figure(now.c3, hrefs.c3),
      ' hồ sơ.',
    ),
    text(
      '2. Giải quyết: đã giải quyết ',
      figure(now.c7, hrefs.c7),
      ` hồ sơ (${change(row => row.c7)}); trước hạn `,
      figure(now.c8, hrefs.c8),
      ', đúng hạn ',
      figure(now.c9, hrefs.c9),
      ', quá hạn ',
      figure(now.c10, hrefs.c10),
      `. Tỷ lệ đúng và trước hạn ${shareText(inTime(now), now.c7)} (kỳ liền trước ${shareText(inTime(before), before.c7)}; cùng kỳ năm trước ${shareText(inTime(yearBefore), yearBefore.c7)}). Đang giải quyết `,
      figure(now.c11, hrefs.c11),
      ' hồ sơ, trong đó quá hạn ',
      figure(now.c13, hrefs.c13),
      ' hồ sơ.',
    ),
  ]
}

function comparison({ totals, hrefs }: DirectiveFigures): DocumentPart {
  const { now, before, yearBefore } = totals
  return tablePart({
    caption: 'Bảng 1. So sánh với kỳ liền trước và cùng kỳ năm trước (hồ sơ)',
    head: ['Chỉ tiêu', 'Kỳ này', 'Kỳ liền trước', 'Tăng, giảm', 'Cùng kỳ năm trước', 'Tăng, giảm'],
    rows: lines.map(([key, name]) => [
      name,
      figure(now[key], hrefs[key]),
      figure(before[key]),
      changeCell(now[key], before[key]),
      figure(yearBefore[key]),
      changeCell(now[key], yearBefore[key]),
    ]),
  })
}

const rate = ({ row }: AgencyFigures) => inTime(row) / row.c7

function onTimeByAgency({ agencies, issuer }: DirectiveFigures): DocumentPart[] {
  // What one agency says of itself alone stands under 2.
  if (agencies.length === 1 && agencies[0]?.name === issuer.name) return []
  const solving = agencies.filter(({ row }) => row.c7 > 0)
  const ranked = solving.toSorted((a, b) => rate(b) - rate(a) || b.row.c7 - a.row.c7)
  const worst = ranked
    .filter(({ row }) => row.c10 > 0)
    .toReversed()
    .slice(0, NAMED)
  const named = (list: readonly AgencyFigures[]) =>
    list.map(one => `${one.name} ${shareText(inTime(one.row), one.row.c7)} (${figureOf(one.row.c7)} hồ sơ)`).join('; ')
  if (ranked.length === 0) return [text('3. Trong kỳ chưa có hồ sơ nào được giải quyết xong.')]
  return [
    text(
      `3. Tỷ lệ đúng và trước hạn theo cơ quan: ${ranked.filter(one => one.row.c10 === 0).length}/${ranked.length} cơ quan đạt 100%. Cao nhất: ${named(ranked.slice(0, NAMED))}.`,
    ),
    text(worst.length > 0 ? `Thấp nhất: ${named(worst)}.` : 'Không cơ quan nào có hồ sơ giải quyết quá hạn.'),
  ]
}

const figureOf = (value: number) => {
  const said = figure(value)
  return typeof said === 'string' ? said : said.text
}

function byField({ fields, totals, hrefs }: DirectiveFigures): DocumentPart {
  const keys = ['c3', 'c7', 'c10', 'c11', 'c13'] as const
  const rows = fields.map(({ label, cells, hrefs: behind }) => [
    label,
    ...keys.map(key => figure(numberOf(cells[key]), behind?.[key])),
  ])
  return tablePart({
    caption: 'Bảng 2. Kết quả giải quyết theo lĩnh vực (hồ sơ)',
    head: ['Lĩnh vực', 'Tiếp nhận', 'Đã giải quyết', 'Quá hạn', 'Đang giải quyết', 'Đang quá hạn'],
    rows: [...rows, ['Tổng cộng', ...keys.map(key => figure(totals.now[key], hrefs[key]))]],
    total: true,
  })
}

/** What is late, where, by whose doing, and whether it was apologised for. */
export function delaySection(figures: DirectiveFigures): DocumentSection {
  const { totals, hrefs, agencies, causes, apologies, links } = figures
  const late = agencies.filter(({ row }) => row.c10 + row.c13 > 0)
  const ranked = late.toSorted((a, b) => b.row.c13 + b.row.c10 - a.row.c13 - a.row.c10)
  return {
    title: 'Hồ sơ quá hạn và việc xin lỗi',
    parts: [
      text(
        '1. Giải quyết quá hạn ',
        figure(totals.now.c10, hrefs.c10),
        ' hồ sơ; cuối kỳ còn ',
        figure(totals.now.c13, hrefs.c13),
        ` hồ sơ đang quá hạn, tại ${late.length} cơ quan.`,
      ),
      ...(ranked.length > 0 ? [lateTable(ranked)] : []),
      text(
        causes.length > 0
          ? `2. Cơ quan gây quá hạn của hồ sơ đã giải quyết quá hạn: ${causes.map(({ agency, late: n }) => `${agency} ${figureOf(n)} hồ sơ`).join('; ')}.`
          : '2. Trong kỳ không có hồ sơ giải quyết quá hạn cần xác định cơ quan gây chậm.',
      ),
      text(
        '3. Xin lỗi: phát sinh quá hạn ',
        figure(apologies.late),
        ' hồ sơ, đã xin lỗi ',
        figure(apologies.apologised),
        ', chưa xin lỗi ',
        figure(apologies.silent, links.silent),
        '; phát hành ',
        figure(apologies.issued, links.issued),
        ' phiếu xin lỗi, trong đó báo muộn ',
        figure(apologies.lateNotice),
        '.',
      ),
    ],
  }
}

const MOST_LATE = 10

function lateTable(ranked: readonly AgencyFigures[]): DocumentPart {
  return tablePart({
    caption: `Bảng 3. Cơ quan có hồ sơ quá hạn${ranked.length > MOST_LATE ? ` (${MOST_LATE} cơ quan nhiều nhất)` : ''}`,
    head: ['Cơ quan', 'Đã giải quyết quá hạn', 'Đang quá hạn'],
    rows: ranked
      .slice(0, MOST_LATE)
      .map(({ name, row, hrefs }) => [name, figure(row.c10, hrefs.c10), figure(row.c13, hrefs.c13)]),
  })
}
