import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import { factRules, factsOf } from '#src/dossiers/fact.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'
import { dropSumsAfter, lockBacklog, lockSums, replaceFacts, saveBacklog, wholeBacklog } from './fact.store.ts'
import { foldFacts } from './fold-facts.ts'

const BATCH = 500
const NEVER = '0001-01-01'

/**
 * Counts all dossiers anew from what they are; until that is done reports are refused with `facts-building`. May be interrupted, and goes on
 * where it was with the next `countBacklog`. `progress` is told the number of the dossier reached, and of the last.
 */
export async function rebuildFacts(
  ctx: Ctx,
  progress: (after: number, last: number) => void = () => {},
): Promise<void> {
  await transact(ctx, async ({ db }) => {
    await lockBacklog(db)
    await saveBacklog(db, await wholeBacklog(db, factRules))
  })
  await countBacklog(ctx, progress)
}

/**
 * Counts the dossiers that have not been counted yet, in the order of their numbers: all of them when an earlier release counted by other rules.
 * Returns how many; 0 when all were.
 */
export async function countBacklog(
  ctx: Ctx,
  progress: (after: number, last: number) => void = () => {},
): Promise<number> {
  for (let counted = 0; ; ) {
    const { after, last, more } = await transact(ctx, countSome)
    counted += more
    if (more) progress(after, last)
    if (after < last) continue
    if (counted) await foldFacts(ctx)
    return counted
  }
}

/** One batch: dossiers held against commands, so that none of their facts is counted twice or lost. */
async function countSome({ db }: Ctx): Promise<{ after: number; last: number; more: number }> {
  const found = await lockBacklog(db)
  const backlog = found.rules === factRules ? found : await wholeBacklog(db, factRules)
  if (backlog.after >= backlog.last && found.rules === factRules) return { ...backlog, more: 0 }
  await lockSums(db)
  const rows = await run<DossierRow>(
    db,
    `SELECT ${dossierColumns} FROM dossier d WHERE d.id > $1 AND d.id <= $2 ORDER BY d.id LIMIT ${BATCH} FOR UPDATE`,
    [backlog.after, backlog.last],
  )
  await replaceFacts(db, new Map(rows.map(row => [row.id, factsOf(fromRow(row))])))
  await dropSumsAfter(db, NEVER)
  const after = rows.length < BATCH ? backlog.last : (rows.at(-1)?.id ?? backlog.last)
  await saveBacklog(db, { ...backlog, after })
  return { after, last: backlog.last, more: rows.length }
}
