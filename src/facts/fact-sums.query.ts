import { localDate } from '#src/calendar/local-date.ts'
import { type Measure, measures } from '#src/dossiers/fact.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import { type KeptLevel, keptLevels, startOfDay } from './kept-sums.ts'
import { noTally, partOf, type Tally, type TallyKey, tallyKeys } from './tally.ts'

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
  const { text, values } = sumsStatement(asked, keys)
  const [answer] = await run<Columns>(ctx.db, text, values)
  if (!answer || answer.building) throw new Refusal('conflict', 'facts-building')
  const column = (name: string) => (answer[name] ? String(answer[name]).split(',') : [])
  const counts = keys.map(key => [key, column(key).map(Number)] as const)
  const [agencies, fields, procedures, channels] = dimensions.map(column)
  const rows: SumRow[] = []
  for (let i = 0; i < answer.groups; i += 1) {
    if (counts.every(([, numbers]) => !numbers[i])) continue
    const tally = { ...noTally }
    for (const [key, numbers] of counts) tally[key] = numbers[i] ?? 0
    rows.push({
      agencyId: Number(agencies?.[i] ?? 0),
      fieldId: Number(fields?.[i] ?? 0),
      procedure: procedures?.[i] ?? '',
      channel: channels?.[i] ?? '',
      tally,
    })
  }
  return rows
}

/** A list a column, since rows of tens of thousands of groups would cost more to hand over than to count. */
type Columns = { groups: number; building: boolean } & Record<string, string | number | boolean | null>

/** Which sums are kept for a question: none when it asks for procedures of an agency. */
function levelFor({ by, agencies, procedure }: AskedSums): KeptLevel | null {
  const ofAgency = agencies !== null || by.includes('agency')
  const ofProcedure = procedure !== undefined || by.includes('procedure')
  if (ofAgency && ofProcedure) return null
  return ofAgency ? 'agency' : ofProcedure ? 'procedure' : 'province'
}

const columnOf = { agency: 'agency_id', field: 'field_id', procedure: 'procedure_code', channel: 'channel' } as const

/**
 * The one statement with its values, for running and for measuring it. From the sums kept nearest to each end of the period it goes on to it, or back
 * to it, by the facts between; the inbox is in no sums.
 */
export function sumsStatement(asked: AskedSums, keys: readonly TallyKey[]): { text: string; values: unknown[] } {
  const { from, until, by } = asked
  const needed = measures.filter(measure => keys.some(key => uses(key, measure)))
  const level = levelFor(asked)
  const usable = level === null ? 'false' : keptLevels[level].daily ? 'true' : 'c.by_agency'
  const { conditions, values } = filtersOf(asked)
  const only = (alias: string) => conditions.map(condition => ` AND ${alias}.${condition}`).join('')
  const grouped = by.map(dim => columnOf[dim])
  const list = (alias: string, ...more: string[]) => listed(grouped, alias, more)
  // Whether something came in online is still to be seen when its facts are put in columns.
  const loose = keys.includes('received_online') ? [...new Set([...grouped, 'channel'])] : grouped
  const told = (alias: string, ...more: string[]) => listed(loose, alias, more)
  const text = `
WITH edge AS (
  SELECT e.side, e.at, k.day FROM (VALUES ('opening', $1::timestamptz, $3::date), ('closing', $2, $4)) AS e (side, at, day)
  LEFT JOIN LATERAL (
    SELECT c.day FROM (
      (SELECT c.day FROM fact_checkpoint c WHERE c.day <= e.day AND ${usable} ORDER BY c.day DESC LIMIT 1)
      UNION ALL (SELECT c.day FROM fact_checkpoint c WHERE c.day > e.day AND ${usable} ORDER BY c.day LIMIT 1)
    ) c ORDER BY abs(c.day - e.day) LIMIT 1) k ON true
), gap AS (
  SELECT side, at, least(at, kept) AS begins, greatest(at, kept) AS ends, CASE WHEN kept > at THEN -1 ELSE 1 END AS sign
  FROM (SELECT side, at, coalesce(${startOfDay('day')}, '-infinity') AS kept FROM edge) k
), fresh AS (
  SELECT i.at, i.measure, i.n, d.competent_agency_id AS agency_id, v.field_id, d.procedure_code, d.channel
  FROM fact_inbox i JOIN dossier d ON d.id = i.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
), loose AS (
  SELECT s.side, ${told('f', 'f.measure')}, sum(f.n * s.sign) AS n FROM gap s JOIN fact f ON f.at >= s.begins AND f.at < s.ends${only('f')}
  GROUP BY s.side, ${told('f', 'f.measure')}
  UNION ALL
  SELECT s.side, ${told('f', 'f.measure')}, f.n FROM gap s JOIN fresh f ON f.at < s.at${only('f')}
), sides AS (
  ${sides
    .map(
      side => `SELECT ${list('b', ...keys.map(key => shareOf(key, side)))}
  FROM edge e JOIN fact_balance b ON b.day = e.day AND ${level ? keptLevels[level].of : 'false'}${only('b')} WHERE e.side = '${side}'
  UNION ALL
  SELECT ${list('c', ...keys.map(key => shareOf(key, side)))} FROM (
    SELECT ${told('c', ...needed.map(m => `coalesce(sum(c.n) FILTER (WHERE c.measure = '${m}'), 0)::int AS ${m}`))}
    FROM loose c WHERE c.side = '${side}' GROUP BY ${told('c', 'c.side')}) c`,
    )
    .join('\n  UNION ALL\n  ')}
), summed AS (
  SELECT ${list('x', ...keys.map(key => `sum(x.${key})::int AS ${key}`))} FROM sides x${grouped.length ? ` GROUP BY ${list('x')}` : ''}
)
SELECT count(*)::int AS groups, (SELECT after_id < last_id FROM fact_backlog) AS building,
  ${[...by.map(dim => `string_agg(${columnOf[dim]}::text, ',') AS ${dim}`), ...keys.map(key => `string_agg(${key}::text, ',') AS ${key}`)].join(',\n  ')}
FROM summed`
  return { text, values: [from, until, localDate(from), localDate(until), ...values] }
}

const listed = (columns: readonly string[], alias: string, more: readonly string[]) =>
  [...columns.map(column => `${alias}.${column}`), ...more].join(', ')

/** What the rows of every source must fulfil, with the values from `$5` on. */
function filtersOf({ agencies, fieldId, procedure, channel }: AskedSums): { conditions: string[]; values: unknown[] } {
  const filters: [condition: (place: string) => string, value: unknown][] = [
    [place => `agency_id = ANY (${place}::int[])`, agencies],
    [place => `field_id = ${place}::int`, fieldId],
    [place => `procedure_code = ${place}::text`, procedure],
    [place => `channel = ${place}::text`, channel],
  ]
  const given = filters.filter(([, value]) => value !== null && value !== undefined)
  return { conditions: given.map(([condition], i) => condition(`$${i + 5}`)), values: given.map(([, value]) => value) }
}

const uses = (key: TallyKey, measure: Measure) => {
  const { plus, minus } = partOf(key)
  return plus.includes(measure) || minus.includes(measure)
}

const sides = ['opening', 'closing'] as const

/** What a row of one side adds to a count. */
function shareOf(key: TallyKey, side: (typeof sides)[number]): string {
  const { of, plus, minus, online } = partOf(key)
  if (of !== 'change' && of !== side) return `0 AS ${key}`
  const value = `${plus.join(' + ')}${minus.map(measure => ` - ${measure}`).join('')}`
  const signed = of === 'change' && side === 'opening' ? `-(${value})` : value
  return `${online ? `CASE WHEN channel = 'online' THEN ${signed} ELSE 0 END` : signed} AS ${key}`
}
