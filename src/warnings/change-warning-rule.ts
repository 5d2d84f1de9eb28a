import { z } from '@hono/zod-openapi'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { escalations, moments, subjects, units, type WarningRule } from './warning.ts'
import { listRules } from './warning-rule.query.ts'
import { replaceRule } from './warnings.store.ts'

/** `from`: the first local day of the new period, after today. `subject`: of a new rule; that of an old one stays. */
export const ChangeWarningRule = z.strictObject({
  subject: z.enum(subjects).optional(),
  moment: z.enum(moments),
  amount: named(z.number().min(0).max(1000), 'mức thời gian', 'the amount'),
  unit: z.enum(units),
  escalateTo: z.enum(escalations),
  enabled: z.boolean().default(true),
  ground: named(line(500), 'căn cứ', 'the ground'),
  from: named(z.iso.date(), 'ngày áp dụng', 'the day it applies from'),
})
export type ChangeWarningRule = z.infer<typeof ChangeWarningRule>

/** A change further ahead is a slip of the keyboard, and would stand in the way of every earlier one. */
const DAYS_AHEAD = 366

/**
 * A rule's next period, by the procedure-control officer: what is in force ends the day before. The same change again does nothing.
 * Throws the `warning-rule-…` refusals.
 */
export async function changeWarningRule(ctx: Ctx, key: string, asked: ChangeWarningRule): Promise<void> {
  refuseUnlessControl(ctx)
  // As it is kept: a hundredth of an hour or percent is the finest.
  const input = { ...asked, amount: Math.round(asked.amount * 100) / 100 }
  refuseDay(ctx, input.from)
  return transact(ctx, async inner => {
    const periods = (await listRules(inner)).filter(rule => rule.key === key)
    const subject = periods[0]?.subject ?? input.subject
    if (!subject) throw new Refusal('not-found', 'warning-rule-unknown', { field: 'subject' })
    const next = { ...input, key, subject }
    if (periods.some(one => says(one, next))) return
    if (periods.some(one => one.validFrom >= input.from)) throw later()
    const isShare = input.unit === 'percent'
    if (isShare && !(subject === 'step' && input.moment === 'before' && input.amount <= 100)) {
      throw new Refusal('invalid', 'warning-rule-share', { field: 'unit' })
    }
    if (input.moment === 'before' && input.amount === 0) {
      throw new Refusal('invalid', 'warning-rule-ahead', { field: 'amount' })
    }
    await orLater('warning_rule_in_force', () => replaceRule(inner.db, next))
    await audit(inner, { action: 'change-warning-rule', subject: `warning-rule:${key}`, detail: { ...input } })
  })
}

const content = ['moment', 'amount', 'unit', 'escalateTo', 'enabled', 'ground'] as const

function says(one: WarningRule, next: ChangeWarningRule): boolean {
  return one.validFrom === next.from && content.every(key => one[key] === next[key])
}

/** Those who keep the procedures of the province also say when officers are warned. Throws `role-not-allowed`. */
export function refuseUnlessControl({ actor }: Ctx): void {
  if (actor.kind !== 'officer' || actor.role !== 'control') throw new Refusal('forbidden', 'role-not-allowed')
}

/** Throws unless the local day is one of the days of the year to come. */
export function refuseDay(ctx: Ctx, from: string): void {
  const today = localDate(ctx.clock.now())
  if (from <= today) throw new Refusal('invalid', 'warning-rule-past', { field: 'from' })
  if (from > addDays(today, DAYS_AHEAD)) throw new Refusal('invalid', 'warning-rule-far', { field: 'from' })
}

/** There is a change from that day or after it: periods follow each other. */
export const later = () => new Refusal('conflict', 'warning-rule-later', { field: 'from' })

/** Somebody else was quicker with a change from the same time on: the constraint says so. */
export async function orLater(constraint: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (brokeConstraint(error, constraint)) throw later()
    throw error
  }
}
