import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Citizen, Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import { STANDARD } from '#src/processes/process.query.ts'
import type { Process } from '#src/processes/process.ts'

export type Staff = Officer & { username: string }
export type Place = { id: number; code: string; shortName: string; kind: string }
export type Offered = Procedure & { fieldCode: string }
export type Account = Citizen & { username: string }

/** A process in force, and what it is for: a case of a procedure, a procedure, or (both null) whatever has none of its own. */
export type Running = { id: number; procedure: string | null; case: string | null; process: Process }

/** What a history of the demo province is made of. */
export type Province = {
  calendar: WorkingCalendar
  agencies: Place[]
  staff: Staff[]
  citizens: Account[]
  procedures: Offered[]
  processes: Running[]
}

/** The demo province as it stands in the database, every list in the order in which it was loaded. */
export async function readProvince(ctx: Ctx): Promise<Province> {
  return {
    calendar: await getCalendar(ctx, 1, 1),
    agencies: await run<Place>(ctx.db, 'SELECT id, code, short_name AS "shortName", kind FROM agency ORDER BY id', []),
    staff: await run<Staff>(
      ctx.db,
      `SELECT 'officer' AS kind, a.id AS "accountId", a.username, a.name, s.id AS "assignmentId", s.role,
              s.agency_id AS "agencyId", g.code AS "agencyCode", s.service_point_id AS "servicePointId"
       FROM account a JOIN assignment s ON s.account_id = a.id JOIN agency g ON g.id = s.agency_id
       WHERE a.demo ORDER BY s.id`,
      [],
    ),
    citizens: await run<Account>(
      ctx.db,
      `SELECT 'citizen' AS kind, id AS "accountId", username, name, id_number AS "idNumber", phone
       FROM account WHERE demo AND kind = 'citizen' ORDER BY id`,
      [],
    ),
    procedures: await run<Offered>(
      ctx.db,
      `SELECT p.code, v.id AS "versionId", v.version, v.name, f.name AS "fieldName", f.code AS "fieldCode", p.level,
              p.resolver_id AS "resolverId", v.decision, v.service_level AS "serviceLevel", v.content
       FROM procedure_version v JOIN procedure p ON p.code = v.procedure_code JOIN field f ON f.id = v.field_id
       ORDER BY v.id`,
      [],
    ),
    processes: await run<Running>(
      ctx.db,
      `SELECT v.id, p.procedure_code AS procedure, p.case_code AS "case", v.expanded AS process
       FROM process_version v JOIN process p ON p.key = v.process_key
       WHERE v.status = 'approved' AND (p.procedure_code IS NOT NULL OR p.key = $1) ORDER BY v.id`,
      [STANDARD],
    ),
  }
}

/** What the half-loaded demo was asked for, so that going on makes the same history. `now`: the instant at which it ends. */
export type Begun = { seed: number; dossiers: number; now: Date }

export async function findBegun(ctx: Ctx): Promise<Begun | undefined> {
  const [row] = await run<{ detail: { seed: number; dossiers: number; now: string } }>(
    ctx.db,
    `SELECT detail FROM audit WHERE action = 'load-demo' ORDER BY id DESC LIMIT 1`,
    [],
  )
  return row && { ...row.detail, now: new Date(row.detail.now) }
}

/** What people handed in, and all that happened to it: dossiers opened for another one count as part of that. */
export async function countLedger(ctx: Ctx): Promise<{ dossiers: number; events: number }> {
  const [row] = await run<{ dossiers: number; events: number }>(
    ctx.db,
    `SELECT (SELECT count(*) FROM dossier WHERE parent_id IS NULL) AS dossiers,
            (SELECT count(*) FROM dossier_event) AS events`,
    [],
  )
  return row ?? { dossiers: 0, events: 0 }
}

/** `seed` is written with the province, `loadedAt` when its dossiers are all there. `inUse`: there are agencies. */
export type Marks = { seed: number | null; loadedAt: Date | null; inUse: boolean }

export async function readMarks(ctx: Ctx): Promise<Marks> {
  const [row] = await run<Marks>(
    ctx.db,
    `SELECT demo_seed AS seed, demo_loaded_at AS "loadedAt", EXISTS (SELECT FROM agency) AS "inUse" FROM installation`,
    [],
  )
  return row ?? { seed: null, loadedAt: null, inUse: false }
}

/** Whether a first start should load the demo: it is not there, or not all of it, and nothing else is. */
export async function demoIsMissing(ctx: Ctx): Promise<boolean> {
  const { seed, loadedAt, inUse } = await readMarks(ctx)
  return loadedAt === null && (seed !== null || !inUse)
}
