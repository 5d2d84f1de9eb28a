import { z } from '@hono/zod-openapi'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { listIndexSets } from './indicator-set.query.ts'
import { IndexDefinition, type IndexKey } from './indicator-set.ts'
import { insertVersion } from './indices.store.ts'

/** `from`: the first local day of the new version, after today; periods that end before it keep theirs. */
export const ChangeIndexSet = z.strictObject({
  definition: named(IndexDefinition, 'nội dung bộ chỉ số', 'the definition'),
  ground: named(line(500), 'căn cứ', 'the ground'),
  from: named(z.iso.date(), 'ngày áp dụng', 'the day it applies from'),
})
export type ChangeIndexSet = z.infer<typeof ChangeIndexSet>

/** A change further ahead is a slip of the keyboard, and would stand in the way of every earlier one. */
const DAYS_AHEAD = 366

/**
 * The next version of an index set, by the procedure-control officer: the one in force ends the day before and stays as it was. The same
 * change again does nothing. Throws `forbidden`, and the `index-set-…` refusals.
 */
export async function changeIndexSet(ctx: Ctx, key: IndexKey, input: ChangeIndexSet): Promise<void> {
  if (ctx.actor.kind !== 'officer' || ctx.actor.role !== 'control') throw new Refusal('forbidden', 'role-not-allowed')
  const today = localDate(ctx.clock.now())
  if (input.from <= today) throw new Refusal('invalid', 'index-set-past', { field: 'from' })
  if (input.from > addDays(today, DAYS_AHEAD)) throw new Refusal('invalid', 'index-set-far', { field: 'from' })
  return transact(ctx, async inner => {
    const last = (await listIndexSets(inner, key)).at(-1)
    if (!last) throw new Refusal('not-found', 'index-set-unknown')
    if (last.validFrom === input.from && last.ground === input.ground && sameAs(last.definition, input.definition))
      return
    if (last.validFrom >= input.from) throw new Refusal('conflict', 'index-set-later', { field: 'from' })
    const { definition, ground, from } = input
    const version = last.version + 1
    try {
      await insertVersion(inner.db, { key, version, name: last.name, definition, ground, from })
    } catch (error) {
      // Somebody else was quicker.
      if (brokeConstraint(error, 'index_set_in_force') || brokeConstraint(error, 'index_set_pkey')) {
        throw new Refusal('conflict', 'index-set-later', { field: 'from' })
      }
      throw error
    }
    await audit(inner, { action: 'change-index-set', subject: `index-set:${key}`, detail: { version, ground, from } })
  })
}

/** Both have gone through the schema, which keeps the order of keys. */
const sameAs = (one: IndexDefinition, other: IndexDefinition) =>
  JSON.stringify(IndexDefinition.parse(one)) === JSON.stringify(IndexDefinition.parse(other))
