import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { listNoticeTargets } from '#src/calendar/calendar-list.query.ts'
import { enterNotice } from '#src/calendar/enter-notice.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { type Recomputation, recomputeDeadlines } from '#src/casework/recompute-deadlines.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { dossierOf } from './support/find-dossier.ts'
import { advanceTo, at, birthIntake, command, type Office, receiveBirth } from './support/office.ts'
import { putInForce } from './support/processes.ts'
import {
  ledgerIsClean,
  makeOfficeBeforeTheYear,
  notice,
  receiveFifteenDays,
  recomputationsAudited,
  TERM,
  workQueue,
} from './support/year-notice.ts'

let database: TestDatabase
let office: Office
beforeEach(async () => {
  database = await testDatabase()
  office = await makeOfficeBeforeTheYear(database)
  return () => database.close()
})

const job: Recomputation = { calendar: 1, version: 2, reason: 'Thông báo 1234/TB-BNV (2027)' }
const recompute = () => recomputeDeadlines({ ...office.system, actor: { kind: 'system', name: 'calendar' } }, job)

test('a due time that passes through a year without notice is provisional; the notice moves it and makes it final', async () => {
  const received = await receiveFifteenDays(office)
  // 15 days of 8 hours from 08:00: 29, 30, 31/12, then 2027 from Monday 4/1, its first of January being off by law.
  expect(received).toMatchObject({ dueAt: at('2027-01-20T08:00'), provisional: true, gaps: [2027] })

  await enterNotice(office.as('control'), notice)
  expect((await dossierOf(office, received.code)).dueProvisional).toBe(true)
  await workQueue(database, office)

  const after = await dossierOf(office, received.code)
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
  expect(
    (await recomputationsAudited(database)).map(({ actor, subject, detail }) => ({ actor, subject, detail })),
  ).toEqual([{ actor: 'system:calendar', subject: 'calendar:1', detail: { ...job, seen: 1, moved: 1 } }])
  await ledgerIsClean(office)
})

test('a repeated reception answers what was promised then, provisional as it was', async () => {
  const [intake, key] = [birthIntake({ procedure: TERM }), randomUUID()]
  const first = await receiveDossier(office.as('intake'), intake, key)
  const assign = () =>
    command(office.as('leader'), first.code, 'assign', { assignee: 'specialist' }, { commandId: 'assigned-once' })
  const assigned = await assign()
  await enterNotice(office.as('control'), notice)
  await recompute()
  expect((await dossierOf(office, first.code)).dueProvisional).toBe(false)
  expect(await receiveDossier(office.as('intake'), intake, key)).toEqual(first)
  expect(await assign()).toEqual(assigned)
})

test('of two years without notice only the one still missing is named after the notice of the other', async () => {
  const { code } = await receiveFifteenDays(office)
  await advanceTo(office, code, 'in-process')
  await command(office.as('leader'), code, 'extend', { until: '2028-01-12', reason: 'Chờ xác minh' })
  expect((await dossierOf(office, code)).dueGaps).toEqual([2027, 2028])
  await enterNotice(office.as('control'), notice)
  await recompute()
  expect(await dossierOf(office, code)).toMatchObject({
    dueAt: at('2028-01-12T17:00'),
    dueProvisional: true,
    dueGaps: [2028],
  })
  await ledgerIsClean(office)
})

test('the batch run again, as after a crash, changes and audits nothing', async () => {
  const { code } = await receiveFifteenDays(office)
  await enterNotice(office.as('control'), notice)
  expect(await recompute()).toEqual({ seen: 1, moved: 1 })
  const once = await dossierOf(office, code)
  expect((await recompute()).moved).toBe(0)
  expect(await dossierOf(office, code)).toEqual(once)
  expect(await recomputationsAudited(database)).toHaveLength(1)
})

test('two workers on one batch at once move each dossier once', async () => {
  const codes = []
  for (let n = 0; n < 12; n += 1) codes.push((await receiveFifteenDays(office)).code)
  await enterNotice(office.as('control'), notice)
  const totals = await Promise.allSettled([recompute(), recompute(), recompute()])
  for (const total of totals) if (total.status === 'rejected') await recompute()
  for (const code of codes) expect((await dossierOf(office, code)).adjustments).toHaveLength(1)
  await ledgerIsClean(office)
})

describe('what the notice does not touch', () => {
  test('a dossier that is closed, and one whose term ends before the year', async () => {
    const [closed, short, running] = [
      await receiveFifteenDays(office),
      await receiveBirth(office.as('intake')),
      await receiveFifteenDays(office),
    ]
    await advanceTo(office, closed.code, 'closed')
    const before = [await dossierOf(office, closed.code), await dossierOf(office, short.code)]
    const targets = await listNoticeTargets(office.system, 2027)
    expect(targets[0]).toMatchObject({ open: 2, provisional: 1 })
    await enterNotice(office.as('control'), notice)
    expect(await recompute()).toEqual({ seen: 2, moved: 1 })
    expect([await dossierOf(office, closed.code), await dossierOf(office, short.code)]).toEqual(before)
    expect((await dossierOf(office, running.code)).dueProvisional).toBe(false)
    await ledgerIsClean(office)
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
    const { code } = await receiveFifteenDays(office)
    await command(office.as('leader'), code, 'extend', { until: '2026-04-17', reason: 'Chờ xác minh' })
    const before = await dossierOf(office, code)
    expect(before.step?.dueAt).toEqual(at('2026-03-09T08:00'))
    const off = [{ day: '2026-03-05', reason: 'Nghỉ theo quyết định của tỉnh' }]
    // Calendars are kept by number and version: one that no other test of this file has.
    for (let n = 0; n < 7; n += 1) await enterNotice(office.as('control'), notice)
    const { version } = await enterNotice(office.as('control'), { ...notice, year: 2026, off })
    await recomputeDeadlines(office.system, { ...job, version })
    const after = await dossierOf(office, code)
    expect(after.dueAt).toEqual(before.dueAt)
    expect([after.step?.dueAt, after.opinions[0]?.dueAt]).toEqual([at('2026-03-10T08:00'), at('2026-03-10T08:00')])
    await ledgerIsClean(office)
  })

  test('a deadline extended with an apology stands as granted, and is final', async () => {
    const { code } = await receiveFifteenDays(office)
    await advanceTo(office, code, 'in-process')
    office.clock.set('2026-12-29T10:00:00+07:00')
    await command(office.as('leader'), code, 'extend', { until: '2027-02-26', reason: 'Chờ xác minh' })
    const before = await dossierOf(office, code)
    await enterNotice(office.as('control'), notice)
    await recompute()
    const after = await dossierOf(office, code)
    expect(after.dueAt).toEqual(before.dueAt)
    expect([after.dueProvisional, after.dueGaps]).toEqual([false, []])
    await ledgerIsClean(office)
  })
})

test('a paused dossier is counted by the notice too, and resumes by it', async () => {
  const [paused, twin] = [await receiveFifteenDays(office), await receiveFifteenDays(office)]
  await advanceTo(office, paused.code, 'in-process')
  office.clock.set('2026-12-30T08:00:00+07:00')
  await command(office.as('specialist'), paused.code, 'pause', { notice: '77/TB-CCT', ground: 'Điều 21 Luật Đất đai' })
  await enterNotice(office.as('control'), notice)
  await recompute()
  const standing = await dossierOf(office, paused.code)
  expect(standing).toMatchObject({ state: 'financial-obligation', pausedAt: at('2026-12-30T08:00') })
  expect(standing.dueAt).toEqual((await dossierOf(office, twin.code)).dueAt)

  // The pause took 15 hours 30 minutes: 30/12 from 08:00 on, and 31/12; the days up to 4/1 are off.
  office.clock.set('2027-01-05T07:30:00+07:00')
  const resumed = await command(office.as('cashier'), paused.code, 'resume', { evidence: 'GNT 15' })
  expect(resumed).toMatchObject({ dueAt: at('2027-01-22T17:00'), provisional: false, gaps: [] })
  const { adjustments, originalDueAt } = await dossierOf(office, paused.code)
  expect(adjustments.map(({ kind }) => kind)).toEqual(['calendar', 'pause'])
  expect(originalDueAt).toEqual(at('2027-01-20T08:00'))
  await ledgerIsClean(office)
})
