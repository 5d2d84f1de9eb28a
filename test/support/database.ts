import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createDb, type Db } from '#src/platform/db.ts'

export type TestDatabase = {
  /** As requests see it: the app role. */
  db: Db
  /** As the owner sees it, who may do anything. */
  owner: Db
  /** The owner's address, for another process or pool. */
  url: string
  close(): Promise<void>
}

/** An empty migrated database for one test file: call it in `beforeAll`, and `close` in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'))
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = new URL(template)
  url.pathname = `/${name}`
  await asAdmin(template, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`)
  const db = createDb(url.href, { name })
  const owner = createDb(url.href, { name, role: null, max: 4 })
  const close = async () => {
    await Promise.all([db.destroy(), owner.destroy()])
    await asAdmin(template, `DROP DATABASE ${name} WITH (FORCE)`)
  }
  return { db, owner, url: url.href, close }
}

/** From the database `postgres`: nobody may be connected to a template while it is copied. */
async function asAdmin(template: URL, statement: string): Promise<void> {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
