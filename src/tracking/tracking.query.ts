import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { draftNumber, type FeeLine, type Judgement, type Result, type State } from '#src/dossiers/dossier.ts'
import type { DeliveryChoice } from '#src/dossiers/intake.ts'
import { actorRef, type Citizen, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import { hiddenEvents, type TrackedFacts, type VisibleEvent } from './tracking.ts'

/** What is needed to tell a dossier to the citizen it belongs to: see trackingOf. */
export type Tracked = { facts: TrackedFacts; calendar: WorkingCalendar; deskCalendar: WorkingCalendar }

type Row = {
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
  events: [type: VisibleEvent, at: number, more: unknown][]
}

const hidden = hiddenEvents.map(type => `'${type}'`).join(', ')

/**
 * The dossier, its visible history and the note that it was looked at, in one round trip. $2 proves the right to see it,
 * $3 now, $4 who looks, $5 how. A view is not worth waiting for the disk: it may be lost with the last moments before
 * a crash, never a part of the dossier.
 */
const TRACK = (found: string) => `
WITH d AS (
  SELECT * FROM dossier WHERE ${found}
), viewed AS (
  INSERT INTO dossier_view (dossier_id, at, actor, via)
  SELECT id, $3::timestamptz, $4::text, $5::text FROM d WHERE set_config('synchronous_commit', 'off', true) = 'off'
)
SELECT d.code, d.state, d.procedure_version_id, d.received_at, d.due_at, d.original_due_at, d.due_provisional,
       d.due_gaps, d.paused_at, d.judgement, d.calendar_id, c.version AS calendar_version,
       CASE d.holder_agency_id WHEN k.id THEN k.name WHEN r.id THEN r.name END AS held_by, k.name AS competent,
       r.name AS agency, r.address AS agency_address, r.phone, r.calendar_id AS desk_calendar_id,
       rc.version AS desk_calendar_version, p.name AS point, p.address AS point_address, p.kind AS point_kind,
       d.detail -> 'supplements' -> -1 AS supplement, d.detail -> 'result' AS result,
       d.detail ->> 'endReason' AS end_reason, d.detail #>> '{deliveryChoice,method}' AS delivery,
       CASE d.finance WHEN 'due' THEN d.detail -> 'fees' END AS fees,
       (SELECT json_agg(json_build_array(e.type, (extract(epoch FROM e.at) * 1000)::bigint,
                 CASE WHEN e.type IN ('extended', 'financial-obligation-notified') THEN e.payload END) ORDER BY e.seq)
        FROM dossier_event e WHERE e.dossier_id = d.id AND e.type NOT IN (${hidden})) AS events
FROM d
JOIN calendar c ON c.id = d.calendar_id
JOIN agency k ON k.id = d.competent_agency_id
JOIN agency r ON r.id = d.receiving_agency_id
JOIN calendar rc ON rc.id = r.calendar_id
LEFT JOIN service_point p ON p.id = d.service_point_id`

/** Digests are compared, so that the time taken tells nothing about how much of a guessed secret was right. */
export const TRACK_BY_SECRET = TRACK(
  `code = $1 AND sha256(convert_to(tracking_secret, 'UTF8')) = sha256(convert_to($2, 'UTF8'))`,
)
const TRACK_OWN = TRACK('code = $1 AND applicant_id_number = $2')
const TRACK_OWN_UNCODED = TRACK(`id = $1::bigint AND code IS NULL AND applicant_id_number = $2 AND state <> 'draft'`)

/** By code and secret from the slip, as people type them. Undefined for a wrong code and a wrong secret alike; only a right one is logged. */
export async function findTracked(
  ctx: Ctx,
  { code, secret }: { code: string; secret: string },
): Promise<Tracked | undefined> {
  const values = [dossierCodeFrom(code), secretFrom(secret), ctx.clock.now(), actorRef(ctx.actor), 'track']
  return toTracked(ctx, await run<Row>(ctx.db, TRACK_BY_SECRET, values))
}

/** The signed-in citizen's own dossier by code or `D12`; undefined when it is not theirs. */
export async function findOwnDossier(ctx: Ctx, citizen: Citizen, ref: string): Promise<Tracked | undefined> {
  const uncoded = draftNumber(ref)
  const values = [uncoded ?? ref, citizen.idNumber, ctx.clock.now(), actorRef(citizen), 'own']
  return toTracked(ctx, await run<Row>(ctx.db, uncoded ? TRACK_OWN_UNCODED : TRACK_OWN, values))
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

async function toTracked(ctx: Ctx, [row]: Row[]): Promise<Tracked | undefined> {
  if (!row) return undefined
  // Both are kept by the process, so this asks the database only the first time.
  const procedure = await getProcedureVersion(ctx, row.procedure_version_id)
  const calendar = await getCalendar(ctx, row.calendar_id, row.calendar_version)
  const deskCalendar = await getCalendar(ctx, row.desk_calendar_id, row.desk_calendar_version)
  const { code, name, content } = procedure
  const papers = new Map(content.components.map(paper => [paper.code, paper.name]))
  return { facts: { ...factsOf(row), procedure: { code, name }, papers }, calendar, deskCalendar }
}

function factsOf(row: Row): Omit<TrackedFacts, 'procedure' | 'papers'> {
  const { result } = row
  return {
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
    competent: row.competent,
    desk: {
      agency: row.agency,
      point: row.point,
      address: row.point_address ?? row.agency_address,
      phone: row.phone,
      isPostOffice: row.point_kind === 'post-office',
    },
    supplement: row.supplement,
    result: result && { ...result, signedAt: result.signedAt === null ? null : new Date(result.signedAt) },
    endReason: row.end_reason,
    delivery: row.delivery,
    fees: row.fees ?? [],
    events: (row.events ?? []).map(([type, at, more]) => ({ type, at: new Date(at), more })),
  }
}
