import { beforeEach, describe, expect, test } from 'vitest'
import { setAgencyCalendar } from '#src/agencies/set-agency-calendar.ts'
import { listNoticeTargets } from '#src/calendar/calendar-list.query.ts'
import { createCalendar } from '#src/calendar/create-calendar.ts'
import { enterNotice } from '#src/calendar/enter-notice.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { dossierOf } from './support/find-dossier.ts'
import { at, type Office } from './support/office.ts'
import {
  ledgerIsClean,
  makeOfficeBeforeTheYear,
  notice,
  receiveFifteenDays,
  recomputationsAudited,
  workQueue,
} from './support/year-notice.ts'

let database: TestDatabase
let office: Office
beforeEach(async () => {
  database = await testDatabase()
  office = await makeOfficeBeforeTheYear(database)
  return () => database.close()
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
    const [weekdays, saturdays] = await Promise.all([
      receiveFifteenDays(office, 'intake'),
      receiveFifteenDays(office, 'b.intake'),
    ])
    // The mornings of the Saturdays 2, 9 and 16/1 give 12 hours.
    expect([weekdays.dueAt, saturdays.dueAt]).toEqual([at('2027-01-20T08:00'), at('2027-01-18T13:30')])
    expect(await listNoticeTargets(office.system, 2027)).toMatchObject([
      { id: 1, open: 1, provisional: 1, notice: null },
      { id: 2, open: 1, provisional: 1, notice: null },
    ])
    await enterNotice(office.as('control'), { ...notice, also: [2] })
    await workQueue(database, office)
    expect((await dossierOf(office, weekdays.code)).dueAt).toEqual(at('2027-01-21T08:00'))
    expect((await dossierOf(office, saturdays.code)).dueAt).toEqual(at('2027-01-19T13:30'))
    expect((await recomputationsAudited(database)).map(({ subject }) => subject).sort()).toEqual([
      'calendar:1',
      'calendar:2',
    ])
    await ledgerIsClean(office)
  })

  test('a notice entered for one leaves the other as it was', async () => {
    const [mine, theirs] = [await receiveFifteenDays(office, 'intake'), await receiveFifteenDays(office, 'b.intake')]
    await enterNotice(office.as('control'), notice)
    await workQueue(database, office)
    expect((await dossierOf(office, mine.code)).dueProvisional).toBe(false)
    expect(await dossierOf(office, theirs.code)).toMatchObject({ dueProvisional: true, dueGaps: [2027], version: 1 })
  })

  test('a dossier received before its agency changed calendars keeps the one it was received under', async () => {
    const before = await receiveFifteenDays(office, 'intake')
    await setAgencyCalendar(office.as('admin'), { agency: 'H20.101', calendar: 2 })
    const after = await receiveFifteenDays(office, 'intake')
    expect([
      (await dossierOf(office, before.code)).calendarId,
      (await dossierOf(office, after.code)).calendarId,
    ]).toEqual([1, 2])
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
