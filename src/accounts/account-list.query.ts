import { sql } from 'kysely'
import type { Role } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'
import { fold } from '#src/platform/text.ts'
import { type AccountKind, dayOf } from './account.ts'

export type AccountRow = {
  id: number
  kind: AccountKind
  username: string
  name: string
  title: string | null
  active: boolean
  demo: boolean
  /** In force today. */
  assignments: { role: Role; agency: string }[]
}
export type AccountPage = { rows: AccountRow[]; nextAfter: number | undefined }

const PAGE = 50

const columns = ['a.id', 'a.kind', 'a.username', 'a.name', 'a.title', 'a.active', 'a.demo'] as const

/** Accounts after the id `after`, oldest first, 50 at a time; `q` looks in names (without diacritics) and user names. */
export async function listAccounts(db: Db, filter: { q?: string; after?: number; at: Date }): Promise<AccountPage> {
  const today = dayOf(filter.at)
  let query = db
    .selectFrom('account as a')
    .select(columns)
    .select(
      sql<AccountRow['assignments']>`coalesce((
        SELECT jsonb_agg(jsonb_build_object('role', x.role, 'agency', g.short_name) ORDER BY x.id)
        FROM assignment x JOIN agency g ON g.id = x.agency_id
        WHERE x.account_id = a.id AND x.valid_from <= ${today} AND (x.valid_to IS NULL OR x.valid_to > ${today})
      ), '[]')`.as('assignments'),
    )
    .where('a.id', '>', filter.after ?? 0)
    .orderBy('a.id')
    .limit(PAGE + 1)
  if (filter.q) {
    const part = `%${fold(filter.q).replace(/[\\%_]/gu, '\\$&')}%`
    query = query.where(sql<boolean>`(a.username LIKE ${part} OR vn_fold(a.name) LIKE ${part})`)
  }
  const found = await query.execute()
  const rows = found.slice(0, PAGE).map(row => ({ ...row, kind: row.kind as AccountKind }))
  return { rows, nextAfter: found.length > PAGE ? rows.at(-1)?.id : undefined }
}

export type AccountDetail = Omit<AccountRow, 'assignments'> & { phone: string | null; email: string | null }

export async function findAccount(db: Db, id: number): Promise<AccountDetail | undefined> {
  const row = await db
    .selectFrom('account as a')
    .select([...columns, 'a.phone', 'a.email'])
    .where('a.id', '=', id)
    .executeTakeFirst()
  return row && { ...row, kind: row.kind as AccountKind }
}
