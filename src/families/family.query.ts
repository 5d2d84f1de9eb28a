import type { Dossier, Judgement, State } from '#src/dossiers/dossier.ts'
import type { EventType } from '#src/dossiers/dossier-event.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

const READ = `SELECT ${dossierColumns} FROM dossier d WHERE d.id = $1::bigint`

/** Ordered, so that two who hold several rows never wait for each other: a dossier is older than those opened for it. */
const HELD = 'ORDER BY d.id FOR UPDATE OF d'
const LOCK_ONE = `${READ} ${HELD}`
export const LOCK_FAMILY = `
SELECT ${dossierColumns} FROM dossier d
WHERE d.id = $1::bigint OR d.parent_id = $1::bigint OR d.id = (SELECT o.parent_id FROM dossier o WHERE o.id = $1::bigint)
${HELD}`

/** A dossier by number, for jobs: nobody's sight is asked. Throws when there is none. */
export async function getDossier(ctx: Ctx, id: number): Promise<Dossier> {
  const [row] = await run<DossierRow>(ctx.db, READ, [id])
  if (!row) throw new Error(`dossier ${id} does not exist`)
  return fromRow(row)
}

/** As getDossier, and nobody changes it until the caller's transaction ends. */
export async function lockDossier(ctx: Ctx, id: number): Promise<Dossier> {
  const [row] = await run<DossierRow>(ctx.db, LOCK_ONE, [id])
  if (!row) throw new Error(`dossier ${id} does not exist`)
  return fromRow(row)
}

/** A dossier, the one it was opened for and those opened for it, by number; nobody changes them until the caller's transaction ends. */
export async function lockFamily(ctx: Ctx, id: number): Promise<Map<number, Dossier>> {
  const rows = await run<DossierRow>(ctx.db, LOCK_FAMILY, [id])
  return new Map(rows.map(row => [row.id, fromRow(row)]))
}

/** One dossier of an interconnected matter, as any of its officers may know it. */
export type FamilyMember = {
  id: number
  code: string | null
  parentId: number | null
  /** 0: the one the applicant handed in. */
  depth: number
  procedure: string
  /** Short name of the agency that resolves it. */
  agency: string
  state: State
  step: string | null
  /** Whose turn it is since when; null when it has ended. No role while a dossier elsewhere is waited for. */
  holder: { agency: string; role: Role | null; since: Date } | null
  dueAt: Date | null
  paused: boolean
  judgement: Judgement | null
  /** Its page opens for this officer. */
  mayOpen: boolean
}

/** Something that happened in one of those this officer may open; `step`: what it led to, the next step or the dossier opened, by name. */
export type FamilyEvent = { at: Date; type: EventType; dossierId: number; agency: string | null; step: string | null }

/** Older ones first; events newest first. */
export type Family = { members: FamilyMember[]; events: FamilyEvent[]; links: Dossier['links'] }

/** What tells how the matter goes on; work within one agency stays on that dossier's own page. */
const told = [
  'submitted',
  'received',
  'forwarded',
  'step-completed',
  'opinion-given',
  'opinion-missing',
  'supplement-requested',
  'supplement-answered',
  'financial-obligation-notified',
  'financial-obligation-met',
  'approved',
  'extended',
  'result-signed',
  'result-ready',
  'handed-over',
  'child-opened',
  'child-ended',
  'stopped',
  'withdrawn',
] as const satisfies readonly EventType[]

const MEMBERS = 50
const EVENTS = 200

/** $1 a member, $2–$4 the reader's sight, $5 kinds of events. A family is a few dossiers; the bounds are against a mistake. */
export const FAMILY = `
WITH RECURSIVE up AS (
  SELECT id, parent_id FROM dossier WHERE id = $1::bigint
  UNION ALL SELECT p.id, p.parent_id FROM up JOIN dossier p ON p.id = up.parent_id
), kin AS (
  SELECT id, 0 AS depth FROM up WHERE parent_id IS NULL
  UNION ALL SELECT c.id, kin.depth + 1 FROM kin JOIN dossier c ON c.parent_id = kin.id WHERE kin.depth < 6
), member AS (
  SELECT d.*, kin.depth, ${sightSql(2)} IS TRUE AS may_open FROM kin JOIN dossier d ON d.id = kin.id ORDER BY d.id LIMIT ${MEMBERS}
)
SELECT
  (SELECT json_agg(json_build_object(
     'id', m.id, 'code', m.code, 'parentId', m.parent_id, 'depth', m.depth, 'procedure', v.name, 'agency', a.short_name,
     'state', m.state, 'step', m.detail #>> '{step,name}', 'dueAt', m.due_at, 'paused', m.paused_at IS NOT NULL,
     'judgement', m.judgement, 'mayOpen', m.may_open,
     'holder', CASE WHEN h.id IS NOT NULL THEN json_build_object('agency', h.short_name, 'role', m.holder_role,
        'since', coalesce(m.detail #>> '{holdings,-1,from}', m.received_at::text)) END) ORDER BY m.id)
   FROM member m JOIN procedure_version v ON v.id = m.procedure_version_id JOIN agency a ON a.id = m.competent_agency_id
   LEFT JOIN agency h ON h.id = m.holder_agency_id) AS members,
  (SELECT json_agg(json_build_object('at', x.at, 'type', x.type, 'dossierId', x.dossier_id, 'agency', x.agency, 'step', x.step))
   FROM (SELECT e.at, e.type, e.dossier_id, g.short_name AS agency,
                CASE e.type WHEN 'child-opened' THEN e.payload ->> 'name' ELSE e.payload #>> '{move,to,name}' END AS step
         FROM member m CROSS JOIN LATERAL (
           SELECT e.* FROM dossier_event e
           WHERE e.dossier_id = m.id AND e.type = ANY ($5) AND (e.type <> 'received' OR m.depth = 0)
           ORDER BY e.seq DESC LIMIT ${EVENTS}) e
         LEFT JOIN agency g ON g.id = e.agency_id
         WHERE m.may_open
         ORDER BY e.at DESC, e.dossier_id DESC, e.seq DESC LIMIT ${EVENTS}) x) AS events`

type Json<T> = Omit<T, 'at' | 'dueAt' | 'holder'> & { [key: string]: unknown }
type Row = {
  members: (Json<FamilyMember> & { dueAt: string | null; holder: JsonHolder })[]
  events: JsonEvent[] | null
}
type JsonHolder = { agency: string; role: Role | null; since: string } | null
type JsonEvent = Omit<FamilyEvent, 'at'> & { at: string }

/** The whole matter a dossier belongs to, for an officer who may see that dossier; null, without asking, when it stands alone. */
export async function readFamily(ctx: Ctx, dossier: Dossier): Promise<Family | null> {
  const { links } = dossier
  if (dossier.parentId === null && dossier.children.length === 0) {
    return links.length > 0 ? { members: [], events: [], links } : null
  }
  const [row] = await run<Row>(ctx.db, FAMILY, [dossier.id, ...sightValues(sightOf(ctx.actor)), told])
  const members = (row?.members ?? []).map(({ dueAt, holder, ...member }) => ({
    ...member,
    dueAt: dueAt === null ? null : new Date(dueAt),
    holder: holder && { ...holder, since: new Date(holder.since) },
  })) as FamilyMember[]
  return { members, events: (row?.events ?? []).map(event => ({ ...event, at: new Date(event.at) })), links }
}
