import { addDays, startOfLocalDay } from '#src/calendar/local-date.ts'
import { type AskedSums, sumsStatement } from '#src/facts/fact-sums.query.ts'
import { noTally, type Tally, type TallyKey } from '#src/facts/tally.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { WEEKS, type Week, weeksUntil } from './dashboard.ts'

const keys: readonly TallyKey[] = ['carried', 'received', 'open', 'overdue']

/** The last weeks of these agencies (null: the whole province), in one statement; nothing at `until` counts. Throws as sumFacts does. */
export async function listWeeks(
  ctx: Ctx,
  { today, until, agencies }: { today: string; until: Date; agencies: readonly number[] | null },
): Promise<Week[]> {
  const weeks = weeksUntil(today, WEEKS)
  const asked = weeks.map(({ from, to }): AskedSums => {
    const end = startOfLocalDay(addDays(to, 1))
    return { from: startOfLocalDay(from), until: end < until ? end : until, by: [], agencies, keys }
  })
  const { text, values } = manySums(asked)
  const rows = await run<Record<TallyKey | 'n', number> & { building: boolean }>(ctx.db, text, values)
  if (rows.some(({ building }) => building)) throw new Refusal('conflict', 'facts-building')
  return weeks.map((week, n) => {
    const row = rows.find(one => one.n === n)
    const tally: Tally = { ...noTally }
    for (const key of keys) tally[key] = Number(row?.[key] ?? 0)
    return { ...week, tally }
  })
}

/** Several of sumFacts' statements as one, each with its values after those of the one before. */
export function manySums(asked: readonly AskedSums[]): { text: string; values: unknown[] } {
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
