import { readXlsx } from 'hucre/xlsx'
import { CompiledQuery } from 'kysely'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BookEntry } from '#src/dossiers/book-row.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { bookBatchSql, listBookParts, readBook } from './tracking-book.query.ts'
import { HEAD_ROWS } from './tracking-book-sheet.ts'

let database: TestDatabase
let office: Office
let at: TestApp
const codes: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  const receive = async (when: string, by = 'intake') => {
    office.clock.set(when)
    const { code } = await receiveBirth(office.as(by))
    codes.push(code ?? '')
    return code
  }
  await receive('2025-06-30T16:59:00+07:00')
  await receive('2025-07-01T00:01:00+07:00')
  const closed = await receive(MONDAY)
  office.clock.set('2026-03-03T08:00:00+07:00')
  await advanceTo(office, closed, 'closed')
  const withdrawn = await receive('2026-03-31T23:59:00+07:00')
  await command(office.as('intake'), withdrawn, 'withdraw', { reason: 'Đã nộp ở nơi khác' })
  await receive('2026-03-10T09:00:00+07:00', 'b.intake')
  at.clock.set('2026-04-02T08:00:00+07:00')
})
afterAll(() => database.close())

const get = async (username: string, path: string) =>
  (await signedInAs(at, office.as(username).actor as Officer)).get(path)
/** The bytes of a file route, as a browser would save them. */
async function download(username: string, path: string): Promise<{ headers: Headers; bytes: Uint8Array<ArrayBuffer> }> {
  const token = await tokenFor(at, office.as(username).actor as Officer)
  const answer = await at.app.request(path, { headers: { Authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  return { headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

async function entries(period: { from: string; to: string; limit?: number }): Promise<BookEntry[]> {
  const ctx = office.as('intake')
  const all: BookEntry[] = []
  for await (const batch of readBook(ctx, { agencyId: (ctx.actor as Officer).agencyId, ...period })) all.push(...batch)
  return all
}

describe('the book', () => {
  test('holds what the desk received on the days of the period, in order, local midnight dividing the days', async () => {
    const march = await entries({ from: '2026-03-01', to: '2026-03-31' })
    expect(march.map(entry => entry.code)).toEqual([codes[2], codes[3]])
    expect((await entries({ from: '2025-07-01', to: '2025-07-01' })).map(entry => entry.code)).toEqual([codes[1]])
    expect((await entries({ from: '2025-06-01', to: '2026-12-31', limit: 3 })).map(entry => entry.code)).toEqual(
      codes.slice(0, 3),
    )
  })

  test('follows a dossier to the return of its result', async () => {
    const [closed, withdrawn] = await entries({ from: '2026-03-01', to: '2026-03-31' })
    expect(closed).toMatchObject({
      procedureName: 'Đăng ký khai sinh',
      sets: 1,
      applicantName: 'Nguyễn Văn An',
      address: 'Ấp 1',
      resolvingAgency: 'UBND xã Thanh Bình',
      readyAt: new Date('2026-03-03T08:00:00+07:00'),
      returnedAt: new Date('2026-03-03T08:00:00+07:00'),
      returnMethod: 'counter',
      collector: 'Nguyễn Văn An',
    })
    expect(withdrawn).toMatchObject({ returnedAt: null, state: 'withdrawn', endReason: 'Đã nộp ở nơi khác' })
  })

  test('is cut where the form changed, 1/7/2025', async () => {
    const parts = (from: string, to: string) => listBookParts(office.system, { from, to })
    expect(await parts('2025-06-15', '2025-07-15')).toEqual([
      { formSet: '2018', from: '2025-06-15', to: '2025-06-30' },
      { formSet: '2025', from: '2025-07-01', to: '2025-07-15' },
    ])
    expect(await parts('2025-06-15', '2025-06-30')).toMatchObject([{ formSet: '2018', to: '2025-06-30' }])
    expect(await parts('2025-07-01', '2026-12-31')).toMatchObject([{ formSet: '2025', from: '2025-07-01' }])
    expect(await parts('2017-01-01', '2017-12-31')).toMatchObject([{ formSet: '2018', from: '2017-01-01' }])
  })

  test('is read from the index of the receiving agency, a batch at a time', async () => {
    const spare = await testDatabase()
    await makeOffice(spare.db)
    await spare.owner
      .insertInto('agency')
      .values(
        Array.from({ length: 60 }, (_, i) => ({
          code: `H20.9${i}`,
          name: `UBND xã ${i}`,
          short_name: `Xã ${i}`,
          kind: 'commune',
          calendar_id: 1,
          valid_from: '2020-01-01',
        })),
      )
      .execute()
    await manyDossiers(spare.owner, 4_000)
    const from = new Date('2026-02-25T00:00:00+07:00')
    const values = [4, from, new Date('2026-03-01T00:00:00+07:00'), from, 0, 500]
    const { rows } = await spare.db.executeQuery(CompiledQuery.raw(`EXPLAIN (FORMAT JSON) ${bookBatchSql}`, values))
    const plan = JSON.stringify(rows)
    await spare.close()
    expect(plan).toContain('"Index Name":"dossier_receiving"')
    expect(plan).not.toMatch(/"Seq Scan"[^{}]*"Relation Name":"dossier"/u)
  })
})

describe('the page', () => {
  test('shows this month up to today unless asked otherwise', async () => {
    const { status, text } = await get('intake', '/so-theo-doi')
    expect(status).toBe(200)
    expect(text).toContain('value="2026-04-01"')
    expect(text).toContain('Không có hồ sơ nào được tiếp nhận trong kỳ này')
    const march = await get('leader', '/so-theo-doi?from=2026-03-01&to=2026-03-31')
    expect(march.text).toContain('2 hồ sơ trong kỳ')
    expect(march.text).toContain('Rút hồ sơ: Đã nộp ở nơi khác')
  })

  test('offers the two parts of a period in which the form changed', async () => {
    const { text } = await get('intake', '/so-theo-doi?from=2025-06-01&to=2025-07-31')
    expect(text).toContain('/so-theo-doi.pdf?agency=H20.101&amp;from=2025-06-01&amp;to=2025-06-30')
    expect(text).toContain('/so-theo-doi.xlsx?agency=H20.101&amp;from=2025-07-01&amp;to=2025-07-31')
    expect((await get('intake', '/so-theo-doi.xlsx?from=2025-06-01&to=2025-07-31')).status).toBe(422)
  })

  test('is for the desk and leaders of their own agency, and for the province’s overseers of any', async () => {
    for (const username of ['specialist', 'clerk', 'cashier', 'postal', 'admin', 'reform']) {
      expect((await get(username, '/so-theo-doi')).status, username).toBe(403)
      expect((await get(username, '/so-theo-doi.xlsx')).status, username).toBe(403)
    }
    const period = 'from=2026-03-01&to=2026-03-31'
    expect((await get('b.leader', `/so-theo-doi?${period}&agency=H20.101`)).status).toBe(404)
    expect((await get('b.leader', `/so-theo-doi.pdf?${period}&agency=H20.101`)).status).toBe(404)
    expect((await get('b.leader', `/so-theo-doi?${period}`)).text).not.toContain('H20.101-')
    expect((await get('control', `/so-theo-doi?${period}&agency=H20.101`)).text).toContain(codes[2])
    expect((await get('director', '/so-theo-doi?agency=H99')).status).toBe(422)
  })

  test('says what is wrong with a period', async () => {
    expect((await get('intake', '/so-theo-doi?from=2026-03-05&to=2026-03-01')).text).toContain('Đến ngày phải từ')
    expect((await get('intake', '/so-theo-doi?from=2024-01-01&to=2026-03-01')).text).toContain('tối đa 12 tháng')
    expect((await get('intake', '/so-theo-doi?from=2026-02-30')).status).toBe(422)
  })
})

describe('the spreadsheet', () => {
  test('opened again says what the book says, days as days', async () => {
    const { headers, bytes } = await download('leader', '/so-theo-doi.xlsx?from=2026-03-01&to=2026-03-31')
    expect(headers.get('Content-Disposition')).toContain('so-theo-doi-H20.101-2026-03-01-2026-03-31.xlsx')
    const [sheet] = (await readXlsx(bytes)).sheets
    const rows = sheet?.rows ?? []
    const said = rows.map(row => row.map(cell => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)))
    expect(said[0]?.[0]).toBe('SỔ THEO DÕI HỒ SƠ')
    expect(said[1]?.[0]).toBe('UBND xã Thanh Bình · Mẫu số 07 – Thông tư số 03/2025/TT-VPCP')
    expect(said[2]?.[0]).toBe('Quyển số: 03/2026. Từ ngày 01/03/2026 đến ngày 31/03/2026')
    expect(said[HEAD_ROWS - 2]?.slice(0, 3)).toEqual(['TT', 'Mã hồ sơ', 'Tên thủ tục hành chính'])
    const [birth, office, person] = ['Đăng ký khai sinh', 'UBND xã Thanh Bình', 'Nguyễn Văn An']
    const where = 'Ấp 1\n0900000001'
    expect(said.slice(HEAD_ROWS)).toEqual([
      [
        ...[1, codes[2], birth, 1, person, where, office, '2026-03-02', '2026-03-03', null, '2026-03-03', '2026-03-03'],
        ...['Trực tiếp', person, null, '03/2026', '260302-0001'],
      ],
      [
        ...[2, codes[3], birth, 1, person, where, office, '2026-03-31', '2026-04-01', null, null, null],
        ...[null, null, 'Rút hồ sơ: Đã nộp ở nơi khác', '03/2026', '260331-0001'],
      ],
    ])
    expect(sheet?.columns?.[2]?.width).toBe(42)
  })

  test('goes on over many batches without a line lost or told twice', async () => {
    const spare = await testDatabase()
    const system = await makeOffice(spare.db)
    await manyDossiers(spare.owner, 9_000)
    const ctx = system.as('intake')
    const { agencyId } = ctx.actor as Officer
    const batches: number[] = []
    const seen = new Set<number>()
    for await (const batch of readBook(ctx, { agencyId, from: '2026-01-01', to: '2026-12-31' })) {
      batches.push(batch.length)
      for (const entry of batch) seen.add(entry.id)
    }
    const { count } = await spare.db
      .selectFrom('dossier')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('receiving_agency_id', '=', agencyId)
      .where('received_at', '>=', new Date('2026-01-01T00:00:00+07:00'))
      .executeTakeFirstOrThrow()
    await spare.close()
    expect(batches.length).toBeGreaterThan(2)
    expect(seen.size).toBe(batches.reduce((sum, n) => sum + n, 0))
    expect(seen.size).toBe(count)
  })
})

describe('the print', () => {
  test.each([
    ['2025-06-01', '2025-06-30', 'Mẫu số 06', 0],
    ['2025-07-01', '2025-07-31', 'Mẫu số 07', 1],
  ])('of %s to %s is on the form then in force', async (from, to, form, i) => {
    const { bytes } = await download('intake', `/so-theo-doi.pdf?from=${from}&to=${to}`)
    const pdf = await getDocument({ data: bytes, verbosity: 0 }).promise
    const { items } = await (await pdf.getPage(1)).getTextContent()
    const text = items.map(item => ('str' in item ? item.str : '')).join(' ')
    expect(text).toContain(form)
    expect(text.replace(/\s/gu, '')).toContain(codes[i])
  })
})
