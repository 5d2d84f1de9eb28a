import { assignRole } from '#src/accounts/assign-role.ts'
import { createAccount } from '#src/accounts/create-account.ts'
import type { AgencyKind } from '#src/agencies/agency.ts'
import { createAgency } from '#src/agencies/create-agency.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { type Clock, fixedClock } from '#src/platform/clock.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'
import { silentLog } from '#src/platform/log.ts'

export const PASSWORD = 'motcua-demo'

/** The platform acting by itself, as the command line does. */
export function systemCtx(db: Db, clock: Clock = fixedClock('2026-03-02T08:00:00+07:00')): Ctx {
  return { db, clock, actor: { kind: 'system', name: 'test' }, log: silentLog }
}

/** An office-hours calendar without holidays; returns its id. */
export async function newCalendar(ctx: Ctx, name = 'Giờ hành chính'): Promise<number> {
  const weekly = JSON.stringify(nationalCalendar.weekly)
  const { id } = await ctx.db.insertInto('calendar').values({ name, weekly }).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function newAgency(
  ctx: Ctx,
  given: { code: string; calendar: number; name?: string; kind?: AgencyKind; parent?: string },
): Promise<{ id: number; code: string }> {
  const { code, calendar, name = `Ủy ban nhân dân xã ${code}`, kind = 'commune', parent } = given
  const agency = { code, calendar, name, shortName: `Xã ${code}`, kind, parent, validFrom: '2025-07-01' }
  const { id } = await createAgency(ctx, agency)
  return { id, code }
}

export type Person = { accountId: number; assignmentId: number | null; username: string }

/** An officer with one assignment; the password is PASSWORD. */
export async function newOfficer(
  ctx: Ctx,
  given: { username: string; role: Role; agency: string; name?: string; servicePoint?: number },
): Promise<Person & { assignmentId: number }> {
  const { username, role, agency, name = `Cán bộ ${username}`, servicePoint } = given
  const { id: accountId } = await createAccount(ctx, { kind: 'officer', username, password: PASSWORD, name })
  const { id: assignmentId } = await assignRole(ctx, { accountId, agency, role, servicePoint, validFrom: '2025-07-01' })
  return { accountId, assignmentId, username }
}

export async function newCitizen(ctx: Ctx, username: string, idNumber = '087090001234'): Promise<Person> {
  const name = 'Nguyễn Thị Sen'
  const account = { kind: 'citizen' as const, username, password: PASSWORD, name, idNumber, phone: '0912000345' }
  const { id: accountId } = await createAccount(ctx, account)
  return { accountId, assignmentId: null, username }
}
