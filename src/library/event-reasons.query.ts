import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, Words } from '#src/reports/report.ts'
import { scopeSql, scopeValues } from './scope.query.ts'

/** Reasons are typed freely, so there may be any number of them. */
const MOST = 3_000

const cutNote: Words = [
  'Chỉ liệt kê những dòng có nhiều nhất; các dòng còn lại chỉ nằm trong tổng cộng.',
  'Only the rows with most are listed; what is in the others is in the total alone.',
]

/** How events `e` are put together: `join` brings in what `key` and `label` are taken from. */
export type EventGroup = { key: string; label: string; join?: string }
export type EventGroups<Count extends string> = {
  type: 'supplement-requested' | 'refused-at-intake'
  /** By grouping of the report. */
  groups: Readonly<Record<string, EventGroup>>
  /** What is counted of a group: SQL over the rows of `e`, in which `e.event` names an event once. */
  counts: Readonly<Record<Count, string>>
}

export const commonGroups = {
  reason: { key: `vn_fold(e.payload ->> 'reason')`, label: `e.payload ->> 'reason'` },
  field: { key: 'f.code', label: 'f.name', join: 'JOIN field f ON f.id = e.field_id' },
  procedure: { key: 'e.procedure_code', label: `e.procedure_code || ' ' || e.name` },
  agency: { key: 'a.code', label: 'a.name', join: 'JOIN agency a ON a.id = e.agency_id' },
} satisfies Record<string, EventGroup>
/** As they are offered. */
export const commonGroupings: readonly { value: keyof typeof commonGroups; head: Words }[] = [
  { value: 'reason', head: ['Lý do', 'Reason'] },
  { value: 'procedure', head: ['Thủ tục', 'Procedure'] },
  { value: 'field', head: ['Lĩnh vực', 'Field'] },
  { value: 'agency', head: ['Cơ quan', 'Agency'] },
]

export type EventCount<Count extends string> = { key: string; label: string } & Record<Count, number>

/** The one statement, for reading and measuring it. Parameters as in `scopeSql`. */
export function eventsSql<Count extends string>(
  { type, groups, counts }: EventGroups<Count>,
  by: string | null,
): string {
  const group = groups[by ?? '']
  if (!group) throw new Error(`no grouping ${by}`)
  const names = Object.keys(counts) as Count[]
  const columns = names.map(name => `(${counts[name]})::int AS "${name}"`).join(', ')
  return `
WITH e AS (
  SELECT e.dossier_id, e.seq, (e.dossier_id, e.seq) AS event, e.payload, d.competent_agency_id AS agency_id, d.procedure_code,
    d.channel, v.field_id, v.name, v.content
  FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE e.type = '${type}' AND e.at >= $1::timestamptz AND e.at < $2::timestamptz AND d.parent_id IS NULL
    AND ${scopeSql('d.competent_agency_id')}
)
SELECT ${group.key} AS key, min(${group.label}) AS label, ${columns}, GROUPING(${group.key}) = 1 AS "isTotal"
FROM e ${group.join ?? ''}
GROUP BY GROUPING SETS ((${group.key}), ())
ORDER BY "isTotal" DESC, "${names[0]}" DESC, label LIMIT ${MOST + 2}`
}

/**
 * Events of one kind in a period, put together by what was asked, most first, with the count of all. One statement. Of an event that
 * belongs to several groups each has it; the count of all has it once. `notes`: that rows are left out, where they are.
 */
export async function countEvents<Count extends string>(
  ctx: Ctx,
  asked: Asked,
  groups: EventGroups<Count>,
): Promise<{ rows: EventCount<Count>[]; total: Record<Count, number>; notes: readonly Words[] }> {
  const values = await scopeValues(ctx, asked)
  const found = await run<EventCount<Count> & { isTotal: boolean }>(ctx.db, eventsSql(groups, asked.by), values)
  const none = Object.fromEntries(Object.keys(groups.counts).map(name => [name, 0])) as Record<Count, number>
  const rows = found.filter(row => !row.isTotal)
  const total = found.find(row => row.isTotal) ?? none
  return { rows: rows.slice(0, MOST), total, notes: rows.length > MOST ? [cutNote] : [] }
}
