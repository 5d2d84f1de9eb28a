import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { wallClock } from '#src/platform/text.ts'
import { getSettings } from '#src/warnings/warning-rule.query.ts'
import { findRecipients } from './recipient.query.ts'
import { findReminderByCommand, listRemindable, type Remindable } from './reminder.query.ts'
import { mayRemind } from './reminder.ts'
import { insertReminder } from './watch.store.ts'

const HOUR = 3_600_000

/** `to`: code of the agency urged. `dossiers`: codes. `answerHours`: from now, by the clock; the usual time when left out. */
export const SendReminder = z.strictObject({
  to: named(line(40), 'cơ quan nhận', 'the agency'),
  dossiers: named(z.array(line(60)).min(1).max(50), 'hồ sơ', 'the dossiers'),
  text: named(paragraph(4000), 'nội dung đôn đốc', 'the text'),
  answerHours: named(z.coerce.number().int().min(1).max(720), 'số giờ phải trả lời', 'the hours to answer').optional(),
})
export type SendReminder = z.infer<typeof SendReminder>

/**
 * Writes and numbers a reminder slip to an agency that takes part in every dossier it names; its leaders are told. The same command
 * id again gives the same slip. Throws `role-not-allowed` and the `reminder-…` refusals.
 */
export async function sendReminder(ctx: Ctx, input: SendReminder, commandId: string): Promise<{ id: number }> {
  const officer = writer(ctx)
  const done = await findReminderByCommand(ctx, officer.accountId, commandId)
  if (done !== undefined) return { id: done }
  try {
    return await transact(ctx, inner => write(inner, { officer, input, commandId }))
  } catch (error) {
    if (!brokeConstraint(error, 'reminder_command')) throw error
    return { id: (await findReminderByCommand(ctx, officer.accountId, commandId)) ?? 0 }
  }
}

function writer({ actor }: Ctx): Officer {
  if (actor.kind !== 'officer' || !mayRemind(actor)) throw new Refusal('forbidden', 'role-not-allowed')
  return actor
}

type Writing = { officer: Officer; input: SendReminder; commandId: string }

async function write(ctx: Ctx, { officer, input, commandId }: Writing): Promise<{ id: number }> {
  const refs = [...new Set(input.dossiers)]
  const dossiers = await listRemindable(ctx, officer, refs)
  const to = addressed(officer, dossiers, { ...input, dossiers: refs })
  const at = ctx.clock.now()
  const hours = input.answerHours ?? (await getSettings(ctx))['reminder-answer-hours']
  const [told = []] = await findRecipients(ctx, [{ to: 'leader', agencyId: to.id, role: null, accountId: null }])
  const id = await insertReminder(ctx.db, {
    fromAgencyId: officer.agencyId,
    fromAccountId: officer.accountId,
    fromOnBehalfOf: officer.onBehalfOf?.accountId ?? null,
    toAgencyId: to.id,
    year: wallClock(at).year,
    at,
    text: input.text,
    answerBy: new Date(at.getTime() + hours * HOUR),
    commandId,
    dossierIds: dossiers.map(one => one.id),
  })
  const first = dossiers[0]?.id ?? 0
  const notice = { kind: 'reminder', dossierId: first, key: `reminder:${id}`, params: { reminder: id } }
  await tellOfficers(
    ctx,
    told.map(accountId => ({ ...notice, accountId })),
  )
  await audit(ctx, { action: 'send-reminder', subject: `reminder:${id}`, detail: { to: to.code, dossiers: refs } })
  return { id }
}

/** The agency, if every dossier is one that can be urged on and the agency takes part in it. */
function addressed(officer: Officer, found: readonly Remindable[], { to, dossiers }: SendReminder) {
  const unknown = dossiers.find(ref => !found.some(one => one.ref === ref))
  if (unknown) {
    throw new Refusal('invalid', 'reminder-dossier-unknown', { field: 'dossiers', params: { ref: unknown } })
  }
  const ended = found.find(one => one.ended)
  if (ended) throw new Refusal('conflict', 'reminder-dossier-ended', { field: 'dossiers', params: { ref: ended.ref } })
  const apart = found.find(one => !one.agencies.some(agency => agency.code === to))
  const agency = found[0]?.agencies.find(one => one.code === to)
  if (apart || !agency) {
    throw new Refusal('invalid', 'reminder-agency-apart', { field: 'to', params: { ref: apart?.ref ?? '' } })
  }
  if (agency.id === officer.agencyId) throw new Refusal('invalid', 'reminder-own-agency', { field: 'to' })
  return agency
}
