import { addDays, type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { type AskedSums, sumsStatement } from '#src/facts/fact-sums.query.ts'
import { noTally, type Tally, type TallyKey } from '#src/facts/tally.ts'
import type { Definitions } from '#src/periods/definition.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { ii06aRow } from '#src/statutory/ii06a.ts'
import { endedOf, type Week } from './dashboard.ts'

const keys: readonly TallyKey[] = ['carried', 'received', 'open', 'overdue', 'paused_overdue', 'in_time_by_extension']

/** `definitions`: in force at its end, by which a report of the week goes. */
type AskedWeek = { from: LocalDate; to: LocalDate; definitions: Definitions }

/** Weeks of these agencies (null: the whole province), in one statement; nothing at `until` counts. Throws as sumFacts does. */
export async function listWeeks(
  ctx: Ctx,
  { weeks, until, agencies }: { weeks: readonly AskedWeek[]; until: Date; agencies: readonly number[] | null },
): Promise<Week[]> {
  const asked = weeks.map(({ from, to }): AskedSums => {
    const end = startOfLocalDay(addDays(to, 1))
    return { from: startOfLocalDay(from), until: end < until ? end : until, by: [], agencies, keys }
  })
  const { text, values } = manySums(asked)
  const rows = await run<Record<TallyKey | 'n', number> & { building: boolean }>(ctx.db, text, values)
  if (rows.some(({ building }) => building)) throw new Refusal('conflict', 'facts-building')
  return weeks.map(({ from, to, definitions }, n) => {
    const row = rows.find(one => one.n === n)
    const tally: Tally = { ...noTally }
    for (const key of keys) tally[key] = Number(row?.[key] ?? 0)
    return { from, to, received: tally.received, solved: endedOf(tally), overdue: ii06aRow(tally, definitions).c13 }
  })
}

/** Several of sumFacts' statements as one, each with its values after those of the one before. */
function manySums(asked: readonly AskedSums[]): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const parts = asked.map((one, n) => {
    const before = values.length
    const statement = sumsStatement(one, keys)
    values.push(...statement.values)
    const text = statement.text.replace(/\$(\d+)/gu, (_, place) => `$${before + Number(place)}`)
    return `SELECT ${n} AS n, s${n}.* FROM (${text}) s${n}`
  })
  return { text: parts.join('\nUNION ALL\n'), values }
}
