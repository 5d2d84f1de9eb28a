import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency } from '#src/agencies/create-agency.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { reportKinds } from '#src/report-kinds.ts'
import { signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import { getAsked } from './asked.query.ts'
import { spanOf } from './asked.ts'
import type { ListKind, ReportKind } from './report.ts'

let database: TestDatabase
let office: Office
let at: TestApp

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  const receive = async (when: string, by: string, change = {}) => {
    office.clock.set(when)
    return (await receiveBirth(office.as(by), change)).code
  }
  const carried = await receive('2026-03-10T08:00:00+07:00', 'intake')
  await receive('2026-03-14T23:59:59+07:00', 'b.intake')
  await receive('2026-03-15T00:00:00+07:00', 'intake')
  await receive('2026-03-16T09:00:00+07:00', 'intake', { channel: 'online' })
  office.clock.set('2026-03-20T08:00:00+07:00')
  await advanceTo(office, carried, 'result-ready')
  await receive('2026-06-14T23:59:59+07:00', 'intake')
  await receive('2026-06-15T00:00:00+07:00', 'intake')
  at.clock.set('2026-06-20T08:00:00+07:00')
  office.clock.set('2026-06-20T08:00:00+07:00')
})
afterAll(() => database.close())

const as = async (username: string) => signedInAs(at, office.as(username).actor as Officer)
const get = async (username: string, path: string) => (await as(username)).get(path)
const json = async (username: string, path: string) => {
  const answer = await get(username, path)
  return { status: answer.status, body: answer.json() as Record<string, never> & Record<string, unknown> }
}
async function bytesOf(username: string, path: string): Promise<{ headers: Headers; bytes: Uint8Array<ArrayBuffer> }> {
  const token = await tokenFor(at, office.as(username).actor as Officer)
  const answer = await at.app.request(path, { headers: { Authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  return { headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

const QUARTER = 'tu=2026-03-15&den=2026-06-14'
const API_QUARTER = 'from=2026-03-15&to=2026-06-14'

/** Of the quarter: carried 2, received 3 (one online), solved 1 late, and so open 4, all overdue but the last. */
const province = { c3: 5, c4: 1, c5: 2, c6: 2, c7: 1, c8: 0, c9: 0, c10: 1, c11: 4, c12: 1, c13: 3 }
const thanhBinh = { ...province, c3: 4, c6: 1, c11: 3, c13: 2 }

describe('the API', () => {
  test('answers the rows and total of a form, and what was asked', async () => {
    const { status, body } = await json('director', `/api/v1/reports/ii06a?${API_QUARTER}&by=agency`)
    expect(status).toBe(200)
    expect(body).toEqual({
      rows: [
        { key: 'H20.101', label: 'UBND xã Thanh Bình', ...thanhBinh },
        { key: 'H20.102', label: 'UBND xã Tân Long', ...emptyBut({ c3: 1, c6: 1, c11: 1, c13: 1 }) },
      ],
      total: province,
      period: { from: '2026-03-15', to: '2026-06-14', asOf: null, until: '2026-06-15T00:00:00+07:00' },
      agency: { code: 'H20', name: 'UBND tỉnh Đồng Tháp' },
      by: 'agency',
    })
  })

  test('reads a period by its code, and the field by field unless asked otherwise', async () => {
    const { body } = await json('control', '/api/v1/reports/ii06a?period=2026-Q2')
    expect(body).toMatchObject({
      rows: [{ key: 'ho-tich', ...province }],
      period: { from: '2026-03-15', to: '2026-06-14' },
    })
  })

  test('counts only what had happened by the instant asked for', async () => {
    const asOf = encodeURIComponent('2026-03-19T08:00:00+07:00')
    const { body } = await json('director', `/api/v1/reports/ii06a?${API_QUARTER}&asOf=${asOf}`)
    expect(body.total).toMatchObject({ c3: 4, c4: 1, c5: 1, c6: 2, c7: 0, c11: 4 })
    expect(body.period).toMatchObject({ asOf: '2026-03-19T08:00:00+07:00', until: '2026-03-19T08:00:00.001+07:00' })
  })

  test('takes an empty value for none, a day for its end, and the plus of an offset however it was sent', async () => {
    const ask = async (more: string) => (await json('director', `/api/v1/reports/ii06a?${API_QUARTER}&${more}`)).body
    expect(await ask('agency=&by=&field=&asOf=')).toMatchObject({ total: province, by: 'field' })
    const early = { total: { c3: 4, c7: 0 }, period: { asOf: '2026-03-19T08:00:00+07:00' } }
    expect(await ask('asOf=2026-03-19T08:00:00+07:00')).toMatchObject(early)
    expect(await ask('asOf=2026-03-19T01:00:00Z')).toMatchObject(early)
    expect(await ask('asOf=2026-03-19')).toMatchObject({ ...early, period: { until: '2026-03-20T00:00:00+07:00' } })
    expect(await ask('asOf=2026-06-20')).toMatchObject({
      total: province,
      period: { asOf: '2026-06-20T08:00:00+07:00' },
    })
  })

  test.each(reportKinds.filter(({ shape }) => shape === 'list').map(({ key }) => key))(
    'refuses a place in the list %s that it never gave',
    async key => {
      for (const cursor of ['x', 'bnVsbA', '{"a":1}', '2026-01-01|1', '-1', '1e3']) {
        const path = `/api/v1/reports/${key}?cursor=${encodeURIComponent(cursor)}`
        const { status, body } = await json('director', path)
        expect([cursor, status, body.field]).toEqual([cursor, 422, 'cursor'])
      }
    },
  )

  test('goes through a list page by page, each dossier once', async () => {
    const path = `/api/v1/reports/ho-so?${API_QUARTER}&by=c3&limit=2`
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { status, body } = await json('director', `${path}${cursor}`)
      expect(status).toBe(200)
      const { items, next } = body as unknown as { items: { key: string }[]; next: string | null }
      seen.push(...items.map(({ key }) => key))
      if (next === null) break
      cursor = `&cursor=${encodeURIComponent(next)}`
    }
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
  })

  test.each([
    ['from=2026-06-14&to=2026-03-15', 'to', 'report-period-reversed'],
    ['from=2026-03-15&to=2026-02-30', 'to', 'fields-invalid'],
    ['from=2026-06-21&to=2026-06-30', 'from', 'report-period-to-come'],
    ['period=2026-Q9', 'period', 'report-period-unknown'],
    ['period=2026-Q2&from=2026-01-01', 'period', 'report-period-twice'],
    ['agency=H99', 'agency', 'report-agency-unknown'],
    ['by=weather', 'by', 'fields-invalid'],
    ['field=khong-co', 'field', 'report-filter-unknown'],
    ['channel=online', 'channel', 'fields-invalid'],
    ['asOf=2026-06-21T08:00:00Z', 'asOf', 'report-instant-to-come'],
    [`${API_QUARTER}&asOf=2026-03-14T08:00:00Z`, 'asOf', 'report-instant-before-period'],
    ['asOf=2026-13-01T08:00:00Z', 'asOf', 'fields-invalid'],
  ])('refuses ?%s at its field', async (query, field, code) => {
    const { status, body } = await json('director', `/api/v1/reports/ii06a?${query}`)
    const { errors } = body as { errors?: { field: string }[] }
    expect([status, body.code]).toEqual([422, code])
    expect(body.field ?? errors?.[0]?.field).toBe(field)
  })

  test('is described, a route for every report', async () => {
    type Described = { properties: { rows: { items?: { required: string[] } } } }
    const { paths, components } = (await get('director', '/api/openapi.json')).json() as {
      paths: Record<string, unknown>
      components: { schemas: Record<string, Described> }
    }
    expect(reportKinds.filter(({ key }) => !paths[`/api/v1/reports/${key}`])).toEqual([])
    const { ReportTable_ii06a: form } = components.schemas
    expect(form?.properties.rows.items?.required).toEqual(['key', 'label', ...Object.keys(province)])
  })
})

const emptyBut = (change: Partial<typeof province>) => ({
  ...Object.fromEntries(Object.keys(province).map(key => [key, 0])),
  ...change,
})

describe('whose numbers', () => {
  test('a leader sees those of their own agency and no others', async () => {
    const { body } = await json('leader', `/api/v1/reports/ii06a?${API_QUARTER}`)
    expect(body).toMatchObject({ total: thanhBinh, agency: { code: 'H20.101' } })
    expect((await get('b.leader', `/api/v1/reports/ii06a?${API_QUARTER}&agency=H20.101`)).status).toBe(404)
    expect((await get('b.leader', `/bao-cao/ii06a?${QUARTER}&co-quan=H20.101`)).status).toBe(404)
    expect((await get('b.leader', `/bao-cao/ii06a?${QUARTER}`)).text).not.toContain('Thanh Bình')
    expect((await get('b.leader', '/bao-cao/ii06a/xlsx?co-quan=H20')).status).toBe(404)
  })

  test('an agency has with it all below it, also what no longer exists', async () => {
    const base = { calendar: 1, validFrom: '2020-01-01', kind: 'commune' as const, parent: 'H20.102' }
    const { id } = await createAgency(office.system, { ...base, code: 'H20.102.1', name: 'Ấp cũ', shortName: 'Ấp cũ' })
    await database.owner.updateTable('agency').set({ valid_to: '2025-01-01' }).where('id', '=', id).execute()
    const leader = office.as('b.leader').actor as Officer
    const asked = await getAsked(office.system, reportKinds[0] as ReportKind, {}, leader)
    expect(asked.agencies).toEqual([leader.agencyId, id])
    const { text } = await get('b.leader', '/bao-cao/ii06a')
    expect(text).not.toContain('Ấp cũ')
    expect((await get('b.leader', '/bao-cao/ii06a?tu=2024-01-01&den=2024-12-31')).text).toContain('Ấp cũ')
    expect(
      (await getAsked(office.system, reportKinds[0] as ReportKind, {}, { ...leader, role: 'control' })).agencies,
    ).toBeNull()
  })

  test('those who answer for nobody read no reports', async () => {
    for (const username of ['intake', 'specialist', 'clerk', 'admin']) {
      for (const path of [
        '/bao-cao',
        '/bao-cao/ii06a',
        '/bao-cao/ii06a/in',
        '/bao-cao/ii06a/xlsx',
        '/api/v1/reports/ii06a',
      ])
        expect((await get(username, path)).status, `${username} ${path}`).toBe(403)
    }
  })

  test('someone who may not read a list is refused it, but may read others', async () => {
    expect((await get('reform', '/bao-cao/ho-so')).status).toBe(403)
    const { status, text } = await get('reform', '/bao-cao')
    expect(status).toBe(200)
    expect(text).toContain('/bao-cao/ii06a')
    expect(text).not.toContain('/bao-cao/ho-so"')
  })

  test.each(['leader', 'director', 'control', 'reform'])(
    'whatever the list of reports names opens for a %s',
    async role => {
      const { text } = await get(role, '/bao-cao')
      const named = [...(/<main[\s\S]*<\/main>/u.exec(text)?.[0] ?? '').matchAll(/href="([^"]+)"/gu)].map(
        ([, href]) => href,
      )
      expect(named.length).toBeGreaterThan(10)
      for (const href of named) expect((await get(role, href as string)).status, href).toBe(200)
    },
  )

  test('an officer or a service point of another agency is not to be asked for', async () => {
    const kind = { ...(reportKinds[0] as ReportKind), filters: ['officer', 'servicePoint'] } as ReportKind
    const own = office.as('b.intake').actor as Officer
    const other = office.as('intake').actor as Officer
    const leader = office.as('b.leader').actor as Officer
    const ask = (officer: number) => getAsked(office.system, kind, { officer: String(officer) }, leader)
    expect((await ask(own.accountId)).filters).toEqual({ officer: String(own.accountId) })
    await expect(ask(other.accountId)).rejects.toMatchObject({ code: 'report-filter-unknown', field: 'officer' })
  })
})

describe('the page', () => {
  test('shows the form with its heads, its numbers linked to their lists, and the total last', async () => {
    const { status, text } = await get('director', `/bao-cao/ii06a?${QUARTER}`)
    expect(status).toBe(200)
    expect(text).toContain('Biểu II.06a/VPCP/KSTT')
    expect(text).toMatch(/<th scope="colgroup" colspan="4"[^>]*>Số lượng hồ sơ tiếp nhận<\/th>/u)
    expect(text).toContain('>(13)</td>')
    expect(text).toContain(
      '/bao-cao/ho-so?o=c10&amp;tu=2026-03-15&amp;den=2026-06-14&amp;co-quan=H20&amp;linh-vuc=ho-tich',
    )
    expect(text.lastIndexOf('Tổng cộng')).toBeGreaterThan(text.lastIndexOf('Hộ tịch</th>'))
    expect(text).toMatch(/aria-current="true">Quý II\/2026/u)
  })

  test('asked again by its own form, without script, shows the same', async () => {
    const path = '/bao-cao/ii06a'
    const first = (await get('director', `${path}?${QUARTER}&theo=agency&co-quan=H20.101`)).text
    const fields = Object.entries(fieldsOf(first)).filter(([, value]) => value !== '')
    expect(Object.fromEntries(fields)).toMatchObject({
      tu: '2026-03-15',
      den: '2026-06-14',
      theo: 'agency',
      'co-quan': 'H20.101',
    })
    const again = (await get('director', `${path}?${new URLSearchParams(fields)}`)).text
    const body = (text: string) => /<tbody>[\s\S]*<\/tfoot>/u.exec(text)?.[0]
    expect(body(again)).toBe(body(first))
    expect(body(first)).toContain('UBND xã Thanh Bình')
  })

  test('shows the month of the national periods that is under way unless asked otherwise', async () => {
    const { text } = await get('director', '/bao-cao/ii06a')
    expect(text).toContain('name="tu" class="input input-short" type="date" value="2026-06-15"')
    expect(text).toContain('đến 08:00 20/06/2026')
  })

  test('says at the field what is wrong, keeps what was typed, and offers the periods still', async () => {
    const { status, text } = await get('director', '/bao-cao/ii06a?tu=2026-06-14&den=2026-03-15&thu-tuc=abc')
    expect(status).toBe(422)
    expect(text).toContain('href="#f-den"')
    expect(text).toContain('Đến ngày phải từ')
    expect(text).toContain('value="abc"')
    expect(text).toContain('ky=2026-Q2')
    const wrong = await get('director', '/bao-cao/ii06a?tu=2026-02-30')
    expect([wrong.status, wrong.text.includes('href="#f-tu"')]).toEqual([422, true])
  })

  test('takes an instant as the clock on the wall here', async () => {
    const { status, text } = await get('director', `/bao-cao/ii06a?${QUARTER}&luc=2026-03-19T08:00`)
    expect(status).toBe(200)
    expect(text).toContain('tính đến 08:00 19/03/2026')
    expect(text).toContain('value="2026-03-19T08:00"')
  })

  test('of no report is no page', async () => {
    for (const path of [
      '/bao-cao/khong-co',
      '/bao-cao/khong-co/in',
      '/bao-cao/khong-co/xlsx',
      '/bao-cao/ii06a/pdf',
      '/bao-cao/ii06a/csv/x',
    ])
      expect((await get('director', path)).status, path).toBe(404)
  })

  test('of a list goes on page by page and is taken away whole by a job', async () => {
    const { status, text } = await get('control', `/bao-cao/ho-so?${QUARTER}&theo=c3`)
    expect(status).toBe(200)
    expect(text).toContain('5 dòng')
    expect(text).toContain('action="/bao-cao/ho-so/xuat" method="post"')
    expect(fieldValue(text, 'theo')).toBe('c3')
    const astray = await get('control', `/bao-cao/ho-so?${QUARTER}&theo=c3&sau=x`)
    expect([astray.status, astray.text.includes('href="#f-')]).toEqual([422, false])
    expect((await get('control', `/bao-cao/ho-so/xlsx?${QUARTER}&theo=c3`)).status).toBe(404)
  })
})

const fieldValue = (text: string, name: string) =>
  new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`, 'u').exec(text)?.[1]

describe('files', () => {
  test('the spreadsheet has the official layout and the same numbers, cell by cell', async () => {
    const { headers, bytes } = await bytesOf('director', `/bao-cao/ii06a/xlsx?${QUARTER}&theo=agency`)
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="bao-cao-ii06a-2026-03-15_2026-06-14.xlsx"')
    expect(headers.get('Cache-Control')).toBe('private, no-store')
    const rows = (await readXlsx(bytes)).sheets[0]?.rows ?? []
    expect(rows[0]?.[0]).toBe('Biểu II.06a/VPCP/KSTT')
    expect(rows[1]).toContain('Đơn vị nhận báo cáo: Văn phòng Chính phủ')
    expect(rows[4]?.[0]).toBe('Kỳ báo cáo: Quý II/2026 (Từ ngày 15/03/2026 đến ngày 14/06/2026)')
    expect(rows[6]?.[0]).toBe('Đơn vị tính: Số hồ sơ TTHC')
    expect(rows[7]).toEqual([
      ...['TT', 'Cơ quan, đơn vị', 'Số lượng hồ sơ tiếp nhận', null, null, null],
      ...['Số lượng hồ sơ đã giải quyết', null, null, null, 'Số lượng hồ sơ đang giải quyết', null, null],
    ])
    expect(rows[10]).toEqual(Array.from({ length: 13 }, (_, i) => `(${i + 1})`))
    expect(rows.slice(11, 14)).toEqual([
      ['1', 'UBND xã Thanh Bình', ...Object.values(thanhBinh)],
      ['2', 'UBND xã Tân Long', 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1],
      [null, 'Tổng cộng', ...Object.values(province)],
    ])
  })

  test('CSV is of one agency under its name', async () => {
    const { headers, bytes } = await bytesOf('leader', `/bao-cao/ii06a/csv?${QUARTER}`)
    expect(headers.get('Content-Disposition')).toContain('bao-cao-ii06a-H20.101-2026-03-15_2026-06-14.csv')
    const lines = Buffer.from(bytes).toString().split('\r\n')
    expect(lines[0]?.startsWith('\uFEFF"Lĩnh vực, công việc')).toBe(true)
    expect(lines[1]).toBe(`Hộ tịch,${Object.values(thanhBinh).join(',')}`)
  })

  test('the print has the heads of the form, what it was narrowed by and room to sign, and no links', async () => {
    const { status, text } = await get('leader', `/bao-cao/ii06a/in?${QUARTER}&linh-vuc=ho-tich`)
    expect(status).toBe(200)
    expect(text).toContain('sheet-a4-landscape')
    expect(text).toContain('Đơn vị nhận báo cáo: UBND tỉnh Đồng Tháp')
    expect(text).toContain('Lĩnh vực: Hộ tịch')
    expect(text).toContain('Thủ trưởng đơn vị')
    expect(text).not.toContain('<a ')
  })

  test('the print of a list has the codes of its dossiers', async () => {
    const { text } = await get('control', `/bao-cao/ho-so/in?${QUARTER}&theo=c10`)
    expect(text).toContain('Số liệu: ')
    expect(text).toMatch(/<th scope="row"[^>]*>H20\.101-260310-\d{4}<\/th>/u)
  })
})

describe('a period', () => {
  const now = new Date('2026-06-20T08:00:00+07:00')

  test('lasts to the end of its last day, or to now, or to the instant asked for, that instant inside', () => {
    const days = { from: '2026-06-01', to: '2026-06-30' }
    expect(spanOf({ from: '2026-06-01', to: '2026-06-19' }, null, now).until).toEqual(
      new Date('2026-06-20T00:00:00+07:00'),
    )
    expect(spanOf(days, null, now).until.getTime()).toBe(now.getTime() + 1)
    const asOf = new Date('2026-06-10T12:00:00+07:00')
    expect(spanOf(days, asOf, now).until.getTime()).toBe(asOf.getTime() + 1)
    expect(spanOf(days, null, now).begins).toEqual(new Date('2026-06-01T00:00:00+07:00'))
  })

  test('is refused where there is nothing to count', () => {
    expect(() => spanOf({ from: '2026-06-02', to: '2026-06-01' }, null, now)).toThrow(Refusal)
  })
})

test('every report of the registry has its own address', () => {
  const keys = reportKinds.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.filter(key => !/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(key))).toEqual([])
  const lists = reportKinds.filter((kind): kind is ListKind => kind.shape === 'list')
  for (const { key, columns } of lists) expect(columns.length, key).toBeGreaterThan(0)
})
