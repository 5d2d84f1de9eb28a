import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { type ListedAlert, listAlertsOf } from './alert-list.query.ts'
import { type ApologyDraft, listApologyDraftsOf } from './apology.query.ts'
import { listRemindersOf } from './reminder.query.ts'
import type { Reminder } from './reminder.ts'

/** What was said and asked about one dossier, newest first. */
export type DossierWatch = { alerts: ListedAlert[]; reminders: Reminder[]; apologies: ApologyDraft[] }

/** For an officer who may see the dossier. */
export async function readDossierWatch(ctx: Ctx, officer: Officer, { dossier }: ReadDossier): Promise<DossierWatch> {
  const [alerts, reminders, apologies] = await Promise.all([
    listAlertsOf(ctx, officer, dossier.id),
    listRemindersOf(ctx, officer, dossier.id),
    listApologyDraftsOf(ctx, dossier.id),
  ])
  return { alerts, reminders, apologies }
}
