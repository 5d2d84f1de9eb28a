import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#src/platform/embedded.ts'
import { migrate } from '#src/platform/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's address of the migrated database that test databases are copied from. */
    templateUrl: string
  }
}

/** One PostgreSQL for the whole run, in a folder of its own, gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-test-'))
  const server = await startEmbedded(folder, { fsync: false })
  await migrate(server.url)
  project.provide('templateUrl', server.url)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
