import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, type T } from '#src/platform/text.ts'
import { figureText } from '#src/reports/cell-text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { DateField, ErrorSummary, Form, NumberField, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { Ground } from '#src/warnings/ground.tsx'
import { type IndexSet, type Indicator, indicatorsOf, isByHand } from './indicator-set.ts'
import { SETS_PATH, scoresOf } from './indices.pages.tsx'

type IndexSetPageProps = {
  c: RequestContext
  /** Every version, the earliest first. */
  sets: readonly IndexSet[]
  today: LocalDate
  tomorrow: LocalDate
  values: FormValues
  errors: readonly FieldError[]
  mayChange: boolean
  done: boolean
}

export function IndexSetPage(props: IndexSetPageProps) {
  const { c, sets, today, errors, mayChange, done } = props
  const t = c.get('t')
  const last = sets.at(-1)
  if (!last) return null
  const home = scoresOf[last.key]
  return (
    <OfficerPage c={c} title={t(...last.name)} current={home}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={t(...last.name)}
        sub={t(
          'Mỗi kỳ được chấm theo phiên bản có hiệu lực vào ngày cuối kỳ; phiên bản cũ giữ nguyên.',
          'A period is scored by the version in force on its last day; earlier versions stay as they were.',
        )}
        crumbs={[{ href: home, label: t('Chỉ số', 'Indices') }, { label: t('Bộ chỉ số', 'Index set') }]}
      />
      <Stack>
        {done && <Notice t={t}>{t('Đã ghi phiên bản mới.', 'The new version is recorded.')}</Notice>}
        {[...sets].reverse().map(set => (
          <VersionCard key={set.version} {...{ t, set, today }} />
        ))}
        {mayChange && <ChangeCard {...props} last={last} />}
      </Stack>
    </OfficerPage>
  )
}

const dayText = (day: string) => dateText(startOfLocalDay(day))

function stateText({ validFrom, validTo }: IndexSet, today: LocalDate, t: T): string {
  if (validFrom > today) return t(`áp dụng từ ${dayText(validFrom)}`, `from ${dayText(validFrom)}`)
  if (validTo && validTo <= today) return t(`áp dụng đến trước ${dayText(validTo)}`, `until before ${dayText(validTo)}`)
  return t(`đang áp dụng, từ ${dayText(validFrom)}`, `in force, since ${dayText(validFrom)}`)
}

function VersionCard({ t, set, today }: { t: T; set: IndexSet; today: LocalDate }) {
  const { definition } = set
  const isInForce = set.validFrom <= today && (!set.validTo || set.validTo > today)
  const hasTargets = indicatorsOf(definition).some(({ targets }) => targets)
  const columns: Column<Indicator>[] = [
    { key: 'code', head: t('Mã', 'Code'), cell: ({ code }) => code, nowrap: true },
    {
      key: 'name',
      head: t('Chỉ số', 'Indicator'),
      cell: ({ name }) => t(...name),
      sub: ({ source }) => source && t(...source),
      rowHeader: true,
    },
    { key: 'how', head: t('Cách tính', 'Formula'), cell: one => formulaText(one, t) },
    ...(hasTargets ? [targetColumn(t)] : []),
    { key: 'max', head: t('Điểm tối đa', 'Maximum'), cell: ({ max }) => figureText(max, t), numeric: true },
  ]
  return (
    <Card title={`${t('Phiên bản', 'Version')} ${set.version}: ${stateText(set, today, t)}`}>
      <p>
        {t('Căn cứ: ', 'Ground: ')}
        <Ground t={t} text={set.ground} />
      </p>
      <p>
        {definition.bands
          .map(({ from, name }) => `${t(...name)}: ${t('từ', 'from')} ${figureText(from, t)}`)
          .join(' · ')}
      </p>
      <Disclosure summary={t('Các chỉ số', 'Indicators')} open={isInForce}>
        {definition.groups.map(group => (
          <DataTable
            key={group.code}
            caption={t(...group.name)}
            columns={columns}
            rows={group.indicators}
            rowKey={({ code }) => code}
            dense
            bare
          />
        ))}
      </Disclosure>
    </Card>
  )
}

const targetColumn = (t: T): Column<Indicator> => ({
  key: 'target',
  head: t('Chỉ tiêu tỉnh / xã', 'Target: province / commune'),
  cell: ({ targets }) =>
    targets ? `${figureText(targets.province * 100, t)}% / ${figureText(targets.commune * 100, t)}%` : '–',
  numeric: true,
})

function formulaText({ formula, appraised }: Indicator, t: T): string {
  const hand = isByHand(formula) ? t(', số liệu nhập theo kỳ', ', entered for the period') : ''
  const more = appraised ? t('; điểm thẩm định thay cho điểm tính', '; appraisal instead of what is computed') : ''
  const texts = {
    rate: t('tỷ lệ × điểm tối đa', 'rate × maximum'),
    levels: t('theo mức', 'by levels'),
    fixed: t('có hoặc không', 'yes or no'),
    deduction: t('trừ điểm mỗi vi phạm', 'less for each violation'),
    bonus: t('điểm thưởng, không vượt tối đa', 'bonus, up to the maximum'),
    average: t('điểm trung bình', 'average of points'),
  }
  return `${texts[formula.type]}${hand}${more}`
}

function ChangeCard({ c, last, values, errors, tomorrow }: IndexSetPageProps & { last: IndexSet }) {
  const t = c.get('t')
  const field = { t, values, errors }
  const { bands, groups, max } = last.definition
  return (
    <Card title={t('Lập phiên bản mới', 'Make a new version')}>
      <p>
        {t(
          `Tổng điểm tối đa của các chỉ số phải bằng ${figureText(max, t)}.`,
          `The maxima of the indicators must add up to ${figureText(max, t)}.`,
        )}
      </p>
      <Form action={`${SETS_PATH}/${last.key}`}>
        {groups.map(group => (
          <GroupNumbers key={group.code} field={field} name={t(...group.name)} indicators={group.indicators} />
        ))}
        <fieldset class="field">
          <legend>{t('Mức xếp loại: từ số điểm', 'Bands: from how many points')}</legend>
          <div class="report-fields">
            {bands.map(({ name }, i) => (
              <NumberField key={name[0]} {...field} name={`band:${i}`} label={t(...name)} min={0} step="any" required />
            ))}
          </div>
        </fieldset>
        <TextField {...field} name="ground" label={t('Căn cứ', 'Ground')} maxLength={500} required />
        <DateField {...field} name="from" label={t('Áp dụng từ ngày', 'Applies from')} min={tomorrow} required />
        <Actions>
          <Button>{t('Ghi phiên bản mới', 'Record the new version')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

type NumbersField = { t: T; values: FormValues; errors: readonly FieldError[] }
type GroupProps = { field: NumbersField; name: string; indicators: readonly Indicator[] }

/** Indicators with targets have a row of their own each; the others share one. */
function GroupNumbers({ field, name, indicators }: GroupProps) {
  const { t } = field
  const plain = indicators.filter(({ targets }) => !targets)
  return (
    <>
      {plain.length > 0 && (
        <fieldset class="field">
          <legend>{name}</legend>
          <div class="report-fields">
            {plain.map(one => (
              <PointsField key={one.code} field={field} code={one.code} label={`${one.code} ${t(...one.name)}`} />
            ))}
          </div>
        </fieldset>
      )}
      {indicators
        .filter(({ targets }) => targets)
        .map(one => (
          <fieldset key={one.code} class="field">
            <legend>{t(...one.name)}</legend>
            <div class="report-fields">
              <PointsField field={field} code={one.code} label={t('Điểm tối đa', 'Maximum')} />
              <ShareField
                field={field}
                name={`province:${one.code}`}
                label={t('Chỉ tiêu cấp tỉnh', 'Target, province')}
              />
              <ShareField field={field} name={`commune:${one.code}`} label={t('Chỉ tiêu cấp xã', 'Target, commune')} />
            </div>
          </fieldset>
        ))}
    </>
  )
}

function PointsField({ field, code, label }: { field: NumbersField; code: string; label: string }) {
  return <NumberField {...field} name={`max:${code}`} label={label} min={0} step="any" required />
}

function ShareField({ field, name, label }: { field: NumbersField; name: string; label: string }) {
  return <NumberField {...field} name={name} label={label} unit="%" min={0} max={100} step="any" required />
}
