import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency } from '#src/agencies/create-agency.ts'
import { importDossiers } from '#src/imports/import-dossiers.ts'
import { type Api, testApi } from '#test/support/api.ts'
import { type PastTable, pastLines } from '#test/support/past-dossiers.ts'

/** Tables a province published, made up again by dossiers imported into an empty one: our report must say the same. */
const communes = Array.from({ length: 10 }, (_, i) => `H20.4${String(i + 1).padStart(2, '0')}`)
const procedures = ['1.001193', '2.000815', '1.009994']
const district: PastTable = {
  name: 'district-2019',
  from: '2019-01-01',
  to: '2019-12-31',
  agencies: ['H20.40'],
  procedures,
  received: 15_380,
  channels: { online: 73, post: 173, home: 1 },
  ends: { early: 9_000, onTime: 6_300, late: 30, open: 50 },
}
const ofCommunes: PastTable = {
  ...district,
  name: 'communes-2019',
  agencies: communes,
  received: 87_971,
  channels: {},
  ends: { early: 32_357, onTime: 55_279, late: 121, open: 214 },
}
const halfYear: PastTable = {
  ...district,
  name: 'half-2021',
  from: '2020-12-16',
  to: '2021-06-15',
  agencies: ['H20.11'],
  received: 16_983,
  channels: { online: 10_140 },
  ends: { early: 10_000, onTime: 6_900, late: 40, open: 43 },
}

type Counts = Record<`c${3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13}`, number>
type Row = Counts & { key: string }
type Days = Pick<PastTable, 'from' | 'to'>

let api: Api
let folder: string

beforeAll(async () => {
  api = await testApi()
  folder = await mkdtemp(join(tmpdir(), 'motcua-published-'))
  const base = { calendar: 1, validFrom: '2010-01-01', parent: 'H20' }
  const old = { ...base, code: 'H20.40', name: 'UBND huyện', shortName: 'Huyện', kind: 'department' as const }
  await createAgency(api.office.system, old)
  for (const code of communes) {
    await createAgency(api.office.system, { ...base, code, name: `UBND xã ${code}`, shortName: code, kind: 'commune' })
  }
  for (const table of [district, ofCommunes, halfYear]) await importTable(table)
}, 180_000)
afterAll(async () => {
  await api.database.close()
  await rm(folder, { recursive: true })
})

async function importTable(table: PastTable): Promise<void> {
  const file = join(folder, `${table.name}.csv`)
  await pipeline(Readable.from(pastLines(table)), createWriteStream(file))
  const report = await importDossiers(api.office.system, { file, source: 'published', check: false })
  expect(report).toEqual({ read: table.received, imported: table.received, known: 0, refused: 0 })
}

/** Rows of a report over the days, by their key. */
async function read<R extends { key: string }>(report: string, { from, to }: Days, more = ''): Promise<Map<string, R>> {
  const path = `/api/v1/reports/${report}?from=${from}&to=${to}${more}`
  const answer = await api.send(path, { as: 'director', method: 'GET' })
  expect(answer.status, answer.text).toBe(200)
  return new Map((answer.json() as { rows: R[] }).rows.map(row => [row.key, row]))
}

/** Form II.06a by agency; every row adds up. */
async function formOf(days: Days, more = ''): Promise<Map<string, Row>> {
  const rows = await read<Row>('ii06a', days, `&by=agency${more}`)
  for (const { c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 } of rows.values()) {
    expect([c3, c3, c7, c11]).toEqual([c4 + c5 + c6, c7 + c11, c8 + c9 + c10, c12 + c13])
  }
  return rows
}

function sumOf(rows: ReadonlyMap<string, Row>, column: keyof Counts): number {
  return communes.reduce((sum, code) => sum + (rows.get(code)?.[column] ?? 0), 0)
}
const endOf2019 = `&asOf=${encodeURIComponent('2019-12-31T23:59:59.999+07:00')}`

test('a district in 2019: 15,380 dossiers received, 73 of them online, 173 by post, 1 at home', async () => {
  for (const more of ['', endOf2019]) {
    expect((await formOf(district, more)).get('H20.40')).toMatchObject({ c3: 15_380, c4: 73, c5: 15_307, c6: 0 })
    const doors = await read<{ key: string; received: number }>('theo-kenh', district, `&agency=H20.40${more}`)
    expect(['online', 'post', 'home'].map(door => doors.get(door)?.received)).toEqual([73, 173, 1])
  }
})

describe('its communes in 2019', () => {
  test.each([
    ['read today', ''],
    ['read as of the last day of that year', endOf2019],
  ])(
    'received 87,971, solved 87,757 of them, 32,357 early, 55,279 on time, 121 late, with 214 open: %s',
    async (_, more) => {
      const rows = await formOf(ofCommunes, more)
      const columns = ['c3', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11'] as const
      expect(columns.map(column => sumOf(rows, column))).toEqual([87_971, 0, 87_757, 32_357, 55_279, 121, 214])
    },
  )

  test('what was open is carried into the next year, and solved there', async () => {
    const rows = await formOf({ from: '2020-01-01', to: '2020-12-31' })
    expect((['c3', 'c6', 'c7', 'c11'] as const).map(column => sumOf(rows, column))).toEqual([214, 214, 214, 0])
  })

  test('on a day of that year only what had happened by then is counted', async () => {
    const then = await formOf(ofCommunes, `&asOf=${encodeURIComponent('2019-06-30T23:59:59.999+07:00')}`)
    const half = await formOf({ from: '2019-01-01', to: '2019-06-30' })
    expect(sumOf(then, 'c3')).toBeLessThan(87_971)
    expect([...then.values()].map(({ c7, c11 }) => [c7, c11])).toEqual(
      [...half.values()].map(({ c7, c11 }) => [c7, c11]),
    )
  })
})

test('the half-year from 16/12/2020 to 15/6/2021: 16,983 dossiers received, 10,140 online, which is 59.7 %', async () => {
  const row = (await formOf(halfYear)).get('H20.11')
  expect(row).toMatchObject({ c3: 16_983, c4: 10_140, c6: 0 })
  expect((((row?.c4 ?? 0) / (row?.c3 ?? 1)) * 100).toFixed(1)).toBe('59.7')
})
