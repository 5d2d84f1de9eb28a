import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findRecipients } from './recipient.query.ts'
import { findReminder } from './reminder.query.ts'
import { mayAnswer } from './reminder.ts'
import { markAnswered } from './watch.store.ts'

export const AnswerReminder = z.strictObject({ answer: named(paragraph(4000), 'nội dung trả lời', 'the answer') })
export type AnswerReminder = z.infer<typeof AnswerReminder>

/**
 * The head of the agency urged answers, once; the leaders of the agency that asked are told. Throws `reminder-not-found`,
 * `role-not-allowed`, `reminder-answered`.
 */
export async function answerReminder(ctx: Ctx, { id, answer }: AnswerReminder & { id: number }): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'role-not-allowed')
  return transact(ctx, async inner => {
    const found = await findReminder(inner, actor, id)
    if (!found) throw new Refusal('not-found', 'reminder-not-found')
    if (!mayAnswer(actor, { ...found, answer: null })) throw new Refusal('forbidden', 'role-not-allowed')
    const onBehalfOf = actor.onBehalfOf?.accountId ?? null
    const done = { id, text: answer, by: actor.accountId, onBehalfOf, at: ctx.clock.now() }
    if (!(await markAnswered(inner.db, done))) throw new Refusal('conflict', 'reminder-answered')
    const asker = { to: 'leader' as const, agencyId: found.from.id, role: null, accountId: null }
    const [told = []] = await findRecipients(inner, [asker])
    const notice = {
      kind: 'reminder-answered',
      dossierId: found.dossiers[0]?.id ?? 0,
      key: `answer:${id}`,
      params: { reminder: id },
    }
    await tellOfficers(
      inner,
      told.map(accountId => ({ ...notice, accountId })),
    )
    await audit(inner, { action: 'answer-reminder', subject: `reminder:${id}` })
  })
}
