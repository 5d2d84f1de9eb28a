import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { later, orLater, refuseDay, refuseUnlessControl } from '#src/warnings/change-warning-rule.ts'
import { listDefinitions } from './definition.query.ts'
import type { DefinitionKey } from './definition.ts'
import { answersOf } from './definition-words.ts'
import { replaceDefinition } from './periods.store.ts'

/** `from`: the first local day it holds, after today; reports of periods that end before it stay what they are. */
export const ChangeDefinition = z.strictObject({
  answer: named(line(40), 'cách tính', 'the answer'),
  ground: named(line(500), 'căn cứ', 'the ground'),
  from: named(z.iso.date(), 'ngày áp dụng', 'the day it applies from'),
})
export type ChangeDefinition = z.infer<typeof ChangeDefinition>

/**
 * How dossiers are put into columns from a day on, by procedure control. The same change again does nothing. Throws `role-not-allowed`,
 * `definition-answer-unknown` and the refusals about the day.
 */
export async function changeDefinition(ctx: Ctx, key: DefinitionKey, input: ChangeDefinition): Promise<void> {
  refuseUnlessControl(ctx)
  refuseDay(ctx, input.from)
  const { answer, ground, from } = input
  if (!answersOf(key).includes(answer)) throw new Refusal('invalid', 'definition-answer-unknown', { field: 'answer' })
  return transact(ctx, async inner => {
    const periods = (await listDefinitions(inner)).filter(one => one.key === key)
    if (periods.some(one => one.validFrom === from && one.answer === answer && one.ground === ground)) return
    if (periods.some(one => one.validFrom >= from)) throw later()
    await orLater('report_definition_in_force', () => replaceDefinition(inner.db, { key, answer, ground, from }))
    await audit(inner, { action: 'change-definition', subject: `report-definition:${key}`, detail: { ...input } })
  })
}
