import { sumFacts } from '#src/facts/fact-sums.query.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import { pageNames } from '#src/reports/asked.ts'
import { type Asked, type ReportColumn, type ReportTable, reportReaders, type TableKind } from '#src/reports/report.ts'
import { mayDrill } from './count-columns.ts'
import { LATE } from './late-dossiers.query.ts'
import { scopeHref, scopeSql, scopeValues } from './scope.query.ts'

const keys = ['late', 'apologised', 'silent', 'issued', 'inTime', 'lateNotice'] as const
type Key = (typeof keys)[number]
type Row = { key: string; label: string; isTotal: boolean } & Record<Key, number>

/** Dossiers that became late and whether they had an apology by the end of the period; letters of the period and whether they came in time. */
export const apologiesSql = (key: string, label: string) => `
WITH ${LATE}, entry AS (
  SELECT d.competent_agency_id AS agency_id, v.field_id, 1 AS late, l.apologised::int AS apologised, 0 AS issued, 0 AS late_notice
  FROM late l JOIN dossier d ON d.id = l.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  UNION ALL
  SELECT d.competent_agency_id, v.field_id, 0, 0, 1, coalesce((e.payload ->> 'lateNotice')::boolean, false)::int
  FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE e.type = 'extended' AND e.at >= $1::timestamptz AND e.at < $2::timestamptz AND d.parent_id IS NULL
    AND ${scopeSql('d.competent_agency_id')}
)
SELECT ${key} AS key, min(${label}) AS label, GROUPING(${key}) = 1 AS "isTotal", coalesce(sum(n.late), 0)::int AS late,
  coalesce(sum(n.apologised), 0)::int AS apologised, coalesce(sum(n.late - n.apologised), 0)::int AS silent,
  coalesce(sum(n.issued), 0)::int AS issued, coalesce(sum(n.issued - n.late_notice), 0)::int AS "inTime",
  coalesce(sum(n.late_notice), 0)::int AS "lateNotice"
FROM entry n JOIN agency a ON a.id = n.agency_id JOIN field f ON f.id = n.field_id
GROUP BY GROUPING SETS ((${key}), ()) ORDER BY key`

const due = ['Hồ sơ phát sinh quá hạn trong kỳ', 'Dossiers that became late in the period'] as const
const letters = ['Phiếu xin lỗi phát hành trong kỳ', 'Apologies issued in the period'] as const
const count = (key: string, head: readonly [string, string], groups?: readonly (readonly [string, string])[]) => ({
  ...{ key, head, kind: 'count' as const, width: 13 },
  ...(groups && { groups }),
})
const columns: readonly ReportColumn[] = [
  count('late', ['Tổng số', 'Total'], [due]),
  count('apologised', ['Đã xin lỗi', 'With an apology'], [due]),
  count('silent', ['Chưa xin lỗi', 'Without one'], [due]),
  count('issued', ['Tổng số', 'Total'], [letters]),
  count('inTime', ['Báo trước đúng quy định', 'In good time'], [letters]),
  count('lateNotice', ['Báo muộn', 'Too late'], [letters]),
  count('solvedLate', ['Đã giải quyết quá hạn trong kỳ', 'Solved late in the period']),
  count('overdue', ['Đang quá hạn cuối kỳ', 'Overdue at its end']),
]

/** Whether everybody kept waiting was told so in writing. */
export const apologies: TableKind = {
  shape: 'table',
  key: 'xin-loi',
  title: ['Xin lỗi tổ chức, cá nhân về hồ sơ quá hạn', 'Apologies for what was late'],
  about: [
    'Hồ sơ phát sinh quá hạn đã có hay chưa có phiếu xin lỗi; phiếu đã phát hành và báo trước hay báo muộn.',
    'Dossiers that became late with and without an apology; letters issued, in good time or too late.',
  ],
  group: 'progress',
  roles: reportReaders,
  groupings: [
    { value: 'agency', head: ['Cơ quan', 'Agency'] },
    { value: 'field', head: ['Lĩnh vực', 'Field'] },
  ],
  filters: ['field'],
  read: readApologies,
}

async function readApologies(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const isByField = asked.by === 'field'
  const [key, label] = isByField ? ['f.code', 'f.name'] : ['a.code', 'a.name']
  const [found, facts] = await Promise.all([
    run<Row>(ctx.db, apologiesSql(key, label), await scopeValues(ctx, asked)),
    lateSums(ctx, asked),
  ])
  const cells = (row: Row | undefined, of: LateSums | undefined) => ({
    ...Object.fromEntries(keys.map(name => [name, row?.[name] ?? 0])),
    ...{ solvedLate: of?.late ?? 0, overdue: of?.overdue ?? 0 },
  })
  const rows = new Map(found.filter(row => !row.isTotal).map(row => [row.key, row]))
  const heads = new Map([...facts.groups, ...rows].map(([code, { label: name }]) => [code, name]))
  return {
    label: isByField ? ['Lĩnh vực', 'Field'] : ['Cơ quan', 'Agency'],
    unit: ['Số hồ sơ TTHC', 'Dossiers'],
    columns,
    rows: [...heads]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, name]) => ({
        key: code,
        label: name,
        cells: cells(rows.get(code), facts.groups.get(code)),
        ...hrefsOf(ctx, asked, code),
      })),
    total: {
      key: 'total',
      label: '',
      cells: cells(
        found.find(row => row.isTotal),
        facts.all,
      ),
      ...hrefsOf(ctx, asked, null),
    },
    notes: [
      [
        'Mỗi hồ sơ quá hạn phải có phiếu xin lỗi: cột “Chưa xin lỗi” phải bằng 0. Hồ sơ phát sinh quá hạn được tính một lần, vào lần đầu quá hạn.',
        'Every late dossier must have an apology: the column “Without one” must be 0. A dossier counts once, when it first became late.',
      ],
    ],
  }
}

function hrefsOf(ctx: Ctx, asked: Asked, key: string | null) {
  if (!mayDrill(ctx)) return {}
  const drills = { issued: 'extended', solvedLate: 'late', overdue: 'overdue' }
  const behind = Object.entries(drills).map(([column, cell]) => [column, scopeHref(ctx, asked, cell, key) ?? ''])
  return { hrefs: { ...Object.fromEntries(behind), silent: silentHref(asked, key) } as Record<string, string> }
}

/** The dossiers nobody apologised for; of an agency's row without those of the agencies below it. */
function silentHref({ by, from, to, agency, filters, asOf }: Asked, key: string | null): string {
  const isOfAgency = by !== 'field' && key !== null
  const query = new URLSearchParams({ [pageNames.from]: from, [pageNames.to]: to })
  query.set(pageNames.agency, isOfAgency ? key : agency.code)
  if (isOfAgency) query.set(pageNames.by, 'own')
  const field = (by === 'field' && key) || filters.field
  if (field) query.set(pageNames.field, field)
  if (asOf) query.set(pageNames.asOf, asOf.toISOString())
  return `/bao-cao/tre-khong-xin-loi?${query}`
}

type LateSums = { label: string; late: number; overdue: number }

/** What form II.06a counts of the same: solved late, and overdue at the end. */
async function lateSums(ctx: Ctx, asked: Asked): Promise<{ groups: Map<string, LateSums>; all: LateSums }> {
  const by = asked.by === 'field' ? 'field' : 'agency'
  const { begins: from, until, agencies } = asked
  const fieldId = await findAskedField(ctx, asked)
  const sums = await sumFacts(ctx, { from, until, by: [by], agencies, fieldId, keys: ['late', 'overdue'] })
  const idOf = (row: (typeof sums)[number]) => (by === 'agency' ? row.agencyId : row.fieldId)
  const names = await run<{ id: number; code: string; label: string }>(
    ctx.db,
    `SELECT id, code, name AS label FROM ${by} WHERE id = ANY ($1::int[])`,
    [sums.map(idOf)],
  )
  const called = new Map(names.map(({ id, ...name }) => [id, name]))
  const all = { label: '', late: 0, overdue: 0 }
  const groups = new Map<string, LateSums>()
  for (const row of sums) {
    const { late, overdue } = row.tally
    const { code = '', label = '' } = called.get(idOf(row)) ?? {}
    groups.set(code, { label, late, overdue })
    all.late += late
    all.overdue += overdue
  }
  return { groups, all }
}
