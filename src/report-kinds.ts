import { agencyRating, officerRating, provinceRating, ratedDossiers } from '#src/indices/rating-kinds.query.ts'
import { serviceIndex, targetRates } from '#src/indices/score-kinds.query.ts'
import { apologies } from '#src/library/apologies.query.ts'
import { byCommune } from '#src/library/communes.query.ts'
import { byAgency, byChannel, byField, byProcedure } from '#src/library/counts.query.ts'
import { fees } from '#src/library/fees.query.ts'
import { guidanceReport } from '#src/library/guidance-report.query.ts'
import { intakeOverdue } from '#src/library/intake-overdue.query.ts'
import { lateWithoutApology } from '#src/library/late-dossiers.query.ts'
import { byOfficer } from '#src/library/officers.query.ts'
import { overdue } from '#src/library/overdue.query.ts'
import { postHome } from '#src/library/post-home.query.ts'
import { processingTimes } from '#src/library/processing-times.query.ts'
import { refusalReasons } from '#src/library/refusal-reasons.query.ts'
import { byServicePoint } from '#src/library/service-points.query.ts'
import { supplementReasons } from '#src/library/supplement-reasons.query.ts'
import { unfiledResults } from '#src/library/unfiled-results.query.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { dossiersBehind } from '#src/statutory/behind-kind.query.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { ii07b } from '#src/statutory/ii07b.query.ts'
import { form07a, internal } from '#src/statutory/other-forms.query.ts'

/** The only list of reports. */
export const reportKinds: readonly ReportKind[] = [
  ii06a,
  internal,
  form07a,
  ii07b,
  dossiersBehind,
  byAgency,
  byField,
  byProcedure,
  byChannel,
  byCommune,
  byServicePoint,
  byOfficer,
  processingTimes,
  overdue,
  intakeOverdue,
  apologies,
  lateWithoutApology,
  unfiledResults,
  supplementReasons,
  refusalReasons,
  fees,
  postHome,
  guidanceReport,
  serviceIndex,
  targetRates,
  provinceRating,
  agencyRating,
  ratedDossiers,
  officerRating,
]
