import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import { Notice } from '#src/ui/notice.tsx'
import type { Tracking } from './tracking.ts'
import { TrackingView } from './tracking-view.tsx'

/** A dossier as the officers see it at whose place the applicant was helped: what the applicant sees, no papers and no number of theirs. */
export function SupportedPage({ c, tracking }: { c: RequestContext; tracking: Tracking }) {
  const t = c.get('t')
  const crumb = { label: t('Hồ sơ', 'Dossiers'), href: '/ho-so' }
  return (
    <OfficerPage c={c} title={`${tracking.code} · ${tracking.procedure.name}`} current="/ho-so">
      <Notice t={t} title={t('Hồ sơ cơ quan ông/bà đã hỗ trợ nộp', 'Your agency helped to file this dossier')}>
        {t(
          `Hồ sơ do ${tracking.desk.name} tiếp nhận. Dưới đây là những gì người nộp được xem.`,
          `It was received at ${tracking.desk.name}. Below is what the applicant sees.`,
        )}
      </Notice>
      <TrackingView t={t} tracking={tracking} crumb={crumb} />
    </OfficerPage>
  )
}
