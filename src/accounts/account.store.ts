import type { Role } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'
import type { AccountKind } from './account.ts'

export type NewAccount = {
  kind: AccountKind
  username: string
  passwordHash: string
  name: string
  title: string | undefined
  idNumber: string | undefined
  phone: string | undefined
  email: string | undefined
  demo: boolean
  createdAt: Date
}

export async function insertAccount(db: Db, account: NewAccount): Promise<number> {
  const { id } = await db
    .insertInto('account')
    .values({
      kind: account.kind,
      username: account.username,
      password_hash: account.passwordHash,
      name: account.name,
      title: account.title ?? null,
      id_number: account.idNumber ?? null,
      phone: account.phone ?? null,
      email: account.email ?? null,
      demo: account.demo,
      created_at: account.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findAccountKind(db: Db, accountId: number): Promise<AccountKind | undefined> {
  const row = await db.selectFrom('account').select('kind').where('id', '=', accountId).executeTakeFirst()
  return row?.kind as AccountKind | undefined
}

/** False when there is no such account. */
export async function setActive(db: Db, accountId: number, active: boolean): Promise<boolean> {
  const result = await db.updateTable('account').set({ active }).where('id', '=', accountId).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export type NewAssignment = {
  accountId: number
  agencyId: number
  role: Role
  servicePointId: number | null
  validFrom: string
  validTo: string | null
}

export async function insertAssignment(db: Db, assignment: NewAssignment): Promise<number> {
  const { id } = await db
    .insertInto('assignment')
    .values({
      account_id: assignment.accountId,
      agency_id: assignment.agencyId,
      role: assignment.role,
      service_point_id: assignment.servicePointId,
      valid_from: assignment.validFrom,
      valid_to: assignment.validTo,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
