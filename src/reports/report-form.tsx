import { startOfLocalDay } from '#src/calendar/local-date.ts'
import type { PeriodPreset } from '#src/periods/period-preset.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, type T } from '#src/platform/text.ts'
import { channels } from '#src/procedures/procedure.ts'
import { Button } from '#src/ui/button.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { DateField, Form, TextField } from '#src/ui/form.tsx'
import { type Chip, FilterChips } from '#src/ui/list.tsx'
import type { TreeAgency } from './asked.query.ts'
import { pageNames } from './asked.ts'
import type { ReportFilter, ReportKind } from './report.ts'
import type { Choice } from './report-choice.query.ts'
import { channelHeads, filterHeads } from './report-heading.ts'

/** What may be chosen from. */
export type ReportChoices = {
  agencies: readonly TreeAgency[]
  filters: Partial<Record<ReportFilter, readonly Choice[]>>
}

export type ReportFormProps = {
  t: T
  kind: ReportKind
  choices: ReportChoices
  /** By the names of the page. */
  values: FormValues
  errors: readonly FieldError[]
}

type FieldOfForm = { t: T; values: FormValues; errors: readonly FieldError[] }

/** What is asked of a report: days, agency, grouping and what narrows it. A view is its address. */
export function ReportForm({ t, kind, choices, values, errors }: ReportFormProps) {
  const field: FieldOfForm = { t, values, errors }
  const asOf = pageNames.asOf
  const isLater = Boolean(values[asOf]) || errors.some(error => error.field === asOf)
  return (
    <Form action={`/bao-cao/${kind.key}`} method="get">
      <div class="report-fields">
        <DateField {...field} name={pageNames.from} label={t('Từ ngày', 'From')} />
        <DateField {...field} name={pageNames.to} label={t('Đến ngày', 'To')} />
        {choices.agencies.length > 1 && <AgencyField field={field} agencies={choices.agencies} />}
        {kind.groupings && kind.groupings.length > 1 && (
          <SelectField
            {...field}
            name={pageNames.by}
            label={kind.shape === 'list' ? t('Số liệu', 'Number') : t('Chia theo', 'By')}
            placeholder={null}
            options={kind.groupings.map(({ value, head }) => ({ value, label: t(...head) }))}
          />
        )}
        {kind.filters?.map(name => (
          <FilterField key={name} name={name} field={field} choices={choices.filters[name] ?? []} />
        ))}
      </div>
      <Disclosure summary={t('Số liệu tại một thời điểm đã qua', 'As of an earlier instant')} open={isLater}>
        <DateField
          {...field}
          name={asOf}
          type="datetime-local"
          label={t('Tính đến', 'As of')}
          hint={t(
            'Chỉ tính những việc đã xảy ra đến thời điểm này. Để trống: đến hết kỳ hoặc đến bây giờ.',
            'Only what had happened by then counts. Empty: the end of the period, or now.',
          )}
        />
      </Disclosure>
      <div class="actions">
        <Button>{t('Xem báo cáo', 'Show the report')}</Button>
      </div>
    </Form>
  )
}

/** Those below stand in from those above. */
export function AgencyField({ field, agencies }: { field: FieldOfForm; agencies: readonly TreeAgency[] }) {
  return (
    <SelectField
      {...field}
      name={pageNames.agency}
      label={field.t('Đơn vị báo cáo', 'Reporting agency')}
      placeholder={null}
      options={agencies.map(({ code, name, depth }) => ({ value: code, label: `${'\u2003'.repeat(depth)}${name}` }))}
    />
  )
}

function FilterField({ name, field, choices }: { name: ReportFilter; field: FieldOfForm; choices: readonly Choice[] }) {
  const { t } = field
  const head = { name: pageNames[name], label: t(...filterHeads[name]) }
  const all = t('Tất cả', 'All')
  if (name === 'procedure') {
    return <TextField {...field} {...head} placeholder={t('Mã thủ tục, ví dụ 1.001193', 'Code, e.g. 1.001193')} />
  }
  const known = channels.map(value => ({ value, label: t(...channelHeads[value]) }))
  return <SelectField {...field} {...head} placeholder={all} options={name === 'channel' ? known : choices} />
}

export type PresetsProps = {
  t: T
  presets: readonly PeriodPreset[]
  /** Names of the schemes in force, by code; the first is the national one. */
  schemes: readonly { code: string; name: string }[]
  hrefOf: (preset: PeriodPreset) => string
  current: { from: string; to: string } | null
}

/** `15/02 – 14/03/2026`: schemes name their periods alike and cut them on different days. */
function daysText({ from, to }: PeriodPreset): string {
  const [first = '', last = ''] = [from, to].map(day => dateText(startOfLocalDay(day)))
  const year = -'/2026'.length
  return `${first.slice(year) === last.slice(year) ? first.slice(0, year) : first} – ${last}`
}

/** The periods reports are usually made for, as links: those of the national scheme at once, the others on asking. */
export function PeriodLinks({ t, presets, schemes, hrefOf, current }: PresetsProps) {
  const chipsOf = (code: string): Chip[] =>
    presets
      .filter(preset => preset.scheme === code)
      .map(preset => ({
        href: hrefOf(preset),
        label: t(...preset.label),
        note: daysText(preset),
        current: preset.from === current?.from && preset.to === current.to,
      }))
  const [first, ...others] = schemes
  if (!first) return null
  const isOther = others.some(({ code }) => chipsOf(code).some(chip => chip.current))
  const isFirst = chipsOf(first.code).some(chip => chip.current)
  return (
    <div class="report-periods">
      <FilterChips label={first.name} chips={chipsOf(first.code)} />
      {others.length > 0 && (
        <Disclosure summary={t('Kỳ tính theo cách khác', 'Periods cut in other ways')} open={isOther && !isFirst}>
          {others.map(({ code, name }) => (
            <div key={code}>
              <p>{name}</p>
              <FilterChips label={name} chips={chipsOf(code)} />
            </div>
          ))}
        </Disclosure>
      )}
    </div>
  )
}
