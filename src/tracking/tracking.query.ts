import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { draftNumber, type FeeLine, type Judgement, type Result, type State } from '#src/dossiers/dossier.ts'
import type { DeliveryChoice } from '#src/dossiers/intake.ts'
import { actorRef, type Citizen, type Ctx, type Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import { hiddenEvents, type TrackedFacts, type VisibleEvent } from './tracking.ts'

/** What is needed to tell a dossier to the citizen it belongs to: see trackingOf. */
export type Tracked = { facts: TrackedFacts; calendar: WorkingCalendar; deskCalendar: WorkingCalendar }

type Row = {
  id: number
  code: string | null
  state: State
  procedure_version_id: number
  received_at: Date | null
  due_at: Date | null
  original_due_at: Date | null
  due_provisional: boolean
  due_gaps: number[]
  paused_at: Date | null
  judgement: Judgement | null
  held_by: string | null
  held_since: string | null
  step: string | null
  asked: Json<TrackedFacts['asked'][number]>[] | null
  competent: string
  agency: string
  agency_address: string | null
  phone: string | null
  point: string | null
  point_address: string | null
  point_kind: string | null
  calendar_id: number
  calendar_version: number
  desk_calendar_id: number
  desk_calendar_version: number
  supplement: TrackedFacts['supplement']
  result: (Omit<Result, 'signedAt'> & { signedAt: string | null }) | null
  end_reason: string | null
  delivery: DeliveryChoice['method']
  fees: FeeLine[] | null
  events: [type: VisibleEvent, at: number, more: unknown, agency: string | null][] | null
}
type Json<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }

const hidden = hiddenEvents.map(type => `'${type}'`).join(', ')

/** Events whose payload the words need, and those that name the agency they happened at. */
const detailed = [
  'extended',
  'financial-obligation-notified',
  'step-completed',
  'opinion-missing',
  'child-opened',
  'child-ended',
]
  .map(type => `'${type}'`)
  .join(', ')
const placed = ['assigned', 'step-completed', 'opinion-given'].map(type => `'${type}'`).join(', ')

/**
 * For a WITH: `root`, the dossier handed in, whichever of its family was asked for, and the note that it was looked at. $2 proves the
 * right to see it, $3 now, $4 who looks, $5 how. A view is not worth waiting for the disk: it may be lost with the last moments before
 * a crash, never a part of the dossier.
 */
export const viewedRoot = (found: string) => `asked_for AS (
  SELECT id, parent_id FROM dossier WHERE ${found}
), root AS (
  SELECT d.* FROM asked_for f LEFT JOIN dossier p ON p.id = f.parent_id
  JOIN dossier d ON d.id = coalesce(p.parent_id, f.parent_id, f.id)
), viewed AS (
  INSERT INTO dossier_view (dossier_id, at, actor, via)
  SELECT id, $3::timestamptz, $4::text, $5::text FROM root WHERE set_config('synchronous_commit', 'off', true) = 'off'
)`

/**
 * The dossier and those opened for it at other agencies, each with its visible history, and the note that it was looked at, in one
 * round trip; the one handed in comes first.
 */
const TRACK = (found: string) => `
WITH ${viewedRoot(found)}, child AS (
  SELECT c.* FROM root JOIN dossier c ON c.parent_id = root.id
), d AS (
  SELECT * FROM root UNION ALL SELECT * FROM child
  UNION ALL SELECT c.* FROM child JOIN dossier c ON c.parent_id = child.id
)
SELECT d.id, d.code, d.state, d.procedure_version_id, d.received_at, d.due_at, d.original_due_at, d.due_provisional,
       d.due_gaps, d.paused_at, d.judgement, d.calendar_id, c.version AS calendar_version,
       h.name AS held_by, CASE WHEN h.id IS NOT NULL THEN d.detail -> 'holdings' -> -1 ->> 'from' END AS held_since,
       d.detail #>> '{step,name}' AS step, k.name AS competent,
       CASE WHEN d.detail #>> '{step,kind}' = 'consult' THEN
         (SELECT json_agg(json_build_object('agency', g.name, 'since', o ->> 'askedAt', 'until', o ->> 'dueAt',
                                            'answeredAt', o ->> 'answeredAt') ORDER BY n)
          FROM jsonb_array_elements(d.detail -> 'opinions') WITH ORDINALITY AS x (o, n)
          JOIN agency g ON g.id = (o ->> 'agencyId')::int
          WHERE o ->> 'step' = d.step_key AND o ->> 'closedAt' IS NULL) END AS asked,
       r.name AS agency, r.address AS agency_address, r.phone, r.calendar_id AS desk_calendar_id,
       rc.version AS desk_calendar_version, p.name AS point, p.address AS point_address, p.kind AS point_kind,
       d.detail -> 'supplements' -> -1 AS supplement, d.detail -> 'result' AS result,
       d.detail ->> 'endReason' AS end_reason, d.detail #>> '{deliveryChoice,method}' AS delivery,
       CASE d.finance WHEN 'due' THEN d.detail -> 'fees' END AS fees,
       (SELECT json_agg(json_build_array(e.type, (extract(epoch FROM e.at) * 1000)::bigint,
                 CASE WHEN e.type IN (${detailed}) THEN e.payload END,
                 CASE WHEN e.type IN (${placed}) THEN (SELECT g.name FROM agency g WHERE g.id = e.agency_id) END) ORDER BY e.seq)
        FROM dossier_event e WHERE e.dossier_id = d.id AND e.type NOT IN (${hidden})) AS events
FROM d
JOIN calendar c ON c.id = d.calendar_id
JOIN agency k ON k.id = d.competent_agency_id
JOIN agency r ON r.id = d.receiving_agency_id
JOIN calendar rc ON rc.id = r.calendar_id
LEFT JOIN agency h ON h.id = d.holder_agency_id
LEFT JOIN service_point p ON p.id = d.service_point_id
ORDER BY d.id`

/** Digests are compared, so that the time taken tells nothing about how much of a guessed secret was right. */
const BY_SECRET = `code = $1 AND sha256(convert_to(tracking_secret, 'UTF8')) = sha256(convert_to($2, 'UTF8'))`
const OWN = 'code = $1 AND applicant_id_number = $2'
const OWN_UNCODED = `id = $1::bigint AND code IS NULL AND applicant_id_number = $2 AND state <> 'draft'`
const SUPPORTED = 'code = $1 AND support_point_id IN (SELECT s.id FROM service_point s WHERE s.agency_id = $2::int)'
export const TRACK_BY_SECRET = TRACK(BY_SECRET)

/** How somebody comes to a dossier: what finds it in `dossier` for those who may see it, and the values from $1 to $5. */
export type Way = { found: string; values: unknown[] }

/** By code and secret from the slip, as people type them. */
export function bySecret(ctx: Ctx, { code, secret }: { code: string; secret: string }): Way {
  const values = [dossierCodeFrom(code), secretFrom(secret), ctx.clock.now(), actorRef(ctx.actor), 'track']
  return { found: BY_SECRET, values }
}

/** The signed-in citizen's own, by code or `D12`. */
export function asOwn(ctx: Ctx, citizen: Citizen, ref: string): Way {
  const uncoded = draftNumber(ref)
  const values = [uncoded ?? ref, citizen.idNumber, ctx.clock.now(), actorRef(citizen), 'own']
  return { found: uncoded ? OWN_UNCODED : OWN, values }
}

/** By code and secret. Undefined for a wrong code and a wrong secret alike; only a right one is logged. */
export async function findTracked(ctx: Ctx, slip: { code: string; secret: string }): Promise<Tracked | undefined> {
  return readTracked(ctx, bySecret(ctx, slip))
}

/** The signed-in citizen's own dossier by code or `D12`; undefined when it is not theirs. */
export async function findOwnDossier(ctx: Ctx, citizen: Citizen, ref: string): Promise<Tracked | undefined> {
  return readTracked(ctx, asOwn(ctx, citizen, ref))
}

/** A dossier whose applicant was helped at this officer's agency, by code: what is told to its citizen. Undefined when it is not one. */
export async function findSupported(ctx: Ctx, officer: Officer, code: string): Promise<Tracked | undefined> {
  const values = [code, officer.agencyId, ctx.clock.now(), actorRef(officer), 'support']
  return readTracked(ctx, { found: SUPPORTED, values })
}

/** `h20.12 – 261119 – 0042` → `H20.12-261119-0042`: the parts may be set apart by any dash or by spaces. */
export function dossierCodeFrom(typed: string): string {
  const text = typed
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/\s*\p{Pd}\s*/gu, '-')
  return (text.match(/-/gu)?.length ?? 0) >= 2 ? text.replace(/\s+/gu, '') : text.replace(/\s+/gu, '-')
}

/** Spaces, dots and dashes inside a secret only help the eye. */
export function secretFrom(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\p{Pd}]+/gu, '')
}

async function readTracked(ctx: Ctx, { found, values }: Way): Promise<Tracked | undefined> {
  const [root, ...others] = await run<Row>(ctx.db, TRACK(found), values)
  if (!root) return undefined
  // Procedures and calendars are kept by the process, so this asks the database only the first time.
  const calendar = await getCalendar(ctx, root.calendar_id, root.calendar_version)
  const deskCalendar = await getCalendar(ctx, root.desk_calendar_id, root.desk_calendar_version)
  const desk = deskOf(root)
  const children = []
  for (const row of others) children.push({ ...(await factsOf(ctx, row)), desk, children: [] })
  return { facts: { ...(await factsOf(ctx, root)), desk, children }, calendar, deskCalendar }
}

/** Where papers are brought and results collected: for all of them the door where the first was handed in. */
function deskOf(row: Row): TrackedFacts['desk'] {
  return {
    agency: row.agency,
    point: row.point,
    address: row.point_address ?? row.agency_address,
    phone: row.phone,
    isPostOffice: row.point_kind === 'post-office',
  }
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))

async function factsOf(ctx: Ctx, row: Row): Promise<Omit<TrackedFacts, 'desk' | 'children'>> {
  const { result } = row
  const { code, name, content } = await getProcedureVersion(ctx, row.procedure_version_id)
  return {
    id: row.id,
    procedure: { code, name },
    papers: new Map(content.components.map(paper => [paper.code, paper.name])),
    code: row.code,
    state: row.state,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    originalDueAt: row.original_due_at,
    provisional: row.due_provisional,
    gaps: row.due_gaps,
    pausedAt: row.paused_at,
    judgement: row.judgement,
    where: row.held_by,
    since: instant(row.held_since),
    step: row.step,
    asked: (row.asked ?? []).map(({ agency, since, until, answeredAt }) => {
      return { agency, since: new Date(since), until: instant(until), answeredAt: instant(answeredAt) }
    }),
    competent: row.competent,
    supplement: row.supplement,
    result: result && { ...result, signedAt: instant(result.signedAt) },
    endReason: row.end_reason,
    delivery: row.delivery,
    fees: row.fees ?? [],
    events: (row.events ?? []).map(([type, at, more, agency]) => ({ type, at: new Date(at), more, agency })),
  }
}
