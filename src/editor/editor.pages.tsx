import { randomUUID } from 'node:crypto'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { Draft } from '#src/design/draft.query.ts'
import {
  addStepHref,
  editorHref,
  hoursAgainstTerm,
  laneNames,
  PROCESSES,
  processHref,
  stepHref,
  trialHref,
} from '#src/design/process-view.ts'
import { ProcessPicture } from '#src/drawings/process-picture.tsx'
import type { LaneNames } from '#src/drawings/process-words.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { ErrorSummary, FileField, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { inOrder } from './process-edit.ts'
import { StepCard } from './step-card.tsx'

type EditorProps = {
  c: RequestContext
  draft: Draft
  /** What was saved just now: the key of a step, or anything else for the process as a whole. */
  saved: string | undefined
  errors?: FieldError[]
  values?: FormValues
}

/** The steps of a draft in a list, with what is wrong where, beside the picture of what they come to. */
export function EditorPage({ c, draft, saved, errors = [], values = {} }: EditorProps) {
  const t = c.get('t')
  const { definition, bounds } = draft
  const lanes = laneNames(definition, bounds.agencies)
  return (
    <OfficerPage c={c} title={t('Soạn quy trình', 'Draft a process')} current={PROCESSES}>
      <ErrorSummary t={t} errors={errors} />
      <Head t={t} draft={draft} />
      <Stack>
        {saved !== undefined && errors.length === 0 && (
          <Notice t={t} kind="success">
            {t('Đã lưu.', 'Saved.')}
          </Notice>
        )}
        {draft.returnedReason && (
          <Notice t={t} kind="warning" title={t('Được trả lại để sửa', 'Returned to be changed')}>
            {draft.returnedReason}
          </Notice>
        )}
        <Check t={t} draft={draft} />
        <div class="design">
          <div class="stack">
            <Steps t={t} draft={draft} lanes={lanes} saved={errors.length === 0 ? saved : undefined} />
            <Whole t={t} draft={draft} errors={errors} values={values} />
          </div>
          <div class="design-picture">
            <ProcessPicture t={t} process={definition} lanes={lanes} />
          </div>
        </div>
      </Stack>
    </OfficerPage>
  )
}

function Head({ t, draft }: { t: T; draft: Draft }) {
  const { record, definition, version } = draft
  return (
    <PageHead
      t={t}
      title={definition.name}
      sub={t(`Bản soạn thảo, phiên bản ${version}`, `Draft of version ${version}`)}
      crumbs={[
        { href: PROCESSES, label: t('Quy trình', 'Processes') },
        { href: processHref(record.key), label: record.name },
        { label: t('Soạn thảo', 'Draft') },
      ]}
    >
      <Button kind="secondary" href={trialHref(record.key)}>
        {t('Chạy thử', 'Try it out')}
      </Button>
      <SubmitForm t={t} draft={draft} />
    </PageHead>
  )
}

function SubmitForm({ t, draft: { record, revision, problems } }: { t: T; draft: Draft }) {
  return (
    <form action={editorHref(record.key)} method="post">
      <Hidden name="revision" value={revision} />
      <Button name="do" value="submit" disabled={problems.length > 0 || revision === 0}>
        {t('Trình phê duyệt', 'Submit for approval')}
      </Button>
    </form>
  )
}

/** What keeps the draft from being submitted, each error leading to its step; and the hours against the term. */
function Check({ t, draft: { record, definition, bounds, problems } }: { t: T; draft: Draft }) {
  const hours = hoursAgainstTerm(definition, bounds.term, t)
  if (problems.length === 0) {
    return (
      <Notice t={t} kind="success" title={t('Quy trình không có lỗi', 'The process has no errors')}>
        {t('Tổng giờ: ', 'Hours in all: ')}
        {hours.text}
      </Notice>
    )
  }
  return (
    <Notice
      t={t}
      kind="warning"
      title={t(
        `Còn ${problems.length} lỗi cần sửa trước khi trình`,
        `${problems.length} errors to mend before submitting`,
      )}
    >
      <ul id="problems">
        {problems.map(problem => (
          <li key={problem.vi}>
            {problem.step ? (
              <a href={stepHref(record.key, problem.step)}>{t(problem.vi, problem.en)}</a>
            ) : (
              t(problem.vi, problem.en)
            )}
          </li>
        ))}
      </ul>
      <p>
        {t('Tổng giờ: ', 'Hours in all: ')}
        {hours.text}
      </p>
    </Notice>
  )
}

type StepsProps = { t: T; draft: Draft; lanes: LaneNames; saved: string | undefined }

function Steps({ t, draft, lanes, saved }: StepsProps) {
  const ordered = inOrder(draft.definition)
  return (
    <section aria-labelledby="steps-title">
      <div class="card-head">
        <h2 id="steps-title">{t('Các bước', 'Steps')}</h2>
        <Button kind="quiet" icon="plus" href={addStepHref(draft.record.key, null)}>
          {t('Thêm bước đầu tiên', 'Add a first step')}
        </Button>
      </div>
      <ol class="design-steps">
        {ordered.map((step, n) => (
          <StepCard key={step.key} {...{ t, draft, lanes, step, ordered }} place={n} saved={saved === step.key} />
        ))}
      </ol>
    </section>
  )
}

/** What concerns the process as a whole. */
function Whole({ t, draft, errors, values }: { t: T; draft: Draft; errors: FieldError[]; values: FormValues }) {
  const { record, revision, definition } = draft
  const action = editorHref(record.key)
  const field = { t, errors, values: { name: definition.name, ...values } }
  const failed = (name: string) => errors.some(error => error.field === name)
  return (
    <>
      <Disclosure summary={t('Đổi tên quy trình', 'Rename the process')} open={failed('name')}>
        <Form action={action}>
          <Hidden name="revision" value={revision} />
          <TextField {...field} name="name" label={t('Tên quy trình', 'Name')} required maxLength={200} />
          <Actions>
            <Button kind="secondary" name="do" value="rename">
              {t('Đổi tên', 'Rename')}
            </Button>
          </Actions>
        </Form>
      </Disclosure>
      <Disclosure summary={t('Thay bằng tệp BPMN', 'Replace by a BPMN file')} open={failed('file')}>
        <Form action={`${processHref(record.key)}/bpmn`} multipart>
          <Hidden name="revision" value={revision} />
          <FileField {...field} name="file" label={t('Tệp BPMN 2.0', 'BPMN 2.0 file')} accept=".bpmn,.xml" required />
          <Actions>
            <Button kind="secondary">{t('Thay các bước', 'Replace the steps')}</Button>
          </Actions>
        </Form>
      </Disclosure>
      {revision > 0 && (
        <Disclosure summary={t('Bỏ bản soạn thảo', 'Throw the draft away')}>
          <form action={action} method="post">
            <Hidden name="commandId" value={randomUUID()} />
            <Hidden name="revision" value={revision} />
            <Button kind="danger" name="do" value="discard">
              {t('Bỏ bản soạn thảo này', 'Throw this draft away')}
            </Button>
          </form>
        </Disclosure>
      )}
    </>
  )
}
