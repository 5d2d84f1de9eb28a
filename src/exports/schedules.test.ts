import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import { listNotices } from '#src/distribution/notice-list.query.ts'
import { noticeHref, noticeText } from '#src/distribution/notice-words.ts'
import { type Sight, sightOf } from '#src/dossiers/sight.ts'
import { type Blobs, folderBlobs } from '#src/platform/blobs.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { createDb, run } from '#src/platform/db.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { dayTable, longList } from '#test/support/report-kinds.ts'
import { createSchedule, NewSchedule } from './create-schedule.ts'
import { makeExport } from './make-export.ts'
import { openExport } from './open-export.ts'
import { prepareDueReports } from './prepare-due-reports.ts'
import { listIssues, listSchedules } from './schedule.query.ts'
import { duePeriods, type ReportSchedule } from './schedule.ts'
import { stopSchedule } from './stop-schedule.ts'

let database: TestDatabase
let office: Office
let folder: string
let blobs: Blobs
const kinds = [dayTable()]
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-schedules-'))
  blobs = folderBlobs(folder)
})
beforeEach(() => office.clock.set('2026-03-02T09:00:00+07:00'))
afterEach(async () => {
  for (const { id } of await listSchedules(office.system)) await stopSchedule(office.as('control'), id)
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const monthly = {
  ...{ report: 'made-up-table', by: 'agency', scheme: 'national', kind: 'month', daysAfter: 0, format: 'xlsx' },
  ...{ roles: ['director'], people: ['so.leader'], ground: '12/QĐ-UBND', from: '2026-03-02' },
}
const schedule = (change: Record<string, unknown> = {}, who = 'control') =>
  createSchedule(office.as(who), { kinds, input: NewSchedule.parse({ ...monthly, ...change }) }, randomUUID())

/** Every file that was begun and not finished is made, as the queue has it done. */
async function makeAll(these: readonly ReportKind[] = kinds): Promise<void> {
  const open = `SELECT id FROM export_file WHERE state IN ('waiting', 'running') ORDER BY id`
  for (const { id } of await run<{ id: number }>(database.owner, open, [])) {
    await makeExport(office.system, { blobs, kinds: these }, id).catch(() => {})
  }
}

const issuesOf = async (id: number) => (await listIssues(office.system, 100)).filter(one => one.scheduleId === id)
const noticesOf = async (who: string) => {
  const actor = office.as(who).actor as Officer
  const { rows } = await listNotices(office.system, actor, { unread: true, limit: 50 })
  return rows.filter(({ kind }) => kind === 'report-sent')
}

describe('a scheduled report', () => {
  test('of an agency names only people its own officers may know of', async () => {
    const seen: Sight[] = []
    const list = longList(1, {
      page: async (ctx, asked, place) => {
        seen.push(sightOf(ctx.actor))
        return longList(1).page(ctx, asked, place)
      },
    })
    const input = { ...monthly, report: list.key, by: undefined, agency: 'H20.101', roles: ['reform'], people: [] }
    await createSchedule(office.as('control'), { kinds: [list], input: NewSchedule.parse(input) }, randomUUID())
    office.clock.set('2026-03-15T00:00:00+07:00')
    await prepareDueReports(office.system, [list])
    await makeAll([list])
    expect(seen).toEqual([sightOf(office.as('leader').actor)])
  })

  test('is made when its period is over, kept, and sent once to whoever must receive it', async () => {
    const { id } = await schedule()
    office.clock.set('2026-03-14T23:59:59+07:00')
    await prepareDueReports(office.system, kinds)
    expect(await issuesOf(id)).toEqual([])
    office.clock.set('2026-03-15T00:00:00+07:00')
    for (let i = 0; i < 2; i += 1) {
      await prepareDueReports(office.system, kinds)
      await makeAll()
    }
    const [issue, ...more] = await issuesOf(id)
    expect([issue?.period, issue?.state, more]).toEqual(['2026-M03', 'done', []])
    expect(issue?.deliveries.map(({ username }) => username)).toEqual(['director', 'so.leader'])
    const [told, ...again] = await noticesOf('director')
    expect(again).toEqual([])
    if (!told) throw new Error('the director is told')
    expect(noticeText(told, vi => vi)).toBe(
      'Báo cáo định kỳ “Báo cáo thử”, Tháng 3/2026, đã được lập và gửi đến ông/bà.',
    )
    expect(noticeHref(told)).toBe('/bao-cao/tap-tin')
    const [kept] = await run<{ expires_at: Date | null; params: object }>(
      database.owner,
      'SELECT expires_at, params FROM export_file WHERE id = $1',
      [issue?.exportId],
    )
    expect(kept).toEqual({ expires_at: null, params: { from: '2026-02-15', to: '2026-03-14', by: 'agency' } })
  })

  test('is opened by who was sent it and by procedure control; when a receiver opened it first is kept', async () => {
    const { id } = await schedule()
    office.clock.set('2026-03-15T08:00:00+07:00')
    await prepareDueReports(office.system, kinds)
    await makeAll()
    const [issue] = await issuesOf(id)
    const open = (who: string) => openExport(office.as(who), { blobs, kinds }, issue?.exportId ?? 0)
    await expect(open('leader')).rejects.toMatchObject({ code: 'export-unknown' })
    await expect(open('reform')).rejects.toMatchObject({ code: 'export-unknown' })
    await (await open('control')).bytes.cancel()
    for (const time of ['09:00', '10:00']) {
      office.clock.set(`2026-03-15T${time}:00+07:00`)
      const { name, bytes } = await open('so.leader')
      expect(name).toBe('bao-cao-made-up-table-2026-02-15_2026-03-14.xlsx')
      await bytes.cancel()
    }
    const deliveries = (await issuesOf(id))[0]?.deliveries
    const opened = deliveries?.map(({ username, openedAt }) => [username, openedAt && new Date(openedAt).toISOString()])
    expect(opened).toEqual([
      ['director', null],
      ['so.leader', '2026-03-15T02:00:00.000Z'],
    ])
  })

  test('is made up for after a time in which nothing ran, each period once', async () => {
    const { id } = await schedule({
      from: '2026-03-10',
      agency: 'H20.101',
      roles: ['leader'],
      at: 'H20.101',
      people: [],
    })
    office.clock.set('2026-06-20T07:00:00+07:00')
    await prepareDueReports(office.system, kinds)
    await makeAll()
    const issues = await issuesOf(id)
    expect(issues.map(({ period }) => period)).toEqual(['2026-M06', '2026-M05', '2026-M04', '2026-M03'])
    const receivers = issues.map(({ deliveries }) => deliveries.map(({ username }) => username).join())
    expect(new Set(receivers)).toEqual(new Set(['leader,leader2']))
  })

  test('is made and sent once by two workers at the same time', async () => {
    const { id } = await schedule()
    office.clock.set('2026-05-15T06:00:00+07:00')
    const others = [1, 2].map(n => createDb(database.url, { name: `worker ${n}`, max: 4 }))
    try {
      const workers = others.map(db => ({ ...office.system, db }))
      await Promise.all(workers.map(worker => prepareDueReports(worker, kinds)))
      const files = (await issuesOf(id)).map(({ exportId }) => exportId)
      expect(files).toHaveLength(3)
      await Promise.all(files.flatMap(file => workers.map(worker => makeExport(worker, { blobs, kinds }, file))))
      await makeAll()
    } finally {
      await Promise.all(others.map(db => db.destroy()))
    }
    const sent = await run(database.owner, 'SELECT FROM report_delivery WHERE schedule_id = $1', [id])
    expect(sent).toHaveLength(3 * 2)
    const told = (await noticesOf('director')).filter(({ params }) => params.period === 'Tháng 5/2026')
    expect(told).toHaveLength(1)
  })

  test('is tried again when its making fails, every hour once it was given up, and says so', async () => {
    const { id } = await schedule()
    office.clock.set('2026-03-15T06:00:00+07:00')
    const broken = [dayTable({ read: () => Promise.reject(new Error('no answer')) })]
    await prepareDueReports(office.system, broken)
    for (let i = 1; i <= 5; i += 1) {
      await makeAll(broken)
      expect((await issuesOf(id))[0]).toMatchObject({
        state: i < 5 ? 'waiting' : 'failed',
        failures: i,
        deliveries: [],
      })
    }
    expect(await prepareDueReports(office.system, kinds)).toBe(0)
    office.clock.set('2026-03-15T07:01:00+07:00')
    expect(await prepareDueReports(office.system, kinds)).toBe(1)
    await makeAll()
    expect((await issuesOf(id))[0]).toMatchObject({ state: 'done', deliveries: [{}, {}] })
  })

  test('comes no more once it was stopped, and what was made stays', async () => {
    const { id } = await schedule()
    office.clock.set('2026-03-20T06:00:00+07:00')
    await prepareDueReports(office.system, kinds)
    await stopSchedule(office.as('control'), id)
    office.clock.set('2026-06-20T06:00:00+07:00')
    await prepareDueReports(office.system, kinds)
    expect((await issuesOf(id)).map(({ period }) => period)).toEqual(['2026-M03'])
    await stopSchedule(office.as('control'), id)
  })

  test('goes to who stands in for an absent receiver as well', async () => {
    const director = office.as('director').actor as Officer
    await delegateRole(office.as('admin'), {
      assignment: director.assignmentId,
      substitute: 'centre.intake',
      ground: '7/QĐ',
      until: '2026-03-20T17:00:00+07:00',
    })
    const { id } = await schedule({ people: [] })
    office.clock.set('2026-03-15T06:00:00+07:00')
    await prepareDueReports(office.system, kinds)
    await makeAll()
    const receivers = (await issuesOf(id))[0]?.deliveries.map(({ username }) => username)
    expect(receivers).toEqual(['centre.intake', 'director'])
  })

  test.each([
    [{}, 'leader', 'role-not-allowed'],
    [{ report: 'no-such' }, 'control', 'report-kind-unknown'],
    [{ by: 'commune' }, 'control', 'schedule-grouping-unknown'],
    [{ scheme: 'lunar' }, 'control', 'schedule-scheme-unknown'],
    [{ from: '2020-01-01' }, 'control', 'schedule-day-far'],
    [{ agency: 'H99' }, 'control', 'report-agency-unknown'],
    [{ roles: [], people: [] }, 'control', 'schedule-nobody'],
    [{ people: ['specialist'] }, 'control', 'schedule-person-unknown'],
    [{ people: ['nobody'] }, 'control', 'schedule-person-unknown'],
  ])('is refused with %o by %s', async (change, who, code) => {
    await expect(schedule(change, who)).rejects.toMatchObject({ code })
  })
})

test('every month the province’s report comes to the director and procedure control from the start', async () => {
  const usual = (await listSchedules(office.system)).filter(one => one.report === 'ii06a')
  expect(usual.map(({ grouping }) => grouping).sort()).toEqual(['agency', 'field'])
  for (const one of usual) {
    expect(one).toMatchObject({ scheme: 'national', kind: 'month', agency: null, format: 'xlsx' })
    expect(one.recipients.map(({ role }) => role)).toEqual(['control', 'director'])
  }
})

test('a report may come some days after the cut-off', () => {
  const terms = { name: ['a', 'b'] as const, startDay: 15, kinds: ['month'] as const, submissionDays: 4, ground: 'x' }
  const scheme = { code: 'national', terms: [{ ...terms, validFrom: '2019-01-01', validTo: null }] }
  const one = { scheme: 'national', kind: 'month', daysAfter: 3, validFrom: '2026-03-01', validTo: null }
  const due = (today: string) => duePeriods(one as ReportSchedule, [scheme], today).map(({ code }) => code)
  expect([due('2026-03-17'), due('2026-03-18'), due('2026-04-18')]).toEqual([
    [],
    ['2026-M03'],
    ['2026-M03', '2026-M04'],
  ])
})
