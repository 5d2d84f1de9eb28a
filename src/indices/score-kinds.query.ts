import type { Ctx } from '#src/platform/ctx.ts'
import { drillHref } from '#src/reports/drill.ts'
import {
  type Asked,
  type Cell,
  type ReportColumn,
  type ReportRow,
  type ReportTable,
  reportReaders,
  type TableKind,
  type Words,
} from '#src/reports/report.ts'
import type { IndexKey, Indicator } from './indicator-set.ts'
import type { MeasureKey } from './measure.ts'
import { roundTo, type ScoredIndicator, type SetScore, targetOf } from './score.ts'
import { getStandings, type Standing, type Standings, shownOf } from './standing.query.ts'

const byAgency = { value: 'agency', head: ['Cơ quan', 'Agency'] } as const
const byIndicator = { value: 'indicator', head: ['Chỉ số', 'Indicator'] } as const

/** The service-quality index of Decision 766: agencies ranked, or one agency's indicators. */
export const serviceIndex: TableKind = {
  key: 'chi-so-766',
  title: ['Chỉ số phục vụ người dân, doanh nghiệp', 'Index of service to citizens and businesses'],
  about: [
    'Điểm theo Quyết định 766/QĐ-TTg của từng cơ quan, tính từ dữ liệu trong kỳ.',
    'Scores of each agency by Decision 766, from the data of the period.',
  ],
  group: 'index',
  form: 'Quyết định 766/QĐ-TTg',
  roles: reportReaders,
  groupings: [byAgency, byIndicator],
  shape: 'table',
  read: (ctx, asked) => readSet(ctx, '766', asked),
}

/** Rates with targets: met or not, in words. */
export const targetRates: TableKind = {
  key: 'chi-tieu',
  title: ['Chỉ tiêu trực tuyến, số hóa, thanh toán', 'Targets: online, digitised, paid online'],
  about: ['Tỷ lệ của từng cơ quan so với chỉ tiêu được giao.', 'Rates of each agency against the targets set for it.'],
  group: 'index',
  roles: reportReaders,
  shape: 'table',
  read: readTargets,
}

async function readSet(ctx: Ctx, key: IndexKey, asked: Asked): Promise<ReportTable> {
  const standings = await getStandings(ctx, key, asked)
  if (asked.by !== 'indicator') return rankingTable(standings)
  // Those who measure reform read no dossiers, nor lists of them.
  const mayList = ctx.actor.kind === 'officer' && ctx.actor.role !== 'reform'
  return indicatorTable(standings, one => (mayList ? hrefsOf(one, asked) : {}))
}

const number = (key: string, head: readonly [string, string], more: Partial<ReportColumn> = {}): ReportColumn => ({
  key,
  head,
  kind: 'number',
  width: 12,
  ...more,
})

function rankingTable(standings: Standings): ReportTable {
  const { set, whole } = standings
  const { shown, notes } = shownOf(standings)
  const groups = set.definition.groups
  return {
    label: ['Cơ quan', 'Agency'],
    unit: ['Điểm', 'Points'],
    columns: [
      { key: 'rank', head: ['Xếp hạng', 'Rank'], kind: 'count', width: 8 },
      ...groups.map(({ code, name }) => number(code, name, { number: code })),
      number('score', ['Điểm đạt được', 'Points']),
      number('reachable', ['Trên số điểm có số liệu', 'Of points with data']),
      number('total', ['Điểm quy đổi', `In proportion`]),
      { key: 'band', head: ['Xếp loại', 'Band'], kind: 'text', width: 14 },
    ],
    rows: shown.map(standingRow),
    total: standingRow(whole),
    notes: [...notes, noDataNote],
  }
}

const noDataNote = [
  'Chỉ số chưa có số liệu không tính vào điểm tối đa; điểm quy đổi là tỷ lệ điểm đạt được trên số điểm có số liệu, nhân với điểm tối đa của bộ.',
  'An indicator without data does not count towards the maximum; the score in proportion is of the points that have data.',
] as const

function standingRow({ agency, score, rank }: Standing): ReportRow {
  const groups = score.groups.map(group => [group.code, group.reachable > 0 ? roundTo(group.score, 2) : null] as const)
  return {
    key: agency.code,
    label: agency.name,
    cells: { rank, ...Object.fromEntries(groups), ...totalsOf(score) },
    ...(score.band && { english: { band: score.band.name[1] } }),
  }
}

function totalsOf({ score, reachable, total, band }: SetScore): Record<string, Cell> {
  return {
    score: reachable > 0 ? roundTo(score, 2) : null,
    reachable: roundTo(reachable, 2),
    total,
    band: band?.name[0] ?? null,
  }
}

function indicatorTable(
  { whole: { score, agency } }: Standings,
  listsOf: (one: Indicator) => Record<string, string>,
): ReportTable {
  const rows = score.groups.flatMap(group => [
    {
      key: group.code,
      label: `${group.code}. ${group.name[0]}`,
      english: { label: `${group.code}. ${group.name[1]}` },
      cells: { score: group.reachable > 0 ? roundTo(group.score, 2) : null, max: group.max },
    },
    ...group.indicators.map(one => ({ ...indicatorRow(one), hrefs: listsOf(one.indicator) })),
  ])
  return {
    label: ['Chỉ số', 'Indicator'],
    columns: [
      number('numerator', ['Tử số', 'Numerator']),
      number('denominator', ['Mẫu số', 'Denominator']),
      { key: 'rate', head: ['Tỷ lệ', 'Rate'], kind: 'percent', width: 10 },
      number('score', ['Điểm', 'Points']),
      number('max', ['Điểm tối đa', 'Maximum']),
      { key: 'source', head: ['Nguồn', 'Source'], kind: 'text', width: 24 },
    ],
    rows,
    total: { key: 'total', label: agency.name, cells: { score: totalsOf(score).score ?? null, max: score.max } },
    notes: [noDataNote],
  }
}

/** Where points come from. */
export function sourceWords({ score, byHand }: ScoredIndicator): Words {
  if (score === null) return ['chưa có số liệu', 'no data yet']
  return byHand ? ['nhập theo kỳ', 'entered for the period'] : ['từ dữ liệu', 'from the data']
}

function indicatorRow(one: ScoredIndicator): ReportRow {
  const { indicator, numerator, denominator, rate, score } = one
  const [source, english] = sourceWords(one)
  return {
    key: indicator.code,
    label: `${indicator.code} ${indicator.name[0]}`,
    english: { label: `${indicator.code} ${indicator.name[1]}`, source: english },
    depth: 1,
    cells: {
      numerator: score === null ? null : numerator,
      denominator: score === null ? null : denominator,
      rate: rate === null || isPoints(indicator) ? null : roundTo(rate * 100, 2),
      score: score === null ? null : roundTo(score, 2),
      max: indicator.max,
      source,
    },
  }
}

/** An average of points is no share of anything. */
export const isPoints = ({ formula: { type } }: Indicator) =>
  type === 'average' || type === 'bonus' || type === 'deduction'

/** Counts that have a list of their dossiers behind them, and the cell of it. */
const lists: Partial<Record<MeasureKey, string>> = {
  received: 'received',
  received_online: 'received_online',
  solved: 'c7',
}

export function hrefsOf({ formula }: Indicator, asked: Pick<Asked, 'from' | 'to' | 'asOf' | 'agency'>) {
  if (formula.type !== 'rate') return {}
  const href = (measure: MeasureKey) => {
    const cell = lists[measure]
    return cell && drillHref({ cell, from: asked.from, to: asked.to, asOf: asked.asOf, agency: asked.agency.code })
  }
  const numerator = href(formula.numerator)
  const denominator = href(formula.denominator)
  return { ...(numerator && { numerator }), ...(denominator && { denominator }) }
}

async function readTargets(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const standings = await getStandings(ctx, 'chi-tieu', asked)
  const { set, whole } = standings
  const { shown, notes } = shownOf(standings)
  const indicators = set.definition.groups.flatMap(group => group.indicators)
  return {
    label: ['Cơ quan', 'Agency'],
    columns: indicators.flatMap(({ code, name }): ReportColumn[] => [
      { key: code, head: ['Tỷ lệ', 'Rate'], groups: [name], kind: 'percent', width: 10 },
      { key: `${code}-target`, head: ['Chỉ tiêu', 'Target'], groups: [name], kind: 'percent', width: 10 },
      { key: `${code}-met`, head: ['Kết quả', 'Outcome'], groups: [name], kind: 'text', width: 14 },
    ]),
    rows: shown.map(targetRow),
    total: targetRow(whole),
    notes,
  }
}

function targetRow({ agency, score }: Standing): ReportRow {
  const all = score.groups.flatMap(group => group.indicators)
  const english: Record<string, string> = {}
  const cells = all.flatMap(({ indicator, rate, score: points }): [string, Cell][] => {
    const target = targetOf(indicator, agency.kind === 'commune')
    const known = points === null ? null : rate
    const met = `${indicator.code}-met`
    const [outcome, inEnglish] = metWords(known, target)
    english[met] = inEnglish
    return [
      [indicator.code, known === null ? null : roundTo(known * 100, 2)],
      [`${indicator.code}-target`, target === undefined ? null : roundTo(target * 100, 2)],
      [met, outcome],
    ]
  })
  return { key: agency.code, label: agency.name, cells: Object.fromEntries(cells), english }
}

function metWords(rate: number | null, target: number | undefined): Words {
  if (target === undefined) return ['không giao chỉ tiêu', 'no target set']
  if (rate === null) return ['chưa có số liệu', 'no data yet']
  return rate >= target ? ['đạt', 'reached'] : ['không đạt', 'missed']
}
