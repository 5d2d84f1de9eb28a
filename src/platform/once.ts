import { createHash } from 'node:crypto'
import { actorRef, type Ctx } from './ctx.ts'
import { run, transact } from './db.ts'
import { Refusal } from './refusal.ts'

/** `id`: see commandIdOf; `asked`: the whole request, which tells a repeat from another request under the same id. */
export type OnceKey = { id: string; asked: unknown }

/** Whoever sends the same at the same time waits here for the first, and then finds what it answered. */
const BEGIN = `
INSERT INTO command_done (actor, id, digest, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id`

/**
 * Does a write outside the ledger once per actor and id, in one transaction: the same again changes nothing and answers the same. What was
 * refused or failed may be tried again. `Answer` is kept as JSON. Throws Refusal `command-id-reused`.
 */
export async function doOnce<Answer>(
  ctx: Ctx,
  { id, asked }: OnceKey,
  work: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  const actor = actorRef(ctx.actor)
  const digest = createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 22)
  return transact(ctx, async inner => {
    const [begun] = await run(inner.db, BEGIN, [actor, id, digest, ctx.clock.now()])
    if (!begun) return answeredBefore<Answer>(inner, { actor, id, digest })
    const answer = await work(inner)
    const done = 'UPDATE command_done SET answer = $3::jsonb WHERE actor = $1 AND id = $2'
    await run(inner.db, done, [actor, id, JSON.stringify(answer)])
    return answer
  })
}

async function answeredBefore<Answer>(ctx: Ctx, key: { actor: string; id: string; digest: string }): Promise<Answer> {
  const [before] = await run<{ digest: string; answer: Answer }>(
    ctx.db,
    'SELECT digest, answer FROM command_done WHERE actor = $1 AND id = $2',
    [key.actor, key.id],
  )
  if (before?.digest !== key.digest) {
    throw new Refusal('conflict', 'command-id-reused', { field: 'Idempotency-Key' })
  }
  return before.answer
}
