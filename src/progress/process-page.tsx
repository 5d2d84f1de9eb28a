import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { dossierRef } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { dossierLanes } from '#src/drawings/dossier-lanes.ts'
import { passedSteps } from '#src/drawings/passed-steps.ts'
import { ProcessPicture } from '#src/drawings/process-picture.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import { Card } from '#src/ui/card.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { processText } from './work-words.ts'

/** The process a dossier runs by, with where it stands. */
export function ProcessPage({ c, read }: { c: RequestContext; read: ReadDossier }) {
  const t = c.get('t')
  const { dossier, process, receiving, competent } = read
  const others = [...read.agencies.values()].map(({ code, name }) => [code, name] as const)
  const ref = dossierRef(dossier)
  const title = t('Quy trình của hồ sơ', 'The dossier’s process')
  const { step } = dossier
  const now = c.get('ctx').clock.now()
  const late = step?.dueAt ? step.dueAt < now && dossier.pausedAt === null : false
  return (
    <OfficerPage c={c} title={`${title} · ${ref}`} current="/ho-so">
      <PageHead
        t={t}
        title={title}
        sub={process && processText(process, t)}
        crumbs={[
          { label: t('Việc của tôi', 'My work'), href: '/viec' },
          { label: ref, href: `/ho-so/${ref}` },
          { label: title },
        ]}
      />
      <Card>
        {process ? (
          <ProcessPicture
            t={t}
            process={process.process}
            lanes={dossierLanes({ receiving: receiving.name, competent: competent.name, others }, t)}
            current={step?.key ?? null}
            passed={passedSteps(process.process, Object.keys(dossier.outcomes), step?.key ?? null)}
            late={late}
          />
        ) : (
          <Empty
            title={t('Quy trình được xác định khi hồ sơ được tiếp nhận', 'It is chosen when the dossier is received')}
          />
        )}
      </Card>
    </OfficerPage>
  )
}
