import { roleName } from '#src/accounts/account.ts'
import type { Draft } from '#src/design/draft.query.ts'
import { addStepHref, editorHref, stepHref } from '#src/design/process-view.ts'
import { agencyText, hoursText, type LaneNames, needText } from '#src/drawings/process-words.tsx'
import type { T } from '#src/platform/text.ts'
import { END, exitsOf, isWork, type Process, type Step } from '#src/processes/process.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Hidden } from '#src/ui/form.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { kindName } from './step-kinds.ts'

type ItemProps = {
  t: T
  draft: Draft
  lanes: LaneNames
  step: Step
  place: number
  ordered: Step[]
  /** Changed just now: the page opens at this card, out of sight of what its head says. */
  saved: boolean
}

/** One step in the list of a draft: who and how long, what is wrong with it, where it leads, and what can be done with it. */
export function StepCard({ t, draft, lanes, step, place, ordered, saved }: ItemProps) {
  const problems = draft.problems.filter(problem => problem.step === step.key)
  return (
    <li id={`step-${step.key}`} class="card">
      <div class="card-head">
        <h3>
          {place + 1}. <a href={stepHref(draft.record.key, step.key)}>{step.name}</a>
        </h3>
        <StateBadge text={kindName(step.kind, t)} />
      </div>
      {saved && <SavedLine t={t} count={draft.problems.length} />}
      <p class="hint">{whoText(step, { t, lanes, process: draft.definition })}</p>
      {problems.map(problem => (
        <p key={problem.vi} class="field-error">
          <Icon name="circle-alert" /> {t(problem.vi, problem.en)}
        </p>
      ))}
      <ul class="design-exits">
        {exitsOf(step).map(({ key, name, to, back }) => (
          <li key={key}>
            {name} {back ? '↩' : '→'} {targetText(to, ordered, t)}
            {back && <span class="hint"> {t('(trả lại, phải nêu lý do)', '(a return, with a reason)')}</span>}
          </li>
        ))}
      </ul>
      <StepTools t={t} draft={draft} step={step} place={place} />
    </li>
  )
}

function SavedLine({ t, count }: { t: T; count: number }) {
  return (
    <p>
      <Icon name="circle-check" /> <b>{t('Đã lưu.', 'Saved.')}</b>{' '}
      {count === 0 ? (
        t('Quy trình không có lỗi.', 'The process has no errors.')
      ) : (
        <a href="#problems">{t(`Quy trình còn ${count} lỗi cần sửa`, `The process has ${count} errors to mend`)}</a>
      )}
    </p>
  )
}

/** Who and how long, in one line. */
function whoText(step: Step, { t, lanes, process }: { t: T; lanes: LaneNames; process: Process }): string {
  const agency = 'agency' in step ? agencyText(t, step.agency, lanes) : null
  const hours = hoursText(t, process, step)
  if (isWork(step)) return [agency, roleName(step.role, t), hours].join(' · ')
  if (step.kind === 'consult') {
    const asked = step.asked.map(one => `${one.name} (${agencyText(t, one.agency, lanes)})`).join('; ')
    return [asked, needText(t, step), hours].join(' · ')
  }
  if (step.kind === 'child') return [agency, step.procedure, hours].join(' · ')
  if (step.kind === 'sub-process') return step.process
  return t('Hệ thống tự thực hiện', 'Done by the platform')
}

/** `3. Thẩm định`, or the end. */
export function targetText(to: string, ordered: readonly Step[], t: T): string {
  if (to === END) return t('Kết quả tại một cửa', 'Result at the desk')
  const place = ordered.findIndex(({ key }) => key === to)
  return place < 0 ? t('(bước không còn)', '(a step that is gone)') : `${place + 1}. ${ordered[place]?.name}`
}

type ToolsProps = { t: T; draft: Draft; step: Step; place: number }

function StepTools(props: ToolsProps) {
  const { t, draft, step } = props
  const { key } = draft.record
  return (
    <div class="design-tools">
      <Actions>
        <Button kind="secondary" href={stepHref(key, step.key)} ariaLabel={`${t('Sửa', 'Change')}: ${step.name}`}>
          {t('Sửa', 'Change')}
        </Button>
        <Button
          kind="secondary"
          icon="plus"
          href={addStepHref(key, step.key)}
          ariaLabel={`${t('Thêm bước sau', 'Add a step after')}: ${step.name}`}
        >
          {t('Thêm bước sau', 'Add a step after')}
        </Button>
      </Actions>
      <MoveForm {...props} />
      {draft.definition.steps.length > 1 && <RemoveForm {...props} />}
    </div>
  )
}

function About({ draft, step }: ToolsProps) {
  return (
    <>
      <Hidden name="revision" value={draft.revision} />
      <Hidden name="step" value={step.key} />
    </>
  )
}

function MoveForm(props: ToolsProps) {
  const { t, draft, step, place } = props
  return (
    <form action={editorHref(draft.record.key)} method="post" class="actions">
      <About {...props} />
      {place > 0 && (
        <Button kind="quiet" name="do" value="up" ariaLabel={`${t('Lên', 'Earlier')}: ${step.name}`}>
          {t('Lên', 'Earlier')}
        </Button>
      )}
      {place < draft.definition.steps.length - 1 && (
        <Button kind="quiet" name="do" value="down" ariaLabel={`${t('Xuống', 'Later')}: ${step.name}`}>
          {t('Xuống', 'Later')}
        </Button>
      )}
    </form>
  )
}

/** Folded away, so that nobody deletes in passing: what a step says cannot be brought back. */
function RemoveForm(props: ToolsProps) {
  const { t, draft, step } = props
  const words = t('Xóa bước này', 'Delete this step')
  return (
    <Disclosure summary={t('Xóa', 'Delete')}>
      <form action={editorHref(draft.record.key)} method="post">
        <About {...props} />
        <Button kind="danger" name="do" value="remove" ariaLabel={`${words}: ${step.name}`}>
          {words}
        </Button>
      </form>
    </Disclosure>
  )
}
