import { readSeed } from '#db/demo/seed.ts'
import type { Seed, SeedProcedure, SeedProcess } from '#db/demo/seed-types.ts'
import { assignRole } from '#src/accounts/assign-role.ts'
import { createAccount } from '#src/accounts/create-account.ts'
import { hashPassword } from '#src/accounts/password.ts'
import { createAgency } from '#src/agencies/create-agency.ts'
import { createCounter } from '#src/agencies/create-counter.ts'
import { createServicePoint } from '#src/agencies/create-service-point.ts'
import { installNationalCalendar } from '#src/calendar/install-national-calendar.ts'
import type { LocalDate } from '#src/calendar/local-date.ts'
import { approveProcess } from '#src/design/approve-process.ts'
import { createProcess } from '#src/design/create-process.ts'
import { submitProcess } from '#src/design/submit-process.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import type { ProcedureContent } from '#src/procedures/procedure.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { personOf } from './people.ts'

/** Every demo account has it. */
export const DEMO_PASSWORD = 'motcua-demo'

type Ids = Map<string, number>
const idOf = (ids: Ids, key: string): number => {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`the seed has no ${key}`)
  return id
}

/**
 * Writes the demo province into an empty database, all of it or nothing: calendar, agencies, service points with their
 * counters, officers, citizens, procedures, internal processes. `validFrom` (local date): from when roles, procedures and processes
 * are in force.
 * `citizens`: how many synthetic people have an account, besides those of the seed.
 */
export async function loadProvince(
  ctx: Ctx,
  { dir, seed, validFrom, citizens }: { dir: string; seed: number; validFrom: string; citizens: number },
): Promise<void> {
  const province = readSeed(dir)
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await transact(ctx, async inner => {
    await installNationalCalendar(inner)
    const agencies = await loadAgencies(inner, province)
    const points = await loadServicePoints(inner, province)
    const officers = await loadOfficers(inner, province, { agencies, points, passwordHash, validFrom })
    await loadCitizens(inner, province, { seed, citizens, passwordHash })
    for (const procedure of province.procedures) {
      const resolverId = procedure.resolverKey === null ? null : idOf(agencies, procedure.resolverKey)
      await publishProcedure(inner, { ...publicationOf(procedure), resolverId, validFrom })
    }
    const [drafter, approver] = [getOfficer(officers, 'control'), getOfficer(officers, 'director')]
    await loadProcesses(inner, province.processes, { drafter, approver, validFrom })
  })
}

const codeOf = ({ agencies }: Seed, key: string): string => agencies.find(a => a.key === key)?.code ?? key

async function loadAgencies(ctx: Ctx, seed: Seed): Promise<Ids> {
  const ids: Ids = new Map()
  for (const { key, parentKey, unitCode, ...agency } of seed.agencies) {
    const parent = parentKey === null ? undefined : codeOf(seed, parentKey)
    const { id } = await createAgency(ctx, { ...agency, parent, unitCode: unitCode ?? undefined, calendar: 1 })
    ids.set(key, id)
  }
  return ids
}

async function loadServicePoints(ctx: Ctx, seed: Seed): Promise<Ids> {
  const ids: Ids = new Map()
  for (const { key, agencyKey, counters, ...point } of seed.servicePoints) {
    const { id } = await createServicePoint(ctx, { ...point, agency: codeOf(seed, agencyKey) })
    ids.set(key, id)
    for (const { name, fields = [] } of counters) await createCounter(ctx, { servicePoint: id, name, fields })
  }
  return ids
}

async function loadOfficers(
  ctx: Ctx,
  seed: Seed,
  given: { agencies: Ids; points: Ids; passwordHash: string; validFrom: string },
): Promise<Officers> {
  const { agencies, points, passwordHash, validFrom } = given
  const officers: Officers = new Map()
  for (const { username, name, title, assignments } of seed.officers) {
    const account = { kind: 'officer' as const, username, name, title, password: DEMO_PASSWORD }
    const { id: accountId } = await createAccount(ctx, { ...account, demo: true, passwordHash })
    for (const { agencyKey, role, servicePointKey } of assignments) {
      const servicePoint = servicePointKey === undefined ? undefined : idOf(points, servicePointKey)
      const agencyCode = codeOf(seed, agencyKey)
      const { id } = await assignRole(ctx, { accountId, agency: agencyCode, role, servicePoint, validFrom })
      const place = { agencyId: idOf(agencies, agencyKey), agencyCode, servicePointId: servicePoint ?? null }
      officers.set(username, { kind: 'officer', accountId, assignmentId: id, name, role, ...place })
    }
  }
  return officers
}

/** By username, in the last of their assignments. */
type Officers = Map<string, Officer>

function getOfficer(officers: Officers, username: string): Officer {
  const officer = officers.get(username)
  if (!officer) throw new Error(`the seed has no officer ${username}`)
  return officer
}

async function loadCitizens(
  ctx: Ctx,
  seed: Seed,
  given: { seed: number; citizens: number; passwordHash: string },
): Promise<void> {
  const people = Array.from({ length: given.citizens }, (_, i) => {
    const { name, idNumber, phone } = personOf(given.seed, i)
    return { username: `dan.${String(i + 1).padStart(4, '0')}`, name, idNumber, phone }
  })
  for (const person of [...seed.citizens, ...people]) {
    const account = { ...person, kind: 'citizen' as const, password: DEMO_PASSWORD }
    await createAccount(ctx, { ...account, demo: true, passwordHash: given.passwordHash })
  }
}

function publicationOf({ resolverKey: _, rich: __, ...procedure }: SeedProcedure) {
  const { code, name, field, level, decision, serviceLevel, ...rest } = procedure
  const keywords = rest.keywords ?? []
  const content: ProcedureContent = {
    ...rest,
    coordination: rest.coordination ?? [],
    keywords,
    keywordText: keywords.join(' '),
  }
  return { code, name, field, level, decision, serviceLevel, content }
}

/** What the demo's centre issued its processes with. */
const DECISION = 'Quyết định số 1526/QĐ-UBND ngày 30/6/2025'

/**
 * Puts the processes of the seed in force from `validFrom` (local date, not before the clock's): drafted by one officer and approved by
 * another, as a province's are. Parts come before those that take them in. Throws Refusal, and an Error for a part that is not called by
 * its key.
 */
async function loadProcesses(
  ctx: Ctx,
  processes: readonly SeedProcess[],
  { drafter, approver, validFrom }: { drafter: Officer; approver: Officer; validFrom: LocalDate },
): Promise<void> {
  const drafting = { ...ctx, actor: drafter }
  const approving = { ...ctx, actor: approver }
  for (const one of processes) {
    const owner = 'procedure' in one ? { procedure: one.procedure, case: one.case } : {}
    const { key } = await createProcess(drafting, { ...owner, name: one.process.name, definition: one.process })
    if ('key' in one && key !== one.key) throw new Error(`the part ${one.key} of the seed is called ${key}`)
    const { version } = await submitProcess(drafting, { key, revision: 1 })
    await approveProcess(approving, { key, version, decision: DECISION, validFrom })
  }
}
