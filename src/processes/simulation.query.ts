import type { Term } from '#src/calendar/deadline.ts'
import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import { requirementsOf } from '#src/procedures/procedure.ts'
import type { Library } from './expansion.ts'
import { findProcessInForce, getProcess, type ProcessInForce, STANDARD } from './process.query.ts'

/** An approved process with the published term of its procedure at the counter; `term` is null for one of no procedure. */
export type Published = { process: ProcessInForce; term: Term | null }

/** The approved version of this id, whether in force or not; undefined for a draft, which is nobody else's business. */
export async function findPublishedVersion(ctx: Ctx, version: number): Promise<Published | undefined> {
  const [row] = await run<{ procedure: string | null; case: string | null }>(
    ctx.db,
    `SELECT p.procedure_code AS procedure, p.case_code AS "case"
     FROM process_version v JOIN process p ON p.key = v.process_key WHERE v.id = $1 AND v.status = 'approved'`,
    [version],
  )
  if (!row) return undefined
  const process = await getProcess(ctx, version)
  return { process, term: row.procedure === null ? null : await publishedTerm(ctx, row.procedure, row.case) }
}

/** The version of this process in force today; undefined when there is none. */
export async function findPublishedKey(ctx: Ctx, key: string): Promise<Published | undefined> {
  const [row] = await run<{ id: number }>(
    ctx.db,
    `SELECT id FROM process_version WHERE process_key = $1 AND status = 'approved'
       AND valid_from <= $2::date AND (valid_to > $2::date) IS NOT FALSE`,
    [key, localDate(ctx.clock.now())],
  )
  return row && findPublishedVersion(ctx, row.id)
}

/** What a dossier of this procedure and case would run by today; undefined when the procedure is not in force. */
export async function findPublishedProcess(
  ctx: Ctx,
  { procedure, caseCode }: { procedure: string; caseCode: string | null },
): Promise<Published | undefined> {
  const published = await findProcedure(ctx, procedure)
  if (!published) return undefined
  const process = await findProcessInForce(ctx, { procedure, caseCode, day: localDate(ctx.clock.now()) })
  return process && { process, term: requirementsOf(published.content, 'counter', caseCode).term }
}

async function publishedTerm(ctx: Ctx, procedure: string, caseCode: string | null): Promise<Term | null> {
  const published = await findProcedure(ctx, procedure)
  return published ? requirementsOf(published.content, 'counter', caseCode).term : null
}

/** Processes in force today that others take in as sub-processes, by key, as they were drawn. */
export async function listParts(ctx: Ctx): Promise<Library> {
  const rows = await run<{ key: string; process: Library[string] }>(
    ctx.db,
    `SELECT p.key, v.definition AS process FROM process p JOIN process_version v ON v.process_key = p.key
     WHERE p.procedure_code IS NULL AND p.key <> '${STANDARD}' AND v.status = 'approved'
       AND v.valid_from <= $1::date AND (v.valid_to > $1::date) IS NOT FALSE`,
    [localDate(ctx.clock.now())],
  )
  return Object.fromEntries(rows.map(({ key, process }) => [key, process]))
}
