import { afterAll, beforeAll, expect, test } from 'vitest'
import { setAgencyCalendar } from '#src/agencies/set-agency-calendar.ts'
import { createCalendar } from '#src/calendar/create-calendar.ts'
import { enterNotice } from '#src/calendar/enter-notice.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { makeOffice, type Office, procedures, receiveBirth } from '#test/support/office.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

/** A desk that received a moment ago, and receives again: what it is received under. */
async function receivedUnder() {
  const { code } = await receiveBirth(office.as('intake'))
  return findDossier(office.system, code ?? '')
}

test('a dossier is received under the text in force, also by a desk that has just received under the one before', async () => {
  const before = await receivedUnder()
  const birth = procedures(0)[0]
  if (!birth) throw new Error('no birth registration')
  await publishProcedure(office.system, { ...birth, validFrom: '2026-03-02' })
  const after = await receivedUnder()
  expect(after?.procedureVersionId).not.toBe(before?.procedureVersionId)
  expect(after?.code).toBe('H20.101-260302-0002')
})

test('a dossier is received on the calendar as it stands after a notice', async () => {
  const before = await receivedUnder()
  const off = [{ day: '2026-03-03', reason: 'Nghỉ đột xuất' }]
  await enterNotice(office.system, { calendar: 1, year: 2026, notice: 'Thông báo thử', off, work: [], also: [] })
  const after = await receivedUnder()
  expect(before?.dueAt?.toISOString()).toBe('2026-03-03T02:00:00.000Z')
  expect(after).toMatchObject({ calendarVersion: (before?.calendarVersion ?? 0) + 1 })
  expect(after?.dueAt?.toISOString()).toBe('2026-03-04T02:00:00.000Z')
})

test('a dossier is received on the calendar its agency has been given', async () => {
  await receivedUnder()
  const { id } = await createCalendar(office.system, { source: 1, name: 'Giờ riêng', weekly: nationalCalendar.weekly })
  await setAgencyCalendar(office.system, { agency: 'H20.101', calendar: id })
  expect(await receivedUnder()).toMatchObject({ calendarId: id })
})
