import { type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, type T } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { CheckboxGroup } from '#src/ui/choice.tsx'
import { NumberField, TextField } from '#src/ui/form.tsx'
import { Stack } from '#src/ui/layout.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { Ground } from '#src/warnings/ground.tsx'
import { periodText } from '#src/warnings/rule-table.tsx'
import { presetsAround } from './period-preset.ts'
import { kindText, type PeriodScheme, periodKinds, type SchemeTerms, termsOn } from './period-scheme.ts'
import { ChangeLink, RuleForm, RuleList } from './rule.pages.tsx'

export const SCHEMES_PATH = '/bao-cao/ky'
const title = (t: T) => t('Kỳ báo cáo', 'Reporting periods')

type SchemesProps = {
  c: RequestContext
  schemes: readonly PeriodScheme[]
  today: LocalDate
  mayChange: boolean
  done: boolean
}

export function PeriodSchemesPage({ c, schemes, today, mayChange, done }: SchemesProps) {
  const t = c.get('t')
  const sub = t(
    'Ngày chốt số liệu của từng loại kỳ. Khi đổi ngày chốt, kỳ sau nối liền kỳ trước.',
    'The cut-off of each scheme. When it changes, the next period follows on the one before.',
  )
  return (
    <RuleList c={c} title={title(t)} sub={sub} done={done}>
      {schemes.map(scheme => (
        <Scheme key={scheme.code} {...{ t, scheme, today, mayChange }} />
      ))}
    </RuleList>
  )
}

type SchemeProps = { t: T; scheme: PeriodScheme; today: LocalDate; mayChange: boolean }

function Scheme({ t, scheme, today, mayChange }: SchemeProps) {
  const name = t(...termsOn(scheme, today).name)
  const day = (date: LocalDate) => dateText(startOfLocalDay(date))
  return (
    <Card title={name}>
      <Stack>
        <DataTable
          caption={t(`Quy định: ${name}`, `Terms: ${name}`)}
          captionHidden
          rows={scheme.terms.filter(({ validTo }) => validTo === null || validTo > today)}
          rowKey={one => one.validFrom}
          columns={[
            { key: 'cut', head: t('Chốt số liệu', 'Cut-off'), cell: one => cutText(one, t), rowHeader: true },
            {
              key: 'kinds',
              head: t('Các kỳ', 'Periods'),
              cell: one => one.kinds.map(kind => kindText(kind, t)).join(', '),
            },
            {
              key: 'send',
              head: t('Gửi báo cáo trong', 'Sent within'),
              cell: one => t(`${one.submissionDays} ngày`, `${one.submissionDays} days`),
            },
            { key: 'ground', head: t('Căn cứ', 'Ground'), cell: one => <Ground t={t} text={one.ground} /> },
            { key: 'force', head: t('Hiệu lực', 'In force'), cell: one => periodText(one, t) },
          ]}
          dense
          bare
        />
        <DataTable
          caption={t('Kỳ này và kỳ trước', 'This period and the last')}
          rows={presetsAround([scheme], today)}
          rowKey={preset => preset.code}
          columns={[
            { key: 'label', head: t('Kỳ', 'Period'), cell: preset => t(...preset.label), rowHeader: true },
            { key: 'from', head: t('Từ ngày', 'From'), cell: preset => day(preset.from), nowrap: true },
            { key: 'to', head: t('Đến ngày', 'To'), cell: preset => day(preset.to), nowrap: true },
            { key: 'submit', head: t('Gửi chậm nhất', 'Sent by'), cell: preset => day(preset.submitBy), nowrap: true },
            { key: 'code', head: t('Mã', 'Code'), cell: preset => preset.code, nowrap: true },
          ]}
          dense
          bare
        />
        {mayChange && <ChangeLink t={t} href={`${SCHEMES_PATH}/${scheme.code}`} what={name} />}
      </Stack>
    </Card>
  )
}

function cutText({ startDay }: SchemeTerms, t: T): string {
  return startDay === 1
    ? t('hết ngày cuối tháng', 'the last day of the month')
    : t(
        `hết ngày ${startDay - 1}, kỳ sau từ ngày ${startDay}`,
        `day ${startDay - 1}; the next begins on day ${startDay}`,
      )
}

type ChangeProps = {
  c: RequestContext
  scheme: PeriodScheme
  values: FormValues
  errors: readonly FieldError[]
  tomorrow: LocalDate
}

export function PeriodSchemePage({ c, scheme, values, errors, tomorrow }: ChangeProps) {
  const t = c.get('t')
  const field = { t, values, errors }
  const heading = t(...termsOn(scheme, tomorrow).name)
  const kinds = periodKinds.map(value => ({ value, label: kindText(value, t) }))
  return (
    <RuleForm
      {...{ c, values, errors, tomorrow }}
      list={{ href: SCHEMES_PATH, label: title(t) }}
      title={heading}
      action={`${SCHEMES_PATH}/${scheme.code}`}
    >
      <TextField {...field} name="nameVi" label={t('Tên', 'Name in Vietnamese')} maxLength={100} required />
      <TextField {...field} name="nameEn" label={t('Tên tiếng Anh', 'Name in English')} maxLength={100} required />
      <NumberField
        {...field}
        name="startDay"
        label={t('Kỳ bắt đầu từ ngày', 'A period begins on day')}
        hint={t(
          '1: theo tháng dương lịch. 15: từ ngày 15 tháng trước đến hết ngày 14.',
          '1: calendar months. 15: from the 15th to the 14th.',
        )}
        min={1}
        max={28}
        required
      />
      <CheckboxGroup {...field} name="kinds" label={t('Các kỳ', 'Periods')} options={kinds} inline />
      <NumberField
        {...field}
        name="submissionDays"
        label={t('Gửi báo cáo trong', 'Reports are sent within')}
        unit={t('ngày sau ngày chốt', 'days after the cut-off')}
        min={0}
        max={60}
        required
      />
    </RuleForm>
  )
}
