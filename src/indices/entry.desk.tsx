import { z } from 'zod'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { fieldProblems, named } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { listReaderAgencies, type TreeAgency } from '#src/reports/asked.query.ts'
import { figureText } from '#src/reports/cell-text.ts'
import { reportReaders } from '#src/reports/report.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { DateField, ErrorSummary, Form, NumberField, TextArea } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { EnterValue, enterValue } from './enter-value.ts'
import type { EnteredValue } from './entered-value.ts'
import { listEntered, listIndexSets } from './indicator-set.query.ts'
import { type IndexKey, type IndexSet, indexKeys, indicatorsOf, setInForce, takesEntries } from './indicator-set.ts'
import { ENTRY_PATH, scoresOf } from './indices.pages.tsx'
import { agencyRating } from './rating-kinds.query.ts'
import { serviceIndex, targetRates } from './score-kinds.query.ts'
import { readScorePeriod } from './score-period.tsx'

/** "Nhập số liệu theo kỳ": what no dossier tells, by the agency itself and by those who appraise it. */
export function entryDesk(app: App): void {
  app.get(`${ENTRY_PATH}/:key`, c => showEntry(c))
  app.post(`${ENTRY_PATH}/:key`, postEntry)
}

const kinds = { '766': serviceIndex, 'chi-tieu': targetRates, 'chin-chi-so': agencyRating }
/** Those who write; a director only reads. */
const writers = reportReaders.filter(role => role !== 'director')

export function keyOf(c: RequestContext): IndexKey {
  const key = indexKeys.find(one => one === c.req.param('key'))
  if (!key) throw new Refusal('not-found', 'index-set-unknown')
  return key
}

type Given = { values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }

async function showEntry(c: RequestContext, given: Given = {}): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...writers)
  const key = keyOf(c)
  const ctx = c.get('ctx')
  const { asked } = await readScorePeriod(c, kinds[key])
  // An address that cannot be answered leaves the quarter under way.
  const usual = asked ?? (await readScorePeriod(c, kinds[key], { search: new URLSearchParams() })).asked
  if (!usual) throw new Error('the quarter under way can be asked for')
  const [sets, said, theirs] = await Promise.all([
    listIndexSets(ctx, key),
    listEntered(ctx, { ...usual, key, said: ctx.clock.now() }),
    listReaderAgencies(ctx, officer),
  ])
  const set = setInForce(sets, key, usual.to)
  const { values, errors = [], status } = given
  const filled = { agency: usual.agency.code, from: usual.from, to: usual.to }
  const done = c.req.query('done') === 'yes'
  return page(c, <EntryPage {...{ c, set, said, theirs, errors, done }} values={values ?? filled} />, status)
}

const EntryForm = z.object({
  ...EnterValue.shape,
  value: named(z.coerce.number().pipe(EnterValue.shape.value), 'số đạt được', 'the number reached'),
  of: named(z.coerce.number().pipe(EnterValue.shape.of), 'tổng số', 'the number it is of'),
})

async function postEntry(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...writers)
  const key = keyOf(c)
  const t = c.get('t')
  const form = await readForm(c)
  const typed = parseForm(EntryForm, form, t)
  if (!typed.ok) return showEntry(c, { ...typed, status: 422 })
  const whole = EnterValue.safeParse(typed.value)
  if (!whole.success) {
    const errors = fieldProblems(whole.error.issues, EnterValue, typed.value, t)
    return showEntry(c, { values: typedIn(form), errors, status: 422 })
  }
  try {
    await enterValue(c.get('ctx'), key, whole.data)
    const { from, to, agency } = whole.data
    return seeOther(c, `${ENTRY_PATH}/${key}?tu=${from}&den=${to}&co-quan=${encodeURIComponent(agency)}&done=yes`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return showEntry(c, { values: typedIn(form), errors: formErrors(error, t), status: refusalStatus(error) })
  }
}

type EntryPageProps = {
  c: RequestContext
  set: IndexSet
  said: readonly EnteredValue[]
  theirs: readonly TreeAgency[]
  values: FormValues
  errors: readonly FieldError[]
  done: boolean
}

function EntryPage({ c, set, said, theirs, values, errors, done }: EntryPageProps) {
  const t = c.get('t')
  const heading = t('Nhập số liệu theo kỳ', 'Numbers of the period')
  const home = scoresOf[set.key]
  return (
    <OfficerPage c={c} title={heading} current={home}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={heading}
        sub={t(
          'Ghi thêm, không sửa đè: số nhập sau cùng của kỳ được tính; số thẩm định thay cho số tự chấm.',
          'Nothing is overwritten: the last number for a period counts; appraisal comes before self-score.',
        )}
        crumbs={[{ href: home, label: t(...set.name) }, { label: heading }]}
      />
      <Stack>
        {done && <Notice t={t}>{t('Đã ghi số liệu.', 'The number is recorded.')}</Notice>}
        <EntryCard {...{ c, set, theirs, values, errors }} />
        <SaidTable {...{ t, set, said, theirs }} />
      </Stack>
    </OfficerPage>
  )
}

function EntryCard({ c, set, theirs, values, errors }: Omit<EntryPageProps, 'said' | 'done'>) {
  const t = c.get('t')
  const field = { t, values, errors }
  const byHand = indicatorsOf(set.definition).filter(takesEntries)
  return (
    <Card title={t('Ghi một số liệu', 'Record a number')}>
      <Form action={`${ENTRY_PATH}/${set.key}`}>
        <SelectField
          {...field}
          name="indicator"
          label={t('Chỉ số', 'Indicator')}
          options={byHand.map(({ code, name }) => ({ value: code, label: `${code} ${t(...name)}` }))}
          required
        />
        <SelectField
          {...field}
          name="agency"
          label={t('Cơ quan', 'Agency')}
          placeholder={null}
          options={theirs.map(({ code, name, depth }) => ({ value: code, label: `${'\u2003'.repeat(depth)}${name}` }))}
          required
        />
        <PeriodAndNumber field={field} />
        <TextArea
          {...field}
          name="evidence"
          label={t('Căn cứ, tài liệu kiểm chứng', 'Evidence')}
          rows={3}
          maxLength={1000}
          required
        />
        <Actions>
          <Button>{t('Ghi số liệu', 'Record')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

type EntryField = { t: T; values: FormValues; errors: readonly FieldError[] }

function PeriodAndNumber({ field }: { field: EntryField }) {
  const { t } = field
  return (
    <>
      <DateField {...field} name="from" label={t('Từ ngày', 'From')} required />
      <DateField {...field} name="to" label={t('Đến ngày', 'To')} required />
      <NumberField
        {...field}
        name="value"
        label={t('Số đạt được', 'Number reached')}
        hint={t('Ví dụ: 96 phiếu hài lòng; hoặc số điểm.', 'For example: 96 satisfied; or points.')}
        min={0}
        step="any"
        required
      />
      <NumberField
        {...field}
        name="of"
        label={t('Trên tổng số', 'Of')}
        hint={t('Ví dụ: 100 phiếu; chấm điểm thì ghi 1.', 'For example: 100 asked; 1 where it is points.')}
        min={0}
        step="any"
        required
      />
    </>
  )
}

const dayText = (day: string) => dateText(startOfLocalDay(day))

type SaidProps = { t: T } & Pick<EntryPageProps, 'set' | 'said' | 'theirs'>

function SaidTable({ t, set, said, theirs }: SaidProps) {
  const indicators = new Map(indicatorsOf(set.definition).map(({ code, name }) => [code, t(...name)]))
  const agencies = new Map(theirs.map(({ id, name }) => [id, name]))
  const columns: Column<EnteredValue>[] = [
    {
      key: 'indicator',
      head: t('Chỉ số', 'Indicator'),
      cell: one => `${one.indicator} ${indicators.get(one.indicator) ?? ''}`,
      sub: one => agencies.get(one.agencyId),
      rowHeader: true,
    },
    { key: 'period', head: t('Kỳ', 'Period'), cell: one => `${dayText(one.from)} – ${dayText(one.to)}` },
    {
      key: 'value',
      head: t('Số liệu', 'Number'),
      cell: one => `${figureText(one.value, t)}/${figureText(one.of, t)}`,
      numeric: true,
    },
    {
      key: 'stage',
      head: t('Ai ghi', 'By'),
      cell: one => (one.stage === 'self' ? t('Tự chấm', 'Self-score') : t('Thẩm định', 'Appraisal')),
      sub: one => `${one.by}, ${instantText(one.at)}`,
    },
    { key: 'evidence', head: t('Căn cứ', 'Evidence'), cell: one => one.evidence },
  ]
  return (
    <DataTable
      caption={t('Đã ghi trong kỳ, mới nhất trước', 'Recorded for the period, the latest first')}
      columns={columns}
      rows={[...said].reverse().slice(0, 200)}
      rowKey={({ id }) => id}
      dense
      empty={t('Kỳ này chưa ghi số liệu nào', 'Nothing is recorded for this period yet')}
    />
  )
}
