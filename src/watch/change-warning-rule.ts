import { z } from '@hono/zod-openapi'
import { localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, run, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { escalations, moments, subjects, units } from './warning.ts'
import { listRules } from './warning-rule.query.ts'

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

/** A rule's next period, by the procedure-control officer: what is in force ends the day before. Throws the `warning-rule-…` refusals. */
export async function changeWarningRule(ctx: Ctx, key: string, input: ChangeWarningRule): Promise<void> {
  if (ctx.actor.kind !== 'officer' || ctx.actor.role !== 'control') throw new Refusal('forbidden', 'role-not-allowed')
  if (input.from <= localDate(ctx.clock.now())) throw new Refusal('invalid', 'warning-rule-past', { field: 'from' })
  return transact(ctx, async inner => {
    const periods = (await listRules(inner)).filter(rule => rule.key === key)
    const subject = periods[0]?.subject ?? input.subject
    if (!subject) throw new Refusal('not-found', 'warning-rule-unknown', { field: 'subject' })
    if (periods.some(one => one.validFrom >= input.from)) throw later()
    const isShare = input.unit === 'percent'
    if (isShare && !(subject === 'step' && input.moment === 'before' && input.amount <= 100)) {
      throw new Refusal('invalid', 'warning-rule-share', { field: 'unit' })
    }
    if (input.moment === 'before' && input.amount === 0) {
      throw new Refusal('invalid', 'warning-rule-ahead', { field: 'amount' })
    }
    try {
      await replace(inner, key, { ...input, subject })
    } catch (error) {
      if (brokeConstraint(error, 'warning_rule_in_force')) throw later()
      throw error
    }
    await audit(inner, { action: 'change-warning-rule', subject: `warning-rule:${key}`, detail: { ...input } })
  })
}

const later = () => new Refusal('conflict', 'warning-rule-later', { field: 'from' })

async function replace({ db }: Ctx, key: string, rule: ChangeWarningRule): Promise<void> {
  await run(
    db,
    'UPDATE warning_rule SET valid_to = $2 WHERE key = $1 AND valid_from < $2 AND (valid_to IS NULL OR valid_to > $2)',
    [key, rule.from],
  )
  await run(
    db,
    `INSERT INTO warning_rule (key, subject, moment, amount, unit, escalate_to, enabled, ground, valid_from)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [key, rule.subject, rule.moment, rule.amount, rule.unit, rule.escalateTo, rule.enabled, rule.ground, rule.from],
  )
}
