import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { changeDefinition } from '#src/periods/change-definition.ts'
import { usualDefinitions } from '#src/periods/definition.ts'
import type { Citizen, Officer } from '#src/platform/ctx.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { type Client, signedInAs, type TestApp, testApp } from '../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, receiveBirth } from '../../test/support/office.ts'
import { readDashboard } from './dashboard.query.ts'
import { sumCounted, weeksUntil } from './dashboard.ts'
import { elapsedText } from './dashboard-cards.ts'
import { listPressing } from './pressing.query.ts'

let database: TestDatabase
let office: Office
let app: TestApp
const birth = async (day: string, change = {}) => {
  office.clock.set(`${day}+07:00`)
  return receiveBirth(office.as('intake'), change)
}
let late: { code: string | null }
let dueNext: { code: string | null }
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db, '2026-02-23T07:00:00+07:00')
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
  // Two weeks ago one solved in time; last week one solved late, one still waiting and late; today two, one of them put off for papers.
  const early = await birth('2026-02-23T08:00:00')
  await advanceTo(office, early.code, 'result-ready')
  const solvedLate = await birth('2026-03-02T08:00:00')
  office.clock.set('2026-03-05T10:00:00+07:00')
  await advanceTo(office, solvedLate.code, 'result-ready')
  late = await birth('2026-03-05T14:00:00')
  dueNext = await birth('2026-03-10T08:00:00')
  const paused = await birth('2026-03-10T08:30:00')
  await advanceTo(office, paused.code, 'in-process')
  await command(office.as('specialist'), paused.code, 'request-supplement', {
    items: [{ component: 'C3' }],
    reason: 'Thiếu văn bản ủy quyền',
  })
  office.clock.set('2026-03-10T09:00:00+07:00')
}, 60_000)
afterAll(() => database.close())

const officer = (who: string) => office.as(who).actor as Officer
const board = (who: string, code?: string) => readDashboard(office.as(who), officer(who), code)
const signedIn = (who: string): Promise<Client> => signedInAs(app, officer(who))

describe('the dashboard', () => {
  test('counts what is, and what happened today, in 30 days and in 12 weeks', async () => {
    const { day, month, weeks, live } = await board('director')
    expect(day).toMatchObject({ received: 2, open: 3, c13: 1, paused_supplement: 1 })
    expect(month.map(({ tally }) => tally)).toEqual([expect.objectContaining({ received: 5, late: 1 })])
    expect(weeks).toHaveLength(12)
    expect(
      weeks.slice(-3).map(({ from, to, received, solved, overdue }) => [from, to, received, solved, overdue]),
    ).toEqual([
      ['2026-02-23', '2026-03-01', 1, 1, 0],
      ['2026-03-02', '2026-03-08', 2, 1, 1],
      ['2026-03-09', '2026-03-10', 2, 0, 1],
    ])
    expect(live).toMatchObject({ dueToday: 0, dueSoon: 1, waiting: { count: 0, oldest: null } })
  })

  test('shows at which step dossiers stand, and how many of them too long', async () => {
    const { steps } = await board('director')
    expect(steps.reduce((sum, { dossiers }) => sum + dossiers, 0)).toBe(3)
    for (const { kind, dossiers, late } of steps) {
      for (const [only, count] of [
        [true, late],
        [false, dossiers - late],
        [null, dossiers],
      ] as const) {
        const { rows } = await listPressing(office.as('director'), officer('director'), {
          pressing: { view: 'step', kind, late: only },
          agencies: null,
          page: { limit: 10 },
        })
        expect(rows, `${kind} ${only}`).toHaveLength(count)
      }
    }
    expect(Math.max(...steps.map(({ late }) => late))).toBeGreaterThan(0)
  })

  test('shows a leader their own agency and its officers, a director any agency', async () => {
    expect(await board('leader')).toMatchObject({ agency: { code: 'H20.101' }, isProvince: false, day: { open: 3 } })
    expect((await board('leader')).load?.find(({ name }) => name === 'Cán bộ specialist')).toMatchObject({
      held: 1,
      late: 0,
    })
    expect(await board('director', 'H20.102')).toMatchObject({ agency: { code: 'H20.102' }, day: { open: 0 } })
  })

  test('leaves out agencies that have ended, once they have nothing left, and not those beside the province', async () => {
    const ended = { code: 'H20.190', name: 'UBND xã cũ', short_name: 'Xã cũ', kind: 'commune', calendar_id: 1 }
    await database.owner
      .insertInto('agency')
      .values({ ...ended, valid_from: '2020-01-01', valid_to: '2025-07-01' })
      .execute()
    const beside = { ...ended, code: 'H20.31', name: 'Thuế tỉnh', short_name: 'Thuế tỉnh', kind: 'vertical' }
    await database.owner
      .insertInto('agency')
      .values({ ...beside, valid_from: '2020-01-01' })
      .execute()
    const { agencies } = await board('director')
    expect(agencies.map(({ code }) => code)).toContain('H20.31')
    expect(agencies.map(({ code }) => code)).not.toContain('H20.190')
    expect(agencies.map(({ code }) => code)).toContain('H20.102')
  })

  test('is nobody’s who does not answer for others, and no other agency’s leader’s', async () => {
    await expect(board('specialist')).rejects.toThrow('role-not-allowed')
    await expect(board('b.leader', 'H20.101')).rejects.toThrow('page-not-found')
  })

  test('lists behind its live numbers the dossiers they count', async () => {
    const list = (who: string, pressing: Parameters<typeof listPressing>[2]['pressing']) =>
      listPressing(office.as(who), officer(who), { pressing, agencies: null, page: { limit: 10 } })
    expect((await list('director', { view: 'overdue' })).rows.map(({ code }) => code)).toEqual([late.code])
    expect((await list('director', { view: 'due-soon' })).rows).toHaveLength(1)
    expect((await list('leader', { view: 'step', kind: 'appraise', late: false })).rows).toHaveLength(1)
    expect((await list('b.leader', { view: 'overdue' })).rows).toEqual([])
    const { accountId } = officer('specialist')
    expect((await list('leader', { view: 'officer', accountId, late: false })).rows).toHaveLength(1)
  })

  test('knows online submissions that wait, the longest and the middle one', async () => {
    const { name, idNumber, phone } = office.citizen.actor as Citizen
    const applicant = { kind: 'citizen' as const, name, idNumber, phone, address: 'Ấp 1' }
    for (const time of ['10:00', '15:00', '16:00']) {
      office.clock.set(`2026-03-09T${time}:00+07:00`)
      const online = { ...birthIntake(), applicant, channel: 'online' as const, receivingPoint: 'H20.101' }
      await submitDossier(office.citizen, online, randomUUID())
    }
    office.clock.set('2026-03-10T09:00:00+07:00')
    const { waiting } = (await board('leader')).live
    expect(waiting).toEqual({
      count: 3,
      oldest: new Date('2026-03-09T10:00:00+07:00'),
      median: new Date('2026-03-09T15:00:00+07:00'),
    })
    expect((await board('b.leader')).live.waiting.count).toBe(0)
  })
})

describe('its pages', () => {
  test('lead from each number to its list, and a leader’s stay within the agency', async () => {
    const { text } = await (await signedIn('leader')).get('/dieu-hanh')
    expect(text).toContain('href="/bao-cao/ho-so?o=c13&amp;tu=2026-03-10&amp;den=2026-03-10&amp;co-quan=H20.101"')
    // A cell of the heat map counts the agency alone, without those below it.
    expect(text).toMatch(/href="\/bao-cao\/ho-so\?o=c13\.own&amp;[^"]*co-quan=H20\.101&amp;linh-vuc=ho-tich"/u)
    expect(text).toContain('href="/dieu-hanh/ho-so?xem=ba-ngay&amp;co-quan=H20.101"')
    expect(text).toContain('aria-label="Tuần 2/3 – 8/3: Tiếp nhận 2, Đã giải quyết 1, Quá hạn cuối tuần 1"')
  })

  test('show those who measure reform numbers, and no dossier', async () => {
    const { text } = await (await signedIn('reform')).get('/dieu-hanh')
    expect(text).not.toContain('/ho-so?')
    expect(text).not.toContain(String(late.code))
  })

  test('for a large screen name no dossier and no person, and refresh until told to stop', async () => {
    const director = await signedIn('director')
    const running = await director.get('/dieu-hanh/man-hinh')
    expect(running.text).toContain('<meta http-equiv="refresh" content="60"/>')
    expect(running.text).not.toMatch(/H20\.101-\d{6}|Nguyễn Văn An|Cán bộ/u)
    expect((await director.get('/dieu-hanh/man-hinh?dung=yes')).text).not.toContain('http-equiv="refresh"')
  })

  test('answer an address that was tampered with as one that is not there', async () => {
    const director = await signedIn('director')
    for (const query of ['', '?xem=gi-do', '?xem=buoc', '?xem=can-bo&can-bo=x', '?xem=hom-nay&co-quan=H99']) {
      expect((await director.get(`/dieu-hanh/ho-so${query}`)).status).toBe(404)
    }
  })

  test('say the same to programs', async () => {
    const answer = await (await signedIn('director')).get('/api/v1/dashboard?agency=H20.101')
    expect(answer.json()).toMatchObject({
      agency: { code: 'H20.101' },
      today: { received: 2, solved: 0, open: 3, overdue: 1, pausedForSupplement: 1 },
      agencies: [{ code: 'H20.101', open: 3, overdue: 1, solved: 2, late: 1 }],
      fields: [{ code: 'ho-tich' }],
    })
  })
})

test('late is what the definitions in force say, on the dashboard as in form II.06a and in the list behind it', async () => {
  office.clock.set('2026-03-10T09:30:00+07:00')
  const change = { answer: 'by-day', ground: 'Công văn 12/VPCP', from: '2026-03-11' }
  await changeDefinition(office.as('control'), 'late', change)
  // Due at eight, ready at ten: late by the minute, in time by the day.
  office.clock.set('2026-03-11T10:00:00+07:00')
  await advanceTo(office, dueNext.code, 'result-ready')
  const { month, monthFrom: from, today: to, definitions } = await board('director')
  expect(sumCounted(month, { definitions: usualDefinitions })).toMatchObject({ c7: 3, c10: 2 })
  const asked = await getAsked(office.as('director'), ii06a, { from, to }, officer('director'))
  const form = (await ii06a.read(office.as('director'), asked)).total?.cells
  expect(form).toMatchObject({ c7: 3, c10: 1 })
  expect(sumCounted(month, { definitions })).toMatchObject(form ?? {})
  const director = await signedIn('director')
  const { text } = await director.get('/dieu-hanh')
  expect(text).toContain('1 quá hạn')
  const [href = ''] = text.match(/\/bao-cao\/ho-so\?o=c10&amp;[^"]*/u) ?? []
  expect((await director.get(href.replaceAll('&amp;', '&'))).text).toContain('1 hồ sơ')
})

test('weeks begin on Monday, and the last one ends today', () => {
  expect(weeksUntil('2026-03-01', 2)).toEqual([
    { from: '2026-02-16', to: '2026-02-22' },
    { from: '2026-02-23', to: '2026-03-01' },
  ])
})

test('waiting is told in its two largest units', () => {
  const t = (vi: string) => vi
  expect([0, 61, 1_500].map(minutes => elapsedText(minutes * 60_000, t))).toEqual([
    '0 phút',
    '1 giờ 1 phút',
    '1 ngày 1 giờ',
  ])
})
