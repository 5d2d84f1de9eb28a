import { type LocalDate, localDate } from '#src/calendar/local-date.ts'
import { type Measure, measures } from '#src/dossiers/fact.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import { partOf, type Tally, type TallyKey, tallyKeys } from './tally.ts'

export const dimensions = ['agency', 'field', 'procedure', 'channel'] as const
export type Dimension = (typeof dimensions)[number]

/**
 * `from`, `until`: the period as instants; what happens at `until` itself is not in it. `by`: what to tell apart; none gives one sum.
 * `agencies`: only what these are competent for; null is the whole province. `keys`: the counts wanted; all unless said.
 */
export type AskedSums = {
  from: Date
  until: Date
  by: readonly Dimension[]
  agencies: readonly number[] | null
  fieldId?: number | undefined
  procedure?: string | undefined
  channel?: Channel | undefined
  keys?: readonly TallyKey[]
}

/** Dimensions not asked for are left at 0 or ''. */
export type SumRow = { agencyId: number; fieldId: number; procedure: string; channel: string; tally: Tally }

/**
 * Dossiers of a period by what was asked, from the sums kept and what has come since: exact as of the statement, in one statement. Groups
 * without anything are left out. Throws `facts-building` while dossiers from before there were facts are still being counted.
 */
export async function sumFacts(ctx: Ctx, asked: AskedSums): Promise<SumRow[]> {
  const keys = asked.keys ?? tallyKeys
  const rows = await run<Record<string, number | string | boolean>>(ctx.db, sumsSql(asked, keys), sumsValues(asked))
  if (rows.some(row => row.building)) throw new Refusal('conflict', 'facts-building')
  return rows
    .filter(row => keys.some(key => row[key]))
    .map(row => ({
      agencyId: Number(row.agency),
      fieldId: Number(row.field),
      procedure: String(row.procedure),
      channel: String(row.channel),
      tally: Object.fromEntries(tallyKeys.map(key => [key, Number(row[key] ?? 0)])) as Tally,
    }))
}

/** `$1` from, `$2` until, `$3` and `$4` their local days, `$5` agencies, `$6` field, `$7` procedure, `$8` channel. */
export function sumsValues({ from, until, agencies, fieldId, procedure, channel }: AskedSums): unknown[] {
  const days: LocalDate[] = [localDate(from), localDate(until)]
  return [from, until, ...days, agencies, fieldId ?? null, procedure ?? null, channel ?? null]
}

/** Which sums are kept for a question: none when it asks for procedures of an agency. */
function keptFor({ by, agencies, procedure }: AskedSums): { where: string; byAgency: boolean } {
  const ofAgency = agencies !== null || by.includes('agency')
  const ofProcedure = procedure !== undefined || by.includes('procedure')
  if (ofAgency && ofProcedure) return { where: 'false', byAgency: true }
  if (ofProcedure) return { where: `b.agency_id = 0 AND b.procedure_code <> ''`, byAgency: true }
  if (ofAgency) return { where: `b.agency_id <> 0`, byAgency: true }
  return { where: `b.agency_id = 0 AND b.procedure_code = ''`, byAgency: false }
}

/** The one statement, for reading and measuring it. */
export function sumsSql(asked: AskedSums, keys: readonly TallyKey[]): string {
  const needed = measures.filter(measure => keys.some(key => uses(key, measure)))
  const kept = keptFor(asked)
  const dims = { agency: 'agency_id', field: 'field_id', procedure: 'procedure_code', channel: 'channel' }
  const filters = [
    asked.agencies && `x.agency_id = ANY($5::int[])`,
    asked.fieldId !== undefined && `x.field_id = $6::int`,
    asked.procedure !== undefined && `x.procedure_code = $7::text`,
    asked.channel !== undefined && `x.channel = $8::text`,
  ].filter(Boolean) as string[]
  const where = (alias: string) => filters.map(text => ` AND ${text.replace('x.', `${alias}.`)}`).join('')
  const grouped = asked.by.map(dim => dims[dim])
  const isOnlineAsked = keys.includes('received_online')
  const told = [...new Set([...grouped, ...(isOnlineAsked ? ['channel'] : [])])]
  const columns = (alias: string) => told.map(column => `${alias}.${column}, `).join('')
  const pivot = needed.map(m => `coalesce(sum(c.n) FILTER (WHERE c.measure = '${m}'), 0) AS ${m}`).join(', ')
  return `
WITH edge AS (
  SELECT e.side, e.at, k.day FROM (VALUES ('opening', $1::timestamptz, $3::date), ('closing', $2, $4)) AS e (side, at, day)
  LEFT JOIN LATERAL (SELECT max(day) AS day FROM fact_checkpoint c WHERE c.day <= e.day${kept.byAgency ? ' AND c.by_agency' : ''}${
    kept.where === 'false' ? ' AND false' : ''
  }) k ON true
), since AS (
  SELECT side, at, coalesce(day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity') AS begins FROM edge
), loose AS (
  SELECT s.side, ${columns('f')}f.measure, sum(f.n)::int AS n FROM since s JOIN fact f ON f.at >= s.begins AND f.at < s.at
  WHERE f.measure = ANY ('{${needed.join(',')}}'::fact_measure[])${where('f')} GROUP BY s.side, ${columns('f')}f.measure
  UNION ALL
  SELECT s.side, ${columns('f')}f.measure, f.n
  FROM since s JOIN (
    SELECT i.at, i.measure, i.n, d.competent_agency_id AS agency_id, v.field_id, d.procedure_code, d.channel
    FROM fact_inbox i JOIN dossier d ON d.id = i.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id) f ON f.at < s.at
  WHERE true${where('f')}
), summed AS (
  SELECT e.side, ${columns('b')}${needed.map(m => `b.${m}`).join(', ')} FROM edge e JOIN fact_balance b ON b.day = e.day AND ${kept.where}${where('b')}
  UNION ALL
  SELECT c.side, ${columns('c')}${pivot} FROM loose c GROUP BY c.side, ${columns('c')}true
)
SELECT ${['agency', 'field', 'procedure', 'channel'].map(dim => dimColumn(dim as Dimension, asked.by)).join(', ')},
  ${keys.map(key => `${sumOf(key)}::int AS ${key}`).join(',\n  ')},
  (SELECT after_id < last_id FROM fact_backlog) AS building
FROM summed x${grouped.length ? ` GROUP BY ${grouped.map(column => `x.${column}`).join(', ')}` : ''}`
}

function dimColumn(dim: Dimension, by: readonly Dimension[]): string {
  const column = { agency: 'agency_id', field: 'field_id', procedure: 'procedure_code', channel: 'channel' }[dim]
  if (by.includes(dim)) return `x.${column} AS ${dim}`
  return `${dim === 'agency' || dim === 'field' ? '0' : `''`} AS ${dim}`
}

const uses = (key: TallyKey, measure: Measure) => {
  const { plus, minus } = partOf(key)
  return plus.includes(measure) || minus.includes(measure)
}

function sumOf(key: TallyKey): string {
  const { of, plus, minus, online } = partOf(key)
  const value = `${plus.map(m => `x.${m}`).join(' + ')}${minus.map(m => ` - x.${m}`).join('')}`
  const signed = of === 'change' ? `CASE x.side WHEN 'closing' THEN ${value} ELSE -(${value}) END` : value
  const filters = [of !== 'change' && `x.side = '${of}'`, online && `x.channel = 'online'`].filter(Boolean)
  return `coalesce(sum(${signed})${filters.length ? ` FILTER (WHERE ${filters.join(' AND ')})` : ''}, 0)`
}
