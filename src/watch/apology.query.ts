import type { Dossier } from '#src/dossiers/dossier.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** For the dossiers of one calendar and law pack: due before when, and received before when, it is time to apologise; due before when, no time is left. */
export type Notice = {
  calendarId: number
  lawPack: string
  extensions: number
  dueBefore: Date
  begunBefore: Date
  lastBefore: Date
}
export type BrokenPromise = { dossier: Dossier; dueAt: Date }

/**
 * `$1 … $6` the notices, `$7 now, $8 latest due`. The promise is broken; or the notice is due of what has been worked on for longer than
 * is left, and it is not before the leader or is past the time of its step; or, however short its term, it is past the time of its
 * step with no time left to make up for it.
 */
export const breakingSql = (limit: number) => `
SELECT ${dossierColumns}
FROM dossier d JOIN unnest($1::int[], $2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
    AS n (calendar_id, law_pack, extensions, due_before, begun_before, last_before)
  ON n.calendar_id = d.calendar_id AND n.law_pack = d.law_pack AND d.due_at < n.due_before
WHERE d.due_at IS NOT NULL AND d.ready_at IS NULL AND d.closed_at IS NULL AND d.paused_at IS NULL AND d.due_at < $8::timestamptz
  AND (d.due_at < $7
    OR (d.received_at < n.begun_before AND (d.state NOT IN ('pending-approval', 'approved') OR d.step_due_at < $7))
    OR (d.step_due_at < $7 AND d.due_at < n.last_before))
  AND (d.detail ->> 'extensions')::int < n.extensions
  AND NOT EXISTS (SELECT FROM apology_draft p WHERE p.dossier_id = d.id AND p.due_at = d.due_at)
ORDER BY d.due_at, d.id LIMIT ${limit}`

/** At most `limit` dossiers whose present promise will not be kept and has no draft yet. */
export async function listBreaking(ctx: Ctx, notices: readonly Notice[], limit: number): Promise<BrokenPromise[]> {
  const rows = await run<DossierRow>(ctx.db, breakingSql(limit), [
    notices.map(one => one.calendarId),
    notices.map(one => one.lawPack),
    notices.map(one => one.extensions),
    notices.map(one => one.dueBefore),
    notices.map(one => one.begunBefore),
    notices.map(one => one.lastBefore),
    ctx.clock.now(),
    new Date(Math.max(0, ...notices.map(one => one.dueBefore.getTime()))),
  ])
  return rows.map(row => {
    const dossier = fromRow(row)
    return { dossier, dueAt: dossier.dueAt ?? ctx.clock.now() }
  })
}

export const apologyStates = ['open', 'signed', 'lapsed'] as const
/** Open: to be signed. Signed: the promise was extended with it. Lapsed: no longer needed, the result came or the promise moved. */
export type ApologyState = (typeof apologyStates)[number]

export type ApologyDraft = {
  id: number
  dossierId: number
  /** Code, or D<number>. */
  ref: string
  procedure: string
  agency: { code: string; name: string }
  cause: { agency: string; person: string | null } | null
  dueAt: Date
  at: Date
  reason: string
  /** Local date proposed. */
  until: string
  state: ApologyState
}

/** The extension that made it good is read from the dossier, so that drafts and letters issued can be held against each other. */
const apologyStateSql = `CASE
  WHEN EXISTS (SELECT FROM jsonb_array_elements(d.detail -> 'adjustments') x
               WHERE x ->> 'kind' = 'extension' AND (x ->> 'from')::timestamptz = p.due_at) THEN 'signed'
  WHEN d.due_at IS DISTINCT FROM p.due_at OR d.ready_at IS NOT NULL OR d.closed_at IS NOT NULL THEN 'lapsed'
  ELSE 'open' END`

const DRAFTS = (where: string) => `
SELECT * FROM (
  SELECT p.id, d.id AS "dossierId", coalesce(d.code, 'D' || d.id) AS ref, v.name AS procedure,
         jsonb_build_object('code', g.code, 'name', g.short_name) AS agency,
         CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('agency', c.short_name, 'person', a.name) END AS cause,
         p.due_at AS "dueAt", p.at, p.reason, p.until, ${apologyStateSql} AS state
  FROM apology_draft p JOIN dossier d ON d.id = p.dossier_id
  JOIN procedure_version v ON v.id = d.procedure_version_id
  JOIN agency g ON g.id = p.agency_id
  LEFT JOIN agency c ON c.id = p.cause_agency_id LEFT JOIN account a ON a.id = p.cause_account_id
  WHERE ${where}
) drafts`

/** Of the officer's agency, or of all for those who oversee the province; newest first. */
export function listApologyDrafts(
  ctx: Ctx,
  officer: Officer,
  asked: { state?: ApologyState | undefined; before?: number | undefined; limit: number },
): Promise<ApologyDraft[]> {
  const all = officer.role === 'director' || officer.role === 'control'
  return run<ApologyDraft>(
    ctx.db,
    `${DRAFTS('($1::boolean OR p.agency_id = $2) AND ($3::int IS NULL OR p.id < $3)')}
     WHERE $4::text IS NULL OR state = $4 ORDER BY id DESC LIMIT $5`,
    [all, officer.agencyId, asked.before ?? null, asked.state ?? null, asked.limit],
  )
}

/** Newest first. */
export function listApologyDraftsOf(ctx: Ctx, dossierId: number): Promise<ApologyDraft[]> {
  return run<ApologyDraft>(ctx.db, `${DRAFTS('p.dossier_id = $1')} ORDER BY id DESC LIMIT 20`, [dossierId])
}

/** The page that extends the promise, with what is proposed filled in. */
export function signHref({ ref, until, reason }: Pick<ApologyDraft, 'ref' | 'until' | 'reason'>): string {
  return `/ho-so/${ref}/lam/extend?${new URLSearchParams({ until, reason })}`
}
