import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportKinds } from '#src/report-kinds.ts'
import {
  API_QUARTER,
  askedOf,
  province,
  type ReportedQuarter,
  reportedQuarter,
  thanhBinh,
} from '#test/support/reported-quarter.ts'

let quarter: ReportedQuarter
beforeAll(async () => {
  quarter = await reportedQuarter()
})
afterAll(() => quarter.database.close())

const { get, json } = askedOf(() => quarter)

const emptyBut = (change: Partial<typeof province>) => ({
  ...Object.fromEntries(Object.keys(province).map(key => [key, 0])),
  ...change,
})

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
