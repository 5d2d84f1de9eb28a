import type { Ctx } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import { type AgencyDirectory, agencyDirectory, type DirectoryEntry } from './agency-directory.ts'

const kept = new WeakMap<Db, { directory: AgencyDirectory; at: number }>()
const KEPT_MS = 60_000

/**
 * All agencies, as this process read them within the last minute: a few thousand at most, and they seldom change. Read anew when one
 * of the `ids` or `codes` asked for is not among them.
 */
export async function getAgencyDirectory(
  { db, clock }: Ctx,
  { ids, codes }: { ids: readonly number[]; codes: readonly string[] },
): Promise<AgencyDirectory> {
  const now = clock.now().getTime()
  const known = kept.get(db)
  const isKnown = (directory: AgencyDirectory) =>
    ids.every(id => directory.codeOf(id)) && codes.every(code => directory.idOf(code, '0000-01-01') !== undefined)
  if (known && Math.abs(now - known.at) < KEPT_MS && isKnown(known.directory)) return known.directory
  const rows = await run<DirectoryEntry>(
    db,
    `SELECT id, code, valid_to AS "validTo", successor_id AS "successorId" FROM agency LIMIT 20000`,
    [],
  )
  const directory = agencyDirectory(rows)
  if (!db.isTransaction) kept.set(db, { directory, at: now })
  return directory
}
