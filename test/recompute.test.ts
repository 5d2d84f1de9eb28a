import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { setAgencyCalendar } from '#src/agencies/set-agency-calendar.ts'
import { listNoticeTargets } from '#src/calendar/calendar-list.query.ts'
import { createCalendar } from '#src/calendar/create-calendar.ts'
import { enterNotice } from '#src/calendar/enter-notice.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { type Recomputation, recomputeDeadlines } from '#src/casework/recompute-deadlines.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import { run } from '#src/platform/db.ts'
import { runQueue } from '#src/platform/queue.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { tasks } from '#src/tasks.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, procedures, receiveBirth } from './support/office.ts'
import { putInForce } from './support/processes.ts'

/** Two working days before the year turns: 29 and 30/12 are a Tuesday and a Wednesday. */
const BEFORE_THE_YEAR = '2026-12-29T08:00:00+07:00'
const TERM = '1.000666'
const notice = {
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

let database: TestDatabase
let office: Office
beforeEach(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await publishFifteenDays()
  office.clock.set(BEFORE_THE_YEAR)
  return () => database.close()
})

/** A procedure of the commune with a term of 15 working days, else like birth registration. */
async function publishFifteenDays(): Promise<void> {
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

const receive = (by = 'intake') => receiveBirth(office.as(by), { procedure: TERM })

async function dossierNow(code: string | null): Promise<Dossier> {
  const [row] = await run<DossierRow>(database.db, `SELECT ${dossierColumns} FROM dossier d WHERE d.code = $1`, [code])
  if (!row) throw new Error(`no dossier ${code}`)
  return fromRow(row)
}

const audits = async () =>
  database.owner.selectFrom('audit').selectAll().where('action', '=', 'recompute-deadlines').orderBy('id').execute()

const job: Recomputation = { calendar: 1, version: 2, reason: 'Thông báo 1234/TB-BNV (2027)' }
const recompute = () => recomputeDeadlines({ ...office.system, actor: { kind: 'system', name: 'calendar' } }, job)

/** Works on what is queued until nothing is left. */
async function workQueue(): Promise<void> {
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

async function ledgerIsClean(): Promise<void> {
  expect((await checkLedger(office.system)).faults).toEqual([])
}

const at = (text: string) => new Date(`${text}:00+07:00`)

test('a due time that passes through a year without notice is provisional; the notice moves it and makes it final', async () => {
  const received = await receive()
  // 15 days of 8 hours from 08:00: 29, 30, 31/12, then 2027 from Monday 4/1, its first of January being off by law.
  expect(received).toMatchObject({ dueAt: at('2027-01-20T08:00'), provisional: true, gaps: [2027] })

  await enterNotice(office.as('control'), notice)
  expect((await dossierNow(received.code)).dueProvisional).toBe(true)
  await workQueue()

  const after = await dossierNow(received.code)
  expect(after).toMatchObject({
    version: 2,
    dueAt: at('2027-01-21T08:00'),
    originalDueAt: at('2027-01-20T08:00'),
    dueProvisional: false,
    dueGaps: [],
    calendarVersion: 2,
  })
  expect(after.adjustments).toEqual([
    {
      kind: 'calendar',
      at: at('2026-12-29T08:00'),
      from: at('2027-01-20T08:00'),
      to: at('2027-01-21T08:00'),
      reason: 'Thông báo 1234/TB-BNV (2027)',
      legalGround: null,
      by: 'system:calendar',
    },
  ])
  expect((await audits()).map(({ actor, subject, detail }) => ({ actor, subject, detail }))).toEqual([
    { actor: 'system:calendar', subject: 'calendar:1', detail: { ...job, seen: 1, moved: 1 } },
  ])
  await ledgerIsClean()
})

test('a repeated reception answers what was promised then, provisional as it was', async () => {
  const [intake, key] = [birthIntake({ procedure: TERM }), randomUUID()]
  const first = await receiveDossier(office.as('intake'), intake, key)
  const assign = () =>
    command(office.as('leader'), first.code, 'assign', { assignee: 'specialist' }, { commandId: 'assigned-once' })
  const assigned = await assign()
  await enterNotice(office.as('control'), notice)
  await recompute()
  expect((await dossierNow(first.code)).dueProvisional).toBe(false)
  expect(await receiveDossier(office.as('intake'), intake, key)).toEqual(first)
  expect(await assign()).toEqual(assigned)
})

test('of two years without notice only the one still missing is named after the notice of the other', async () => {
  const { code } = await receive()
  await advanceTo(office, code, 'in-process')
  await command(office.as('leader'), code, 'extend', { until: '2028-01-12', reason: 'Chờ xác minh' })
  expect((await dossierNow(code)).dueGaps).toEqual([2027, 2028])
  await enterNotice(office.as('control'), notice)
  await recompute()
  expect(await dossierNow(code)).toMatchObject({ dueAt: at('2028-01-12T17:00'), dueProvisional: true, dueGaps: [2028] })
  await ledgerIsClean()
})

test('the batch run again, as after a crash, changes and audits nothing', async () => {
  const { code } = await receive()
  await enterNotice(office.as('control'), notice)
  expect(await recompute()).toEqual({ seen: 1, moved: 1 })
  const once = await dossierNow(code)
  expect((await recompute()).moved).toBe(0)
  expect(await dossierNow(code)).toEqual(once)
  expect(await audits()).toHaveLength(1)
})

test('two workers on one batch at once move each dossier once', async () => {
  const codes = []
  for (let n = 0; n < 12; n += 1) codes.push((await receive()).code)
  await enterNotice(office.as('control'), notice)
  const totals = await Promise.allSettled([recompute(), recompute(), recompute()])
  for (const total of totals) if (total.status === 'rejected') await recompute()
  for (const code of codes) expect((await dossierNow(code)).adjustments).toHaveLength(1)
  await ledgerIsClean()
})

describe('what the notice does not touch', () => {
  test('a dossier that is closed, and one whose term ends before the year', async () => {
    const [closed, short, running] = [await receive(), await receiveBirth(office.as('intake')), await receive()]
    await advanceTo(office, closed.code, 'closed')
    const before = [await dossierNow(closed.code), await dossierNow(short.code)]
    const targets = await listNoticeTargets(office.system, 2027)
    expect(targets[0]).toMatchObject({ open: 2, provisional: 1 })
    await enterNotice(office.as('control'), notice)
    expect(await recompute()).toEqual({ seen: 2, moved: 1 })
    expect([await dossierNow(closed.code), await dossierNow(short.code)]).toEqual(before)
    expect((await dossierNow(running.code)).dueProvisional).toBe(false)
    await ledgerIsClean()
  })

  test('an extended deadline; but the step under way, and the opinions asked at it, have the day off', async () => {
    const work = (kind: string, key: string, role: string, outcomes: object[]) => {
      return { kind, key, name: key, agency: { by: 'competent' }, role, hours: 1, outcomes }
    }
    await putInForce(office.system, {
      key: 'lay-y-kien',
      procedure: TERM,
      process: {
        name: 'Lấy ý kiến ngay',
        start: 'y-kien',
        steps: [
          {
            kind: 'consult',
            key: 'y-kien',
            name: 'Lấy ý kiến',
            hours: 40,
            asked: [{ key: 'b', name: 'Xã Tân Long', agency: { by: 'code', code: 'H20.102' } }],
            outcomes: ['joined', 'expired'].map(key => ({ key, name: key, to: 'duyet' })),
          },
          work('approve', 'duyet', 'leader', [
            { key: 'approved', name: 'Đồng ý', to: 'ky' },
            { key: 'returned', name: 'Trả lại', to: 'y-kien', back: true },
          ]),
          work('sign', 'ky', 'clerk', [{ key: 'ready', name: 'Xong', to: 'end' }]),
        ],
      },
    })
    office.clock.set('2026-03-02T08:00:00+07:00')
    const { code } = await receive()
    await command(office.as('leader'), code, 'extend', { until: '2026-04-17', reason: 'Chờ xác minh' })
    const before = await dossierNow(code)
    expect(before.step?.dueAt).toEqual(at('2026-03-09T08:00'))
    const off = [{ day: '2026-03-05', reason: 'Nghỉ theo quyết định của tỉnh' }]
    // Calendars are kept by number and version: one that no other test of this file has.
    for (let n = 0; n < 7; n += 1) await enterNotice(office.as('control'), notice)
    const { version } = await enterNotice(office.as('control'), { ...notice, year: 2026, off })
    await recomputeDeadlines(office.system, { ...job, version })
    const after = await dossierNow(code)
    expect(after.dueAt).toEqual(before.dueAt)
    expect([after.step?.dueAt, after.opinions[0]?.dueAt]).toEqual([at('2026-03-10T08:00'), at('2026-03-10T08:00')])
    await ledgerIsClean()
  })

  test('a deadline extended with an apology stands as granted, and is final', async () => {
    const { code } = await receive()
    await advanceTo(office, code, 'in-process')
    office.clock.set('2026-12-29T10:00:00+07:00')
    await command(office.as('leader'), code, 'extend', { until: '2027-02-26', reason: 'Chờ xác minh' })
    const before = await dossierNow(code)
    await enterNotice(office.as('control'), notice)
    await recompute()
    const after = await dossierNow(code)
    expect(after.dueAt).toEqual(before.dueAt)
    expect([after.dueProvisional, after.dueGaps]).toEqual([false, []])
    await ledgerIsClean()
  })
})

test('a paused dossier is counted by the notice too, and resumes by it', async () => {
  const [paused, twin] = [await receive(), await receive()]
  await advanceTo(office, paused.code, 'in-process')
  office.clock.set('2026-12-30T08:00:00+07:00')
  await command(office.as('specialist'), paused.code, 'pause', { notice: '77/TB-CCT', ground: 'Điều 21 Luật Đất đai' })
  await enterNotice(office.as('control'), notice)
  await recompute()
  const standing = await dossierNow(paused.code)
  expect(standing).toMatchObject({ state: 'financial-obligation', pausedAt: at('2026-12-30T08:00') })
  expect(standing.dueAt).toEqual((await dossierNow(twin.code)).dueAt)

  // The pause took 15 hours 30 minutes: 30/12 from 08:00 on, and 31/12; the days up to 4/1 are off.
  office.clock.set('2027-01-05T07:30:00+07:00')
  const resumed = await command(office.as('cashier'), paused.code, 'resume', { evidence: 'GNT 15' })
  expect(resumed).toMatchObject({ dueAt: at('2027-01-22T17:00'), provisional: false, gaps: [] })
  const { adjustments, originalDueAt } = await dossierNow(paused.code)
  expect(adjustments.map(({ kind }) => kind)).toEqual(['calendar', 'pause'])
  expect(originalDueAt).toEqual(at('2027-01-20T08:00'))
  await ledgerIsClean()
})

describe('two agencies with different calendars', () => {
  const half = [{ from: '07:30', to: '11:30' }]
  beforeEach(async () => {
    const weekly = { ...nationalCalendar.weekly, 6: half }
    const { id } = await createCalendar(office.as('admin'), { source: 1, name: 'Lịch sáng thứ Bảy', weekly })
    expect(id).toBe(2)
    await setAgencyCalendar(office.as('admin'), { agency: 'H20.102', calendar: id })
  })

  test('count side by side by their own hours, and each is moved by the notice entered for both', async () => {
    const [weekdays, saturdays] = await Promise.all([receive('intake'), receive('b.intake')])
    // The mornings of the Saturdays 2, 9 and 16/1 give 12 hours.
    expect([weekdays.dueAt, saturdays.dueAt]).toEqual([at('2027-01-20T08:00'), at('2027-01-18T13:30')])
    expect(await listNoticeTargets(office.system, 2027)).toMatchObject([
      { id: 1, open: 1, provisional: 1, notice: null },
      { id: 2, open: 1, provisional: 1, notice: null },
    ])
    await enterNotice(office.as('control'), { ...notice, also: [2] })
    await workQueue()
    expect((await dossierNow(weekdays.code)).dueAt).toEqual(at('2027-01-21T08:00'))
    expect((await dossierNow(saturdays.code)).dueAt).toEqual(at('2027-01-19T13:30'))
    expect((await audits()).map(({ subject }) => subject).sort()).toEqual(['calendar:1', 'calendar:2'])
    await ledgerIsClean()
  })

  test('a notice entered for one leaves the other as it was', async () => {
    const [mine, theirs] = [await receive('intake'), await receive('b.intake')]
    await enterNotice(office.as('control'), notice)
    await workQueue()
    expect((await dossierNow(mine.code)).dueProvisional).toBe(false)
    expect(await dossierNow(theirs.code)).toMatchObject({ dueProvisional: true, dueGaps: [2027], version: 1 })
  })

  test('a dossier received before its agency changed calendars keeps the one it was received under', async () => {
    const before = await receive('intake')
    await setAgencyCalendar(office.as('admin'), { agency: 'H20.101', calendar: 2 })
    const after = await receive('intake')
    expect([(await dossierNow(before.code)).calendarId, (await dossierNow(after.code)).calendarId]).toEqual([1, 2])
  })
})

test('only who may enters notices, makes calendars and assigns them', async () => {
  const weekly = nationalCalendar.weekly
  for (const username of ['intake', 'leader', 'director', 'reform', 'specialist', 'clerk', 'cashier']) {
    const ctx = office.as(username)
    await expect(enterNotice(ctx, notice)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(createCalendar(ctx, { source: 1, name: 'X', weekly })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(setAgencyCalendar(ctx, { agency: 'H20.101', calendar: 1 })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  }
  await expect(createCalendar(office.as('control'), { source: 1, name: 'X', weekly })).rejects.toMatchObject({
    code: 'calendar-admin-only',
  })
})
