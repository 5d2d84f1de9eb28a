import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** What an officer is told about a dossier. `key`: the same thing is told once. */
export type Told = { accountId: number; kind: string; dossierId: number; key: string; params?: Record<string, unknown> }

/** Tells officers, in the transaction of what they are told about; nobody is told what they did themselves. */
export async function tellOfficers(ctx: Ctx, told: readonly Told[]): Promise<void> {
  const self = ctx.actor.kind === 'officer' ? ctx.actor.accountId : null
  const others = told.filter(one => one.accountId !== self)
  if (others.length === 0) return
  await run(
    ctx.db,
    `INSERT INTO officer_notice (account_id, at, kind, dossier_id, actor, key, params)
     SELECT n.account_id, $1, n.kind, n.dossier_id, $2, n.key, n.params
     FROM unnest($3::int[], $4::text[], $5::bigint[], $6::text[], $7::jsonb[]) AS n (account_id, kind, dossier_id, key, params)
     ON CONFLICT (account_id, key) DO NOTHING`,
    [
      ctx.clock.now(),
      actorRef(ctx.actor),
      others.map(one => one.accountId),
      others.map(one => one.kind),
      others.map(one => one.dossierId),
      others.map(one => one.key),
      others.map(one => JSON.stringify(one.params ?? {})),
    ],
  )
}
