import { PublicPage } from '#src/accounts/public-page.tsx'
import { inHours } from '#src/design/process-view.ts'
import { stateLabel } from '#src/dossiers/dossier.ts'
import { dossierLanes } from '#src/drawings/dossier-lanes.ts'
import { passedSteps } from '#src/drawings/passed-steps.ts'
import { ProcessPicture } from '#src/drawings/process-picture.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import type { T } from '#src/platform/text.ts'
import type { Process } from '#src/processes/process.ts'
import type { Crumb } from '#src/ui/breadcrumbs.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import type { TrackedProcess } from './tracked-process.query.ts'

type Props = {
  c: RequestContext
  tracked: TrackedProcess
  /** The part of the site it belongs to. */
  current: string
  /** The list or form it was come to by. */
  crumb: Crumb
  /** The dossier's own page. */
  back: string
}

/** The process a citizen's dossier runs by, with where it stands. */
export function ProcessPage({ c, tracked, current, crumb, back }: Props) {
  const t = c.get('t')
  const { process, procedure, term } = tracked
  const label = tracked.code ?? t('Chưa có mã', 'No code yet')
  const crumbs = [crumb, { label, href: back }, { label: t('Quy trình', 'Process') }]
  const title = t('Quy trình của hồ sơ', 'The dossier’s process')
  return (
    <PublicPage c={c} title={`${title} · ${label}`} current={current}>
      <PageHead t={t} title={title} sub={procedure} crumbs={crumbs} />
      {process ? (
        <Stack>
          <p>{standingText(tracked, t)}</p>
          <p>
            <a href={back}>{t('Xem ngày hẹn và việc ông/bà cần làm', 'See the due date and what you need to do')}</a>
          </p>
          <Picture t={t} tracked={tracked} process={inHours(process.process, term)} />
        </Stack>
      ) : (
        <Empty title={t('Hồ sơ chưa có quy trình xử lý', 'The dossier has no process yet')}>
          <p>{t('Quy trình được xác định khi hồ sơ được tiếp nhận.', 'It is chosen when the dossier is received.')}</p>
          <p>
            <a href={back}>{t('Về trang theo dõi hồ sơ', 'Back to the dossier')}</a>
          </p>
        </Empty>
      )}
    </PublicPage>
  )
}

/** What a step may take is between the offices; a citizen is promised the day of the result, so no step is shown as late. */
function Picture({ t, tracked, process }: { t: T; tracked: TrackedProcess; process: Process }) {
  const current = tracked.step?.key ?? null
  const passed = passedSteps(process, tracked.left, current)
  return <ProcessPicture t={t} process={process} lanes={dossierLanes(tracked, t)} {...{ current, passed }} plain />
}

function standingText({ step, where, state }: TrackedProcess, t: T) {
  if (!step) {
    return `${t('Hồ sơ không còn ở bước nào. Tình trạng', 'It is at no step any more. State')}: ${stateLabel(state, t)}.`
  }
  return (
    <>
      {t('Hồ sơ đang ở bước', 'It is now at the step')} <strong>{step.name}</strong>
      {where && `, ${t('tại', 'at')} ${where}`}.
    </>
  )
}
