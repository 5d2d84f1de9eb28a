import { randomUUID } from 'node:crypto'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { ReportTable } from '#src/reports/report.ts'
import { correctSeal } from '#src/statutory/correct-seal.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { listSeals, type Seal } from '#src/statutory/seal.query.ts'
import { sealReport } from '#src/statutory/seal-report.ts'
import { settleCorrection } from '#src/statutory/settle-correction.ts'
import { type Client, signedInAs, type TestApp, testApp } from './app.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { advanceTo, MONDAY, makeOffice, type Office, receiveBirth } from './office.ts'

/** `late` is the dossier of which something is written down only afterwards. */
export type Sealing = { database: TestDatabase; office: Office; at: TestApp; late: number }

export const march = { from: '2026-03-01', to: '2026-03-31', by: 'agency' }
export const april = { from: '2026-04-01', to: '2026-04-30', by: 'agency' }

/** Two dossiers of one agency, one of them closed, and one of another: all received in March, nothing sealed yet. */
export async function marchToSeal(): Promise<Sealing> {
  const database = await testDatabase()
  const office = await makeOffice(database.db)
  const at = testApp(database.db)
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  const { id: late } = await receiveBirth(office.as('intake'))
  await receiveBirth(office.as('b.intake'))
  office.clock.set('2026-03-02T15:00:00+07:00')
  await advanceTo(office, code, 'closed')
  return { database, office, at, late }
}

/** For one test file, whose office is there only after its `beforeAll`: what officers do about seals, by username. */
export function sealingIn(scene: () => Sealing) {
  const as = (who: string) => scene().office.as(who)
  const asked = async (params: typeof march) => getAsked(as('director'), ii06a, params, as('director').actor as Officer)
  return {
    seal: (who: string, params = march, id: string = randomUUID()) => sealReport(as(who), { kind: ii06a, params }, id),
    correct: (who: string, params = march, reason = 'Nhập bổ sung hồ sơ giấy') =>
      correctSeal(as(who), { kind: ii06a, params, reason }, randomUUID()),
    settle: (who: string, id: number, approve = true) => settleCorrection(as(who), { id, approve }, randomUUID()),
    sealsOf: async (params = march): Promise<Seal[]> => listSeals(as('director'), ii06a, await asked(params)),
    now: async (params = march): Promise<ReportTable> => ii06a.read(as('director'), await asked(params)),
    /** Something that happened in a month long gone and is only now written down. */
    async enteredLate(when: string): Promise<void> {
      const insert = `INSERT INTO fact_inbox (dossier_id, at, measure, n) VALUES ($1, $2, 'received', 1), ($1, $2, 'on_time', 1)`
      await run(scene().database.db, insert, [scene().late, new Date(when)])
    },
    officer: (who: string): Promise<Client> => signedInAs(scene().at, as(who).actor as Officer),
  }
}
