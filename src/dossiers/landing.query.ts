import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import { processInForce } from '#src/processes/process.query.ts'
import type { Intake } from './intake.ts'

/** Where an intake lands and which rules are in force there. */
export type Landing = {
  versionId: number
  lawPack: string
  policy: LawPolicy
  servicePointId: number | null
  receivingAgencyId: number
  competentAgencyId: number
  calendarId: number
  calendarVersion: number
  /** Where the applicant was helped; null when nowhere else than where it is received. */
  supportPointId: number | null
  /** Version of the internal process in force for it. */
  processId: number
}

/**
 * One round trip for everything an intake depends on. $1 procedure, $2 local day, $3 receiving point, $4 agency whose own desk
 * receives, $5 agency asked to resolve it, $6 case, $7 point or $8 agency where the applicant was helped. The agency of a procedure is fixed, or chosen among the communes, or the commune that receives it.
 */
const LAND = `
SELECT v.id AS "versionId", lp.code AS "lawPack", lp.policy,
       sp.id AS "servicePointId", ra.id AS "receivingAgencyId",
       ca.id AS "competentAgencyId", ($5::text IS NOT NULL AND p.resolver_id IS NOT NULL AND ca.code <> $5::text) AS "asksAnother",
       c.id AS "calendarId", c.version AS "calendarVersion", pv.id AS "processId",
       su.id AS "supportPointId", $7::int IS NOT NULL OR $8::text IS NOT NULL AS "asksSupport"
FROM (SELECT 1) one
LEFT JOIN procedure p ON p.code = $1
LEFT JOIN procedure_version v ON v.procedure_code = p.code AND v.valid_from <= $2::date AND (v.valid_to > $2::date) IS NOT FALSE
LEFT JOIN law_pack lp ON lp.valid_from <= $2::date AND (lp.valid_to > $2::date) IS NOT FALSE
LEFT JOIN service_point sp ON sp.id = coalesce($3::int,
       (SELECT min(s.id) FROM service_point s JOIN agency a ON a.id = s.agency_id WHERE a.code = $4 AND s.kind = 'desk'))
LEFT JOIN service_point su ON su.id = coalesce($7::int,
       (SELECT min(s.id) FROM service_point s JOIN agency a ON a.id = s.agency_id WHERE a.code = $8 AND s.kind = 'desk'))
LEFT JOIN agency ra ON ra.id = sp.agency_id
LEFT JOIN agency ca ON ca.id = coalesce(p.resolver_id,
       CASE WHEN $5::text IS NOT NULL THEN (SELECT a.id FROM agency a WHERE a.code = $5 AND a.kind = 'commune'
                                                 AND a.valid_from <= $2::date AND (a.valid_to > $2::date) IS NOT FALSE)
            WHEN ra.kind = 'commune' THEN ra.id END)
LEFT JOIN calendar c ON c.id = ca.calendar_id
LEFT JOIN LATERAL (${processInForce('$1', '$6', '$2')}) pv ON true`

/** $1 procedure, $2 local day, $3 agency, $4 case. A procedure's own agency resolves it, whatever the process says. */
const LAND_CHILD = `
SELECT v.id AS "versionId", lp.code AS "lawPack", lp.policy, NULL::int AS "servicePointId",
       ca.id AS "receivingAgencyId", ca.id AS "competentAgencyId", false AS "asksAnother",
       c.id AS "calendarId", c.version AS "calendarVersion", pv.id AS "processId",
       NULL::int AS "supportPointId", false AS "asksSupport"
FROM (SELECT 1) one
LEFT JOIN procedure p ON p.code = $1
LEFT JOIN procedure_version v ON v.procedure_code = p.code AND v.valid_from <= $2::date AND (v.valid_to > $2::date) IS NOT FALSE
LEFT JOIN law_pack lp ON lp.valid_from <= $2::date AND (lp.valid_to > $2::date) IS NOT FALSE
LEFT JOIN agency ca ON ca.id = coalesce(p.resolver_id, $3::int)
LEFT JOIN calendar c ON c.id = ca.calendar_id
LEFT JOIN LATERAL (${processInForce('$1', '$4', '$2')}) pv ON true`

type Landed = { [K in keyof Landing]: Landing[K] | null } & { asksAnother: boolean; asksSupport: boolean }

/**
 * Landings of this process, by what was asked. A desk asks the same all day; whether a landing still holds is checked by the statement
 * that writes (append-events.ts), so an old one costs a second try and never a wrong dossier.
 */
const known = new Map<string, Landing>()
const KNOWN = 5_000

/** Throws Refusal for a procedure, receiving point or agency that is not there or not to be chosen. */
export async function getLanding(ctx: Ctx, intake: Intake, day: string): Promise<Landing> {
  const asked = questionOf(ctx, intake, day)
  const key = JSON.stringify(asked)
  const kept = known.get(key)
  if (kept) return mayReceiveAt(ctx, kept)
  const [row] = await run<Landed>(ctx.db, LAND, asked)
  if (!row) throw new Error('the landing query always answers one row')
  const landing = mayReceiveAt(ctx, complete(row))
  if (known.size >= KNOWN) known.clear()
  known.set(key, landing)
  return landing
}

/**
 * Where a dossier opened for another one lands: the agency that resolves it receives it, at no desk. Throws Refusal `procedure-unknown`
 * when none is in force that day.
 */
export async function getChildLanding(
  ctx: Ctx,
  {
    procedure,
    agencyId,
    case: caseCode,
    day,
  }: { procedure: string; agencyId: number; case: string | null; day: string },
): Promise<Landing> {
  const [row] = await run<Landed>(ctx.db, LAND_CHILD, [procedure, day, agencyId, caseCode])
  if (!row) throw new Error('the landing query always answers one row')
  return complete(row)
}

/** To be asked anew: something about it has changed. */
export function forgetLanding(ctx: Ctx, intake: Intake, day: string): void {
  known.delete(JSON.stringify(questionOf(ctx, intake, day)))
}

function questionOf(ctx: Ctx, intake: Intake, day: string): unknown[] {
  const officer = ctx.actor.kind === 'officer' ? ctx.actor : null
  const point = typeof intake.receivingPoint === 'number' ? intake.receivingPoint : null
  const desk = typeof intake.receivingPoint === 'string' ? intake.receivingPoint : null
  return [
    intake.procedure,
    day,
    point ?? (desk === null ? (officer?.servicePointId ?? null) : null),
    desk ?? officer?.agencyCode ?? intake.competentAgency ?? null,
    intake.competentAgency ?? null,
    intake.case ?? null,
    typeof intake.supportPoint === 'number' ? intake.supportPoint : null,
    typeof intake.supportPoint === 'string' ? intake.supportPoint : null,
  ]
}

function complete({
  asksAnother,
  asksSupport,
  versionId,
  lawPack,
  policy,
  receivingAgencyId,
  competentAgencyId,
  ...rest
}: Landed): Landing {
  if (versionId === null) throw new Refusal('invalid', 'procedure-unknown', { field: 'procedure' })
  if (lawPack === null || policy === null) throw new Error('no law pack is in force today')
  if (receivingAgencyId === null) throw new Refusal('invalid', 'receiving-point-unknown', { field: 'receivingPoint' })
  if (asksAnother) throw new Refusal('invalid', 'competent-agency-fixed', { field: 'competentAgency' })
  if (competentAgencyId === null) throw new Refusal('invalid', 'competent-agency-needed', { field: 'competentAgency' })
  const { servicePointId, supportPointId, calendarId, calendarVersion, processId } = rest
  if (asksSupport && supportPointId === null) {
    throw new Refusal('invalid', 'support-point-unknown', { field: 'supportPoint' })
  }
  if (calendarId === null || calendarVersion === null) throw new Error(`agency ${competentAgencyId} has no calendar`)
  if (processId === null) throw new Error('no internal process is in force today')
  const supported = supportPointId === servicePointId ? null : supportPointId
  const place = { servicePointId, receivingAgencyId, competentAgencyId, supportPointId: supported }
  return { versionId, lawPack, policy, ...place, calendarId, calendarVersion, processId }
}

function mayReceiveAt(ctx: Ctx, landing: Landing): Landing {
  if (ctx.actor.kind === 'officer' && ctx.actor.agencyId !== landing.receivingAgencyId) {
    throw new Refusal('forbidden', 'receiving-point-not-yours', { field: 'receivingPoint' })
  }
  return landing
}
