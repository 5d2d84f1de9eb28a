import { randomUUID } from 'node:crypto'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { localDate } from '#src/calendar/local-date.ts'
import { ProcessPicture } from '#src/drawings/process-picture.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { Process } from '#src/processes/process.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { DateField, ErrorSummary, Form, Hidden, TextArea, TextField } from '#src/ui/form.tsx'
import { Columns, PageHead } from '#src/ui/layout.tsx'
import type { Shown } from './process.pages.tsx'
import type { ProcessRecord, VersionSummary } from './process-list.query.ts'
import {
  approvalHref,
  changesBetween,
  hoursAgainstTerm,
  laneNames,
  PROCESSES,
  processHref,
  trialHref,
} from './process-view.ts'

type ApprovalProps = {
  c: RequestContext
  record: ProcessRecord
  shown: Shown | null
  /** What is in force now, to compare with. */
  before: Process | null
  errors?: FieldError[]
  values?: FormValues
}

/** What a leader reads before deciding: what changes, the picture, and the two answers. */
export function ApprovalPage({ c, record, shown, before, errors = [], values = {} }: ApprovalProps) {
  const t = c.get('t')
  const title = t('Phê duyệt quy trình', 'Approve the process')
  return (
    <OfficerPage c={c} title={title} current={PROCESSES}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={shown?.definition.name ?? record.name}
        crumbs={[
          { href: PROCESSES, label: t('Quy trình', 'Processes') },
          { href: processHref(record.key), label: record.name },
          { label: title },
        ]}
      >
        {shown && (
          <Button kind="secondary" href={trialHref(record.key)}>
            {t('Chạy thử', 'Try it out')}
          </Button>
        )}
      </PageHead>
      {shown ? (
        <Columns aside={<Answers c={c} record={record} version={shown.version} errors={errors} values={values} />}>
          <Summary t={t} shown={shown} before={before} />
          <ProcessPicture t={t} process={shown.definition} lanes={laneNames(shown.definition, shown.bounds.agencies)} />
        </Columns>
      ) : (
        <Empty title={t('Không có bản nào đang chờ phê duyệt.', 'Nothing waits for approval.')}>
          <a href={processHref(record.key)}>{t('Về quy trình', 'Back to the process')}</a>
        </Empty>
      )}
    </OfficerPage>
  )
}

function Summary({
  t,
  shown: { definition, bounds, version },
  before,
}: {
  t: T
  shown: Shown
  before: Process | null
}) {
  const { added, removed, changed } = before
    ? changesBetween(before, definition)
    : { added: [], removed: [], changed: [] }
  const list = (names: string[]) => names.join('; ') || t('không', 'none')
  const changes = [
    { term: t('Bước thêm', 'Steps added'), value: list(added) },
    { term: t('Bước bỏ', 'Steps removed'), value: list(removed) },
    { term: t('Bước sửa', 'Steps changed'), value: list(changed) },
  ]
  return (
    <Card title={t(`Bản ${version.version} có gì mới`, `What is new in version ${version.version}`)}>
      <DefinitionList
        items={[
          ...(before
            ? changes
            : [{ term: t('So với trước', 'Compared'), value: t('Quy trình đầu tiên', 'The first process') }]),
          { term: t('Tổng giờ', 'Hours in all'), value: hoursAgainstTerm(definition, bounds.term, t).text },
          { term: t('Người trình', 'Submitted by'), value: version.submittedBy },
        ]}
      />
    </Card>
  )
}

type AnswersProps = {
  c: RequestContext
  record: ProcessRecord
  version: VersionSummary
  errors: FieldError[]
  values: FormValues
}

function Answers({ c, record, version, errors, values }: AnswersProps) {
  const t = c.get('t')
  const today = localDate(c.get('ctx').clock.now())
  const field = { t, errors, values: { validFrom: today, ...values } }
  return (
    <>
      <Card title={t('Phê duyệt', 'Approve')}>
        <Form action={approvalHref(record.key)}>
          <Hidden name="version" value={version.version} />
          <TextField
            {...field}
            name="decision"
            label={t('Số, ngày quyết định ban hành', 'Decision')}
            required
            maxLength={300}
          />
          <DateField {...field} name="validFrom" label={t('Áp dụng từ ngày', 'In force from')} min={today} required />
          <Actions>
            <Button>{t('Phê duyệt', 'Approve')}</Button>
          </Actions>
        </Form>
      </Card>
      <Card title={t('Trả lại để sửa', 'Return')}>
        <Form action={`${processHref(record.key)}/tra-lai`}>
          <Hidden name="commandId" value={randomUUID()} />
          <Hidden name="version" value={version.version} />
          <TextArea {...field} name="reason" label={t('Lý do', 'Reason')} required rows={3} />
          <Actions>
            <Button kind="secondary">{t('Trả lại', 'Return')}</Button>
          </Actions>
        </Form>
      </Card>
    </>
  )
}
