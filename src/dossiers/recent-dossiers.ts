import type { Ctx } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'
import type { FormSet, LawPolicy } from '#src/procedures/law.ts'
import type { Dossier } from './dossier.ts'

/** A dossier and the rules it stands under. */
export type Standing = { dossier: Dossier; policy: LawPolicy; formSet: FormSet; calendarVersion: number }

/**
 * Dossiers as this process wrote them last: steps often follow one another (appraised and sent for approval, signed and brought to the
 * desk). What is decided by one of these is written only if version and calendar are still the same; all else is read anew.
 */
const recent = new WeakMap<Db, Map<string, Standing>>()
const RECENT = 1_000

/** Undefined within a transaction, too: there nothing is written for certain yet. */
export function recallDossier({ db }: Ctx, ref: string): Standing | undefined {
  return db.isTransaction ? undefined : recent.get(db)?.get(ref)
}

export function rememberDossier({ db }: Ctx, ref: string, standing: Standing): void {
  if (db.isTransaction) return
  const known = recent.get(db) ?? new Map<string, Standing>()
  recent.set(db, known)
  if (known.size >= RECENT) known.clear()
  known.set(ref, standing)
}

export function forgetDossier({ db }: Ctx, ref: string): void {
  recent.get(db)?.delete(ref)
}
