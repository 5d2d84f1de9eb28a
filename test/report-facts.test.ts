import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { refold } from '#src/dossiers/apply.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { DossierEvent } from '#src/dossiers/dossier-event.ts'
import { checkFacts } from '#src/facts/check-facts.ts'
import { type AskedSums, type Dimension, dimensions, sumFacts } from '#src/facts/fact-sums.query.ts'
import { foldFacts } from '#src/facts/fold-facts.ts'
import { rebuildFacts } from '#src/facts/rebuild-facts.ts'
import { addTallies, noTally, type Tally, type TallyKey, tallyKeys } from '#src/facts/tally.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { MONDAY, makeOffice, type Office } from './support/office.ts'
import { interconnectedProcess, putInForce } from './support/processes.ts'
import { randomHistories } from './support/random-histories.ts'

let database: TestDatabase
let office: Office
let histories: History[]
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await putInForce(office.system, { key: 'lien-thong', procedure: '1.001193', process: interconnectedProcess() })
  await randomHistories(office, {
    seed: SEED,
    walks: WALKS,
    between: async nth => {
      if (nth % 7 === 0) await foldFacts(office.system)
    },
  })
  histories = await readHistories()
}, 120_000)
afterAll(() => database.close())

const SEED = 20_261_122
const WALKS = 240
type History = { id: number; events: DossierEvent[]; fieldId: number; now: Dossier }

/** The whole ledger, dossier by dossier. */
async function readHistories(): Promise<History[]> {
  const rows = await run<DossierEvent & { id: number; fieldId: number }>(
    database.db,
    `SELECT e.dossier_id AS id, e.seq, e.at, e.type, e.actor, e.code, e.payload, v.field_id AS "fieldId"
     FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
     ORDER BY e.dossier_id, e.seq`,
    [],
  )
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, events]) => {
    return { id, events, fieldId: events[0]?.fieldId ?? 0, now: refold(id, events) }
  })
}

/** What a dossier was just before an instant; undefined when there was none. */
function before({ id, events }: History, instant: Date): Dossier | undefined {
  const past = events.filter(({ at }) => at < instant)
  return past.length ? refold(id, past) : undefined
}

const isOpen = (d: Dossier | undefined) => d !== undefined && d.receivedAt !== null && !d.readyAt && !d.closedAt

/** A dossier in the columns of a period, found without facts: by looking at it before the period, within it and at its end. */
function naive(history: History, from: Date, until: Date): Tally {
  const tally = { ...noTally }
  const one = (key: TallyKey, when: boolean) => {
    tally[key] = when ? 1 : 0
  }
  if (history.now.parentId !== null) return tally
  const d = before(history, until)
  if (!d) return tally
  const within = (at: Date | null) => at !== null && at >= from && at < until
  const due = d.dueAt?.getTime() ?? Number.POSITIVE_INFINITY
  const first = firstDue(d)
  one('carried', isOpen(before(history, from)))
  one('received', within(d.receivedAt))
  one('received_online', within(d.receivedAt) && d.channel === 'online')
  one('refused_at_intake', d.state === 'refused-at-intake' && within(d.closedAt))
  if (within(d.readyAt)) {
    const ready = d.readyAt?.getTime() ?? 0
    one('early', d.judgement === 'early')
    one('on_time', d.judgement === 'on-time')
    one('late', d.judgement === 'late')
    one('no_term', d.judgement === 'no-term')
    one('late_same_day', d.judgement === 'late' && localDate(new Date(ready)) === localDate(new Date(due)))
    one('early_by_extension', d.judgement === 'early' && ready > first)
    one('on_time_by_extension', d.judgement === 'on-time' && ready > first)
  }
  if (d.receivedAt && !d.readyAt && within(d.closedAt)) {
    const last = d.pauses.at(-1)
    one('withdrawn', d.state === 'withdrawn')
    one('stopped', d.state === 'stopped')
    one('ended_late', (d.closedAt?.getTime() ?? 0) > due && last?.to?.getTime() !== d.closedAt?.getTime())
  }
  const events = history.events.filter(({ at }) => within(at))
  tally.extended = events.filter(({ type }) => type === 'extended').length
  tally.supplement_requested = events.filter(
    e => e.type === 'supplement-requested' && e.payload.stage === 'appraisal',
  ).length
  one('open', isOpen(d))
  if (isOpen(d)) stands(d, { due, first, until: until.getTime() }, one)
  return tally
}

type Stand = { due: number; first: number; until: number }

function stands(d: Dossier, { due, first, until }: Stand, one: (key: TallyKey, when: boolean) => void): void {
  const paused = d.pausedAt?.getTime() ?? null
  const last = until - 1
  one('overdue', paused === null && due < last)
  one('paused_supplement', d.state === 'supplement-requested')
  one('paused_obligation', d.state === 'financial-obligation')
  one('paused_overdue', paused !== null && due < paused)
  one('in_time_by_extension', paused === null && due >= last && first < last)
}

/** The promise as it would stand without extensions; none: infinitely late. */
function firstDue(d: Dossier): number {
  const at = d.adjustments.findIndex(({ kind }) => kind === 'extension')
  const from = d.adjustments[at]?.from
  if (!from) return Number.POSITIVE_INFINITY
  const later = d.adjustments.slice(at + 1).filter(({ kind }) => kind !== 'extension')
  return later.reduce((due, a) => due + (a.to?.getTime() ?? 0) - (a.from?.getTime() ?? 0), from.getTime())
}

type Table = Record<string, Tally>
const plain = (table: Table) => Object.fromEntries(Object.entries(table).sort())

function naiveTable({ from, until, by, agencies, channel }: AskedSums): Table {
  const table: Table = {}
  for (const history of histories) {
    const d = history.now
    if (agencies && !agencies.includes(d.competentAgencyId)) continue
    if (channel && d.channel !== channel) continue
    const key = keyOf(by, {
      agency: d.competentAgencyId,
      field: history.fieldId,
      procedure: d.procedureCode,
      channel: d.channel,
    })
    const tally = addTallies([table[key] ?? noTally, naive(history, from, until)])
    if (Object.values(tally).some(Boolean)) table[key] = tally
  }
  return plain(table)
}

const keyOf = (by: readonly Dimension[], values: Record<Dimension, string | number>) =>
  by.map(dim => values[dim]).join(' ')

async function factTable(sums: AskedSums): Promise<Table> {
  const rows = await sumFacts(office.system, sums)
  const entries = rows.map(({ agencyId, fieldId, procedure, channel, tally }) => {
    return [keyOf(sums.by, { agency: agencyId, field: fieldId, procedure, channel }), tally] as const
  })
  return plain(Object.fromEntries(entries))
}

/** Any instant of these months: midnights, and the very instants at which something happened or fell due, come often. */
function instants(): fc.Arbitrary<Date> {
  const happened = histories.flatMap(({ events, now }) => [
    ...events.map(({ at }) => at),
    ...(now.dueAt ? [now.dueAt] : []),
  ])
  const millis = happened.map(at => at.getTime())
  return fc.oneof(
    fc.integer({ min: Math.min(...millis) - 1000, max: Math.max(...millis) + 1000 }).map(ms => new Date(ms)),
    fc.constantFrom(...millis).map(ms => startOfLocalDay(localDate(new Date(ms)))),
    fc.tuple(fc.constantFrom(...millis), fc.constantFrom(-1, 0, 1)).map(([ms, off]) => new Date(ms + off)),
  )
}

const groupings = fc.subarray([...dimensions])
const questions = () =>
  fc.record({ a: instants(), b: instants(), by: groupings, some: fc.boolean(), online: fc.boolean() }).map(q => {
    const [from, until] = q.a < q.b ? [q.a, q.b] : [q.b, q.a]
    const agencies = q.some ? [...new Set(histories.map(({ now }) => now.competentAgencyId))].slice(0, 2) : null
    return { from, until, by: q.by, agencies, ...(q.online ? { channel: 'online' as const } : {}) }
  })

/** Of the tables asked, with what has just been written beside what has been summed up long ago. */
const holds = (numRuns: number) =>
  fc.assert(
    fc.asyncProperty(questions(), async question => {
      expect(await factTable(question)).toEqual(naiveTable(question))
    }),
    { seed: SEED, numRuns },
  )

describe('over random histories', () => {
  test('everything that can be counted occurs', async () => {
    const far = { from: new Date('2020-01-01'), by: [], agencies: null }
    const last = Math.max(...histories.flatMap(({ events }) => events.map(({ at }) => at.getTime())))
    const seen = new Set<TallyKey>()
    for (let until = new Date(MONDAY).getTime(); until < last; until += 5 * 86_400_000) {
      const table = naiveTable({ ...far, from: new Date(until - 86_400_000), until: new Date(until) })
      for (const key of tallyKeys) if (table['']?.[key]) seen.add(key)
      const whole = naiveTable({ ...far, until: new Date(until) })
      for (const key of tallyKeys) if (whole['']?.[key]) seen.add(key)
    }
    expect([...seen].sort()).toEqual([...tallyKeys].sort())
    expect(histories.filter(({ now }) => now.parentId !== null).length).toBeGreaterThan(3)
  })

  test('as of any instant the facts make the table that refolding the ledger makes', async () => {
    await holds(150)
  })

  test('what was received and carried over is what was solved, withdrawn, stopped and is open; what is open is carried over', async () => {
    await fc.assert(
      fc.asyncProperty(questions(), instants(), async (question, later) => {
        const rows = await sumFacts(office.system, question)
        for (const { tally: t } of rows) {
          expect(t.carried + t.received).toBe(
            t.early + t.on_time + t.late + t.no_term + t.withdrawn + t.stopped + t.open,
          )
          for (const key of tallyKeys) expect(t[key], key).toBeGreaterThanOrEqual(0)
          expect(t.overdue + t.paused_supplement + t.paused_obligation).toBeLessThanOrEqual(t.open)
        }
        if (later < question.until) return
        const next = await sumFacts(office.system, { ...question, from: question.until, until: later })
        const open = (list: typeof rows, key: TallyKey) => list.reduce((sum, { tally }) => sum + tally[key], 0)
        expect(open(next, 'carried')).toBe(open(rows, 'open'))
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test('nothing that happens afterwards changes an old table', async () => {
    const until = new Date('2026-03-20T00:00:00+07:00')
    const question: AskedSums = { from: new Date(MONDAY), until, by: ['agency', 'field', 'channel'], agencies: null }
    const then = histories
      .map(h => ({ ...h, events: h.events.filter(({ at }) => at < until) }))
      .filter(h => h.events.length)
    const all = histories
    const known = new Map(all.map(h => [h.id, h.now]))
    histories = then.map(h => ({
      ...h,
      now: { ...refold(h.id, h.events), parentId: known.get(h.id)?.parentId ?? null },
    }))
    const table = naiveTable(question)
    histories = all
    expect(await factTable(question)).toEqual(table)
  })

  test('folding, dropping and building anew change nothing', async () => {
    office.clock.set('2027-01-05T08:00:00+07:00')
    await foldFacts(office.system)
    await holds(40)
    expect((await checkFacts(office.system)).faults).toEqual([])
    await rebuildFacts(office.system)
    await holds(40)
    const { faults, dossiers, days } = await checkFacts(office.system)
    expect(faults).toEqual([])
    expect(dossiers).toBe(histories.length)
    expect(days).toBeGreaterThan(30)
  })
})
