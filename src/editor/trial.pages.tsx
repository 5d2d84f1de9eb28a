import { roleName } from '#src/accounts/account.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { ShownVersion } from '#src/design/draft.query.ts'
import type { ProcessRecord } from '#src/design/process-list.query.ts'
import { laneNames, PROCESSES, processHref, trialHref } from '#src/design/process-view.ts'
import { agencyText, type LaneNames } from '#src/drawings/process-words.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { exitsOf, findStep, type Process } from '#src/processes/process.ts'
import type { Simulated, SimulatedStep } from '#src/processes/simulation.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { DateField, Form, TextField } from '#src/ui/form.tsx'
import { Columns, PageHead } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import type { KnownFact } from './conditions.ts'

type TrialProps = {
  c: RequestContext
  record: ProcessRecord
  shown: ShownVersion
  /** With sub-processes written out; null while errors keep it from being followed. */
  process: Process | null
  simulated: Simulated | null
  /** What its conditions ask about a dossier. */
  facts: KnownFact[]
  values: FormValues
}

/** A process tried out: the way of one dossier, and when each step would be due. */
export function TrialPage(props: TrialProps) {
  const { c, record, shown, process, simulated } = props
  const t = c.get('t')
  const title = t('Chạy thử quy trình', 'Try the process out')
  return (
    <OfficerPage c={c} title={title} current={PROCESSES}>
      <PageHead
        t={t}
        title={title}
        sub={t(
          `${shown.definition.name}, bản ${shown.version.version}`,
          `${shown.definition.name}, no. ${shown.version.version}`,
        )}
        crumbs={[
          { href: PROCESSES, label: t('Quy trình', 'Processes') },
          { href: processHref(record.key), label: record.name },
          { label: title },
        ]}
      />
      {process && simulated ? (
        <Columns aside={<Wishes {...props} process={process} simulated={simulated} />}>
          <Outcome t={t} simulated={simulated} />
          <Way t={t} process={process} simulated={simulated} lanes={laneNames(process, shown.bounds.agencies)} />
        </Columns>
      ) : (
        <Notice t={t} kind="warning" title={t('Chưa chạy thử được', 'Cannot be tried yet')}>
          {t('Quy trình còn lỗi khiến hồ sơ không đi tiếp được.', 'Errors keep a dossier from going through.')}
        </Notice>
      )}
    </OfficerPage>
  )
}

function Outcome({ t, simulated: { endsAt, dueAt } }: { t: T; simulated: Simulated }) {
  const ends = t(`Có kết quả lúc ${instantText(endsAt)}`, `The result is there at ${instantText(endsAt)}`)
  if (!dueAt) return <Notice t={t} title={ends} />
  const late = endsAt > dueAt
  return (
    <Notice t={t} kind={late ? 'warning' : 'success'} title={ends}>
      {late
        ? t(`Trễ so với hạn trả ${instantText(dueAt)}.`, `Later than the due time, ${instantText(dueAt)}.`)
        : t(`Hạn trả kết quả: ${instantText(dueAt)}.`, `Due at ${instantText(dueAt)}.`)}
    </Notice>
  )
}

type WayProps = { t: T; process: Process; simulated: Simulated; lanes: LaneNames }

function Way(props: WayProps) {
  const { t, process, simulated } = props
  const title = t('Đường đi của hồ sơ', 'The way of the dossier')
  const numbered = simulated.path.map((step, n) => ({ ...step, n: n + 1 }))
  return (
    <Card title={title}>
      <DataTable
        caption={title}
        captionHidden
        dense
        bare
        rows={numbered}
        rowKey={row => row.n}
        columns={[
          {
            key: 'step',
            head: t('Bước', 'Step'),
            cell: row => `${row.n}. ${row.name}`,
            sub: row => whoText(row, props),
          },
          { key: 'due', head: t('Hạn', 'Due'), cell: row => (row.passed ? '–' : instantText(row.dueAt)), nowrap: true },
          { key: 'outcome', head: t('Kết quả', 'Outcome'), cell: row => outcomeName(process, row) },
        ]}
      />
    </Card>
  )
}

function whoText({ step, passed, role, minutes }: SimulatedStep, { t, process, lanes }: WayProps): string {
  if (passed) return t('Hệ thống tự thực hiện', 'Done by the platform')
  const found = findStep(process, step)
  const agency = found && 'agency' in found ? agencyText(t, found.agency, lanes) : null
  const hours = minutes === null ? null : t(`${String(minutes / 60).replace('.', ',')} giờ`, `${minutes / 60} h`)
  return [role && roleName(role, t), agency, hours].filter(Boolean).join(' · ')
}

function outcomeName(process: Process, { step, outcome }: SimulatedStep): string {
  const found = findStep(process, step)
  return (found && exitsOf(found).find(({ key }) => key === outcome)?.name) ?? outcome
}

/** What is to happen: when it is received, what the dossier says, and which way out of each step. */
function Wishes({
  c,
  record,
  process,
  simulated,
  facts,
  values,
}: TrialProps & { process: Process; simulated: Simulated }) {
  const t = c.get('t')
  const field = { t, values }
  const visited = [...new Set(simulated.path.filter(({ passed }) => !passed).map(({ step }) => step))]
  const open = visited.flatMap(key => {
    const step = findStep(process, key)
    return step && exitsOf(step).length > 1 ? [step] : []
  })
  return (
    <Card title={t('Giả định', 'Suppose')}>
      <Form action={trialHref(record.key)} method="get">
        <DateField {...field} type="datetime-local" name="tu" label={t('Tiếp nhận lúc', 'Received at')} />
        {facts.map(fact => (
          <FactField key={fact.fact} fact={fact} {...field} />
        ))}
        {open.map(step => (
          <SelectField
            key={step.key}
            {...field}
            name={`buoc.${step.key}`}
            label={step.name}
            placeholder={t('(như thường lệ)', '(as usual)')}
            options={exitsOf(step).map(({ key, name }) => ({ value: key, label: name }))}
          />
        ))}
        <Actions>
          <Button>{t('Chạy thử', 'Try it')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function FactField({
  fact: { fact, name, kind, values: answers },
  ...field
}: {
  fact: KnownFact
  t: T
  values: FormValues
}) {
  const { t } = field
  const yesNo = [
    { value: 'true', label: t('Có', 'Yes') },
    { value: 'false', label: t('Không', 'No') },
  ]
  const options = kind === 'yes-no' ? yesNo : answers?.map(one => ({ value: one.value, label: one.name }))
  const named = { ...field, name: `tin.${fact}`, label: name }
  return options ? (
    <SelectField {...named} options={options} placeholder={t('(chưa biết)', '(not known)')} />
  ) : (
    <TextField {...named} inputMode={kind === 'number' ? 'decimal' : 'text'} />
  )
}
