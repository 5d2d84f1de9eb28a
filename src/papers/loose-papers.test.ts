import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Blobs, folderBlobs } from '#src/platform/blobs.ts'
import { runQueue } from '#src/platform/queue.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { findPaper } from './paper.query.ts'
import type { Paper } from './paper.ts'
import { papersTasks } from './papers.tasks.ts'
import { LOOSE_DAYS, removeLoosePapers } from './remove-loose-papers.ts'
import { removeUnusedBlobs } from './remove-unused-blobs.ts'
import { storePaper } from './store-paper.ts'

let database: TestDatabase
let office: Office
let folder: string
let blobs: Blobs
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-loose-'))
  blobs = folderBlobs(folder)
})
beforeEach(() => office.clock.set(MONDAY))
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

/** A JPEG of its own for each name. */
const store = (name: string, content = name): Promise<Paper> =>
  storePaper(office.as('intake'), {
    blobs,
    name: `${name}.jpg`,
    bytes: Buffer.concat([
      Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex'),
      Buffer.from(content),
    ]),
  })
const isThere = async ({ id, sha256 }: Paper) => ({
  row: (await findPaper(office.system, id)) !== undefined,
  bytes: (await blobs.get(sha256)) !== undefined,
})
const gone = { row: false, bytes: false }
const kept = { row: true, bytes: true }
const daysLater = (days: number) => office.clock.set(new Date(new Date(MONDAY).getTime() + days * 86_400_000 + 1000))

/** What the night does: the rows, then the job that was queued with them. */
async function night(): Promise<void> {
  await removeLoosePapers(office.system)
  const queue = await runQueue(office.system, { url: database.url, tasks: papersTasks(blobs), schedules: [] })
  const left = async () => (await sql`SELECT FROM graphile_worker.jobs`.execute(database.owner)).rows.length
  for (let n = 0; n < 200 && (await left()) > 0; n += 1) await new Promise(resolve => setTimeout(resolve, 25))
  await queue.stop()
}

describe('papers that no dossier took in', () => {
  test('go after a week, row and bytes, and that is audited', async () => {
    const paper = await store('forgotten')
    daysLater(LOOSE_DAYS - 1)
    const later = await store('fresh')
    await night()
    expect(await isThere(paper)).toEqual(kept)
    daysLater(LOOSE_DAYS)
    await night()
    expect([await isThere(paper), await isThere(later)]).toEqual([gone, kept])
    const audits = await database.owner
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'remove-loose-papers')
      .execute()
    expect(audits).toMatchObject([{ actor: 'system:test', detail: { papers: 1 } }])
  })

  test('stay when a dossier has them, however old', async () => {
    const paper = await store('attached')
    await receiveBirth(office.as('intake'), { papers: [{ id: paper.id, component: 'C1' }] })
    daysLater(400)
    await night()
    expect(await isThere(paper)).toEqual(kept)
  })

  test('leave their bytes to another paper that has the same', async () => {
    const [loose, attached] = [await store('one', 'same'), await store('two', 'same')]
    await receiveBirth(office.as('intake'), { papers: [{ id: attached.id }] })
    daysLater(LOOSE_DAYS)
    await night()
    expect(await isThere(loose)).toEqual({ row: false, bytes: true })
    expect(await isThere(attached)).toEqual(kept)
  })
})

test('the app cannot delete a paper by itself, loose or not, nor one in a dossier by the function that removes loose ones', async () => {
  const [loose, attached] = [await store('loose'), await store('taken')]
  await receiveBirth(office.as('intake'), { papers: [{ id: attached.id }] })
  for (const paper of [loose, attached]) {
    await expect(sql`DELETE FROM paper WHERE id = ${paper.id}`.execute(database.db)).rejects.toMatchObject({
      code: '42501',
    })
  }
  await sql`SELECT remove_loose_papers('infinity', 1000)`.execute(database.db)
  expect((await isThere(attached)).row).toBe(true)
})

test('bytes being stored anew are not removed under the paper that is about to have them', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { id, sha256 } = await store(`old ${round}`, `bytes ${round}`)
    await sql`DELETE FROM paper WHERE id = ${id}`.execute(database.owner)
    const [again] = await Promise.all([
      store(`new ${round}`, `bytes ${round}`),
      removeUnusedBlobs(office.system, { blobs, keys: [sha256] }),
    ])
    expect(await isThere(again)).toEqual(kept)
  }
})

test('only the platform itself removes', async () => {
  const admin = office.as('admin')
  await expect(removeLoosePapers(admin)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(removeUnusedBlobs(admin, { blobs, keys: [] })).rejects.toMatchObject({ kind: 'forbidden' })
})
