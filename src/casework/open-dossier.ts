import { randomInt } from 'node:crypto'
import { getCalendar } from '#src/calendar/calendar.query.ts'
import { localDate } from '#src/calendar/local-date.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { RepeatedCommand, StaleDossier } from '#src/dossiers/append-events.ts'
import type { NewEvent, Opening } from '#src/dossiers/dossier-event.ts'
import type { Intake } from '#src/dossiers/intake.ts'
import { forgetLanding, getLanding } from '#src/dossiers/landing.query.ts'
import { openingFrom } from '#src/dossiers/opening.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import { type Answer, answerOf, asAnswered, beforeReception, digestOf, type Promised, promisedThen } from './answer.ts'
import { recordEvents } from './record-events.ts'

/** What decides the first event, besides the intake itself. */
export type OpeningFacts = { at: Date; calendar: WorkingCalendar; policy: LawPolicy; procedure: Procedure }
type Decide = (opening: Opening, facts: OpeningFacts) => NewEvent[]
type Asked = { kind: string; intake: Intake; commandId: string }

/**
 * Writes the first event of a dossier: received at a counter, submitted online, saved as a draft, or refused on the spot.
 * `kind` tells these apart in the command's digest. A refused or failed one uses up no number. The same command again answers as
 * it did the first time: the ledger's unique index finds it, so the first time pays nothing for the question.
 */
export async function openDossier(ctx: Ctx, { kind, intake, commandId }: Asked, decide: Decide): Promise<Answer> {
  const key = { id: commandId, digest: digestOf(kind, intake) }
  // In a caller's transaction the index must not be broken: that would end the transaction.
  const known = ctx.db.isTransaction ? await findRepeat(ctx, key) : undefined
  if (known) return known
  for (let attempt = 1; ; attempt += 1) {
    const at = ctx.clock.now()
    try {
      return await write(ctx, { intake, key, at }, decide)
    } catch (error) {
      // What is refused today may have been accepted the first time.
      const before =
        error instanceof Refusal || error instanceof RepeatedCommand ? await findRepeat(ctx, key) : undefined
      if (before) return before
      if (!(error instanceof StaleDossier) || attempt >= 3) throw error
      forgetLanding(ctx, intake, localDate(at))
    }
  }
}

type Writing = { intake: Intake; key: { id: string; digest: string }; at: Date }

async function write(ctx: Ctx, { intake, key, at }: Writing, decide: Decide): Promise<Answer> {
  const day = localDate(at)
  const { versionId, policy, ...where } = await getLanding(ctx, intake, day)
  const procedure = await getProcedureVersion(ctx, versionId)
  const calendar = await getCalendar(ctx, where.calendarId, where.calendarVersion)
  const opening = openingFrom(intake, { ...where, procedure, secret: trackingSecret() })
  const events = decide(opening, { at, calendar, policy, procedure })
  const { calendarId, calendarVersion } = where
  const decided = { before: null, events, plan: null, at, key, papers: intake.papers, calendarId, calendarVersion }
  return answerOf(await recordEvents(ctx, decided))
}

type Repeat = Pick<Answer, 'id' | 'code' | 'version' | 'state' | 'trackingSecret' | 'receivedAt' | 'dueAt'> & {
  promise: Promised
  digest: string
}

const REPEAT = `
SELECT d.id, e.seq AS version, e.state, ${asAnswered.code} AS code,
       CASE WHEN d.received_at <= e.at THEN d.received_at END AS "receivedAt", e.due_at AS "dueAt",
       ${asAnswered.promise} AS promise, d.tracking_secret AS "trackingSecret", e.command_digest AS digest
FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id
WHERE e.actor = $1 AND e.command_id = $2 ORDER BY e.command_part DESC LIMIT 1`

/** What this actor's command of that id answered the first time; undefined when it is new. Refuses another request under the same id. */
async function findRepeat(ctx: Ctx, { id, digest }: { id: string; digest: string }): Promise<Answer | undefined> {
  const [row] = await run<Repeat>(ctx.db, REPEAT, [actorRef(ctx.actor), id])
  if (!row) return undefined
  const { digest: recorded, promise, ...answer } = row
  if (recorded !== digest) throw new Refusal('conflict', 'command-id-reused', { field: 'Idempotency-Key' })
  const receivedAt = beforeReception.includes(answer.state) ? null : answer.receivedAt
  return { ...answer, receivedAt, ...promisedThen(promise) }
}

/** Letters and digits that cannot be mistaken for one another on paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Eight characters, about 40 bits: printed on the slip, typed in by hand. */
export function trackingSecret(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
