import { expect } from 'vitest'
import { findIdentity } from '#src/accounts/session.query.ts'
import { type DelegateRole, delegateRole } from '#src/delegations/delegate-role.ts'
import { revokeDelegation } from '#src/delegations/revoke-delegation.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { type Client, signedInAs, type TestApp, testApp } from './app.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { newAgency, newCalendar, newCitizen, newOfficer, type Person, systemCtx } from './people.ts'

export const MORNING = '2026-03-02T08:00:00+07:00'
export const EVENING = '2026-03-02T17:00:00+07:00'
export const GROUND = '12/QĐ-SXD'

type Holder = Person & { assignmentId: number }

/** A department in a test database, with a director who may be absent and people who may stand in. */
export type Substitutes = {
  database: TestDatabase
  at: TestApp
  system: Ctx
  person(name: string): Holder
  /** The context of an officer by username, in their own place or in the one lent. */
  as(username: string, delegationId?: number): Promise<Ctx>
  /** The deputy for the director until the evening, unless changed. */
  give(by: string, change?: Partial<DelegateRole>): Promise<number>
  /** The officer signed in and already in the place lent. */
  standingIn(who: string, id: number): Promise<Client>
  /** It is morning and nobody stands in: how each test begins. */
  beginAnew(): Promise<void>
}

/** Call it in `beforeAll`, and close its database in `afterAll`. */
export async function substitutes(): Promise<Substitutes> {
  const database = await testDatabase()
  const at = testApp(database.db)
  const system = systemCtx(database.db, at.clock)
  const people = await makePeople(system)
  const person = (name: string) => people[name] as Holder

  async function as(username: string, delegationId?: number): Promise<Ctx> {
    const found = await findIdentity(database.db, { ...person(username), delegationId, now: at.clock.now() })
    if (!found) throw new Error(`${username} cannot act there`)
    return { ...system, actor: found.identity.actor }
  }

  async function give(by: string, change: Partial<DelegateRole> = {}): Promise<number> {
    const input = { assignment: person('giam.doc').assignmentId, substitute: 'pho', ground: GROUND, until: EVENING }
    return (await delegateRole(await as(by), { ...input, ...change })).id
  }

  async function standingIn(who: string, id: number): Promise<Client> {
    const substitute = await signedInAs(at, person(who))
    expect((await substitute.post('/doi-vai-tro', { assignment: `thay-${id}` })).status).toBe(303)
    return substitute
  }

  async function beginAnew(): Promise<void> {
    at.clock.set(MORNING)
    const open = await database.owner.selectFrom('delegation').select('id').where('revoked_at', 'is', null).execute()
    for (const { id } of open) await revokeDelegation(system, { id, reason: 'hết ca thử' })
  }

  return { database, at, system, person, as, give, standingIn, beginAnew }
}

async function makePeople(system: Ctx): Promise<Record<string, Holder>> {
  const people: Record<string, Holder> = {}
  const calendar = await newCalendar(system)
  await newAgency(system, { code: 'H01', calendar, kind: 'province' })
  await newAgency(system, { code: 'H01.1', calendar, parent: 'H01', name: 'Sở Xây dựng' })
  await newAgency(system, { code: 'H01.2', calendar, parent: 'H01' })
  const names = [
    ['giam.doc', 'leader', 'H01.1', 'Nguyễn Văn Bình'],
    ['pho', 'leader', 'H01.1', 'Trần Thị Cúc'],
    ['chuyen.vien', 'specialist', 'H01.1', 'Lê Văn Dũng'],
    ['van.thu', 'clerk', 'H01.1', 'Phạm Thị Én'],
    ['tinh', 'leader', 'H01', 'Hồ Văn Phúc'],
    ['noi.khac', 'leader', 'H01.2', 'Vũ Thị Giang'],
    ['quan.tri', 'admin', 'H01.1', 'Đỗ Văn Hải'],
    ['kiem.soat', 'control', 'H01.1', 'Bùi Thị Khuê'],
  ] as const
  for (const [username, role, agency, name] of names) {
    people[username] = await newOfficer(system, { username, role, agency, name })
  }
  await newCitizen(system, 'sen')
  return people
}
