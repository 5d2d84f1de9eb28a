import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { Draft } from '#src/design/draft.query.ts'
import { addStepHref, editorHref, PROCESSES, processHref, stepHref } from '#src/design/process-view.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { Step } from '#src/processes/process.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { ErrorSummary, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import type { KnownFact } from './conditions.ts'
import { StepFields } from './step-fields.tsx'
import { kindHint, kindName, stepKinds } from './step-kinds.ts'
import { stepValues } from './step-values.ts'

type StepPageProps = {
  c: RequestContext
  draft: Draft
  step: Step
  facts: KnownFact[]
  errors?: FieldError[]
  /** What was typed, when the form comes back. */
  values?: FormValues
  saved?: boolean
}

/** Everything about one step on one page. */
export function StepPage(props: StepPageProps) {
  const { c, draft, step, errors = [], saved } = props
  const t = c.get('t')
  const problems = draft.problems.filter(problem => problem.step === step.key)
  return (
    <OfficerPage c={c} title={step.name} current={PROCESSES}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={step.name}
        sub={`${kindName(step.kind, t)}. ${kindHint(step.kind, t)}`}
        crumbs={crumbs(t, draft, step.name)}
      />
      <Stack>
        {saved && errors.length === 0 && (
          <Notice t={t} kind="success">
            {t('Đã lưu.', 'Saved.')}
          </Notice>
        )}
        {problems.length > 0 && (
          <Notice t={t} kind="warning" title={t('Cần sửa ở bước này', 'To mend at this step')}>
            <ul>
              {problems.map(problem => (
                <li key={problem.vi}>{t(problem.vi, problem.en)}</li>
              ))}
            </ul>
          </Notice>
        )}
        <StepForm {...props} />
        <KindForm t={t} draft={draft} step={step} />
      </Stack>
    </OfficerPage>
  )
}

function StepForm({ c, draft, step, facts, errors = [], values }: StepPageProps) {
  const t = c.get('t')
  return (
    <Form action={stepHref(draft.record.key, step.key)}>
      <Hidden name="revision" value={draft.revision} />
      <StepFields
        t={t}
        draft={draft}
        step={step}
        facts={facts}
        errors={errors}
        values={values ?? stepValues(step, facts)}
      />
      <Actions>
        <Button name="do" value="save">
          {t('Lưu bước', 'Save the step')}
        </Button>
        <Button kind="secondary" name="do" value="more">
          {t('Lưu và thêm dòng', 'Save and add a row')}
        </Button>
        <Button kind="quiet" href={`${editorHref(draft.record.key)}#step-${step.key}`}>
          {t('Không lưu, quay lại', 'Back without saving')}
        </Button>
      </Actions>
    </Form>
  )
}

function crumbs(t: T, { record }: Draft, label: string) {
  return [
    { href: PROCESSES, label: t('Quy trình', 'Processes') },
    { href: processHref(record.key), label: record.name },
    { href: editorHref(record.key), label: t('Soạn thảo', 'Draft') },
    { label },
  ]
}

function KindForm({ t, draft, step }: { t: T; draft: Draft; step: Step }) {
  return (
    <Disclosure summary={t('Đổi loại bước', 'Change the kind of step')}>
      <Form action={stepHref(draft.record.key, step.key)}>
        <Hidden name="revision" value={draft.revision} />
        <SelectField
          t={t}
          name="kind"
          label={t('Loại bước', 'Kind of step')}
          values={{ kind: step.kind }}
          placeholder={null}
          options={stepKinds.map(kind => ({ value: kind, label: kindName(kind, t) }))}
        />
        <Actions>
          <Button kind="secondary" name="do" value="kind">
            {t('Đổi loại', 'Change')}
          </Button>
        </Actions>
      </Form>
    </Disclosure>
  )
}

type AddProps = {
  c: RequestContext
  draft: Draft
  /** The step behind which the new one is put; null: before all others. */
  after: Step | null
  errors?: FieldError[]
  values?: FormValues
}

export function AddStepPage({ c, draft, after, errors = [], values = { kind: 'task' } }: AddProps) {
  const t = c.get('t')
  const title = t('Thêm bước', 'Add a step')
  const field = { t, errors, values }
  const sub = after
    ? t(`Sau bước “${after.name}”`, `After “${after.name}”`)
    : t('Trước mọi bước khác', 'Before all others')
  return (
    <OfficerPage c={c} title={title} current={PROCESSES}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} sub={sub} crumbs={crumbs(t, draft, title)} />
      <Form action={addStepHref(draft.record.key, after?.key ?? null)}>
        <Hidden name="revision" value={draft.revision} />
        <TextField
          {...field}
          name="name"
          label={t('Tên bước', 'Name of the step')}
          hint={t('Ví dụ: Kiểm tra thực địa', 'For example: Visit the site')}
          required
          size="medium"
          maxLength={200}
        />
        <RadioGroup
          {...field}
          name="kind"
          label={t('Bước này làm gì?', 'What is done?')}
          required
          options={stepKinds.map(kind => ({ value: kind, label: kindName(kind, t), hint: kindHint(kind, t) }))}
        />
        <Actions>
          <Button>{t('Thêm bước', 'Add the step')}</Button>
          <Button kind="quiet" href={editorHref(draft.record.key)}>
            {t('Quay lại', 'Back')}
          </Button>
        </Actions>
      </Form>
    </OfficerPage>
  )
}
