import { randomUUID } from 'node:crypto'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { translator } from '#src/platform/text.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { type AskedParams, parseAsked } from '#src/reports/asked.ts'
import type { ReportTable, TableKind } from '#src/reports/report.ts'
import { ReportTableView } from '#src/reports/report-table.tsx'
import { dossiersBehind } from '#src/statutory/behind-kind.query.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { byCommune } from './communes.query.ts'
import { byAgency, byChannel, byField, byProcedure } from './counts.query.ts'
import { byOfficer } from './officers.query.ts'
import { processingTimes } from './processing-times.query.ts'
import { byServicePoint } from './service-points.query.ts'

let database: TestDatabase
let office: Office
const REASON = { reason: 'Theo đề nghị của người nộp' }
const permit = { procedure: '1.009994' }
const at = (when: string) => office.clock.set(`2026-${when}+07:00`)

/** From Monday 2 March 2026 on: births are due at 9:00 of the day after, permits in three weeks. */
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  const received = async (by = 'intake', change = {}) => (await receiveBirth(office.as(by), change)).code
  at('03-02T09:00:00')
  const [early, late, withdrawn, paused] = [await received(), await received(), await received(), await received()]
  await received('b.intake', { channel: 'post', delivery: { method: 'post', address: 'Ấp 2' } })
  await received('centre.intake', permit)
  await received('intake', { channel: 'home' })
  at('03-02T11:00:00')
  await advanceTo(office, early, 'closed')
  await command(office.as('leader'), paused, 'assign', { assignee: 'specialist2' })
  const item = { items: [{ component: 'C2', note: 'bản chụp bị mờ' }] }
  await command(office.as('specialist2'), paused, 'request-supplement', { ...item, ...REASON })
  await command(office.as('intake'), withdrawn, 'withdraw', REASON)
  const applicant = { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' }
  const online = birthIntake({ channel: 'online', receivingPoint: 'H20.101', applicant })
  const { code } = await submitDossier(office.citizen, online, randomUUID())
  await command(office.as('intake'), code, 'receive')
  at('03-04T09:00:00')
  await advanceTo(office, late, 'result-ready')
  await received('intake')
  at('03-10T08:00:00')
})
afterAll(() => database.close())

async function read(kind: TableKind, params: AskedParams = {}, who = 'director'): Promise<ReportTable> {
  const ctx = office.as(who)
  return kind.read(
    ctx,
    await getAsked(ctx, kind, { from: '2026-03-01', to: '2026-03-31', ...params }, ctx.actor as Officer),
  )
}
const rowOf = ({ rows }: ReportTable, key: string) => rows.find(row => row.key === key)?.cells

const commune = {
  ...{ carried: 0, received: 7, received_counter: 5, received_online: 1, received_post: 0, received_home: 1 },
  ...{ solved: 2, early: 1, on_time: 0, late: 1, rate: 50, withdrawn: 1, stopped: 0, open: 4, overdue: 3 },
  ...{ paused_supplement: 1, paused_obligation: 0, refused_at_intake: 0 },
}

describe('dossiers counted', () => {
  test('by agency, each at the one that resolves it', async () => {
    const table = await read(byAgency)
    expect(table.rows.map(({ key }) => key)).toEqual(['H20.101', 'H20.102', 'H20.11'])
    expect(rowOf(table, 'H20.101')).toMatchObject(commune)
    expect(rowOf(table, 'H20.102')).toMatchObject({ received: 1, received_post: 1, open: 1, overdue: 1, rate: null })
    expect(rowOf(table, 'H20.11')).toMatchObject({ received: 1, open: 1, overdue: 0 })
    expect(table.total?.cells).toMatchObject({ received: 9, solved: 2, open: 6 })
  })

  test.each([
    ['field', byField, ['ho-tich', 'xay-dung']],
    ['procedure', byProcedure, ['1.001193', '1.009994']],
    ['channel', byChannel, ['counter', 'online', 'post', 'home', 'phone']],
  ] as const)('by %s, to the same totals', async (_, kind, keys) => {
    const table = await read(kind)
    const { total } = await read(byAgency)
    expect(table.rows.map(({ key }) => key).sort()).toEqual([...keys].sort())
    for (const { key } of table.columns) {
      expect(table.total?.cells[key], key).toEqual(total?.cells[key])
      const sum = table.rows.reduce((all, { cells }) => all + Number(cells[key]), 0)
      if (key !== 'rate') expect(sum, key).toBe(table.total?.cells[key])
    }
  })

  test('everything that came or was there has a result, has ended or is open, in any period', async () => {
    for (const to of ['2026-03-02', '2026-03-03', '2026-03-31']) {
      for (const from of ['2026-03-01', '2026-03-02']) {
        for (const { cells } of (await read(byAgency, { from, to })).rows) {
          const [came, went] = [
            ['carried', 'received'],
            ['solved', 'withdrawn', 'stopped', 'open'],
          ].map(keys => keys.reduce((sum, key) => sum + Number(cells[key]), 0))
          expect(came).toBe(went)
        }
      }
    }
    expect(rowOf(await read(byAgency, { from: '2026-03-04' }), 'H20.101')).toMatchObject({ carried: 4, received: 1 })
  })

  test('as of an instant, what came later does not count', async () => {
    const then = await read(byAgency, { asOf: '2026-03-02T10:00:00+07:00' })
    expect(rowOf(then, 'H20.101')).toMatchObject({ received: 5, solved: 0, open: 5, overdue: 0 })
  })

  test('narrowed to a procedure or channel, and linked to the list of just those', async () => {
    const table = await read(byField, { procedure: '1.009994' })
    expect(table.rows.map(({ key }) => key)).toEqual(['xay-dung'])
    expect(table.rows[0]?.hrefs?.open).toBe(
      '/bao-cao/ho-so?o=open&tu=2026-03-01&den=2026-03-31&co-quan=H20&linh-vuc=xay-dung&thu-tuc=1.009994',
    )
    const { rows } = await read(byAgency)
    expect(rows[0]?.hrefs?.received_online).toContain(
      'o=received.own&tu=2026-03-01&den=2026-03-31&co-quan=H20.101&kenh=online',
    )
    expect((await read(byAgency, {}, 'reform')).rows[0]?.hrefs).toBeUndefined()
  })

  test('a leader sees those of their own agency', async () => {
    const { rows, total } = await read(byAgency, {}, 'b.leader')
    expect(rows.map(({ key }) => key)).toEqual(['H20.102'])
    expect(total?.cells.received).toBe(1)
  })
})

test.each([
  ['agency', byAgency],
  ['field', byField],
  ['procedure', byProcedure],
  ['channel', byChannel],
  ['commune', byCommune],
])('by %s, every number leads to a list of as many dossiers', async (_, kind) => {
  const ctx = office.as('director')
  const { rows, total } = await read(kind, { from: '2026-03-03' })
  const linked = [...rows, ...(total ? [total] : [])].flatMap(({ cells, hrefs = {} }) =>
    Object.entries(hrefs).map(([column, href]) => [href, cells[column]] as const),
  )
  expect(linked.length).toBeGreaterThan(20)
  for (const [href, number] of linked) {
    const parsed = parseAsked(dossiersBehind, new URL(href, 'http://x').searchParams, vi => vi)
    if (!parsed.ok) throw new Error(`${href} is not understood`)
    const asked = await getAsked(ctx, dossiersBehind, parsed.value, ctx.actor as Officer)
    expect(await dossiersBehind.count(ctx, asked), href).toBe(number)
  }
})

test('each commune is there, with what it resolves and what its desk took in for others', async () => {
  await receiveBirth(office.as('b.intake'), permit)
  const table = await read(byCommune)
  expect(table.rows.map(({ key }) => key)).toEqual(['H20.101', 'H20.102'])
  expect(rowOf(table, 'H20.101')).toMatchObject({ ...commune, from_elsewhere: 0, for_others: 0 })
  expect(rowOf(table, 'H20.102')).toMatchObject({ received: 1, from_elsewhere: 0, for_others: 1 })
  expect(table.total?.cells).toMatchObject({ received: 8, for_others: 1 })
})

test('a service point has what was received there by channel, and handed over', async () => {
  const table = await read(byServicePoint, { to: '2026-03-09' })
  const points = table.rows.map(({ label, cells }) => [label, cells.agency, cells.received, cells.handedOver])
  expect(points).toEqual([
    ['Bộ phận một cửa', 'Trung tâm Phục vụ hành chính công', 1, 0],
    ['Bộ phận một cửa', 'UBND xã Thanh Bình', 7, 1],
    ['Bộ phận một cửa', 'UBND xã Tân Long', 1, 0],
  ])
  expect(table.total?.cells).toMatchObject({ received: 9, received_online: 1, received_home: 1, handedOver: 1 })
})

describe('officers', () => {
  const of = (table: ReportTable, name: string) => table.rows.find(({ label }) => label === `Cán bộ ${name}`)?.cells

  test('have what they received, were given, solved and hold', async () => {
    const table = await read(byOfficer, { to: '2026-03-09' })
    expect(of(table, 'intake')).toMatchObject({ received: 7, assigned: 0, solved: 0, open: 0, mean: null })
    expect(of(table, 'specialist')).toMatchObject({ assigned: 2, solved: 2, early: 1, late: 1, rate: 50, open: 0 })
    expect(of(table, 'specialist2')).toMatchObject({ assigned: 1, solved: 0, open: 1, overdue: 0 })
    expect(of(table, 'specialist')).toMatchObject({ mean: 9, median: 2 })
    expect(table.total?.cells).toMatchObject({ received: 9, assigned: 3, solved: 2, open: 1 })
    const caused = table.rows.reduce((sum, { cells }) => sum + Number(cells.caused), 0)
    expect(table.total?.cells.caused).toBe(caused)
  })

  test('as of an instant, whoever had a dossier then', async () => {
    const before = await read(byOfficer, { to: '2026-03-03' })
    expect(of(before, 'specialist')).toMatchObject({ assigned: 1, solved: 1, early: 1, open: 0 })
    expect(of(before, 'specialist2')).toMatchObject({ assigned: 1, open: 1 })
    expect(of(await read(byOfficer, { asOf: '2026-03-02T10:00:00+07:00' }), 'specialist2')).toBeUndefined()
  })

  test('one alone, when asked for', async () => {
    const { accountId } = office.as('specialist2').actor as Officer
    const { rows } = await read(byOfficer, { officer: String(accountId) })
    expect(rows.map(({ label }) => label)).toEqual(['Cán bộ specialist2'])
  })
})

describe('processing times', () => {
  test('are working hours from reception to result, beside the published term', async () => {
    const table = await read(processingTimes)
    expect(rowOf(table, '1.001193')).toMatchObject({
      n: 2,
      mean: 9,
      t0: 2,
      t4: 16,
      term: '1 ngày làm việc',
      unrecorded: 0,
    })
    expect(table.total?.cells).toMatchObject({ n: 2, t4: 16 })
  })

  test('by field and by agency, of the same dossiers', async () => {
    for (const by of ['field', 'agency']) {
      const { rows } = await read(processingTimes, { by })
      expect(rows.map(({ cells }) => cells.n)).toEqual([2])
    }
  })

  test('leave out the time in which a supplement was awaited', async () => {
    at('03-16T09:00:00')
    const { code } = await receiveBirth(office.as('b.intake'))
    await command(office.as('b.leader'), code, 'assign', { assignee: 'b.specialist' })
    at('03-16T10:00:00')
    const item = { items: [{ component: 'C2', note: 'bản chụp bị mờ' }] }
    await command(office.as('b.specialist'), code, 'request-supplement', { ...item, ...REASON })
    at('03-18T10:00:00')
    await command(office.as('b.intake'), code, 'answer-supplement', { components: [{ code: 'C1' }, { code: 'C2' }] })
    at('03-18T11:00:00')
    await command(office.as('b.specialist'), code, 'appraise')
    await command(office.as('b.specialist'), code, 'submit-for-approval')
    await command(office.as('b.leader'), code, 'approve')
    const clerk = {
      ...office.as('clerk'),
      actor: {
        ...(office.as('clerk').actor as Officer),
        agencyCode: 'H20.102',
        agencyId: (office.as('b.leader').actor as Officer).agencyId,
      },
    }
    await command(clerk, code, 'sign-result', { number: '1/GKS', signer: 'Cán bộ b.leader' })
    await command(clerk, code, 'result-ready')
    const { rows } = await read(processingTimes, { by: 'agency', from: '2026-03-16' })
    expect(rows.map(({ cells }) => [cells.n, cells.t4])).toEqual([[1, 2]])
  })
})

test('an English page says words in English, and a number that is nothing leads nowhere', async () => {
  const table = await read(byChannel)
  const shown = (lang: 'vi' | 'en') => renderToString(ReportTableView({ t: translator(lang), table, caption: '' }))
  expect(shown('vi')).toContain('>Trực tiếp tại quầy</th>')
  expect(shown('en')).toContain('>At the counter</th>')
  expect(shown('en')).not.toContain('Trực tiếp')
  expect(shown('vi')).toContain('kenh=online')
  expect(shown('vi')).not.toMatch(/<a [^>]*>0</u)
})
