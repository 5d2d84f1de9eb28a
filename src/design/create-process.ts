import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import { findCase } from '#src/procedures/procedure.ts'
import { findProcessInForce, STANDARD } from '#src/processes/process.query.ts'
import { Process } from '#src/processes/process.ts'
import { shortestTerm } from './bounds.query.ts'
import { mayDesign } from './may-design.ts'
import { insertDraft, insertProcess, listKeysLike } from './process.store.ts'
import { findProcessRecord, getDefinition } from './process-list.query.ts'
import { inHours } from './process-view.ts'
import { accountOf } from './save-process-draft.ts'
import { slugOf } from './slug.ts'

export const CreateProcess = z.strictObject({
  /** Code of the procedure; without one the process is for others to take in. */
  procedure: named(line(60), 'thủ tục', 'the procedure').optional(),
  /** A case of the procedure that has its own process. */
  case: named(line(60), 'trường hợp', 'the case').optional(),
  /** By default the name of the procedure and its case. */
  name: named(line(200), 'tên quy trình', 'the name').optional(),
  /** Key of the process to start from; by default the standard one, its shares turned into hours of the published term. */
  from: named(line(60), 'quy trình mẫu', 'the process to start from').optional(),
  /** The steps themselves, instead of a process to start from. */
  definition: Process.optional(),
})
export type CreateProcess = z.infer<typeof CreateProcess>

/**
 * A new process with its first draft; the same command id again gives the same one. Returns its key, made from its name; throws
 * `process-designers-only`, `procedure-not-found`, `process-case-unknown`, `process-source-unknown`, `process-exists`.
 */
export async function createProcess(
  ctx: Ctx,
  input: CreateProcess,
  commandId: string = randomUUID(),
): Promise<{ key: string }> {
  if (!mayDesign(ctx.actor)) throw new Refusal('forbidden', 'process-designers-only')
  return doOnce(ctx, { id: commandId, asked: ['create-process', input] }, inner => write(inner, input))
}

async function write(ctx: Ctx, input: CreateProcess): Promise<{ key: string }> {
  const about = await aboutOf(ctx, input)
  const name = input.name ?? input.definition?.name ?? about.name
  if (name === null) throw new Refusal('invalid', 'process-name-needed', { field: 'name' })
  const source = input.definition ?? (await sourceOf(ctx, input, about))
  const key = await freeKey(ctx, name)
  const { procedure = null, case: ofCase = null } = input
  await insertProcess(ctx, { key, name, procedure, case: ofCase }).catch(refuseKnown)
  await insertDraft(ctx, { key, version: 1, definition: { ...source, name }, by: accountOf(ctx.actor) })
  const from = input.definition ? 'definition' : (input.from ?? STANDARD)
  await audit(ctx, { action: 'create-process', subject: `process:${key}`, detail: { procedure, case: ofCase, from } })
  return { key }
}

type About = { name: string | null; term: ReturnType<typeof shortestTerm> }

/** The procedure and case a process is for: what it is called by default, and how long it may take. */
async function aboutOf(ctx: Ctx, input: CreateProcess): Promise<About> {
  if (input.procedure === undefined) {
    if (input.case !== undefined) throw new Refusal('invalid', 'process-case-unknown', { field: 'case' })
    return { name: null, term: null }
  }
  const procedure = await findProcedure(ctx, input.procedure)
  if (!procedure) throw new Refusal('not-found', 'procedure-not-found', { field: 'procedure' })
  const chosen = findCase(procedure.content, input.case)
  if (input.case !== undefined && !chosen) throw new Refusal('invalid', 'process-case-unknown', { field: 'case' })
  const name = chosen ? `${procedure.name} (${chosen.name})` : procedure.name
  return { name: name.slice(0, 200).trim(), term: shortestTerm(procedure.content, input.case ?? null) }
}

/** The process to start from, its shares of a term turned into hours where there is a term to share. */
async function sourceOf(ctx: Ctx, { from = STANDARD, procedure }: CreateProcess, { term }: About): Promise<Process> {
  const source = from === STANDARD ? await standard(ctx) : await approvedOf(ctx, from)
  if (!source) throw new Refusal('not-found', 'process-source-unknown', { field: 'from' })
  // Without a procedure there is no term to share, and parts count their hours as the processes they go into do.
  return procedure === undefined ? { ...source, scaled: false } : { ...inHours(source, term), scaled: false }
}

async function standard(ctx: Ctx): Promise<Process | undefined> {
  const day = localDate(ctx.clock.now())
  return (await findProcessInForce(ctx, { procedure: '', caseCode: null, day }))?.process
}

async function approvedOf(ctx: Ctx, key: string): Promise<Process | undefined> {
  const record = await findProcessRecord(ctx, key)
  const last = record?.versions.find(({ status }) => status === 'approved')
  return last && (await getDefinition(ctx, last.id))
}

async function freeKey(ctx: Ctx, name: string): Promise<string> {
  const slug = slugOf(name, 52)
  // Words that are addresses of pages and of the API already.
  const taken = new Set(['moi', 'import', 'simulate', ...(await listKeysLike(ctx, slug))])
  if (!taken.has(slug)) return slug
  for (let n = 2; ; n += 1) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`
}

/** Two at once may choose the same key, or the same case: the second is told that there is one. */
function refuseKnown(error: unknown): never {
  if (brokeConstraint(error, 'process_of_case') || brokeConstraint(error, 'process_pkey')) {
    throw new Refusal('conflict', 'process-exists', { field: 'procedure' })
  }
  throw error
}
