import type { ComponentChildren } from 'preact'
import { roleName } from '#src/accounts/account.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { T } from '#src/platform/text.ts'
import { END, type Step, usualOutcomes } from '#src/processes/process.ts'
import { SelectField } from '#src/ui/choice.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Hidden, TextField } from '#src/ui/form.tsx'
import { comparisons } from './conditions.ts'
import { inOrder } from './process-edit.ts'
import { agencyOptions, askedRoles, type FieldsProps } from './step-fields.tsx'

/** How many rows of a list the form shows: those filled in, and one to spare. */
function rowCount(values: FormValues, list: string, most: number): number {
  const numbers = Object.keys(values).flatMap(name => {
    const found = new RegExp(`^${list}\\.(\\d{1,2})\\.`, 'u').exec(name)
    return found ? [Number(found[1])] : []
  })
  return Math.min(most, Math.max(-1, ...numbers) + 2)
}

type RowsProps = { legend: string; hint?: string; count: number; row: (n: number) => ComponentChildren }

function Rows({ legend, hint, count, row }: RowsProps) {
  return (
    <fieldset class="field design-rows">
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {Array.from({ length: count }, (_, n) => (
        <div key={`row-${n + 1}`} class="design-row">
          {row(n)}
        </div>
      ))}
    </fieldset>
  )
}

/** Steps by number and name, and the end. */
function targets({ t, draft, step }: Pick<FieldsProps, 't' | 'draft' | 'step'>) {
  const ordered = inOrder(draft.definition)
  const steps = ordered.map(({ key, name }, n) => ({ value: key, label: `${n + 1}. ${name}` }))
  return [
    ...steps.filter(({ value }) => value !== step.key),
    { value: END, label: t('Kết quả tại một cửa (kết thúc)', 'Result at the desk (the end)') },
  ]
}

/** Where each way out leads. Those that the kind always has stay; an emptied name takes any other away. */
export function OutcomeRows(props: FieldsProps) {
  const { t, step, errors, values } = props
  const fixed = fixedOutcomes(step)
  const isFree = fixed.length === 0 || 'role' in step
  const count = isFree ? rowCount(values, 'outcomes', 12) : fixed.length
  const options = targets(props)
  return (
    <Rows
      legend={t('Kết quả của bước và bước tiếp theo', 'Outcomes and where they lead')}
      hint={t(
        'Dẫn về một bước trước là trả lại, người làm phải nêu lý do.',
        'Leading to an earlier step is a return and needs a reason.',
      )}
      count={count}
      row={n => {
        const field = { t, errors, values }
        const key = values[`outcomes.${n}.key`]
        return (
          <>
            {typeof key === 'string' && <Hidden name={`outcomes.${n}.key`} value={key} />}
            <TextField
              {...field}
              name={`outcomes.${n}.name`}
              label={t(`Kết quả ${n + 1}`, `Outcome ${n + 1}`)}
              maxLength={200}
            />
            <SelectField {...field} name={`outcomes.${n}.to`} label={t('Đi đến bước', 'Leads to')} options={options} />
          </>
        )
      }}
    />
  )
}

const fixedOutcomes = (step: Step): readonly string[] => (step.kind === 'choice' ? [] : usualOutcomes[step.kind])

/** Facts the officer writes down at this step, for conditions further on. */
export function AsksRows({ t, errors, values }: FieldsProps) {
  const kinds = [
    { value: 'text', label: t('Chữ', 'Text') },
    { value: 'number', label: t('Số', 'Number') },
    { value: 'yes-no', label: t('Có hoặc không', 'Yes or no') },
  ]
  return (
    <Rows
      legend={t('Thông tin người làm phải ghi lại', 'What has to be written down')}
      hint={t('Các bước rẽ nhánh phía sau có thể dùng thông tin này.', 'Conditions further on may ask for it.')}
      count={rowCount(values, 'asks', 20)}
      row={n => {
        const field = { t, errors, values }
        const known = values[`asks.${n}.field`]
        return (
          <>
            {typeof known === 'string' && <Hidden name={`asks.${n}.field`} value={known} />}
            <TextField
              {...field}
              name={`asks.${n}.name`}
              label={t(`Thông tin ${n + 1}`, `Fact ${n + 1}`)}
              maxLength={200}
            />
            <SelectField
              {...field}
              name={`asks.${n}.kind`}
              label={t('Kiểu', 'Kind')}
              placeholder={null}
              options={kinds}
            />
          </>
        )
      }}
    />
  )
}

/** Agencies asked for an opinion, all at once. */
export function AskedRows({ t, draft, step, errors, values }: FieldsProps) {
  const byRule = (n: number) => step.kind === 'consult' && step.asked[n]?.agency.by === 'rule'
  return (
    <Rows
      legend={t('Hỏi ý kiến những ai', 'Who is asked')}
      count={rowCount(values, 'asked', 20)}
      row={n => {
        const field = { t, errors, values }
        const key = values[`asked.${n}.key`]
        return (
          <>
            {typeof key === 'string' && <Hidden name={`asked.${n}.key`} value={key} />}
            <TextField
              {...field}
              name={`asked.${n}.name`}
              label={t(`Nội dung xin ý kiến ${n + 1}`, `What is asked ${n + 1}`)}
              maxLength={200}
            />
            <SelectField
              {...field}
              name={`asked.${n}.agency`}
              label={t('Cơ quan', 'Agency')}
              options={agencyOptions(draft.bounds.agencies, t, byRule(n))}
            />
            <SelectField
              {...field}
              name={`asked.${n}.role`}
              label={t('Ai trả lời', 'Who answers')}
              placeholder={null}
              options={askedRoles.map(role => ({ value: role, label: roleName(role, t) }))}
            />
          </>
        )
      }}
    />
  )
}

/** Conditions, tried from the first to the last; what is picked from lists becomes FEEL, cleverer ones are written as text. */
export function BranchRows(props: FieldsProps) {
  const { t, errors, values } = props
  const options = targets(props)
  return (
    <>
      <Rows
        legend={t('Các nhánh, xét từ trên xuống', 'Branches, tried from the first')}
        count={rowCount(values, 'branches', 12)}
        row={n => <BranchRow {...props} n={n} options={options} />}
      />
      <SelectField
        {...{ t, errors, values }}
        name="otherwise"
        label={t('Nếu không nhánh nào đúng, đi đến bước', 'If none is true, go to')}
        required
        placeholder={null}
        options={options}
      />
    </>
  )
}

type BranchProps = FieldsProps & { n: number; options: ReturnType<typeof targets> }

function BranchRow(props: BranchProps) {
  const { t, facts, errors, values, n, options } = props
  const field = { t, errors, values }
  const written = values[`branches.${n}.when`]
  return (
    <>
      <TextField
        {...field}
        name={`branches.${n}.name`}
        label={t(`Nhánh ${n + 1}`, `Branch ${n + 1}`)}
        maxLength={200}
      />
      <SelectField
        {...field}
        name={`branches.${n}.fact`}
        label={t('Khi', 'When')}
        placeholder={written ? t('(theo công thức bên dưới)', '(by the formula below)') : t('Chọn…', 'Choose…')}
        options={facts.map(({ fact, name }) => ({ value: fact, label: name }))}
      />
      <SelectField
        {...field}
        name={`branches.${n}.op`}
        label={t('So sánh', 'Comparison')}
        placeholder={null}
        options={comparisons.map(op => ({ value: op, label: comparisonName(op, t) }))}
      />
      <TextField
        {...field}
        name={`branches.${n}.value`}
        label={t('Giá trị', 'Value')}
        suggestions={suggestedValues(facts, values, n)}
      />
      <SelectField {...field} name={`branches.${n}.to`} label={t('Đi đến bước', 'Leads to')} options={options} />
      <WrittenCondition {...props} />
    </>
  )
}

/** Open where there is something in it: a cleverer condition, or one that cannot be read. */
function WrittenCondition({ t, errors, values, n }: BranchProps) {
  const name = `branches.${n}.when`
  const open = errors.some(error => error.field === name) || (typeof values[name] === 'string' && values[name] !== '')
  return (
    <Disclosure summary={t('Điều kiện khác, viết bằng công thức', 'Another condition, as a formula')} open={open}>
      <TextField
        {...{ t, errors, values }}
        name={name}
        label={t('Công thức (ngôn ngữ FEEL)', 'Formula (in FEEL)')}
        hint={
          <>
            {t('Ví dụ', 'For example')}: <code>form.dienTich &gt; 500 and channel = "online"</code>
          </>
        }
      />
    </Disclosure>
  )
}

/** What may be answered to the fact chosen in row `n`; before one is chosen, every answer there is. */
function suggestedValues(facts: FieldsProps['facts'], values: FormValues, n: number): string[] {
  const chosen = values[`branches.${n}.fact`]
  const asked = chosen ? facts.filter(({ fact }) => fact === chosen) : facts
  return [...new Set(asked.flatMap(fact => (fact.values ?? []).map(({ name }) => name)))]
}

function comparisonName(op: (typeof comparisons)[number], t: T): string {
  const names = {
    '=': t('bằng', 'is'),
    '!=': t('khác', 'is not'),
    '>': t('lớn hơn', 'is more than'),
    '>=': t('từ (trở lên)', 'is at least'),
    '<': t('nhỏ hơn', 'is less than'),
    '<=': t('đến (trở xuống)', 'is at most'),
  }
  return names[op]
}
