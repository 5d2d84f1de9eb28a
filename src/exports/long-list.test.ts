import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { folderBlobs } from '#src/platform/blobs.ts'
import { run } from '#src/platform/db.ts'
import { testDatabase } from '#test/support/database.ts'
import { makeOffice } from '#test/support/office.ts'
import { longList } from '#test/support/report-kinds.ts'
import { makeExport } from './make-export.ts'
import { requestExport } from './request-export.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const ROWS = 300_000
/** Held at once at most, whatever the length: the rows of some pages, a compressor, a piece on its way to the disk. */
const BOUND_MB = 8

test.each(['csv', 'xlsx'] as const)(
  'three hundred thousand rows as %s are written in little memory',
  async format => {
    const database = await testDatabase()
    const folder = await mkdtemp(join(tmpdir(), 'motcua-long-'))
    try {
      const office = await makeOffice(database.db)
      const held: number[] = []
      const list = longList(ROWS)
      const watched = longList(ROWS, {
        page: (ctx, asked, place) => {
          if (Number(place.after ?? 0) % 50_000 === 0) {
            collect()
            const { heapUsed, external } = process.memoryUsage()
            held.push((heapUsed + external) / 1_000_000)
          }
          return list.page(ctx, asked, place)
        },
      })
      const params = { from: '2026-02-15', to: '2026-02-28' }
      const { id } = await requestExport(office.as('control'), { kind: watched, params, format }, 'x')
      await makeExport(office.system, { blobs: folderBlobs(folder), kinds: [watched] }, id)
      const [made] = await run(database.owner, 'SELECT state, rows_done FROM export_file WHERE id = $1', [id])
      expect(made).toEqual({ state: 'done', rows_done: ROWS })
      expect(held).toHaveLength(ROWS / 50_000)
      expect(Math.max(...held) - (held[0] ?? 0), held.join()).toBeLessThan(BOUND_MB)
    } finally {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
  60_000,
)
