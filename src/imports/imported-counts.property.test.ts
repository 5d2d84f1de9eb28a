import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate } from '#src/calendar/local-date.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { checkFacts } from '#src/facts/check-facts.ts'
import { sumFacts } from '#src/facts/fact-sums.query.ts'
import { foldFacts } from '#src/facts/fold-facts.ts'
import { isoLocal } from '#src/platform/text.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { type Cells, columnNames } from './history-columns.ts'
import { importDossiers } from './import-dossiers.ts'

let database: TestDatabase
let office: Office
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-counts-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** Minutes since `begin`. */
type Past = {
  received: number
  /** Each after the one before. */
  pauses: { after: number; lasts: number; kind: 'supplement' | 'obligation' }[]
  endsAfter: number
  outcome: 'granted' | 'refused' | 'withdrawn' | 'stopped'
  dueIn: number | null
  extension: { at: number; by: number } | null
  channel: 'counter' | 'online'
  agency: 'H20.101' | 'H20.102'
}

const begin = Date.parse('2019-01-07T00:00:00Z')
const at = (minutes: number) => new Date(begin + minutes * 60_000)
const text = (minutes: number) => isoLocal(at(minutes)).slice(0, 16).replace('T', ' ')
const minutes = (most: number) => fc.integer({ min: 1, max: most })

const past: fc.Arbitrary<Past> = fc.record({
  received: minutes(200_000),
  pauses: fc.array(
    fc.record({
      after: minutes(3_000),
      lasts: minutes(6_000),
      kind: fc.constantFrom('supplement' as const, 'obligation' as const),
    }),
    { maxLength: 3 },
  ),
  endsAfter: minutes(20_000),
  outcome: fc.constantFrom('granted', 'granted', 'granted', 'refused', 'withdrawn', 'stopped'),
  dueIn: fc.option(minutes(20_000), { nil: null, freq: 8 }),
  extension: fc.option(fc.record({ at: fc.nat(), by: minutes(9_000) }), { nil: null }),
  channel: fc.constantFrom('counter', 'online'),
  agency: fc.constantFrom('H20.101', 'H20.102'),
})

/** Its pauses and its end as instants, in order. */
function lived({ received, pauses, endsAfter, dueIn, extension }: Past) {
  let now = received
  const stood = pauses.map(({ after, lasts, kind }) => {
    const from = now + after
    now = from + lasts
    return { from, to: now, kind }
  })
  const end = now + endsAfter
  const extended =
    dueIn !== null && extension ? { at: received + (extension.at % (end - received)), by: extension.by } : null
  return { stood, end, extended, due: dueIn === null ? null : received + dueIn + (extended?.by ?? 0) }
}

function cellsOf(one: Past, number: string): Cells {
  const { stood, end, extended, due } = lived(one)
  const isResult = one.outcome === 'granted' || one.outcome === 'refused'
  return {
    source_number: number,
    agency: one.agency,
    procedure: '1.001193',
    channel: one.channel,
    applicant_name: 'Nguyễn Văn A',
    received_at: text(one.received),
    outcome: one.outcome,
    pauses: stood.map(({ from, to, kind }) => `${kind} ${text(from)}..${text(to)}`).join('; '),
    ...(due !== null && { due_at: text(due) }),
    ...(due !== null && extended && { extended_at: text(extended.at), due_before_extension: text(due - extended.by) }),
    ...(isResult ? { ready_at: text(end) } : { ended_at: text(end) }),
  }
}

/** Counted one by one from what was made up, without facts, ledger or dossiers. */
function countedByHand(pasts: readonly Past[], from: Date, until: Date) {
  const within = (minute: number) => at(minute) >= from && at(minute) < until
  const count = (test: (one: Past, life: ReturnType<typeof lived>) => boolean) =>
    pasts.filter(one => test(one, lived(one))).length
  const judged = (judgement: string) =>
    count(({ outcome }, { end, due }) => {
      if (!within(end) || !['granted', 'refused'].includes(outcome)) return false
      if (due === null) return judgement === 'no_term'
      if (end > due) return judgement === 'late'
      return judgement === (localDate(at(end)) < localDate(at(due)) ? 'early' : 'on_time')
    })
  const paused = (kind: string) =>
    count((_, { stood }) => stood.some(p => p.kind === kind && at(p.from) < until && at(p.to) >= until))
  return {
    carried: count(({ received }, { end }) => at(received) < from && at(end) >= from),
    received: count(({ received }) => within(received)),
    received_online: count(({ received, channel }) => within(received) && channel === 'online'),
    early: judged('early'),
    on_time: judged('on_time'),
    late: judged('late'),
    no_term: judged('no_term'),
    withdrawn: count(({ outcome }, { end }) => outcome === 'withdrawn' && within(end)),
    stopped: count(({ outcome }, { end }) => outcome === 'stopped' && within(end)),
    extended: count((_, { extended }) => extended !== null && within(extended.at)),
    supplement_requested: pasts.flatMap(one => lived(one).stood).filter(p => p.kind === 'supplement' && within(p.from))
      .length,
    open: count(({ received }, { end }) => at(received) < until && at(end) >= until),
    paused_supplement: paused('supplement'),
    paused_obligation: paused('obligation'),
  }
}

test('whatever pasts are imported, reports of any period say what counting them by hand says, and ledger and facts are whole', async () => {
  const all: Past[] = []
  const instant = minutes(260_000).map(at)
  await fc.assert(
    fc.asyncProperty(fc.array(past, { minLength: 30, maxLength: 60 }), instant, instant, async (pasts, one, other) => {
      const file = join(folder, 'pasts.csv')
      const rows = pasts.map((each, i) => cellsOf(each, String(all.length + i)))
      await writeFile(
        file,
        [columnNames, ...rows.map(row => columnNames.map(name => row[name] ?? ''))]
          .map(line => line.join(','))
          .join('\n'),
      )
      const report = await importDossiers(office.system, { file, source: 'random', check: false })
      expect(report).toEqual({ read: pasts.length, imported: pasts.length, known: 0, refused: 0 })
      all.push(...pasts)
      const [from, until] = one < other ? [one, other] : [other, one]
      const [sum] = await sumFacts(office.system, { from, until, by: [], agencies: null })
      expect(sum?.tally ?? countedByHand([], from, until)).toMatchObject(countedByHand(all, from, until))
    }),
    { numRuns: 12, endOnFailure: true },
  )
  expect((await checkLedger(office.system)).faults).toEqual([])
  await foldFacts(office.system)
  expect((await checkFacts(office.system)).faults).toEqual([])
}, 60_000)
