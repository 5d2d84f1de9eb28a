import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Process } from '#src/processes/process.ts'

/** The draft, or what waits for approval: a process has at most one. */
export type OpenVersion = {
  id: number
  version: number
  status: 'draft' | 'submitted'
  /** Grows with every change: two editors do not overwrite each other. */
  revision: number
  definition: Process
  draftedBy: string | null
  drafterId: number | null
  draftedAt: Date
  submittedBy: number | null
}

/** Whoever wrote the version last and whoever submitted it, each once. */
export function authorsOf({ drafterId, submittedBy }: Pick<OpenVersion, 'drafterId' | 'submittedBy'>): number[] {
  return [...new Set([drafterId, submittedBy])].filter(id => id !== null)
}

/** A process held until the transaction ends, with what its next version depends on. */
export type LockedProcess = {
  key: string
  procedure: string | null
  case: string | null
  /** The one agency that resolves the procedure. */
  resolverId: number | null
  open: OpenVersion | null
  /** The last version approved, in force or still to come. */
  last: { id: number; version: number; validFrom: string; approvedBy: number | null; decision: string } | null
}

/** Locks a process, so that drafts, submissions and approvals follow one another. Undefined when there is none. */
export async function lockProcess(ctx: Ctx, key: string): Promise<LockedProcess | undefined> {
  const [row] = await run<Pick<LockedProcess, 'key' | 'procedure' | 'case'>>(
    ctx.db,
    'SELECT key, procedure_code AS procedure, case_code AS "case" FROM process WHERE key = $1 FOR UPDATE',
    [key],
  )
  if (!row) return undefined
  // A statement of its own: it sees what whoever held the lock before has written.
  const [state] = await run<{ resolverId: number | null; open: RawOpen | null; last: LockedProcess['last'] }>(
    ctx.db,
    `SELECT (SELECT resolver_id FROM procedure WHERE code = $2) AS "resolverId",
       (SELECT jsonb_build_object('id', v.id, 'version', v.version, 'status', v.status, 'revision', v.revision,
               'definition', v.definition, 'draftedBy', a.name, 'drafterId', v.drafted_by, 'draftedAt', v.drafted_at, 'submittedBy', v.submitted_by)
        FROM process_version v LEFT JOIN account a ON a.id = v.drafted_by
        WHERE v.process_key = $1 AND v.status <> 'approved') AS open,
       (SELECT jsonb_build_object('id', id, 'version', version, 'validFrom', valid_from, 'approvedBy', approved_by,
               'decision', decision)
        FROM process_version WHERE process_key = $1 AND status = 'approved' ORDER BY version DESC LIMIT 1) AS last`,
    [key, row.procedure],
  )
  if (!state) throw new Error(`process ${key} vanished while it was locked`)
  const open = state.open && { ...state.open, draftedAt: new Date(state.open.draftedAt) }
  return { ...row, resolverId: state.resolverId, last: state.last, open }
}

type RawOpen = Omit<OpenVersion, 'draftedAt'> & { draftedAt: string }

/** Keys that begin like `slug`, among which a new one must be alone. */
export async function listKeysLike(ctx: Ctx, slug: string): Promise<string[]> {
  const rows = await run<{ key: string }>(ctx.db, 'SELECT key FROM process WHERE starts_with(key, $1)', [slug])
  return rows.map(({ key }) => key)
}

export async function insertProcess(
  ctx: Ctx,
  made: { key: string; name: string; procedure: string | null; case: string | null },
): Promise<void> {
  await run(ctx.db, 'INSERT INTO process (key, name, procedure_code, case_code) VALUES ($1, $2, $3, $4)', [
    made.key,
    made.name,
    made.procedure,
    made.case,
  ])
}

/** The next version, as a draft. `by`: the account that wrote it, null for the platform. */
export async function insertDraft(
  ctx: Ctx,
  draft: { key: string; version: number; definition: Process; by: number | null },
): Promise<void> {
  await run(
    ctx.db,
    `INSERT INTO process_version (process_key, version, status, definition, drafted_by, drafted_at)
     VALUES ($1, $2, 'draft', $3::jsonb, $4, $5)`,
    [draft.key, draft.version, JSON.stringify(draft.definition), draft.by, ctx.clock.now()],
  )
}

/** Writes the draft anew and returns its revision. */
export async function updateDraft(
  ctx: Ctx,
  draft: { id: number; definition: Process; by: number | null },
): Promise<number> {
  const [row] = await run<{ revision: number }>(
    ctx.db,
    `UPDATE process_version SET definition = $2::jsonb, drafted_by = $3, drafted_at = $4, revision = revision + 1
     WHERE id = $1 RETURNING revision`,
    [draft.id, JSON.stringify(draft.definition), draft.by, ctx.clock.now()],
  )
  return row?.revision ?? 0
}

/** A process is called by its version in force; before the first one is approved, by its draft. */
export async function renameProcess(ctx: Ctx, key: string, name: string): Promise<void> {
  await run(ctx.db, 'UPDATE process SET name = $2 WHERE key = $1 AND name <> $2', [key, name])
}

export async function markSubmitted(ctx: Ctx, id: number, by: number | null): Promise<void> {
  await run(
    ctx.db,
    `UPDATE process_version SET status = 'submitted', submitted_by = $2, submitted_at = $3, returned_reason = NULL
     WHERE id = $1`,
    [id, by, ctx.clock.now()],
  )
}

/** Back to a draft; whoever had it open sees that it changed. */
export async function markReturned(ctx: Ctx, id: number, reason: string): Promise<void> {
  await run(
    ctx.db,
    `UPDATE process_version SET status = 'draft', returned_reason = $2, revision = revision + 1 WHERE id = $1`,
    [id, reason],
  )
}

/** Puts a version in force from a day; the one before (`ends`) ends on it. */
export async function markApproved(
  ctx: Ctx,
  approval: {
    id: number
    ends: number | null
    expanded: Process
    by: number | null
    /** In whose place. */
    onBehalfOf: number | null
    decision: string
    validFrom: string
  },
): Promise<void> {
  const { id, ends, expanded, by, onBehalfOf, decision, validFrom } = approval
  if (ends !== null) await run(ctx.db, 'UPDATE process_version SET valid_to = $2 WHERE id = $1', [ends, validFrom])
  await run(
    ctx.db,
    `UPDATE process_version SET status = 'approved', expanded = $2::jsonb, approved_by = $3, approved_at = $4, decision = $5,
            valid_from = $6, approved_for = $7
     WHERE id = $1`,
    [id, JSON.stringify(expanded), by, ctx.clock.now(), decision, validFrom, onBehalfOf],
  )
}

/** Throws a draft away, and with the only draft of a process that never was in force the process. True when that went too. */
export async function deleteDraft(ctx: Ctx, draft: { id: number; key: string }): Promise<boolean> {
  await run(ctx.db, `DELETE FROM process_version WHERE id = $1 AND status = 'draft'`, [draft.id])
  const gone = await run(
    ctx.db,
    `DELETE FROM process p WHERE p.key = $1
       AND NOT EXISTS (SELECT FROM process_version v WHERE v.process_key = p.key) RETURNING p.key`,
    [draft.key],
  )
  return gone.length > 0
}
