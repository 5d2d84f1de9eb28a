import { accountsRefusals } from '#src/accounts/accounts.refusals.ts'
import { agenciesRefusals } from '#src/agencies/agencies.refusals.ts'
import { calendarRefusals } from '#src/calendar/calendar.refusals.ts'
import { caseworkRefusals } from '#src/casework/casework.refusals.ts'
import { delegationsRefusals } from '#src/delegations/delegations.refusals.ts'
import { designRefusals } from '#src/design/design.refusals.ts'
import { deskRefusals } from '#src/desk/desk.refusals.ts'
import { distributionRefusals } from '#src/distribution/distribution.refusals.ts'
import { drawingsRefusals } from '#src/drawings/drawings.refusals.ts'
import { exportsRefusals } from '#src/exports/exports.refusals.ts'
import { factsRefusals } from '#src/facts/facts.refusals.ts'
import { guidanceRefusals } from '#src/guidance/guidance.refusals.ts'
import { indicesRefusals } from '#src/indices/indices.refusals.ts'
import { listsRefusals } from '#src/lists/lists.refusals.ts'
import { papersRefusals } from '#src/papers/papers.refusals.ts'
import { periodsRefusals } from '#src/periods/periods.refusals.ts'
import { platformRefusals } from '#src/platform/problem.ts'
import type { RefusalTexts } from '#src/platform/refusal.ts'
import { proceduresRefusals } from '#src/procedures/procedures.refusals.ts'
import { processesRefusals } from '#src/processes/processes.refusals.ts'
import { reportsRefusals } from '#src/reports/reports.refusals.ts'
import { statutoryRefusals } from '#src/statutory/statutory.refusals.ts'
import { stepsRefusals } from '#src/steps/steps.refusals.ts'
import { trackingRefusals } from '#src/tracking/tracking.refusals.ts'
import { warningsRefusals } from '#src/warnings/warnings.refusals.ts'
import { watchRefusals } from '#src/watch/watch.refusals.ts'

/** The only list of sentences for refusals: those of the platform and of each room. */
export const refusalTexts: RefusalTexts = {
  ...platformRefusals,
  ...accountsRefusals,
  ...delegationsRefusals,
  ...agenciesRefusals,
  ...calendarRefusals,
  ...proceduresRefusals,
  ...processesRefusals,
  ...drawingsRefusals,
  ...designRefusals,
  ...papersRefusals,
  ...factsRefusals,
  ...trackingRefusals,
  ...listsRefusals,
  ...stepsRefusals,
  ...caseworkRefusals,
  ...warningsRefusals,
  ...watchRefusals,
  ...deskRefusals,
  ...distributionRefusals,
  ...guidanceRefusals,
  ...periodsRefusals,
  ...reportsRefusals,
  ...statutoryRefusals,
  ...exportsRefusals,
  ...indicesRefusals,
}
