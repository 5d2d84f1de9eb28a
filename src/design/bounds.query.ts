import { listAgencies } from '#src/agencies/agency.query.ts'
import type { Agency } from '#src/agencies/agency.ts'
import type { Term } from '#src/calendar/deadline.ts'
import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import { type ProcedureContent, requirementsOf } from '#src/procedures/procedure.ts'
import type { Library } from '#src/processes/expansion.ts'
import { STANDARD } from '#src/processes/process.query.ts'
import type { Process } from '#src/processes/process.ts'
import { type ProcessProblem, problemsOf } from '#src/processes/process-problems.ts'
import { listParts } from '#src/processes/simulation.query.ts'
import { termMinutes } from '#src/processes/step-hours.ts'

/** What a process is checked against: the published term, and the agencies, procedures and shared processes there are. */
export type Bounds = {
  /** The shortest published term of the procedure or case over all ways of handing in; null without one. */
  term: Term | null
  agencies: Agency[]
  /** Processes that others take in as sub-processes, as in force today. */
  library: Library
  /** Codes of the procedures that child dossiers are opened for, as far as they are in force. */
  procedures: ReadonlySet<string>
  /** For others to take in: it need not come to a result by itself. */
  isPart: boolean
}

export async function readBounds(
  ctx: Ctx,
  about: { key: string; procedure: string | null; case: string | null },
  definition: Process,
): Promise<Bounds> {
  const today = localDate(ctx.clock.now())
  const children = definition.steps.flatMap(step => (step.kind === 'child' ? [step.procedure] : []))
  const [agencies, procedure, library, known] = await Promise.all([
    listAgencies(ctx),
    about.procedure === null ? undefined : findProcedure(ctx, about.procedure),
    listParts(ctx),
    run<{ code: string }>(
      ctx.db,
      `SELECT DISTINCT procedure_code AS code FROM procedure_version
       WHERE procedure_code = ANY ($2::text[]) AND valid_from <= $1::date AND (valid_to > $1::date) IS NOT FALSE`,
      [today, children],
    ),
  ])
  return {
    term: procedure ? shortestTerm(procedure.content, about.case) : null,
    agencies,
    library,
    procedures: new Set(known.map(({ code }) => code)),
    isPart: about.procedure === null && about.key !== STANDARD,
  }
}

/** Hours are promised whichever way a dossier comes in, so the shortest term counts. */
export function shortestTerm(content: ProcedureContent, caseCode: string | null): Term | null {
  const terms = content.channels
    .map(({ channel }) => requirementsOf(content, channel, caseCode).term)
    .filter(term => term !== null)
  return terms.toSorted((a, b) => (termMinutes(a) ?? 0) - (termMinutes(b) ?? 0))[0] ?? null
}

/** What keeps a draft from being submitted, in the order of its steps; empty when nothing does. */
export function draftProblems(
  definition: Process,
  { term, agencies, library, procedures, isPart }: Bounds,
): ProcessProblem[] {
  const codes = new Set(agencies.map(({ code }) => code))
  return problemsOf(definition, { termMinutes: termMinutes(term), agencies: codes, library, procedures, part: isPart })
}
