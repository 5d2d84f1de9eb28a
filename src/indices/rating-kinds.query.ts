import { placeText, readPlace } from '#src/library/list-place.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import {
  type Asked,
  type Cell,
  type ListKind,
  type ReportColumn,
  type ReportRow,
  type ReportTable,
  reportReaders,
  type TableKind,
} from '#src/reports/report.ts'
import { completionOf, completionText, officerScore, ratedIndexName, ratedIndices } from './dossier-rating.ts'
import { type EnteredValue, lastWords, type Stage } from './entered-value.ts'
import { indicatorsOf } from './indicator-set.ts'
import {
  countRatedDossiers,
  listRatedDossiers,
  listRatedOfficers,
  type RatedDossier,
  type RatedPeriod,
} from './rating.query.ts'
import { roundTo, type ScoredIndicator } from './score.ts'
import { sourceWords } from './score-kinds.query.ts'
import { getStandings, type Standing, type Standings, shownOf } from './standing.query.ts'

const vietnamese = (vi: string) => vi

const ratedIn = (ctx: Ctx, { begins, until, asOf, agencies }: Asked): RatedPeriod => ({
  begins,
  until,
  agencies,
  said: asOf ?? ctx.clock.now(),
})

const indexColumns: ReportColumn[] = ratedIndices.map(index => ({
  key: `p${index}`,
  head: [`Chỉ số ${index}`, `Index ${index}`],
  number: `(${index})`,
  kind: 'number',
  width: 10,
}))

/** Form 01: each dossier with a result in the period, by the indices it tells of. */
export const ratedDossiers: ListKind = {
  key: 'danh-gia-mau-01',
  title: ['Phiếu đánh giá việc giải quyết hồ sơ (Mẫu số 01)', 'Rating of each dossier (form 01)'],
  about: [
    'Điểm các chỉ số 1, 2, 3, 4, 6, 7 của từng hồ sơ có kết quả trong kỳ.',
    'Points by indices 1, 2, 3, 4, 6 and 7 of each dossier with a result in the period.',
  ],
  group: 'index',
  form: 'Mẫu số 01, Thông tư 01/2018/TT-VPCP',
  roles: reportReaders,
  filters: ['officer'],
  shape: 'list',
  label: ['Hồ sơ', 'Dossier'],
  columns: [
    { key: 'procedure', head: ['Thủ tục', 'Procedure'], kind: 'text', width: 40 },
    { key: 'agency', head: ['Cơ quan', 'Agency'], kind: 'text', width: 24 },
    { key: 'officer', head: ['Người thụ lý', 'Appraised by'], kind: 'text', width: 22 },
    { key: 'ready', head: ['Có kết quả lúc', 'Result ready'], kind: 'instant', width: 18 },
    ...indexColumns,
    { key: 'changed', head: ['Thẩm định', 'Appraisal'], kind: 'text', width: 14 },
  ],
  async page(ctx, asked, { after, limit }) {
    const rows = await listRatedDossiers(ctx, ratedIn(ctx, asked), {
      after: readPlace(after).after,
      limit: limit + 1,
      officer: officerOf(asked),
    })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      rows: shown.map(one => ({
        key: one.code,
        label: one.code,
        hrefs: { label: `/danh-gia/ho-so/${one.code}` },
        cells: {
          procedure: one.procedure,
          agency: one.agency,
          officer: one.officer,
          ready: one.readyAt,
          ...Object.fromEntries(ratedIndices.map(index => [`p${index}`, one.points[index]])),
          changed: one.changed ? 'đã thẩm định' : null,
        },
        english: { changed: 'appraised' },
      })),
      next: rows.length > limit && last ? placeOf(last) : null,
    }
  },
  count: (ctx, asked) => countRatedDossiers(ctx, ratedIn(ctx, asked), officerOf(asked)),
}

const placeOf = ({ agencyId, readyAt, id }: RatedDossier) =>
  placeText({ part: 0, after: { agencyId, key: readyAt.getTime() * 1000, id } })

const officerOf = ({ filters }: Asked) => (filters.officer === undefined ? undefined : Number(filters.officer))

/** Form 02: the nine indices of one agency, self-score and appraisal. */
export const agencyRating: TableKind = {
  key: 'danh-gia-mau-02',
  title: ['Phiếu đánh giá của cơ quan (Mẫu số 02)', 'Rating of an agency (form 02)'],
  about: [
    'Chín chỉ số của một cơ quan trong kỳ: tính từ hồ sơ, tự chấm và thẩm định.',
    'The nine indices of an agency: computed, self-score and appraisal.',
  ],
  group: 'index',
  form: 'Mẫu số 02, Thông tư 01/2018/TT-VPCP',
  roles: reportReaders,
  shape: 'table',
  read: async (ctx, asked) => agencyTable(await getStandings(ctx, 'chin-chi-so', asked), asked),
}

const point = (key: string, head: readonly [string, string]): ReportColumn => ({ key, head, kind: 'number', width: 12 })

export function agencyTable({ whole, values, set }: Standings, asked: Pick<Asked, 'agency'>): ReportTable {
  const own = lastWords(values).filter(({ agencyId }) => agencyId === asked.agency.id)
  const [band, english] = whole.score.band?.name ?? ['chưa có số liệu', 'no data yet']
  return {
    label: ['Chỉ số', 'Index'],
    columns: [
      point('max', ['Điểm tối đa', 'Maximum']),
      point('self', ['Tự chấm', 'Self-score']),
      point('appraisal', ['Thẩm định', 'Appraisal']),
      point('score', ['Điểm', 'Points']),
      { key: 'source', head: ['Nguồn', 'Source'], kind: 'text', width: 20 },
    ],
    rows: whole.score.groups.flatMap(({ indicators }) => indicators.map(one => indexRow(one, own))),
    total: {
      key: 'total',
      label: `Tổng điểm, xếp loại: ${band}`,
      english: { label: `Total, band: ${english}` },
      cells: { max: set.definition.max, score: whole.score.total === null ? null : roundTo(whole.score.total, 1) },
    },
    notes: [proportionNote],
  }
}

/** `own`: what was entered for the agency itself. */
function indexRow(one: ScoredIndicator, own: readonly EnteredValue[]): ReportRow {
  const { indicator, score } = one
  const [source, english] = sourceWords(one)
  const said = (stage: Stage): Cell => {
    const last = own.findLast(value => value.indicator === indicator.code && value.stage === stage)
    return last ? roundTo(last.value / last.of, 1) : null
  }
  return {
    key: indicator.code,
    label: `${indicator.code}. ${indicator.name[0]}`,
    cells: {
      ...{ max: indicator.max, self: said('self'), appraisal: said('appraisal') },
      ...{ score: score === null ? null : roundTo(score, 1), source },
    },
    english: { label: `${indicator.code}. ${indicator.name[1]}`, source: english },
  }
}

const proportionNote = [
  'Điểm trung bình của mỗi chỉ số là tổng điểm chia cho số phiếu, lấy một chữ số thập phân. Chỉ số chưa có số liệu không tính; tổng điểm quy đổi trên 18.',
  'The average of an index is its points by the number of forms, to one decimal. An index without data does not count; the total is in proportion, of 18.',
] as const

/** Form 03: agencies of the province ranked by the nine indices. */
export const provinceRating: TableKind = {
  key: 'chi-so-9',
  title: ['Tổng hợp đánh giá, xếp hạng (Mẫu số 03)', 'Ranking by the nine indices (form 03)'],
  about: [
    'Điểm trung bình chín chỉ số của từng cơ quan, tổng điểm và xếp loại.',
    'Averages by the nine indices of each agency, with total and band.',
  ],
  group: 'index',
  form: 'Mẫu số 03, Thông tư 01/2018/TT-VPCP',
  roles: reportReaders,
  shape: 'table',
  read: async (ctx, asked) => rankingTable(await getStandings(ctx, 'chin-chi-so', asked)),
}

export function rankingTable(standings: Standings): ReportTable {
  const { set, whole } = standings
  const { shown, notes } = shownOf(standings)
  return {
    label: ['Cơ quan', 'Agency'],
    columns: [
      { key: 'rank', head: ['Xếp hạng', 'Rank'], kind: 'count', width: 8 },
      ...indicatorsOf(set.definition).map(
        ({ code, name }): ReportColumn => ({ key: code, head: name, number: `(${code})`, kind: 'number', width: 12 }),
      ),
      { key: 'total', head: ['Tổng điểm', 'Total'], kind: 'number', width: 10 },
      { key: 'band', head: ['Xếp loại', 'Band'], kind: 'text', width: 14 },
    ],
    rows: shown.map(nineRow),
    total: nineRow(whole),
    notes: [...notes, proportionNote],
  }
}

function nineRow({ agency, score, rank }: Standing): ReportRow {
  const all = score.groups.flatMap(({ indicators }) => indicators)
  const points = all.map(one => [one.indicator.code, one.score === null ? null : roundTo(one.score, 1)] as const)
  return {
    key: agency.code,
    label: agency.name,
    cells: {
      rank,
      ...Object.fromEntries(points),
      total: score.total === null ? null : roundTo(score.total, 1),
      band: score.band?.name[0] ?? null,
    },
    ...(score.band && { english: { band: score.band.name[1] } }),
  }
}

/** Officers by the dossiers they had to appraise. */
export const officerRating: TableKind = {
  key: 'danh-gia-can-bo',
  title: ['Đánh giá cán bộ, công chức', 'Rating of officers'],
  about: [
    'Điểm trung bình của từng người thụ lý theo các chỉ số 1, 2, 3, 4, 7 và mức hoàn thành nhiệm vụ.',
    'Averages of each officer by indices 1, 2, 3, 4 and 7, and how far the task was completed.',
  ],
  group: 'index',
  roles: reportReaders,
  shape: 'table',
  read: readOfficers,
}

async function readOfficers(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const officers = await listRatedOfficers(ctx, ratedIn(ctx, asked))
  return {
    label: ['Cán bộ', 'Officer'],
    columns: [
      { key: 'agency', head: ['Cơ quan', 'Agency'], kind: 'text', width: 24 },
      { key: 'dossiers', head: ['Số hồ sơ', 'Dossiers'], kind: 'count', width: 10 },
      ...ratedIndices
        .filter(index => index !== 6)
        .map(
          (index): ReportColumn => ({
            key: `p${index}`,
            head: [ratedIndexName(index, vietnamese), ratedIndexName(index, (_, en) => en)],
            number: `(${index})`,
            kind: 'number',
            width: 12,
          }),
        ),
      { key: 'score', head: ['Tổng điểm (trên 10)', 'Total (of 10)'], kind: 'number', width: 10 },
      { key: 'completion', head: ['Mức hoàn thành', 'Completion'], kind: 'text', width: 28 },
    ],
    rows: officers.map(one => officerRow(one)),
    total: null,
  }
}

function officerRow(one: Awaited<ReturnType<typeof listRatedOfficers>>[number]): ReportRow {
  const score = officerScore(one.averages)
  const rounded = score === null ? null : roundTo(score, 1)
  const averages = ratedIndices.map(index => {
    const average = one.averages[index]
    return [`p${index}`, average === null ? null : roundTo(average, 1)] as const
  })
  return {
    key: `${one.accountId}-${one.agencyId}`,
    label: one.name,
    cells: {
      agency: one.agency,
      dossiers: one.dossiers,
      ...Object.fromEntries(averages),
      score: rounded,
      completion: rounded === null ? null : completionText(completionOf(rounded), vietnamese),
    },
    ...(rounded !== null && { english: { completion: completionText(completionOf(rounded), (_, en) => en) } }),
  }
}
