import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** What an officer is told, about a dossier or something else. `key`: the same thing is told once. */
export type Told = {
  accountId: number
  kind: string
  dossierId?: number
  key: string
  params?: Record<string, unknown>
}

/**
 * `$1 now, $2 actor, $3 …` what is told, last who did it. Work that is given to somebody absent is told to who stands in for them where the
 * dossier is, too; `absent`: for whom.
 */
const TELL = `
WITH told AS (
  SELECT n.account_id, n.kind, n.dossier_id, n.key, n.params
  FROM unnest($3::int[], $4::text[], $5::bigint[], $6::text[], $7::jsonb[]) AS n (account_id, kind, dossier_id, key, params)
), standing_in AS (
  SELECT s.delegate_id, t.kind, t.dossier_id, t.key, t.params || jsonb_build_object('absent', a.name)
  FROM told t JOIN dossier d ON d.id = t.dossier_id JOIN account a ON a.id = t.account_id
  JOIN delegation s ON s.account_id = t.account_id AND s.revoked_at IS NULL AND s.valid_from <= $1 AND s.valid_to > $1
    AND ((s.agency_id = d.holder_agency_id AND s.role = d.holder_role)
      OR d.asked @> ARRAY[s.agency_id || ':' || s.role || ':' || s.account_id])
  WHERE t.kind LIKE 'work-%' AND s.delegate_id IS DISTINCT FROM $8::int
)
INSERT INTO officer_notice (account_id, at, kind, dossier_id, actor, key, params)
SELECT n.account_id, $1, n.kind, n.dossier_id, $2, n.key, n.params FROM (SELECT * FROM told UNION ALL SELECT * FROM standing_in) n
ON CONFLICT (account_id, key) DO NOTHING`

/** Tells officers, in the transaction of what they are told about; nobody is told what they did themselves. */
export async function tellOfficers(ctx: Ctx, told: readonly Told[]): Promise<void> {
  const self = ctx.actor.kind === 'officer' ? ctx.actor.accountId : null
  const others = told.filter(one => one.accountId !== self)
  if (others.length === 0) return
  await run(ctx.db, TELL, [
    ctx.clock.now(),
    actorRef(ctx.actor),
    others.map(one => one.accountId),
    others.map(one => one.kind),
    others.map(one => one.dossierId ?? null),
    others.map(one => one.key),
    others.map(one => JSON.stringify(one.params ?? {})),
    self,
  ])
}
