import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '#src/casework/answer.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { requestSupplementAtCounter } from '#src/casework/request-supplement.ts'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { anchorLedger } from '#src/dossiers/anchor-ledger.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Intake } from '#src/dossiers/intake.ts'
import type { Citizen, Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { attemptOf, strides } from './support/command-walk.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { birthIntake, command, MONDAY, makeOffice, type Office } from './support/office.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

const usernames = [
  ...['intake', 'intake2', 'specialist', 'specialist2', 'leader', 'leader2', 'clerk', 'cashier', 'postal', 'home'],
  ...['so.specialist', 'so.leader', 'so.clerk', 'b.intake', 'b.leader', 'director'],
]

const papers = [
  { code: 'C1', originals: 1 },
  { code: 'C2', originals: 1 },
]
const handedIn: Record<string, () => Intake> = {
  birth: () => birthIntake(),
  permit: () => birthIntake({ procedure: '1.009994', components: papers }),
  repair: () => birthIntake({ procedure: '1.009994', case: 'sua-chua', components: papers.slice(0, 1) }),
  copy: () => birthIntake({ procedure: '2.000815', components: papers.slice(0, 1) }),
}

const firstSteps: Record<string, (ctx: Ctx, intake: Intake) => Promise<Answer>> = {
  received: (ctx, intake) => receiveDossier(ctx, intake, randomUUID()),
  drafted: (ctx, intake) => saveNewDraft(ctx, intake, randomUUID()),
  submitted: (_, intake) => {
    const { name, idNumber, phone } = office.citizen.actor as Citizen
    const applicant = { ...intake.applicant, name, idNumber, phone }
    const online = { ...intake, applicant, channel: 'online' as const, receivingPoint: 'H20.101' }
    return submitDossier(office.citizen, online, randomUUID())
  },
  'turned back': (ctx, intake) => {
    const supplement = { items: [{ component: 'C1' }], reason: 'Thiếu giấy tờ' }
    return requestSupplementAtCounter(ctx, { intake, supplement }, randomUUID())
  },
  refused: (ctx, intake) => refuseAtCounter(ctx, { intake, reason: 'Không thuộc thẩm quyền' }, randomUUID()),
}

async function load(id: number): Promise<Dossier> {
  const [row] = await run<DossierRow>(database.db, `SELECT ${dossierColumns} FROM dossier d WHERE d.id = $1`, [id])
  return fromRow(row as DossierRow)
}

test('whatever officers try on a dossier, they get an answer or a refusal, and each answer is one more event', async () => {
  const officers = usernames.map(name => [name, office.as(name).actor as Officer] as const)
  const told = { answers: 0, refusals: 0 }
  const walk = fc.asyncProperty(
    fc.constantFrom(...Object.keys(handedIn)),
    fc.constantFrom('received', ...Object.keys(firstSteps)),
    strides,
    async (what, how, path) => {
      let at = new Date(MONDAY).getTime()
      office.clock.set(new Date(at))
      const opened = await firstSteps[how]?.(office.as('intake'), (handedIn[what] as () => Intake)())
      let dossier = await load(opened?.id as number)
      for (const stride of path) {
        at += stride.minutes * 60_000 + stride.seconds * 1000
        office.clock.set(new Date(at))
        const attempt = attemptOf(
          dossier,
          officers.map(([, officer]) => officer),
          stride,
        )
        if (!attempt) continue
        const by = officers.find(([, officer]) => officer === attempt.officer)?.[0] as string
        const ref = dossier.code ?? `D${dossier.id}`
        const before = dossier
        try {
          const answer = await command(office.as(by), ref, attempt.definition.type, attempt.input)
          told.answers += 1
          dossier = await load(dossier.id)
          expect(answer).toMatchObject({ version: before.version + 1, state: dossier.state, dueAt: dossier.dueAt })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          told.refusals += 1
          expect(await load(dossier.id), 'a refusal changes nothing').toEqual(before)
        }
      }
    },
  )
  await fc.assert(walk, { seed: 20_260_302, numRuns: 60 })
  expect(told.answers).toBeGreaterThan(300)
  expect(told.refusals).toBeGreaterThan(20)
})

test('after all this every row is what its events make, every chain holds and no number is missing', async () => {
  office.clock.set('2026-12-31T23:00:00+07:00')
  await anchorLedger(office.system)
  const report = await checkLedger(office.system)
  expect(report.faults).toEqual([])
  expect(report.dossiers).toBeGreaterThanOrEqual(60)
  expect(report.days).toBeGreaterThan(30)
})
