import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sight, sightOf } from '#src/dossiers/sight.ts'
import { type Blobs, folderBlobs } from '#src/platform/blobs.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { createDb, run } from '#src/platform/db.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { dayTable, longList } from '#test/support/report-kinds.ts'
import { listOwnExports } from './export-file.query.ts'
import { MADE_AT_ONCE } from './export-file.store.ts'
import { FAILURES_MAX } from './export-file.ts'
import { exportsTasks } from './exports.tasks.ts'
import { makeExport } from './make-export.ts'
import { openExport } from './open-export.ts'
import { removeExpiredExports } from './remove-expired-exports.ts'
import { requestExport } from './request-export.ts'

let database: TestDatabase
let office: Office
let folder: string
let blobs: Blobs
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-exports-'))
  blobs = folderBlobs(folder)
})
beforeEach(() => office.clock.set('2026-03-20T09:00:00+07:00'))
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const days = { from: '2026-02-15', to: '2026-03-14' }
const ask = (who: string, kind: ReportKind, more = {}) =>
  requestExport(office.as(who), { kind, params: days, format: 'csv', ...more }, randomUUID())
const own = async (who: string, id: number) => {
  const { accountId } = office.as(who).actor as Officer
  return (await listOwnExports(office.system, accountId)).find(file => file.id === id)
}
const make = (kind: ReportKind, id: number) => makeExport(office.system, { blobs, kinds: [kind] }, id)
const open = (ctx: Ctx, kind: ReportKind, id: number) => openExport(ctx, { blobs, kinds: [kind] }, id)
const kept = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter(one => one.isFile()).length

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer())
}

describe('a long list', () => {
  test('becomes one file, page by page, and says how far it is', async () => {
    const told: (number | null)[][] = []
    const list = longList(25_000)
    const watched = longList(25_000, {
      page: async (ctx, asked, place) => {
        const file = await own('control', id)
        told.push([file?.rowsDone ?? null, file?.rowsTotal ?? null])
        return list.page(ctx, asked, place)
      },
    })
    const { id } = await ask('control', watched)
    expect(await own('control', id)).toMatchObject({ state: 'waiting', rowsTotal: null })
    await make(watched, id)
    expect(told.at(-1)).toEqual([20_000, 25_000])
    const made = await own('control', id)
    expect(made).toMatchObject({ state: 'done', rowsDone: 25_000, attempt: 1 })
    const { name, bytes } = await open(office.as('control'), watched, id)
    expect(name).toBe('bao-cao-made-up-list-2026-02-15_2026-03-14.csv')
    const whole = await bytesOf(bytes)
    expect([whole.length, createHash('sha256').update(whole).digest('hex')]).toEqual([made?.bytes, made?.sha256])
    const lines = new TextDecoder().decode(whole).trim().split('\r\n')
    expect([lines.length, lines.at(-1)?.startsWith('H20.101-26-25000,Nguyễn Văn 25000,25000000')]).toEqual([
      25_001,
      true,
    ])
  })

  test('becomes a spreadsheet too', async () => {
    const list = longList(4_500)
    const { id } = await ask('director', list, { format: 'xlsx' })
    await make(list, id)
    const { bytes } = await open(office.as('director'), list, id)
    const book = await readXlsx(await bytesOf(bytes))
    expect(book.sheets[0]?.rows.at(-1)?.slice(0, 3)).toEqual(['H20.101-26-4500', 'Nguyễn Văn 4500', 4_500_000])
  })

  test('is as it was when its first page was read, whatever happens until its last is written', async () => {
    const seen = new Set<string>()
    const list = longList(6_000, {
      page: async (ctx, asked, place) => {
        const agency = `SELECT short_name FROM agency WHERE code = 'H20.102'`
        for (const { short_name } of await run<{ short_name: string }>(ctx.db, agency, [])) seen.add(short_name)
        await run(database.owner, `UPDATE agency SET short_name = short_name || '.' WHERE code = 'H20.102'`, [])
        return longList(6_000).page(ctx, asked, place)
      },
    })
    const { id } = await ask('control', list)
    await make(list, id)
    expect([(await own('control', id))?.rowsDone, seen.size]).toEqual([6_000, 1])
  })

  test('is counted as of the moment it was asked for while its period lasts', async () => {
    const list = longList(1)
    const { id } = await ask('control', list, { params: { from: '2026-03-15', to: '2026-03-20' } })
    expect((await own('control', id))?.params.asOf).toBe('2026-03-20T09:00:00+07:00')
    const over = await ask('control', list)
    expect((await own('control', over.id))?.params.asOf).toBeUndefined()
    for (const one of [id, over.id]) await make(list, one)
  })
})

describe('a file', () => {
  test('is for who asked for it, as long as they may read the report', async () => {
    const table = dayTable()
    const { id } = await ask('leader', table, { format: 'xlsx' })
    await make(table, id)
    await expect(open(office.as('control'), table, id)).rejects.toMatchObject({ code: 'export-unknown' })
    const leader = office.as('leader').actor as Officer
    const moved = (change: Partial<Officer>): Ctx => ({ ...office.system, actor: { ...leader, ...change } })
    await expect(open(moved({ role: 'specialist' }), table, id)).rejects.toMatchObject({ code: 'export-unknown' })
    const elsewhere = (office.as('b.leader').actor as Officer).agencyId
    await expect(open(moved({ agencyId: elsewhere }), table, id)).rejects.toMatchObject({ kind: 'not-found' })
    await (await open(office.as('leader'), table, id)).bytes.cancel()
    const seen = await run(database.owner, `SELECT FROM audit WHERE action = 'open-export' AND subject = $1`, [
      `export:${id}`,
    ])
    expect(seen).toHaveLength(1)
  })

  test('is read with the rights of who asked for it, so that it says what their page says', async () => {
    const seen: Sight[] = []
    const list = longList(1, {
      page: async (ctx, asked, place) => {
        seen.push(sightOf(ctx.actor))
        return longList(1).page(ctx, asked, place)
      },
    })
    for (const who of ['leader', 'director']) await make(list, (await ask(who, list)).id)
    expect(seen).toEqual(['leader', 'director'].map(who => sightOf(office.as(who).actor)))
  })

  test('is not made for who may not read the report, nor of another agency', async () => {
    await expect(ask('specialist', dayTable())).rejects.toMatchObject({ code: 'role-not-allowed' })
    await expect(ask('leader', dayTable(), { params: { ...days, agency: 'H20.102' } })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  test('is asked for once by the same request sent twice, and only so many at a time', async () => {
    const twice = { kind: dayTable(), params: days, format: 'csv' as const }
    const [a, b] = await Promise.all([1, 2].map(() => requestExport(office.as('so.leader'), twice, 'the same')))
    expect(a).toEqual(b)
    for (let i = 0; i < 4; i += 1) await ask('so.leader', dayTable())
    await expect(ask('so.leader', dayTable())).rejects.toMatchObject({ code: 'export-many-waiting' })
  })

  test('is kept for a week, then its bytes go and what it was stays known', async () => {
    const { id } = await ask('b.leader', dayTable())
    await make(dayTable(), id)
    const before = await kept()
    office.clock.set('2026-03-27T23:59:00+07:00')
    expect(await removeExpiredExports(office.system, blobs)).toBe(0)
    office.clock.set('2026-03-28T00:00:00+07:00')
    expect(await removeExpiredExports(office.system, blobs)).toBeGreaterThan(0)
    expect(await kept()).toBeLessThan(before)
    expect(await own('b.leader', id)).toMatchObject({ state: 'removed', rowsDone: 1 })
    await expect(open(office.as('b.leader'), dayTable(), id)).rejects.toMatchObject({ code: 'export-removed' })
  })
})

describe('the making of a file', () => {
  test('is done by one worker however many try, and leaves one file', async () => {
    const before = await kept()
    const list = longList(9_000)
    const { id } = await ask('control', list)
    await Promise.all([1, 2, 3].map(() => make(list, id)))
    await make(list, id)
    expect(await own('control', id)).toMatchObject({ state: 'done', attempt: 1 })
    expect(await kept()).toBe(before + 1)
  })

  test('waits while as many are in the making as may be, so that other work has room', async () => {
    const goesOn = Promise.withResolvers<void>()
    const slow = longList(10, {
      page: async (ctx, asked, place) => {
        await goesOn.promise
        return longList(10).page(ctx, asked, place)
      },
    })
    const ids: number[] = []
    for (let i = 0; i <= MADE_AT_ONCE; i += 1) ids.push((await ask('reform', slow)).id)
    const made = ids.map(id => make(slow, id))
    const first = await Promise.race(made.map((one, i) => one.then(() => ids[i])))
    const queued = `SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1 AND run_at = $2`
    const later = new Date('2026-03-20T09:00:10+07:00')
    expect(await run(database.owner, queued, [`export:${first}`, later])).toHaveLength(1)
    expect(await own('reform', first ?? 0)).toMatchObject({ state: 'waiting', attempt: 0 })
    goesOn.resolve()
    await Promise.all(made)
    await make(slow, first ?? 0)
    for (const id of ids) expect(await own('reform', id)).toMatchObject({ state: 'done', attempt: 1 })
  })

  test('begins anew after its worker died, and leaves one file', async () => {
    const before = await kept()
    const list = longList(9_000)
    const { id } = await ask('control', list)
    // As a worker leaves it that is killed when half is written.
    await run(database.owner, `UPDATE export_file SET state = 'running', attempt = 1, rows_done = 5000 WHERE id = $1`, [
      id,
    ])
    await exportsTasks(blobs, [])['prepare-due-reports']?.({}, office.system)
    const queued = `SELECT FROM graphile_worker._private_jobs WHERE key = $1`
    expect(await run(database.owner, queued, [`export-again:${id}`])).toHaveLength(1)
    await make(list, id)
    expect(await own('control', id)).toMatchObject({ state: 'done', attempt: 2, rowsDone: 9_000 })
    expect(await kept()).toBe(before + 1)
  })

  test('goes to another worker when the database loses the first, whose late writes change nothing', async () => {
    const before = await kept()
    const first = createDb(database.url, { name: 'lost worker', max: 4 })
    const reached = Promise.withResolvers<void>()
    const goesOn = Promise.withResolvers<void>()
    const stuck = longList(3_000, {
      page: async (ctx, asked, place) => {
        reached.resolve()
        await goesOn.promise
        return longList(3_000).page(ctx, asked, place)
      },
    })
    const { id } = await ask('control', stuck)
    const lost = makeExport({ ...office.system, db: first }, { blobs, kinds: [stuck] }, id)
    await reached.promise
    await make(longList(9_000), id)
    expect(await own('control', id)).toMatchObject({ state: 'running', attempt: 1 })
    await run(
      database.owner,
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'lost worker'`,
      [],
    )
    await make(longList(9_000), id)
    goesOn.resolve()
    await expect(lost).rejects.toThrow()
    expect(await own('control', id)).toMatchObject({ state: 'done', attempt: 2, failures: 0 })
    await first.destroy()
    const { bytes } = await open(office.as('control'), longList(9_000), id)
    expect((await bytesOf(bytes)).length).toBe((await own('control', id))?.bytes)
    expect(await kept()).toBe(before + 1)
  })

  test('does not spoil the file of a worker that took over', async () => {
    const taking = longList(30_000, {
      page: async (ctx, asked, place) => {
        if (place.after === '20000')
          await run(database.owner, 'UPDATE export_file SET attempt = attempt + 1 WHERE id = $1', [id])
        return longList(30_000).page(ctx, asked, place)
      },
    })
    const { id } = await ask('control', taking)
    await expect(make(taking, id)).rejects.toThrow('another worker')
    expect(await own('control', id)).toMatchObject({ state: 'running', attempt: 2, failures: 0 })
    await make(longList(30_000), id)
    expect(await own('control', id)).toMatchObject({ state: 'done', attempt: 3 })
  })

  test('is tried again after a fault, given up after several, and leaves nothing of them', async () => {
    const before = await kept()
    let left = 2
    const shaky = longList(9_000, {
      page: async (ctx, asked, place) => {
        if (place.after === '4000' && left-- > 0) throw new Error('the disk is gone')
        return longList(9_000).page(ctx, asked, place)
      },
    })
    const { id } = await ask('control', shaky)
    for (let i = 1; i <= 2; i += 1) {
      await expect(make(shaky, id)).rejects.toThrow('the disk is gone')
      expect(await own('control', id)).toMatchObject({ state: 'waiting', failures: i, failure: 'fault' })
    }
    expect(await kept()).toBe(before)
    await make(shaky, id)
    expect(await own('control', id)).toMatchObject({ state: 'done', failure: null })
    left = FAILURES_MAX
    const { id: hopeless } = await ask('control', shaky)
    for (let i = 0; i < FAILURES_MAX; i += 1) await expect(make(shaky, hopeless)).rejects.toThrow()
    expect(await own('control', hopeless)).toMatchObject({ state: 'failed' })
    await make(shaky, hopeless)
    expect(await own('control', hopeless)).toMatchObject({ state: 'failed' })
  })

  test('ends at once when the report is refused', async () => {
    const { id } = await ask('control', dayTable())
    await makeExport(office.system, { blobs, kinds: [] }, id)
    expect(await own('control', id)).toMatchObject({ state: 'failed', failure: 'report-kind-unknown' })
  })
})
