import type { Answer } from '#src/casework/answer.ts'
import { findCommand } from '#src/casework/commands.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Actor, Ctx } from '#src/platform/ctx.ts'
import { attachSpecimen } from './attach-specimen.ts'
import { type Course, dossierOf, type Life, type Step } from './course.ts'
import { getDossierThen } from './dossier-then.query.ts'
import { processFor } from './lane.ts'
import { mayShareOut } from './ways.ts'

/**
 * A command, its input read as the API reads it. Numbers out of a register are taken when it is carried out: a function. `papers`: names of
 * the documents brought with it.
 */
export function* act(
  course: Course,
  actor: Actor,
  type: string,
  input: object | (() => object) = {},
  papers: readonly string[] = [],
): Life {
  const { id } = dossierOf(course)
  const { specimen } = course.lane.world
  const run: Step['run'] = async (ctx, commandId) => {
    const given = typeof input === 'function' ? input() : input
    const refs =
      papers.length > 0 ? { papers: await attachSpecimen(ctx, specimen, { dossierId: id, names: papers }) } : {}
    const parsed = findCommand(type).input.parse({ ...given, ...refs })
    return then(ctx, await executeCommand(ctx, { ref: `D${id}`, type, input: parsed, commandId }))
  }
  told(course, yield { at: course.at, actor, alone: mayWait(course), run })
}

/** A first step, which makes the dossier. */
export function* open(course: Course, actor: Actor, run: (ctx: Ctx, commandId: string) => Promise<Answer>): Life {
  const step: Step['run'] = async (ctx, commandId) => then(ctx, await run(ctx, commandId))
  told(course, yield { at: course.at, actor, alone: mayWait(course), run: step })
}

/**
 * What the platform does by itself between dossiers of one matter, each of its own: the job that is enqueued for it finds it done. Goes on with
 * the dossier `id` as its event `version` leaves it.
 */
export function* through(
  course: Course,
  { id, version }: { id: number; version: number },
  work: (ctx: Ctx) => Promise<void> = async () => {},
): Life {
  const run: Step['run'] = async ctx => {
    await work(ctx)
    return getDossierThen(ctx, id, version)
  }
  told(course, yield { at: course.at, actor: { kind: 'system', name: 'family' }, alone: true, run })
}

function mayWait({ lane, matter, now }: Course): boolean {
  const process = processFor(lane.world, matter.procedure.code, matter.caseCode)
  return mayShareOut(process, now?.step?.key ?? null)
}

const then = (ctx: Ctx, { id, version }: Answer) => getDossierThen(ctx, id, version)

function told(course: Course, dossier: Dossier): void {
  course.now = dossier
  course.due = dossier.dueAt
}
