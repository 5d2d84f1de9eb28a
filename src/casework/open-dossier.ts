import { randomInt } from 'node:crypto'
import { getCalendar } from '#src/calendar/calendar.query.ts'
import { localDate } from '#src/calendar/local-date.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { appendEvents, RepeatedCommand } from '#src/dossiers/append-events.ts'
import type { NewEvent, Opening } from '#src/dossiers/dossier-event.ts'
import type { Intake } from '#src/dossiers/intake.ts'
import { openingFrom } from '#src/dossiers/opening.ts'
import { attachPapers } from '#src/papers/attach-papers.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import { type Answer, answerOf, asAnswered, beforeReception, digestOf, type Promised, promisedThen } from './answer.ts'

/** What decides the first event, besides the intake itself. */
export type OpeningFacts = { at: Date; calendar: WorkingCalendar; policy: LawPolicy; procedure: Procedure }

type Landed = {
  versionId: number | null
  lawPack: string | null
  policy: LawPolicy
  servicePointId: number | null
  receivingAgencyId: number | null
  competentAgencyId: number | null
  asksAnother: boolean
  calendarId: number
  calendarVersion: number
  repeat: Repeat | null
}

type Repeat = Pick<Answer, 'id' | 'code' | 'version' | 'state' | 'trackingSecret'> & {
  receivedAt: string | null
  dueAt: string | null
  promise: Promised
  digest: string
}

/**
 * One round trip for everything an intake depends on. $1 actor, $2 command id, $3 procedure, $4 local day, $5 receiving point,
 * $6 agency whose own desk receives, $7 agency asked to resolve it.
 * The agency of a procedure is fixed, or chosen among the communes, or the commune that receives it.
 */
const LAND = `
SELECT v.id AS "versionId", lp.code AS "lawPack", lp.policy,
       sp.id AS "servicePointId", ra.id AS "receivingAgencyId",
       ca.id AS "competentAgencyId", ($7::text IS NOT NULL AND p.resolver_id IS NOT NULL AND ca.code <> $7::text) AS "asksAnother",
       c.id AS "calendarId", c.version AS "calendarVersion",
       (SELECT jsonb_build_object('id', d.id, 'version', e.seq, 'state', e.state,
               'code', ${asAnswered.code},
               'receivedAt', CASE WHEN d.received_at <= e.at THEN d.received_at END,
               'dueAt', e.due_at, 'promise', ${asAnswered.promise}, 'trackingSecret', d.tracking_secret,
               'digest', e.command_digest)
        FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id
        WHERE e.actor = $1 AND e.command_id = $2 ORDER BY e.command_part DESC LIMIT 1) AS repeat
FROM (SELECT 1) one
LEFT JOIN procedure p ON p.code = $3
LEFT JOIN procedure_version v ON v.procedure_code = p.code AND v.valid_from <= $4::date AND (v.valid_to > $4::date) IS NOT FALSE
LEFT JOIN law_pack lp ON lp.valid_from <= $4::date AND (lp.valid_to > $4::date) IS NOT FALSE
LEFT JOIN service_point sp ON sp.id = coalesce($5::int,
       (SELECT min(s.id) FROM service_point s JOIN agency a ON a.id = s.agency_id WHERE a.code = $6 AND s.kind = 'desk'))
LEFT JOIN agency ra ON ra.id = sp.agency_id
LEFT JOIN agency ca ON ca.id = coalesce(p.resolver_id,
       CASE WHEN $7::text IS NOT NULL THEN (SELECT a.id FROM agency a WHERE a.code = $7 AND a.kind = 'commune'
                                                 AND a.valid_from <= $4::date AND (a.valid_to > $4::date) IS NOT FALSE)
            WHEN ra.kind = 'commune' THEN ra.id END)
LEFT JOIN calendar c ON c.id = ca.calendar_id`

/**
 * Writes the first event of a dossier: received at a counter, submitted online, saved as a draft, or refused on the spot.
 * `kind` tells these apart in the command's digest. A refused or failed one uses up no number.
 */
export async function openDossier(
  ctx: Ctx,
  { kind, intake, commandId }: { kind: string; intake: Intake; commandId: string },
  decide: (opening: Opening, facts: OpeningFacts) => NewEvent[],
): Promise<Answer> {
  const at = ctx.clock.now()
  const day = localDate(at)
  const key = { id: commandId, digest: digestOf(kind, intake) }
  const landed = await land(ctx, intake, commandId, day)
  if (landed.repeat) return repeatedAnswer(landed.repeat, key.digest)
  const place = checkLanding(ctx, landed)
  const procedure = await getProcedureVersion(ctx, place.versionId)
  const calendar = await getCalendar(ctx, place.calendarId, place.calendarVersion)
  const { versionId: _, policy, ...where } = place
  const opening = openingFrom(intake, { ...where, procedure, secret: trackingSecret() })
  const events = decide(opening, { at, calendar, policy, procedure })
  const append = { before: null, events, key, at, day }
  try {
    if (intake.papers.length === 0) return answerOf(await appendEvents(ctx, append))
    return await transact(ctx, async tx => {
      const dossier = await appendEvents(tx, append)
      await attachPapers(tx, dossier.id, intake.papers)
      return answerOf(dossier)
    })
  } catch (error) {
    if (error instanceof RepeatedCommand) return openDossier(ctx, { kind, intake, commandId }, decide)
    throw error
  }
}

async function land(ctx: Ctx, intake: Intake, commandId: string, day: string): Promise<Landed> {
  const officer = ctx.actor.kind === 'officer' ? ctx.actor : null
  const point = typeof intake.receivingPoint === 'number' ? intake.receivingPoint : null
  const asked = typeof intake.receivingPoint === 'string' ? intake.receivingPoint : null
  const [row] = await run<Landed>(ctx.db, LAND, [
    actorRef(ctx.actor),
    commandId,
    intake.procedure,
    day,
    point ?? (asked === null ? (officer?.servicePointId ?? null) : null),
    asked ?? officer?.agencyCode ?? intake.competentAgency ?? null,
    intake.competentAgency ?? null,
  ])
  if (!row) throw new Error('the landing query always answers one row')
  return row
}

function checkLanding(ctx: Ctx, landed: Landed) {
  const { repeat: _, asksAnother, versionId, lawPack, receivingAgencyId, competentAgencyId, ...rest } = landed
  if (versionId === null) throw new Refusal('invalid', 'procedure-unknown', { field: 'procedure' })
  if (lawPack === null) throw new Error('no law pack is in force today')
  if (receivingAgencyId === null) throw new Refusal('invalid', 'receiving-point-unknown', { field: 'receivingPoint' })
  if (asksAnother) throw new Refusal('invalid', 'competent-agency-fixed', { field: 'competentAgency' })
  if (competentAgencyId === null) throw new Refusal('invalid', 'competent-agency-needed', { field: 'competentAgency' })
  if (ctx.actor.kind === 'officer' && ctx.actor.agencyId !== receivingAgencyId) {
    throw new Refusal('forbidden', 'receiving-point-not-yours', { field: 'receivingPoint' })
  }
  return { ...rest, versionId, lawPack, receivingAgencyId, competentAgencyId }
}

function repeatedAnswer(repeat: Repeat, digest: string): Answer {
  const { digest: recorded, promise, ...answer } = repeat
  if (recorded !== digest) throw new Refusal('conflict', 'command-id-reused', { field: 'Idempotency-Key' })
  const instant = (text: string | null) => (text ? new Date(text) : null)
  const receivedAt = beforeReception.includes(answer.state) ? null : instant(answer.receivedAt)
  return { ...answer, receivedAt, dueAt: instant(answer.dueAt), ...promisedThen(promise) }
}

/** Letters and digits that cannot be mistaken for one another on paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Eight characters, about 40 bits: printed on the slip, typed in by hand. */
function trackingSecret(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
