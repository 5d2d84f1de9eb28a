import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dueAt } from '#src/calendar/deadline.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { getDossier } from '#src/families/family.query.ts'
import type { Citizen, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal } from '#src/platform/text.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { Asked, ListKind, ReportKind, TableKind } from '#src/reports/report.ts'
import { listCurrentCalendars } from '#src/watch/delay.query.ts'
import { attemptOf, strides } from '#test/support/command-walk.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { byAgency } from './counts.query.ts'
import { intakeOverdue } from './intake-overdue.query.ts'
import { byOfficer } from './officers.query.ts'
import { overdue } from './overdue.query.ts'
import { processingTimes } from './processing-times.query.ts'

let database: TestDatabase
let office: Office
const DAY = 86_400_000
const start = new Date(MONDAY).getTime()
const usernames = ['intake', 'specialist', 'specialist2', 'leader', 'clerk', 'cashier', 'b.intake', 'b.leader']
let end = start

/** Dossiers carried through every command there is; the clock of each starts on a day of its own. */
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  const course = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 40 }), strides)
  const officers = usernames.map(name => office.as(name).actor as Officer)
  for (const [isOnline, day, path] of fc.sample(course, { seed: 20_261_128, numRuns: 70 })) {
    let at = start + day * DAY
    office.clock.set(new Date(at))
    const { id } = isOnline ? await submitted() : await receiveBirth(office.as('intake'))
    for (const stride of path) {
      at += stride.minutes * 60_000 + stride.seconds * 1000
      office.clock.set(new Date(at))
      const dossier = await getDossier(office.system, id)
      const attempt = attemptOf(dossier, officers, stride)
      if (!attempt) continue
      const who = usernames[officers.indexOf(attempt.officer)] ?? ''
      const done = command(office.as(who), dossier.code ?? `D${id}`, attempt.definition.type, attempt.input)
      await done.catch(error => {
        if (!(error instanceof Refusal)) throw error
      })
    }
    end = Math.max(end, at)
  }
  office.clock.set(new Date(end + DAY))
}, 120_000)
afterAll(() => database.close())

const submitted = () => {
  const { name, idNumber, phone } = office.citizen.actor as Citizen
  const applicant = { ...birthIntake().applicant, name, idNumber, phone }
  return submitDossier(
    office.citizen,
    { ...birthIntake(), applicant, channel: 'online', receivingPoint: 'H20.101' },
    randomUUID(),
  )
}

function ask(kind: ReportKind, [from, length, ago]: Span): Promise<Asked> {
  const ctx = office.as('control')
  const at = start + from * DAY
  const asOf = new Date(Math.max(at + DAY, end - ago * 60_000))
  const params = {
    from: isoLocal(new Date(at)).slice(0, 10),
    to: isoLocal(new Date(at + length * DAY)).slice(0, 10),
    asOf: isoLocal(asOf),
  }
  return getAsked(ctx, kind, params, ctx.actor as Officer)
}

type Span = [from: number, length: number, ago: number]
const spans = fc.tuple(
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 80_000 }),
)
const check = (property: (span: Span) => Promise<void>) =>
  fc.assert(fc.asyncProperty(spans, property), { numRuns: 30, seed: 7 })

async function rowsOf(kind: ListKind, asked: Asked, limit: number) {
  const keys: string[] = []
  for (let after: string | null = null; ; ) {
    const { rows, next } = await kind.page(office.as('control'), asked, { after, limit })
    keys.push(...rows.map(({ key }) => key))
    if (next === null) return keys
    after = next
  }
}

test('late dossiers are as many as the sums say, each once, in any period and as of any instant', async () => {
  let seen = 0
  await check(async span => {
    const asked = await ask(overdue, span)
    const rows = await rowsOf(overdue, asked, 7)
    expect(new Set(rows).size).toBe(rows.length)
    expect(rows.length).toBe(await overdue.count(office.as('control'), asked))
    expect(await rowsOf(overdue, asked, 1000)).toEqual(rows)
    seen += rows.length
  })
  expect(seen).toBeGreaterThan(100)
})

test('submissions examined late are those whose first answer in the ledger came after their time', async () => {
  const calendar = (await listCurrentCalendars(office.system)).get(1)
  const answers = await run<{ ref: string; submitted: Date; answered: Date | null }>(
    database.db,
    `SELECT coalesce(d.code, 'D' || d.id) AS ref, d.submitted_at AS submitted, (
       SELECT min(e.at) FROM dossier_event e WHERE e.dossier_id = d.id
         AND e.type IN ('received', 'refused-at-intake', 'supplement-requested', 'withdrawn', 'stopped')) AS answered
     FROM dossier d WHERE d.channel = 'online'`,
    [],
  )
  if (!calendar) throw new Error('no calendar')
  await check(async span => {
    const asked = await ask(intakeOverdue, span)
    const late = answers.filter(({ submitted, answered }) => {
      const { at: due } = dueAt({ amount: 8, unit: 'working-hours' }, submitted, [], calendar)
      const by = answered && answered < asked.until ? answered : null
      return (
        submitted < asked.until && (by ?? asked.until) > (due ?? submitted) && (!answered || answered >= asked.begins)
      )
    })
    const rows = await rowsOf(intakeOverdue, asked, 3)
    expect([...rows].sort()).toEqual(late.map(({ ref }) => ref).sort())
    expect(await intakeOverdue.count(office.as('control'), asked)).toBe(rows.length)
  })
})

test('results of officers and in processing times are results of agencies; what officers hold is open there', async () => {
  const read = async (kind: TableKind, span: Span) =>
    (await kind.read(office.as('control'), await ask(kind, span))).total?.cells ?? {}
  let results = 0
  await check(async span => {
    const [agencies, officers, times] = [
      await read(byAgency, span),
      await read(byOfficer, span),
      await read(processingTimes, span),
    ]
    for (const key of ['solved', 'early', 'on_time', 'late', 'received']) {
      expect(Number(officers[key]), key).toBeLessThanOrEqual(Number(agencies[key]))
    }
    expect(Number(times.n) + Number(times.unrecorded)).toBe(agencies.solved)
    expect(times.unrecorded).toBe(0)
    for (const key of ['open', 'overdue']) expect(Number(officers[key]), key).toBeLessThanOrEqual(Number(agencies[key]))
    results += Number(officers.solved)
  })
  expect(results).toBeGreaterThan(20)
})
