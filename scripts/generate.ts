import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { packageRoot } from '#src/platform/config.ts'
import { startEmbedded } from '#src/platform/embedded.ts'
import { migrate } from '#src/platform/migrate.ts'
import { schemaDump } from './schema-dump.ts'
import { tableTypes } from './table-types.ts'

/** Writes what follows from the migrations: db/schema.sql to read, src/platform/db.gen.ts to compile against. */
const check = process.argv.includes('--check')
const dataDir = await mkdtemp(join(tmpdir(), 'motcua-generate-'))
const database = await startEmbedded(dataDir, { fsync: false })
try {
  await migrate(database.url)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const files = { 'db/schema.sql': await schemaDump(client), 'src/platform/db.gen.ts': await tableTypes(client) }
  await client.end()
  for (const [name, text] of Object.entries(files)) {
    const file = join(packageRoot, name)
    if ((await readFile(file, 'utf8').catch(() => '')) === text) continue
    if (check) {
      console.error(`${name} does not follow from db/migrations: run "npm run generate" and commit the result.`)
      process.exitCode = 1
    } else {
      await writeFile(file, text)
      console.log(`${name} written`)
    }
  }
} finally {
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
}
