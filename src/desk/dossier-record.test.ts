import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { type SampleDossiers, sampleDossiers } from '#test/support/sample-dossiers.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let at: SampleDossiers
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
  at = await sampleDossiers(office)
})
afterAll(() => database.close())

async function read<Body = Record<string, unknown>>(as: string, path: string): Promise<Body> {
  const answer = await (await signedInAs(app, office.as(as).actor as Officer)).get(`/api/v1/dossiers/${path}`)
  expect(answer.status, answer.text).toBe(200)
  return JSON.parse(answer.text) as Body
}

test('the record says where a dossier stands in its process, who was asked and whose every hour was', async () => {
  const record = await read('so.specialist', at.consultation)
  expect(record).toMatchObject({
    process: { key: 'gpxd', version: 1, name: 'Cấp giấy phép xây dựng có lấy ý kiến' },
    step: { key: 'y-kien', kind: 'consult', dueAt: '2026-03-05T02:00:00.000Z', minutes: 480, exits: [] },
    ahead: [
      { key: 'tong-hop', agency: 'H20.11' },
      { key: 'phe-duyet', agency: 'H20.11' },
      { key: 'phat-hanh', agency: 'H20.11' },
    ],
    opinions: [
      { key: 'xa-a', agency: { name: 'UBND xã Thanh Bình' }, answer: null },
      { key: 'xa-b', agency: { name: 'UBND xã Tân Long' }, answer: 'agree', document: '12/UBND-KT' },
    ],
    cause: null,
    children: [],
    links: [],
    parent: null,
    supportPoint: null,
  })
  const { holdings, shares } = record as {
    holdings: { from: string; to: string | null }[]
    shares: { minutes: number }[]
  }
  expect(holdings.at(-1)).toMatchObject({ step: 'y-kien', agency: { name: 'UBND xã Thanh Bình' }, to: null })
  for (const [n, { from }] of holdings.slice(1).entries()) expect(holdings[n]?.to).toBe(from)
  expect(shares.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(60)
})

test('a late dossier names who caused it', async () => {
  expect(await read('leader', at.overdue)).toMatchObject({
    cause: {
      agency: { name: 'UBND xã Thanh Bình' },
      role: 'specialist',
      person: 'Cán bộ specialist',
      why: 'over-allowance',
    },
  })
})

test('events carry where they led and in whose place somebody acted', async () => {
  type Events = { items: { type: string; onBehalfOf: unknown; payload: { move?: { to: { name: string } } } }[] }
  const { items } = await read<Events>('so.specialist', `${at.consultation}/events`)
  expect(items.map(({ onBehalfOf }) => onBehalfOf)).toEqual(items.map(() => null))
  expect(items.flatMap(({ payload }) => payload.move?.to.name ?? [])).toEqual([
    ...['Chuyển hồ sơ đến Sở', 'Phân công thụ lý', 'Thẩm định hồ sơ', 'Kiểm tra thực địa', 'Lấy ý kiến'],
  ])
})
