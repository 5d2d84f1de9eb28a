import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { AskedParams } from '#src/reports/asked.ts'
import type { ListKind, ReportRow } from '#src/reports/report.ts'
import { detectDelays } from '#src/watch/detect-delays.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { intakeOverdue } from './intake-overdue.query.ts'
import { overdue } from './overdue.query.ts'

let database: TestDatabase
let office: Office
const REASON = { reason: 'Theo đề nghị của người nộp' }
const ITEM = { items: [{ component: 'C2', note: 'bản chụp bị mờ' }], ...REASON }
const at = (when: string) => office.clock.set(`2026-${when}+07:00`)
const code: Record<string, string> = {}

const submitted = async () => {
  const applicant = { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' }
  const online = birthIntake({ channel: 'online', receivingPoint: 'H20.101', applicant })
  return (await submitDossier(office.citizen, online, randomUUID())).code as string
}

/** From Monday 2 March 2026, 9:00: births and submissions of that hour are due on Tuesday at 9:00. */
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  const received = async (name: string, by = 'intake') => {
    code[name] = (await receiveBirth(office.as(by))).code as string
  }
  at('03-02T09:00:00')
  for (const name of ['early', 'late', 'open', 'paused', 'withdrawn', 'extended']) await received(name)
  await received('other', 'b.intake')
  for (const name of ['online', 'waiting', 'refused', 'supplement', 'prompt']) code[name] = await submitted()
  at('03-02T15:00:00')
  await advanceTo(office, code.early ?? '', 'closed')
  await command(office.as('intake'), code.prompt ?? '', 'receive')
  await command(office.as('leader'), code.paused ?? '', 'assign', { assignee: 'specialist' })
  await command(office.as('specialist'), code.paused ?? '', 'request-supplement', ITEM)
  at('03-03T08:30:00')
  await command(office.as('intake'), code.supplement ?? '', 'request-supplement', ITEM)
  at('03-03T10:00:00')
  await command(office.as('intake'), code.online ?? '', 'receive')
  await detectDelays({ ...office.system, actor: { kind: 'system', name: 'watch' } })
  at('03-03T15:00:00')
  await command(office.as('intake'), code.refused ?? '', 'refuse', REASON)
  await command(office.as('intake'), code.withdrawn ?? '', 'withdraw', REASON)
  at('03-04T09:00:00')
  await advanceTo(office, code.late ?? '', 'closed')
  await command(office.as('leader'), code.extended ?? '', 'extend', { until: '2026-03-06', ...REASON })
  at('03-05T09:00:00')
})
afterAll(() => database.close())

/** All rows, a page at a time. */
async function rowsOf(
  kind: ListKind,
  params: AskedParams = {},
  { who = 'director', limit = 100 } = {},
): Promise<ReportRow[]> {
  const ctx = office.as(who)
  const asked = await getAsked(ctx, kind, { from: '2026-03-01', to: '2026-03-31', ...params }, ctx.actor as Officer)
  const rows: ReportRow[] = []
  for (let after: string | null = null; ; ) {
    const page = await kind.page(ctx, asked, { after, limit })
    rows.push(...page.rows)
    if (page.next === null) break
    expect(page.rows).toHaveLength(limit)
    after = page.next
  }
  expect(await kind.count(ctx, asked)).toBe(rows.length)
  return rows
}
const names = (rows: readonly ReportRow[]) => rows.map(({ key }) => Object.keys(code).find(name => code[name] === key))

describe('late dossiers', () => {
  test('are those still overdue and those solved late in the period, by whom and how long', async () => {
    const rows = await rowsOf(overdue)
    expect(names(rows)).toEqual(['open', 'online', 'prompt', 'other', 'late'])
    expect(rows[0]?.cells).toMatchObject({
      agency: 'UBND xã Thanh Bình',
      field: 'Hộ tịch',
      procedure: 'Đăng ký khai sinh',
      state: 'Đã tiếp nhận',
      applicant: 'Nguyễn Văn An',
      due: new Date('2026-03-03T09:00:00+07:00'),
      ended: null,
      late: 16,
      cause_agency: 'UBND xã Thanh Bình',
      apology: null,
    })
    expect(rows[4]?.cells).toMatchObject({ state: 'Đã trả kết quả', late: 8, cause_agency: 'UBND xã Thanh Bình' })
    expect(rows[0]?.hrefs).toEqual({ label: `/ho-so/${code.open}` })
    expect(rows[0]?.english).toEqual({ state: 'Received' })
  })

  test('as of an instant, as they stood then', async () => {
    const rows = await rowsOf(overdue, { asOf: '2026-03-03T11:00:00+07:00' })
    expect(names(rows)).toEqual(['open', 'extended', 'other', 'withdrawn', 'late'])
    expect(rows.find(({ key }) => key === code.late)?.cells).toMatchObject({
      state: 'Đã tiếp nhận',
      ended: null,
      late: 2,
    })
    expect(names(await rowsOf(overdue, { asOf: '2026-03-03T08:59:59+07:00' }))).toEqual([])
  })

  test('in a period before they were late are not there, and in one after they were solved neither', async () => {
    expect(await rowsOf(overdue, { to: '2026-03-02' })).toEqual([])
    expect(names(await rowsOf(overdue, { from: '2026-03-05' }))).toEqual(['open', 'online', 'prompt', 'other'])
  })

  test('one apologised for and late again says so', async () => {
    office.clock.set('2026-03-09T08:30:00+07:00')
    const row = (await rowsOf(overdue)).find(({ key }) => key === code.extended)
    office.clock.set('2026-03-05T09:00:00+07:00')
    expect(row?.cells).toMatchObject({ apology: new Date('2026-03-04T09:00:00+07:00') })
  })

  test.each(['2026-03-03T09:00:01+07:00', '2026-03-03T15:00:00+07:00', '2026-03-04T09:00:00+07:00', undefined])(
    'page by page are as many as at once, and as the sums say (as of %s)',
    async asOf => {
      const all = await rowsOf(overdue, { asOf })
      expect(await rowsOf(overdue, { asOf }, { limit: 1 })).toEqual(all)
      expect(await rowsOf(overdue, { asOf }, { limit: 2 })).toEqual(all)
      expect(all.length).toBeGreaterThan(2)
    },
  )

  test('of another agency are none of a leader’s, and a cursor nobody gave is refused', async () => {
    expect(names(await rowsOf(overdue, {}, { who: 'b.leader' }))).toEqual(['other'])
    const ctx = office.as('director')
    const asked = await getAsked(ctx, overdue, {}, ctx.actor as Officer)
    for (const after of ['x', '0.9999999999.-.1', '3.1.-.1'])
      await expect(overdue.page(ctx, asked, { after, limit: 10 })).rejects.toMatchObject({ code: 'cursor-unusable' })
  })
})

describe('submissions examined late', () => {
  test('are those answered after their working hours, and those that still wait past them', async () => {
    const rows = await rowsOf(intakeOverdue)
    expect(names(rows)).toEqual(['online', 'waiting', 'refused'])
    expect(rows.map(({ cells }) => cells.late)).toEqual([1, 16, 4.5])
    expect(rows[1]?.cells).toMatchObject({ examined: null, due: new Date('2026-03-03T09:00:00+07:00') })
    expect(await rowsOf(intakeOverdue, {}, { limit: 1 })).toEqual(rows)
  })

  test('count in the period of the answer; what waits, in every one', async () => {
    expect(names(await rowsOf(intakeOverdue, { from: '2026-03-04' }))).toEqual(['waiting'])
    expect(names(await rowsOf(intakeOverdue, { asOf: '2026-03-03T09:30:00+07:00' }))).toEqual([
      'online',
      'waiting',
      'refused',
    ])
    expect(await rowsOf(intakeOverdue, { to: '2026-03-02' })).toEqual([])
    expect(await rowsOf(intakeOverdue, {}, { who: 'b.leader' })).toEqual([])
  })
})
