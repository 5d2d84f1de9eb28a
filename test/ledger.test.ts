import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './support/database.ts'

/** What the app role may never rewrite: what happened, and who saw what. */
const appendOnly = {
  dossier_event: 'seq',
  ledger_anchor: 'events',
  audit: 'action',
  dossier_view: 'via',
} as const

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.transaction().execute(async tx => {
    // Only the ledger's own tables are of interest here, so the rows they point at are left out.
    await sql`SET LOCAL session_replication_role = replica`.execute(tx)
    await sql`INSERT INTO dossier_event (dossier_id, seq, at, type, actor, command_id, command_digest, state, payload, prev_hash, hash)
              VALUES (1, 1, '2026-03-02T01:00Z', 'received', 'officer:1', 'c1', '', 'received', '{}', '', '')`.execute(
      tx,
    )
    await sql`INSERT INTO dossier_view (dossier_id, at, actor, via) VALUES (1, '2026-03-02T01:00Z', 'officer:1', 'desk')`.execute(
      tx,
    )
  })
  await sql`INSERT INTO ledger_anchor (day, events, root, prev_root, at)
            VALUES ('2026-03-02', 1, '\\x01', '\\x', '2026-03-03T00:00Z')`.execute(database.owner)
  await sql`INSERT INTO audit (at, actor, action, subject) VALUES ('2026-03-02T01:00Z', 'officer:1', 'sign-in', 'account:1')`.execute(
    database.owner,
  )
})
afterAll(() => database.close())

describe.each(Object.entries(appendOnly))('the app role, on %s', (table, column) => {
  const name = sql.table(table)
  const count = async () => {
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${name}`.execute(database.db)
    return rows[0]?.n
  }

  test('reads what is there', async () => {
    expect(await count()).toBe(1)
  })

  test.each([
    ['changes no row', sql`UPDATE ${name} SET ${sql.ref(column)} = ${sql.ref(column)}`],
    ['deletes no row', sql`DELETE FROM ${name}`],
    ['empties it not', sql`TRUNCATE ${name}`],
    ['drops no trigger', sql`ALTER TABLE ${name} DISABLE TRIGGER ALL`],
  ])('%s', async (_, statement) => {
    await expect(statement.execute(database.db)).rejects.toMatchObject({ code: '42501' })
    expect(await count()).toBe(1)
  })

  test('is the only way in: its privileges are reading and adding', async () => {
    const { rows } = await sql<{ privilege: string }>`
      SELECT p AS privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) p
      WHERE has_table_privilege('motcua_app', ${table}::regclass, p) OR
            (p IN ('UPDATE', 'REFERENCES') AND has_any_column_privilege('motcua_app', ${table}::regclass, p))`.execute(
      database.owner,
    )
    expect(rows.map(row => row.privilege)).toEqual(['SELECT', 'INSERT'])
  })
})

test('requests run as the app role, which owns nothing and is no superuser', async () => {
  const { rows } = await sql<{ role: string; super: boolean; owned: number }>`
    SELECT current_user AS role, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super,
           (SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user) AS owned`.execute(database.db)
  expect(rows).toEqual([{ role: 'motcua_app', super: false, owned: 0 }])
})

test('the chain is made by the database, whatever the writer says', async () => {
  await database.owner.transaction().execute(async tx => {
    await sql`SET LOCAL session_replication_role = replica`.execute(tx)
    await sql`UPDATE dossier_event SET hash = ledger_hash(dossier_event)`.execute(tx)
  })
  await database.owner
    .transaction()
    .execute(async tx => {
      await sql`ALTER TABLE dossier_event DROP CONSTRAINT dossier_event_dossier_id_fkey`.execute(tx)
      await sql`INSERT INTO dossier_event (dossier_id, seq, at, type, actor, command_id, command_digest, state, payload, prev_hash, hash)
                VALUES (1, 2, '2026-03-02T02:00Z', 'noted', 'officer:1', 'c2', '', 'received', '{}', '\\xff', '\\xff')`.execute(
        tx,
      )
      const { rows } = await sql<{ linked: boolean; true_hash: boolean }>`
        SELECT e.prev_hash = p.hash AS linked, e.hash = ledger_hash(e) AS true_hash
        FROM dossier_event e JOIN dossier_event p ON p.dossier_id = e.dossier_id AND p.seq = 1 WHERE e.seq = 2`.execute(
        tx,
      )
      expect(rows).toEqual([{ linked: true, true_hash: true }])
      throw new Error('undo')
    })
    .catch(error => expect(error.message).toBe('undo'))
})
