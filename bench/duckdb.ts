import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { packageRoot } from '#src/platform/config.ts'

type Reader = { getRowObjectsJS(): Record<string, unknown>[] }
type Connection = { run(sql: string): Promise<unknown>; runAndReadAll(sql: string): Promise<Reader>; closeSync(): void }
type DuckDb = { DuckDBInstance: { create(file: string): Promise<{ connect(): Promise<Connection> }> } }

/** DuckDB in this process, on a file of its own; fetched from npm when it is not there yet. */
export async function openDuckDb(file: string): Promise<Connection> {
  const folder = join(packageRoot, 'bench/duckdb')
  if (!existsSync(join(folder, 'node_modules/@duckdb/node-api'))) {
    console.log('Fetching DuckDB …')
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--prefix', folder], {
      stdio: 'inherit',
    })
  }
  const { DuckDBInstance } = createRequire(join(folder, 'package.json'))('@duckdb/node-api') as DuckDb
  return (await DuckDBInstance.create(file)).connect()
}
