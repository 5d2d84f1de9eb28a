import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import { OWN_LIST } from '#src/tracking/own-dossiers.query.ts'
import { findTracked, TRACK_BY_SECRET } from '#src/tracking/tracking.query.ts'
import { type Client, client, type TestApp } from './support/app.ts'
import { publishDemoCatalogue } from './support/catalogue.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { advanceTo, MONDAY, type Office } from './support/office.ts'
import { makeTrackedOffice, OWN, received, type TrackedOffice } from './support/tracking.ts'

let database: TestDatabase
let tracked: TrackedOffice
let office: Office
let test: TestApp
let citizen: Client
beforeAll(async () => {
  database = await testDatabase()
  tracked = await makeTrackedOffice(database.db)
  ;({ office, test, citizen } = tracked)
  // More than a page of the citizen’s own, and as many of others: a plan and a page weigh little when there is nothing.
  for (let n = 0; n < 25; n++) {
    await received(tracked)
    await received(tracked, OWN)
  }
})
afterAll(() => database.close())

describe('what it costs', () => {
  it('is one round trip a view', async () => {
    const slip = await received(tracked)
    const visitor: Ctx = { ...office.system, actor: { kind: 'visitor' } }
    await findTracked(visitor, slip)
    let trips = 0
    const db = new Proxy(database.db, {
      get: (target, key) => {
        if (key === 'executeQuery') trips += 1
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }) as Db
    expect(await findTracked({ ...visitor, db }, slip)).toBeDefined()
    expect(trips).toBe(1)
  })

  it('is a walk by keys, whatever the number of dossiers', async () => {
    const slip = await received(tracked)
    const explain = async (sql: string, values: unknown[]) => {
      const rows = await run<{ 'QUERY PLAN': string }>(database.db, `EXPLAIN ${sql}`, values)
      return rows.map(row => row['QUERY PLAN']).join('\n')
    }
    await run(database.owner, 'ANALYZE dossier, dossier_event', [])
    const plan = await explain(TRACK_BY_SECRET, [slip.code, slip.secret, new Date(), 'visitor', 'track'])
    expect(plan).toContain('Index Scan using dossier_code_key on dossier')
    expect(plan).not.toMatch(/Seq Scan on dossier(_event)?\b/u)
    expect(await explain(OWN_LIST, ['000190000077', Number.MAX_SAFE_INTEGER])).not.toContain('Sort')
  })

  it('weighs less than 30 kB a page, styles included and fonts aside', async () => {
    const { id } = await database.db
      .selectFrom('agency')
      .select('id')
      .where('code', '=', 'H20.11')
      .executeTakeFirstOrThrow()
    await publishDemoCatalogue(office.system, id)
    office.clock.set(MONDAY)
    const slip = await received(tracked, { components: ['C1', 'C2', 'C3'].map(code => ({ code, originals: 1 })) })
    await advanceTo(office, slip.code, 'closed')
    const ui = (name: string) => brotliCompressSync(readFileSync(new URL(`../src/ui/${name}`, import.meta.url))).length
    const styles = ui('app.css') + ui('print.css') + ui('mark.svg')
    const pages = ['/', '/thu-tuc', '/thu-tuc?q=dang+ky', '/thu-tuc/1.001193', '/thu-tuc/1.013225', '/tra-cuu']
    for (const path of [...pages, `/tra-cuu/${slip.code}?m=${slip.secret}`]) {
      const { status, text } = await client(test).get(path)
      expect(status).toBe(200)
      expect(text).not.toContain('<script')
      expect(Buffer.byteLength(text) + styles, path).toBeLessThan(30_000)
    }
    const own = await citizen.get('/cua-toi')
    expect(Buffer.byteLength(own.text) + styles, '/cua-toi').toBeLessThan(30_000)
  })
})
