import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { makeOffice, type Office } from '../../test/support/office.ts'
import { readBorders } from './border.ts'
import { importBorders } from './import-borders.ts'

const square = (lon: number, lat: number) => [
  [lon, lat],
  [lon + 0.1, lat],
  [lon + 0.1, lat + 0.05],
  [lon + 0.1, lat + 0.1],
  [lon, lat + 0.1],
  [lon, lat],
]
const polygon = (lon: number, lat: number) => ({ type: 'Polygon', coordinates: [square(lon, lat)] })
const geojson = (...features: [properties: object, geometry: object | null][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(([properties, geometry]) => ({ type: 'Feature', properties, geometry })),
  })
const units = [
  { unitCode: '30001', name: 'UBND xã Thanh Bình' },
  { unitCode: '30002', name: 'UBND xã Tân Long' },
]

describe('borders in a file', () => {
  test('are a unit’s by its code, or by its name with or without “UBND” and diacritics', () => {
    const text = geojson([{ code: '30001' }, polygon(105, 10)], [{ ten: 'Xa Tan Long' }, polygon(105.1, 10)])
    const { borders, faults } = readBorders(text, units)
    expect(faults).toEqual([])
    expect(borders.map(({ unitCode }) => unitCode)).toEqual(['30001', '30002'])
  })

  test('are turned the way a map on a sphere wants them, and lose the points that lie on a line', () => {
    const { borders } = readBorders(geojson([{ code: '30001' }, polygon(105, 10)]), units)
    expect(borders[0]?.geometry).toEqual({
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [105, 10],
            [105, 10.1],
            [105.1, 10.1],
            [105.1, 10],
            [105, 10],
          ],
        ],
      ],
    })
  })

  test('may be TopoJSON, where neighbours share a line', () => {
    const topology = {
      type: 'Topology',
      arcs: [square(105, 10)],
      objects: {
        communes: {
          type: 'GeometryCollection',
          geometries: [{ type: 'Polygon', arcs: [[0]], properties: { code: '30002' } }],
        },
      },
    }
    expect(readBorders(JSON.stringify(topology), units).borders).toHaveLength(1)
  })

  test('may be points where only positions are known', () => {
    const { borders } = readBorders(geojson([{ code: '30001' }, { type: 'Point', coordinates: [105, 10] }]), units)
    expect(borders[0]?.geometry).toEqual({ type: 'Point', coordinates: [105, 10] })
  })

  test('that do not fit are named one by one', () => {
    const text = geojson(
      [{ code: '99999', ten: 'Xã Lạ' }, polygon(105, 10)],
      [{ code: '30001' }, { type: 'LineString', coordinates: square(105, 10) }],
      [{ code: '30001' }, polygon(575_000, 1_150_000)],
      [{ code: '30002' }, polygon(105, 10)],
      [{ code: '30002' }, polygon(105, 10)],
      [{ code: '30001' }, null],
      [{ code: '30001' }, { type: 'Polygon', coordinates: [[105, 10]] }],
    )
    expect(readBorders(text, units).faults).toEqual([
      'feature 1 (99999, Xã Lạ): no agency serves a unit of this code or name',
      'feature 2 (30001): a LineString is no border; Polygon, MultiPolygon or Point is',
      'feature 3 (30001): its coordinates are not degrees; convert the file to WGS 84 first',
      'feature 5 (30002): a second border of UBND xã Tân Long (30002)',
      'feature 6 (30001): a feature without geometry is no border; Polygon, MultiPolygon or Point is',
      'feature 7 (30001): its coordinates are not those of a Polygon',
    ])
  })

  test.each([
    ['not json', 'the file is not JSON'],
    ['{"type":"Feature"}', 'the file is neither a GeoJSON FeatureCollection nor a TopoJSON Topology'],
    ['{"type":"Topology"}', 'the TopoJSON cannot be read: its arcs do not fit its objects'],
    [
      '{"type":"FeatureCollection","features":[null]}',
      'feature 1: a feature without geometry is no border; Polygon, MultiPolygon or Point is',
    ],
    ['null', 'the file is neither a GeoJSON FeatureCollection nor a TopoJSON Topology'],
  ])('%s says so', (text, fault) => {
    expect(readBorders(text, units)).toEqual({ borders: [], faults: [fault] })
  })
})

describe('importing borders', () => {
  let database: TestDatabase
  let office: Office
  beforeAll(async () => {
    database = await testDatabase()
    office = await makeOffice(database.db)
    await run(database.owner, `UPDATE agency SET unit_code = '30' || right(code, 3) WHERE kind = 'commune'`, [])
  })
  afterAll(() => database.close())

  const kept = () => run<{ unit_code: string }>(database.db, 'SELECT unit_code FROM unit_border ORDER BY 1', [])
  const importing = (text: string, check = false) => importBorders(office.system, { text, check })
  const both = geojson([{ code: '30101' }, polygon(105, 10)], [{ code: '30102' }, polygon(105.1, 10)])

  test('replaces all of them at once, and writes into the audit that it did', async () => {
    expect(await importing(both)).toMatchObject({ borders: 2, points: 10, faults: [], without: [] })
    expect(await importing(geojson([{ code: '30102' }, polygon(105.1, 10)]))).toMatchObject({
      without: ['UBND xã Thanh Bình (30101)'],
    })
    expect(await kept()).toEqual([{ unit_code: '30102' }])
    const audited = await run(database.owner, `SELECT FROM audit WHERE action = 'borders-imported'`, [])
    expect(audited).toHaveLength(2)
  })

  test('writes nothing when it only checks, or when anything does not fit', async () => {
    await importing(both)
    await importing(geojson([{ code: '30101' }, polygon(105, 10)]), true)
    const { faults } = await importing(
      geojson([{ code: '30101' }, polygon(105, 10)], [{ code: '1' }, polygon(106, 10)]),
    )
    expect(faults).toHaveLength(1)
    expect(await kept()).toHaveLength(2)
  })

  test('is for the command line, not for officers', async () => {
    await expect(importBorders(office.as('admin'), { text: both, check: false })).rejects.toThrow('role-not-allowed')
  })
})
