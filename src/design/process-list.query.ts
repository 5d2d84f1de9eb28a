import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { fold } from '#src/platform/text.ts'
import type { Process } from '#src/processes/process.ts'

export const processStatuses = ['draft', 'submitted', 'approved'] as const
export type ProcessStatus = (typeof processStatuses)[number]

/** What a list of processes may be narrowed to: with a version in force, with one still to come, being drafted, or waiting for approval. */
export const processViews = ['in-force', 'coming', 'draft', 'submitted'] as const
export type ProcessView = (typeof processViews)[number]

/** Counting stops here: a screen needs to know that there are many, not how many. */
export const RUNNING_BOUND = 999
export const PAGE_SIZE = 50

type Named = { code: string; name: string }

export type ProcessListItem = {
  key: string
  name: string
  procedure: Named | null
  case: Named | null
  inForce: { version: number; validFrom: string } | null
  coming: { version: number; validFrom: string } | null
  /** Being drafted or waiting for approval. */
  open: { version: number; status: 'draft' | 'submitted' } | null
  /** Open dossiers that run by any of its versions, up to RUNNING_BOUND + 1. */
  running: number
}

export type ProcessFilter = { q?: string | undefined; view?: ProcessView | undefined; procedure?: string | undefined }

/** Name and case of the procedure as last published; `p` is the process. */
const ABOUT = `
LEFT JOIN LATERAL (
  SELECT jsonb_build_object('code', v.procedure_code, 'name', v.name) AS procedure,
         (SELECT jsonb_build_object('code', c ->> 'code', 'name', c ->> 'name')
          FROM jsonb_array_elements(v.content -> 'cases') c WHERE c ->> 'code' = p.case_code) AS "case"
  FROM procedure_version v WHERE v.procedure_code = p.procedure_code ORDER BY v.version DESC LIMIT 1
) about ON true`

const IN_FORCE = `v.status = 'approved' AND v.valid_from <= $1::date AND (v.valid_to > $1::date) IS NOT FALSE`
const COMING = `v.status = 'approved' AND v.valid_from > $1::date`
const brief = (which: string) => `(SELECT jsonb_build_object('version', v.version, 'validFrom', v.valid_from)
  FROM process_version v WHERE v.process_key = p.key AND ${which} ORDER BY v.version DESC LIMIT 1)`
const running = (which: string) => `(SELECT count(*)::int FROM (
  SELECT FROM dossier d WHERE ${which} AND d.step_key IS NOT NULL LIMIT ${RUNNING_BOUND + 1}) few)`

/** $1 local day, $2 words as one LIKE pattern, $3 view, $4 procedure, $5 the key after which to go on, $6 limit, $7 only what is public. */
const LIST = `
SELECT p.key, p.name, about.procedure, about."case", f."inForce", f.coming, f.open,
       ${running('d.process_version_id = ANY (ARRAY(SELECT id FROM process_version WHERE process_key = p.key))')} AS running
FROM process p ${ABOUT}
CROSS JOIN LATERAL (
  SELECT ${brief(IN_FORCE)} AS "inForce", ${brief(COMING)} AS coming,
         (SELECT jsonb_build_object('version', v.version, 'status', v.status)
          FROM process_version v WHERE v.process_key = p.key AND v.status <> 'approved' AND NOT $7::boolean) AS open
) f
WHERE ($2::text IS NULL OR vn_fold(p.name || ' ' || coalesce(p.procedure_code, '')) LIKE $2)
  AND CASE $3::text WHEN 'in-force' THEN f."inForce" IS NOT NULL WHEN 'coming' THEN f.coming IS NOT NULL
      WHEN 'draft' THEN f.open ->> 'status' = 'draft' WHEN 'submitted' THEN f.open ->> 'status' = 'submitted' ELSE true END
  AND ($4::text IS NULL OR p.procedure_code = $4) AND ($5::text IS NULL OR p.key > $5)
  AND (NOT $7::boolean OR coalesce(f."inForce", f.coming) IS NOT NULL)
ORDER BY p.key LIMIT $6`

/** Processes by key, `limit` at a time; there are a few thousand at most. `publicOnly` leaves out those never approved, and drafts. */
export async function listProcesses(
  ctx: Ctx,
  filter: ProcessFilter,
  {
    after,
    limit = PAGE_SIZE,
    publicOnly = false,
  }: { after?: string | undefined; limit?: number; publicOnly?: boolean } = {},
): Promise<{ items: ProcessListItem[]; next: string | null }> {
  const words = fold(filter.q ?? '')
    .slice(0, 100)
    .replace(/[\\%_]/gu, '\\$&')
  const pattern = words ? `%${words.replace(/ /gu, '%')}%` : null
  const rows = await run<ProcessListItem>(ctx.db, LIST, [
    localDate(ctx.clock.now()),
    pattern,
    filter.view ?? null,
    filter.procedure ?? null,
    after ?? null,
    limit + 1,
    publicOnly,
  ])
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.key ?? null) : null }
}

/** Processes a new one may start from, by name: approved at least once. */
export function listSources(ctx: Ctx): Promise<{ key: string; name: string }[]> {
  const text = `SELECT p.key, p.name FROM process p
    WHERE EXISTS (SELECT FROM process_version v WHERE v.process_key = p.key AND v.status = 'approved')
    ORDER BY p.name, p.key LIMIT 5000`
  return run(ctx.db, text, [])
}

export type VersionSummary = {
  id: number
  version: number
  status: ProcessStatus
  revision: number
  draftedBy: string | null
  draftedAt: Date
  submittedBy: string | null
  submittedAt: Date | null
  returnedReason: string | null
  approvedBy: string | null
  /** In whose place they approved it. */
  approvedFor: string | null
  approvedAt: Date | null
  decision: string | null
  validFrom: string | null
  /** First day on which dossiers are no longer received under it. */
  validTo: string | null
  /** Open dossiers that run by it, up to RUNNING_BOUND + 1. */
  running: number
}

export type ProcessRecord = {
  key: string
  name: string
  procedure: (Named & { resolverId: number | null }) | null
  case: Named | null
  /** Newest first. */
  versions: VersionSummary[]
}

/** A process with all its versions, without their steps; undefined when there is none. One statement. */
export async function findProcessRecord(ctx: Ctx, key: string): Promise<ProcessRecord | undefined> {
  const [row] = await run<ProcessRecord>(
    ctx.db,
    `SELECT p.key, p.name, about.procedure || jsonb_build_object('resolverId', r.resolver_id) AS procedure, about."case",
       coalesce((SELECT jsonb_agg(jsonb_build_object(
          'id', v.id, 'version', v.version, 'status', v.status, 'revision', v.revision,
          'draftedBy', db.name, 'draftedAt', v.drafted_at, 'submittedBy', sb.name, 'submittedAt', v.submitted_at,
          'returnedReason', v.returned_reason, 'approvedBy', ab.name, 'approvedFor', af.name, 'approvedAt', v.approved_at, 'decision', v.decision,
          'validFrom', v.valid_from, 'validTo', v.valid_to, 'running', ${running('d.process_version_id = v.id')}
        ) ORDER BY v.version DESC)
        FROM process_version v LEFT JOIN account db ON db.id = v.drafted_by LEFT JOIN account sb ON sb.id = v.submitted_by
             LEFT JOIN account ab ON ab.id = v.approved_by LEFT JOIN account af ON af.id = v.approved_for
        WHERE v.process_key = p.key), '[]') AS versions
     FROM process p LEFT JOIN procedure r ON r.code = p.procedure_code ${ABOUT} WHERE p.key = $1`,
    [key],
  )
  if (!row) return undefined
  const instant = (at: Date | null) => at && new Date(at)
  const versions = row.versions.map(version => ({
    ...version,
    draftedAt: new Date(version.draftedAt),
    submittedAt: instant(version.submittedAt),
    approvedAt: instant(version.approvedAt),
  }))
  return { ...row, versions }
}

/** A version as edited: sub-processes are named, not written out. `id` comes from a VersionSummary, so it exists. */
export async function getDefinition(ctx: Ctx, id: number): Promise<Process> {
  const [row] = await run<{ definition: Process }>(ctx.db, 'SELECT definition FROM process_version WHERE id = $1', [id])
  if (!row) throw new Error(`process version ${id} does not exist`)
  return row.definition
}

/** The version in force on a day among those of a record. */
export function inForceOn(versions: readonly VersionSummary[], day: string): VersionSummary | undefined {
  return versions.find(
    ({ status, validFrom, validTo }) =>
      status === 'approved' && validFrom !== null && validFrom <= day && (validTo === null || validTo > day),
  )
}
