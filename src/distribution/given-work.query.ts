import { localDate } from '#src/calendar/local-date.ts'
import { actorRef, type Ctx, type Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** A specialist of an agency. */
export type Specialist = { accountId: number; username: string; name: string }

/** Whom work may be given to by name. */
export async function findSpecialist(ctx: Ctx, agencyId: number, username: string): Promise<Specialist | undefined> {
  const [found] = await run<Specialist>(
    ctx.db,
    `SELECT a.id AS "accountId", a.username, a.name FROM account a JOIN assignment s ON s.account_id = a.id
     WHERE a.username = $1 AND a.active AND s.agency_id = $2 AND s.role = 'specialist'
       AND s.valid_from <= $3::date AND (s.valid_to > $3::date) IS NOT FALSE LIMIT 1`,
    [username, agencyId, localDate(ctx.clock.now())],
  )
  return found
}

/** Whom these commands of this leader gave work to, by the id of the command; those not carried out are left out. */
export async function findGiven(
  ctx: Ctx,
  leader: Officer,
  commandIds: readonly string[],
): Promise<Map<string, Specialist>> {
  const found = await run<Specialist & { id: string }>(
    ctx.db,
    `SELECT e.command_id AS id, a.id AS "accountId", a.username, a.name
     FROM dossier_event e JOIN account a ON a.id = (e.payload ->> 'specialistId')::int
     WHERE e.actor = $1 AND e.command_id = ANY ($2::text[]) AND e.type = 'assigned'`,
    [actorRef(leader), commandIds],
  )
  return new Map(found.map(({ id, ...to }) => [id, to]))
}

/** Of these dossiers, the opinion asked of an agency's specialists that nobody has yet; by reference. */
export async function findOpenOpinions(
  ctx: Ctx,
  agencyId: number,
  refs: readonly string[],
): Promise<Map<string, string>> {
  const found = await run<{ ref: string; opinion: string }>(
    ctx.db,
    `SELECT DISTINCT ON (d.id) d.code AS ref, o ->> 'key' AS opinion
     FROM dossier d, jsonb_array_elements(d.detail -> 'opinions') WITH ORDINALITY AS x (o, place)
     WHERE d.code = ANY ($1::text[]) AND (o ->> 'agencyId')::int = $2 AND o ->> 'role' = 'specialist'
       AND o ->> 'accountId' IS NULL AND o ->> 'answeredAt' IS NULL AND o ->> 'closedAt' IS NULL
     ORDER BY d.id, place`,
    [refs, agencyId],
  )
  return new Map(found.map(({ ref, opinion }) => [ref, opinion]))
}
