import { sql } from 'kysely'
import { expect } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import { runQueue } from '#src/platform/queue.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { tasks } from '#src/tasks.ts'
import type { TestDatabase } from './database.ts'
import { makeOffice, type Office, procedures, receiveBirth } from './office.ts'

/** Two working days before the year turns: 29 and 30/12 are a Tuesday and a Wednesday. */
const BEFORE_THE_YEAR = '2026-12-29T08:00:00+07:00'
/** The procedure of the office whose term passes through the turn of the year. */
export const TERM = '1.000666'
/** The notice of the days off of 2027. */
export const notice = {
  calendar: 1,
  year: 2027,
  notice: 'Thông báo 1234/TB-BNV',
  also: [],
  work: [],
  off: [
    { day: '2027-01-01', reason: 'Tết Dương lịch' },
    { day: '2027-01-04', reason: 'Hoán đổi' },
    ...['05', '08', '09', '10', '11'].map(day => ({ day: `2027-02-${day}`, reason: 'Tết Nguyên đán Đinh Mùi' })),
  ],
}

/** The test office shortly before a year without notice, with a procedure whose term passes into it. */
export async function makeOfficeBeforeTheYear({ db }: TestDatabase): Promise<Office> {
  const office = await makeOffice(db)
  await publishFifteenDays(office)
  office.clock.set(BEFORE_THE_YEAR)
  return office
}

/** A procedure of the commune with a term of 15 working days, else like birth registration. */
async function publishFifteenDays(office: Office): Promise<void> {
  const [birth] = procedures(0)
  if (!birth) throw new Error('no procedure')
  const channels = birth.content.channels.map(channel => ({
    ...channel,
    term: { amount: 15, unit: 'working-days' as const },
  }))
  await publishProcedure(office.system, {
    ...birth,
    code: TERM,
    name: 'Thử hạn',
    content: { ...birth.content, channels },
  })
}

export const receiveFifteenDays = (office: Office, by = 'intake') => receiveBirth(office.as(by), { procedure: TERM })

/** The recomputations of deadlines that are on record. */
export const recomputationsAudited = ({ owner }: TestDatabase) =>
  owner.selectFrom('audit').selectAll().where('action', '=', 'recompute-deadlines').orderBy('id').execute()

/** Works on what is queued until nothing is left. */
export async function workQueue(database: TestDatabase, office: Office): Promise<void> {
  const jobs = tasks({ blobs: folderBlobs('unused') })
  const queue = await runQueue(office.system, { url: database.url, tasks: jobs, schedules: [], concurrency: 1 })
  const left = async () =>
    Number(
      (await sql<{ n: number }>`SELECT count(*) AS n FROM graphile_worker.jobs`.execute(database.owner)).rows[0]?.n,
    )
  for (let n = 0; n < 200 && (await left()) > 0; n += 1) await new Promise(resolve => setTimeout(resolve, 50))
  await queue.stop()
  expect(await left()).toBe(0)
}

export async function ledgerIsClean(office: Office): Promise<void> {
  expect((await checkLedger(office.system)).faults).toEqual([])
}
