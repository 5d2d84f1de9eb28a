import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Process } from '#src/processes/process.ts'
import type { ProcessProblem } from '#src/processes/process-problems.ts'
import { type Bounds, draftProblems, readBounds } from './bounds.query.ts'
import {
  findProcessRecord,
  getDefinition,
  inForceOn,
  type ProcessRecord,
  type VersionSummary,
} from './process-list.query.ts'

/** A draft as it stands. `revision` 0: nothing has been changed yet, and what is shown is the version it would begin from. */
export type Draft = {
  record: ProcessRecord
  version: number
  revision: number
  returnedReason: string | null
  definition: Process
  bounds: Bounds
  problems: ProcessProblem[]
}

/** The draft of a process, or the last version approved to begin the next from; null while one waits for approval. */
export async function findDraft(ctx: Ctx, key: string): Promise<Draft | null | undefined> {
  const record = await findProcessRecord(ctx, key)
  const [newest] = record?.versions ?? []
  if (!record || !newest) return undefined
  if (newest.status === 'submitted') return null
  const { definition, bounds } = await readVersion(ctx, record, newest)
  const problems = draftProblems(definition, bounds)
  const isDraft = newest.status === 'draft'
  return {
    record,
    version: isDraft ? newest.version : newest.version + 1,
    revision: isDraft ? newest.revision : 0,
    returnedReason: isDraft ? newest.returnedReason : null,
    ...{ definition, bounds, problems },
  }
}

export type ShownVersion = { version: VersionSummary; definition: Process; bounds: Bounds }

/** One version with its steps and what they are checked against. */
export async function readVersion(ctx: Ctx, record: ProcessRecord, version: VersionSummary): Promise<ShownVersion> {
  const definition = await getDefinition(ctx, version.id)
  const about = { key: record.key, procedure: record.procedure?.code ?? null, case: record.case?.code ?? null }
  return { version, definition, bounds: await readBounds(ctx, about, definition) }
}

/** The version asked for; otherwise the one in force today, or the newest before anything was. */
export function chosenVersion(ctx: Ctx, { versions }: ProcessRecord, asked: number | null): VersionSummary | undefined {
  if (asked !== null) return versions.find(({ version }) => version === asked)
  return inForceOn(versions, localDate(ctx.clock.now())) ?? versions[0]
}

/**
 * A version one may read: officers every one, everybody else those that are or were in force. Throws `process-not-found`,
 * `process-version-not-found`.
 */
export async function readableVersion(
  ctx: Ctx,
  key: string,
  asked: number | null,
): Promise<{ record: ProcessRecord; version: VersionSummary }> {
  const record = await findReadable(ctx, key)
  if (!record) throw new Refusal('not-found', 'process-not-found')
  const version = chosenVersion(ctx, record, asked)
  if (!version) throw new Refusal('not-found', 'process-version-not-found')
  return { record, version }
}

/** A process with the versions one may read; undefined when there are none. */
export async function findReadable(ctx: Ctx, key: string): Promise<ProcessRecord | undefined> {
  const record = await findProcessRecord(ctx, key)
  if (!record || ctx.actor.kind === 'officer' || ctx.actor.kind === 'system') return record
  const versions = record.versions.filter(({ status }) => status === 'approved')
  return versions.length > 0 ? { ...record, versions } : undefined
}
