import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '#src/platform/clock.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { newCalendar, systemCtx } from '#test/support/people.ts'
import { findAgency, listAgencies, listCommunes, listServicePoints } from './agency.query.ts'
import { type CreateAgency, createAgency } from './create-agency.ts'
import { createCounter } from './create-counter.ts'
import { createServicePoint } from './create-service-point.ts'

let database: TestDatabase
let ctx: Ctx
let calendar: number

beforeAll(async () => {
  database = await testDatabase()
  ctx = systemCtx(database.db, fixedClock('2026-03-02T08:00:00+07:00'))
  calendar = await newCalendar(ctx)
  await createAgency(ctx, agency({ code: 'H20', name: 'Ủy ban nhân dân tỉnh Đồng Tháp', kind: 'province' }))
  await createAgency(ctx, agency({ code: 'H20.02', kind: 'commune', parent: 'H20' }))
  await createAgency(ctx, agency({ code: 'H20.01', kind: 'commune', parent: 'H20' }))
  await createAgency(
    ctx,
    agency({ code: 'H20.99', kind: 'commune', parent: 'H20', validFrom: '2020-01-01', validTo: '2025-07-01' }),
  )
  await createAgency(ctx, agency({ code: 'H20.03', kind: 'commune', parent: 'H20', validFrom: '2026-03-03' }))
})
afterAll(() => database.close())

function agency(given: Partial<CreateAgency> & { code: string }): CreateAgency {
  const base = {
    name: `Cơ quan ${given.code}`,
    shortName: given.code,
    kind: 'department' as const,
    calendar,
    validFrom: '2025-07-01',
  }
  return { ...base, ...given }
}

describe('agencies', () => {
  test('are found by code, also those that are no more', async () => {
    expect(await findAgency(ctx, 'H20')).toMatchObject({
      name: 'Ủy ban nhân dân tỉnh Đồng Tháp',
      kind: 'province',
      parentId: null,
    })
    expect(await findAgency(ctx, 'H20.99')).toMatchObject({ validTo: '2025-07-01' })
    expect(await findAgency(ctx, 'H99')).toBeUndefined()
  })

  test('are listed while they exist', async () => {
    expect((await listCommunes(ctx)).map(one => one.code)).toEqual(['H20.01', 'H20.02'])
    const tomorrow = { ...ctx, clock: fixedClock('2026-03-03T00:00:00+07:00') }
    expect((await listCommunes(tomorrow)).map(one => one.code)).toEqual(['H20.01', 'H20.02', 'H20.03'])
    expect((await listAgencies(ctx)).map(one => one.code)).toEqual(['H20', 'H20.01', 'H20.02'])
  })

  test.each([
    ['a code that is taken', { code: 'H20' }, 'agency-code-taken'],
    ['an unknown parent', { code: 'H21', parent: 'H77' }, 'agency-parent-unknown'],
    ['an unknown calendar', { code: 'H21', calendar: 999 }, 'calendar-unknown'],
    ['an end before its beginning', { code: 'H21', validTo: '2025-07-01' }, 'agency-dates-reversed'],
  ])('are not made with %s', async (_what, given, code) => {
    await expect(createAgency(ctx, agency(given))).rejects.toMatchObject({ code })
    expect(await findAgency(ctx, 'H21')).toBeUndefined()
  })

  test('are made by administrators only', async () => {
    const officer: Officer = {
      kind: 'officer',
      accountId: 1,
      assignmentId: 1,
      name: 'A',
      role: 'director',
      agencyId: 1,
      agencyCode: 'H20',
      servicePointId: null,
    }
    await expect(createAgency({ ...ctx, actor: officer }, agency({ code: 'H22' }))).rejects.toMatchObject({
      code: 'agency-admin-only',
    })
    await expect(
      createServicePoint({ ...ctx, actor: officer }, { agency: 'H20', name: 'Quầy', kind: 'desk' }),
    ).rejects.toMatchObject({ code: 'agency-admin-only' })
  })
})

describe('service points', () => {
  test('of an agency are listed with its own desks first', async () => {
    await createServicePoint(ctx, {
      agency: 'H20.01',
      name: 'Bưu điện Thanh Bình',
      kind: 'post-office',
      address: 'Ấp Tân Đông',
    })
    await createServicePoint(ctx, { agency: 'H20.01', name: 'Bộ phận một cửa', kind: 'desk' })
    const id = (await findAgency(ctx, 'H20.01'))?.id ?? 0
    const points = await listServicePoints(ctx, id)
    expect(points.map(point => [point.name, point.kind, point.address])).toEqual([
      ['Bộ phận một cửa', 'desk', null],
      ['Bưu điện Thanh Bình', 'post-office', 'Ấp Tân Đông'],
    ])
  })

  test('have one name each within an agency', async () => {
    const point = { agency: 'H20.02', name: 'Bộ phận một cửa', kind: 'desk' as const }
    await createServicePoint(ctx, point)
    await expect(createServicePoint(ctx, point)).rejects.toMatchObject({
      code: 'service-point-name-taken',
      field: 'name',
    })
    await expect(createServicePoint(ctx, { ...point, agency: 'H99' })).rejects.toMatchObject({
      code: 'agency-not-found',
    })
  })
  test('have counters, of one name each, for every field or for some', async () => {
    const { id } = await createServicePoint(ctx, { agency: 'H20.02', name: 'Điểm số 2', kind: 'desk' })
    const counter = { servicePoint: id, name: 'Quầy 1', fields: ['ho-tich'] }
    await createCounter(ctx, counter)
    await createCounter(ctx, { ...counter, name: 'Quầy 2', fields: [] })
    const rows = await ctx.db
      .selectFrom('counter')
      .select(['name', 'fields'])
      .where('service_point_id', '=', id)
      .execute()
    expect(rows).toEqual([
      { name: 'Quầy 1', fields: ['ho-tich'] },
      { name: 'Quầy 2', fields: [] },
    ])
    await expect(createCounter(ctx, counter)).rejects.toMatchObject({ code: 'counter-name-taken', field: 'name' })
    await expect(createCounter(ctx, { ...counter, servicePoint: 9_999 })).rejects.toMatchObject({
      code: 'service-point-not-found',
    })
  })
})
