import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency } from '#src/agencies/create-agency.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { reportKinds } from '#src/report-kinds.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import {
  API_QUARTER,
  askedOf,
  province,
  QUARTER,
  type ReportedQuarter,
  reportedQuarter,
  thanhBinh,
} from '#test/support/reported-quarter.ts'
import { getAsked } from './asked.query.ts'
import type { ReportKind } from './report.ts'

let quarter: ReportedQuarter
beforeAll(async () => {
  quarter = await reportedQuarter()
})
afterAll(() => quarter.database.close())

const { get, json, bytesOf } = askedOf(() => quarter)

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
    const { id } = await createAgency(quarter.office.system, {
      ...base,
      code: 'H20.102.1',
      name: 'Ấp cũ',
      shortName: 'Ấp cũ',
    })
    await quarter.database.owner.updateTable('agency').set({ valid_to: '2025-01-01' }).where('id', '=', id).execute()
    const leader = quarter.office.as('b.leader').actor as Officer
    const asked = await getAsked(quarter.office.system, reportKinds[0] as ReportKind, {}, leader)
    expect(asked.agencies).toEqual([leader.agencyId, id])
    const { text } = await get('b.leader', '/bao-cao/ii06a')
    expect(text).not.toContain('Ấp cũ')
    expect((await get('b.leader', '/bao-cao/ii06a?tu=2024-01-01&den=2024-12-31')).text).toContain('Ấp cũ')
    expect(
      (await getAsked(quarter.office.system, reportKinds[0] as ReportKind, {}, { ...leader, role: 'control' }))
        .agencies,
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
    const own = quarter.office.as('b.intake').actor as Officer
    const other = quarter.office.as('intake').actor as Officer
    const leader = quarter.office.as('b.leader').actor as Officer
    const ask = (officer: number) => getAsked(quarter.office.system, kind, { officer: String(officer) }, leader)
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
