import { type Cause, causeOf, type Share, sharesOf } from '#src/dossiers/answerability.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { type ListedAlert, listAlertsOf } from './alert-list.query.ts'
import { type ApologyDraft, listApologyDraftsOf } from './apology.query.ts'
import { listRemindersOf } from './reminder.query.ts'
import type { Reminder } from './reminder.ts'

/** What the watch knows of one dossier: whose its hours were, who caused a delay, what was said and asked about it. Newest first. */
export type DossierWatch = {
  shares: Share[]
  cause: Cause | null
  alerts: ListedAlert[]
  reminders: Reminder[]
  apologies: ApologyDraft[]
}

/** For an officer who may see the dossier; shares and cause are counted anew from its holdings. */
export async function readDossierWatch(ctx: Ctx, officer: Officer, read: ReadDossier): Promise<DossierWatch> {
  const { dossier, calendar } = read
  const now = ctx.clock.now()
  const [alerts, reminders, apologies] = await Promise.all([
    listAlertsOf(ctx, officer, dossier.id),
    listRemindersOf(ctx, officer, dossier.id),
    listApologyDraftsOf(ctx, dossier.id),
  ])
  return {
    shares: sharesOf(dossier, calendar, now),
    cause: causeOf(dossier, calendar, now),
    alerts,
    reminders,
    apologies,
  }
}
