import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotices } from '#src/distribution/notice-list.query.ts'
import { noticeHref, noticeText } from '#src/distribution/notice-words.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { ReportTable } from '#src/reports/report.ts'
import { type Client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { correctSeal } from './correct-seal.ts'
import { ii06a } from './ii06a.query.ts'
import { ii06aKeys } from './ii06a.ts'
import { findCorrection, listSeals, type Seal } from './seal.query.ts'
import { canonicalJson, differences } from './seal.ts'
import { sealReport } from './seal-report.ts'
import { settleCorrection } from './settle-correction.ts'

let database: TestDatabase
let office: Office
let at: TestApp
let late: number
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  const { id } = await receiveBirth(office.as('intake'))
  late = id
  await receiveBirth(office.as('b.intake'))
  office.clock.set('2026-03-02T15:00:00+07:00')
  await advanceTo(office, code, 'closed')
})
afterAll(() => database.close())

const march = { from: '2026-03-01', to: '2026-03-31', by: 'agency' }
const april = { from: '2026-04-01', to: '2026-04-30', by: 'agency' }
const seal = (who: string, params = march, id: string = randomUUID()) =>
  sealReport(office.as(who), { kind: ii06a, params }, id)
const correct = (who: string, params = march, reason = 'Nhập bổ sung hồ sơ giấy') =>
  correctSeal(office.as(who), { kind: ii06a, params, reason }, randomUUID())
const settle = (who: string, id: number, approve = true) =>
  settleCorrection(office.as(who), { id, approve }, randomUUID())

async function sealsOf(params = march): Promise<Seal[]> {
  const ctx = office.as('director')
  return listSeals(ctx, ii06a, await getAsked(ctx, ii06a, params, ctx.actor as Officer))
}

async function now(params = march): Promise<ReportTable> {
  const ctx = office.as('director')
  return ii06a.read(ctx, await getAsked(ctx, ii06a, params, ctx.actor as Officer))
}

/** Something that happened in a month long gone and is only now written down. */
async function enteredLate(when: string): Promise<void> {
  const insert = `INSERT INTO fact_inbox (dossier_id, at, measure, n) VALUES ($1, $2, 'received', 1), ($1, $2, 'on_time', 1)`
  await run(database.db, insert, [late, new Date(when)])
}

test('a period is sealed when it is over and what was under way is written down, not before', async () => {
  office.clock.set('2026-03-31T23:00:00+07:00')
  await expect(seal('director')).rejects.toMatchObject({ kind: 'conflict', code: 'seal-too-early' })
  office.clock.set('2026-04-01T00:09:59+07:00')
  await expect(seal('director')).rejects.toMatchObject({ code: 'seal-too-early' })
  expect(await sealsOf()).toEqual([])
})

test('of two who seal the same at once one does; sent again it is the same seal', async () => {
  office.clock.set('2026-04-01T00:10:00+07:00')
  const id = randomUUID()
  const both = await Promise.allSettled([seal('director', march, id), seal('control'), seal('director', march, id)])
  const told = both.map(one => (one.status === 'fulfilled' ? one.value.version : one.reason.code))
  expect(told.filter(one => one === 'seal-already').length + told.filter(one => one === 1).length).toBe(3)
  const seals = await sealsOf()
  expect(seals).toHaveLength(1)
  expect(seals[0]).toMatchObject({ version: 1, intact: true, reason: null, approvedBy: null })
  await expect(seal('control')).rejects.toMatchObject({ code: 'seal-already' })
})

test.each(['leader', 'reform', 'intake', 'admin'])('%s seals nothing and corrects nothing', async who => {
  await expect(seal(who)).rejects.toMatchObject({ kind: 'forbidden', code: 'seal-sealers-only' })
  await expect(correct(who)).rejects.toMatchObject({ code: 'seal-sealers-only' })
  await expect(settle(who, 1)).rejects.toMatchObject({ code: 'seal-sealers-only' })
})

test('what is sealed says the numbers, how they were counted and for whom', async () => {
  const [first] = await sealsOf()
  expect(first?.read).toMatchObject({
    report: 'ii06a',
    form: 'Biểu II.06a/VPCP/KSTT',
    agency: { code: 'H20', name: 'UBND tỉnh Đồng Tháp' },
    ...march,
    until: '2026-04-01T00:00:00+07:00',
    definitions: { late: 'by-minute' },
  })
  expect(first?.read.table.total?.cells).toMatchObject({ c3: 3, c5: 3, c7: 1, c11: 2 })
  expect(first?.content).not.toContain('href')
  expect(differences(first?.read.table as ReportTable, await now())).toEqual([])
  await expect(correct('control')).rejects.toMatchObject({ code: 'seal-nothing-to-correct' })
})

test('a correction needs a reason and a second person; the version before stays as it was', async () => {
  office.clock.set('2026-05-04T09:00:00+07:00')
  await enteredLate('2026-03-20T10:00:00+07:00')
  const [first] = await sealsOf()
  const changed = differences(first?.read.table as ReportTable, await now())
  const said = changed.map(({ key, column, sealed, now: says }) => `${key} ${column.key}: ${sealed}, now ${says}`)
  expect(said).toEqual([
    ...['H20.101 c3: 2, now 3', 'H20.101 c5: 2, now 3', 'H20.101 c7: 1, now 2', 'H20.101 c9: 0, now 1'],
    ...['total c3: 3, now 4', 'total c5: 3, now 4', 'total c7: 1, now 2', 'total c9: 0, now 1'],
  ])
  const { correction } = await correct('control')
  await expect(correct('director')).rejects.toMatchObject({ code: 'seal-correction-waits' })
  await expect(settle('control', correction)).rejects.toMatchObject({ kind: 'forbidden', code: 'seal-own-correction' })
  // What is approved is what was proposed, whatever came in between.
  await enteredLate('2026-03-21T10:00:00+07:00')
  const decided = await Promise.allSettled([settle('director', correction), settle('director', correction)])
  expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const seals = await sealsOf()
  expect(seals.map(({ version, intact, reason }) => [version, intact, reason])).toEqual([
    [1, true, null],
    [2, true, 'Nhập bổ sung hồ sơ giấy'],
  ])
  expect(seals[0]).toEqual(first)
  expect(seals[1]?.prevHash).toEqual(seals[0]?.hash)
  expect(seals[1]).toMatchObject({ sealedByName: 'Cán bộ control', approvedByName: 'Cán bộ director' })
  expect(seals[1]?.read.table.total?.cells.c3).toBe(4)
})

const noticesOf = async (who: string) => {
  const { rows } = await listNotices(office.system, office.as(who).actor as Officer, { unread: true, limit: 20 })
  return rows.filter(({ kind }) => kind.startsWith('seal-'))
}
const textsOf = async (who: string) => (await noticesOf(who)).map(one => noticeText(one, vi => vi))

test('who may approve a correction is told once where it waits, and whoever proposed it how it was settled', async () => {
  const about = '“Biểu II.06a/VPCP/KSTT”, UBND tỉnh Đồng Tháp, 01/03/2026 – 31/03/2026'
  const [waits, ...more] = await noticesOf('director')
  if (!waits) throw new Error('the director is told')
  expect(more).toEqual([])
  expect(noticeText(waits, vi => vi)).toBe(
    `Cán bộ control đề nghị điều chỉnh số liệu đã chốt ${about}, chờ ông/bà duyệt.`,
  )
  const href = noticeHref(waits) ?? ''
  expect(href).toBe('/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31&co-quan=H20&theo=agency')
  expect((await (await officer('director')).get(href)).text).toContain('Số liệu bản 2')
  expect(await textsOf('control')).toEqual([
    `Cán bộ director đã duyệt đề nghị điều chỉnh của ông/bà thành bản 2: ${about}.`,
  ])
  for (const who of ['leader', 'reform', 'admin']) expect(await noticesOf(who), who).toEqual([])
})

test('a correction turned down or taken back leaves the seal as it is, and another may follow', async () => {
  const { correction } = await correct('director')
  expect(await settle('control', correction, false)).toEqual({ version: null })
  await expect(settle('control', correction)).rejects.toMatchObject({ code: 'seal-correction-decided' })
  const again = await correct('director')
  expect(await settle('director', again.correction, false)).toEqual({ version: null })
  // What they took back themselves they need not be told.
  expect((await textsOf('director')).filter(text => text.startsWith('Cán bộ control không duyệt'))).toHaveLength(1)
  const seals = await sealsOf()
  expect(seals).toHaveLength(2)
  expect(await findCorrection(office.system, seals[1]?.id ?? 0)).toBeUndefined()
})

test('whoever stands in for an absent director is told in whose place, not who stands in for the proposer', async () => {
  const [director, substitute] = ['director', 'reform'].map(who => office.as(who).actor as Officer)
  if (!director || !substitute) throw new Error('both are in the office')
  await run(
    database.owner,
    `INSERT INTO delegation (assignment_id, account_id, agency_id, role, delegate_id, ground, valid_from, valid_to, made_at)
     VALUES ($1, $2, $3, 'director', $4, '12/QĐ', $5, $5::timestamptz + interval '1 day', $5)`,
    [director.assignmentId, director.accountId, director.agencyId, substitute.accountId, office.clock.now()],
  )
  await settle('director', (await correct('director')).correction, false)
  expect(await textsOf('reform')).toEqual([])
  await settle('control', (await correct('control')).correction, false)
  expect(await textsOf('reform')).toEqual([
    expect.stringContaining('chờ Cán bộ director, người ông/bà đang làm thay, duyệt'),
  ])
  await run(database.owner, `UPDATE delegation SET revoked_at = made_at, reason = 'Về làm việc'`, [])
})

test('whoever stands in for the one who proposed does not approve either', async () => {
  const { correction } = await correct('control')
  const control = office.as('control').actor as Officer
  const onBehalfOf = { accountId: control.accountId, name: control.name, ground: '', delegationId: 1, until: '' }
  const substitute = { ...office.as('director'), actor: { ...(office.as('director').actor as Officer), onBehalfOf } }
  const settled = settleCorrection(substitute, { id: correction, approve: true }, randomUUID())
  await expect(settled).rejects.toMatchObject({ code: 'seal-own-correction' })
  await settle('control', correction, false)
})

test('the database lets the application neither change nor remove what is sealed', async () => {
  for (const sql of [
    `UPDATE report_seal SET content = '{}'`,
    'UPDATE report_seal SET hash = prev_hash',
    'DELETE FROM report_seal',
    `UPDATE report_seal_proposal SET content = '{}'`,
    'DELETE FROM report_seal_proposal',
  ]) {
    await expect(run(database.db, sql, []), sql).rejects.toMatchObject({ code: '42501' })
  }
  const decided = 'UPDATE report_seal_proposal SET approved = true WHERE decided_at IS NOT NULL'
  await expect(run(database.db, decided, [])).rejects.toThrow(/is decided/u)
})

test('who changes a number behind the application is found out, in that version and by those that follow', async () => {
  const tamper = `UPDATE report_seal SET content = replace(content::text, '"c3":3', '"c3":2')::json WHERE version = 1`
  const [first] = await sealsOf()
  await run(database.owner, tamper, [])
  expect((await sealsOf()).map(({ intact }) => intact)).toEqual([false, true])
  await run(database.owner, 'UPDATE report_seal SET content = $1::json WHERE version = 1', [first?.content])
  expect((await sealsOf()).map(({ intact }) => intact)).toEqual([true, true])
  await run(database.owner, `UPDATE report_seal SET hash = sha256('x') WHERE version = 1`, [])
  expect((await sealsOf()).map(({ intact }) => intact)).toEqual([false, false])
  await run(database.owner, 'UPDATE report_seal SET hash = $1 WHERE version = 1', [first?.hash])
})

test('JSON is the same whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

const officer = (who: string): Promise<Client> => signedInAs(at, office.as(who).actor as Officer)

test('the director seals on the page; the spreadsheet taken away later still says what was sealed', async () => {
  at.clock.set('2026-05-05T09:00:00+07:00')
  const director = await officer('director')
  const address = '/bao-cao/ii06a/chot?tu=2026-04-01&den=2026-04-30&co-quan=H20&theo=agency'
  expect((await director.get(address)).text).toContain('Chốt số liệu dưới đây')
  expect((await director.post(address, { commandId: 'once' })).location).toBe(address)
  expect((await director.get(address)).text).toContain('giống hệt bản đã chốt')
  const [{ read } = { read: null }] = await sealsOf(april)
  await enteredLate('2026-04-10T10:00:00+07:00')
  const page = await director.get(address)
  expect(page.text).toContain('ô khác với số liệu tính lại hôm nay')
  expect(page.text).toContain('Nguyên vẹn')
  const sheet = await director.send('GET', address.replace('/chot?', '/chot/csv?'))
  expect(sheet.headers.get('Content-Disposition')).toContain('bao-cao-ii06a-2026-04-01_2026-04-30-chot-1.csv')
  const total = ii06aKeys.map(key => read?.table.total?.cells[key])
  expect(sheet.text.trim().split('\r\n').at(-1)).toBe(['Tổng cộng', ...total].join(','))
  const cells = (await sealedSheet(address)).sheets[0]?.rows ?? []
  expect(cells.flat()).toContain('Biểu II.06a/VPCP/KSTT')
  const last = cells.find(row => row.includes('Tổng cộng')) ?? []
  expect(last.filter(cell => typeof cell === 'number')).toEqual(total)
})

test('a report says when its period is sealed, and offers to seal it only to who may', async () => {
  const page = '/bao-cao/ii06a?tu=2026-03-01&den=2026-03-31&co-quan=H20&theo=agency'
  const open = page.replace('theo=agency', 'theo=field')
  const seal = 'class="button button-secondary">Chốt số liệu</a>'
  const said = await (await officer('reform')).get(page)
  expect(said.text).toContain('Kỳ này đã chốt, bản 2 lúc 09:00 04/05/2026.')
  expect(said.text).toContain(
    'href="/bao-cao/ii06a/chot?tu=2026-03-01&amp;den=2026-03-31&amp;co-quan=H20&amp;theo=agency"',
  )
  expect(said.text).not.toContain(seal)
  for (const who of ['director', 'control']) expect((await (await officer(who)).get(open)).text, who).toContain(seal)
  const unsealed = (await (await officer('reform')).get(open)).text
  expect([unsealed.includes('/chot?'), unsealed.includes('đã chốt')]).toEqual([false, false])
  // What is narrowed, or of an earlier instant, is not what was sealed.
  for (const other of ['&linh-vuc=ho-tich', '&luc=2026-04-01T08:00']) {
    expect((await (await officer('control')).get(page + other)).text, other).not.toContain('Kỳ này đã chốt')
  }
})

/** By token: the client of pages keeps text, no bytes. */
async function sealedSheet(address: string) {
  const headers = { Authorization: `Bearer ${await tokenFor(at, office.as('director').actor as Officer)}` }
  const answer = await at.app.request(address.replace('/chot?', '/chot/xlsx?'), { headers })
  return readXlsx(new Uint8Array(await answer.arrayBuffer()))
}

test('on the page a correction without a reason is asked for one; a second person approves it there', async () => {
  const [control, director] = [await officer('control'), await officer('director')]
  const address = '/bao-cao/ii06a/chot?tu=2026-04-01&den=2026-04-30&co-quan=H20&theo=agency'
  const propose = address.replace('/chot?', '/chot/dieu-chinh?')
  const without = await control.post(propose, { reason: ' ' })
  expect(without.status).toBe(422)
  expect(without.text).toContain('Hãy nhập lý do điều chỉnh')
  expect((await control.post(propose, { reason: 'Hồ sơ nhập muộn' })).status).toBe(303)
  const [id] = /(?<=chot\/duyet\/)\d+/u.exec((await director.get(address)).text) ?? []
  const decide = address.replace('/chot?', `/chot/duyet/${id}?`)
  expect((await control.post(decide, { decision: '' })).status).toBe(422)
  const own = await control.post(decide, { decision: 'approve' })
  expect(own.status).toBe(403)
  expect(own.text).toContain('không tự duyệt')
  expect((await director.get('/bao-cao/da-chot')).text).toContain('Điều chỉnh chờ duyệt')
  expect((await director.post(decide, { decision: 'approve' })).status).toBe(303)
  expect((await director.get(`${address}&ban=1`)).text).toContain('Số liệu bản 1')
  expect((await director.get(address)).text).toContain('Số liệu bản 2')
  expect((await director.get(`${address}&ban=9`)).status).toBe(404)
})

test('through the API a program seals once, reads what was sealed and has the hash checked', async () => {
  const control = await officer('control')
  const body = { from: '2026-02-01', to: '2026-02-28', by: 'field' }
  const key = { 'Idempotency-Key': 'seal-february' }
  const made = await control.send('POST', '/api/v1/reports/ii06a/seals', body, key)
  expect([made.status, made.json()]).toEqual([201, { version: 1 }])
  expect((await control.send('POST', '/api/v1/reports/ii06a/seals', body, key)).json()).toEqual({ version: 1 })
  expect((await control.send('POST', '/api/v1/reports/ii06a/seals', body)).status).toBe(409)
  const query = new URLSearchParams(body)
  const list = (await control.get(`/api/v1/reports/ii06a/seals?${query}`)).json()
  expect(list).toMatchObject({
    versions: [{ version: 1, intact: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/u), prevHash: '' }],
    correction: null,
    differences: [],
  })
  const sealed = (await control.get(`/api/v1/reports/ii06a/seals/1?${query}`)).json()
  expect(sealed).toMatchObject({
    seal: { version: 1 },
    rows: [],
    total: { c3: 0, c13: 0 },
    content: { report: 'ii06a' },
  })
  expect((await control.get(`/api/v1/reports/ii06a/seals/2?${query}`)).status).toBe(404)
})

test('a leader reads what is sealed of their own agency and nothing of the province', async () => {
  await seal('control', { ...march, agency: 'H20.101' } as typeof march)
  const leader = await officer('leader')
  const own = await leader.get('/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31&theo=agency')
  expect(own.text).toContain('Bản 1')
  expect(own.text).not.toContain('Đề nghị điều chỉnh</button>')
  expect((await leader.get('/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31&co-quan=H20')).status).toBe(404)
  const list = await leader.get('/bao-cao/da-chot')
  expect(list.text).toContain('UBND xã Thanh Bình')
  expect(list.text).not.toContain('UBND tỉnh Đồng Tháp')
})
