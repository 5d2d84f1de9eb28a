import { roleName } from '#src/accounts/account.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { kindText, type PeriodScheme, periodKinds, termsOn } from '#src/periods/period-scheme.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { TreeAgency } from '#src/reports/asked.query.ts'
import { type ReportKind, reportReaders } from '#src/reports/report.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { CheckboxGroup, type Option, SelectField } from '#src/ui/choice.tsx'
import { DateField, ErrorSummary, Form, Hidden, NumberField, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { SCHEDULES_PATH } from './schedule.ts'
import { scheduleCrumbs } from './schedules.pages.tsx'

type NewProps = {
  c: RequestContext
  kinds: readonly ReportKind[]
  schemes: readonly PeriodScheme[]
  agencies: readonly TreeAgency[]
  today: string
  values: FormValues
  errors: readonly FieldError[]
  commandId: string
}
type CardProps = Pick<NewProps, 'kinds' | 'schemes' | 'today'> & {
  field: { t: T; values: FormValues; errors: readonly FieldError[] }
  agencies: readonly Option[]
}

export function NewSchedulePage({ c, values, errors, commandId, ...choices }: NewProps) {
  const t = c.get('t')
  const heading = t('Thêm lịch gửi báo cáo', 'Add a schedule')
  const agencies = choices.agencies.map(({ code, name, depth }) => {
    return { value: code, label: `${'\u2003'.repeat(depth)}${name}` }
  })
  const props: CardProps = { ...choices, agencies, field: { t, values, errors } }
  return (
    <OfficerPage c={c} title={heading} current="/bao-cao">
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={heading} crumbs={[...scheduleCrumbs(t), { label: heading }]} />
      <Form action={SCHEDULES_PATH}>
        <Hidden name="commandId" value={commandId} />
        <Which {...props} />
        <When {...props} />
        <Whom {...props} />
        <Actions>
          <Button>{t('Ghi nhận', 'Record')}</Button>
          <Button href={SCHEDULES_PATH} kind="secondary">
            {t('Quay lại', 'Back')}
          </Button>
        </Actions>
      </Form>
    </OfficerPage>
  )
}

function Which({ field, kinds, agencies }: CardProps) {
  const { t } = field
  const reports = kinds.map(({ key, title }) => ({ value: key, label: t(...title) }))
  const groupings = kinds
    .filter(kind => (kind.groupings?.length ?? 0) > 1)
    .map(({ key, title, groupings = [] }) => ({
      label: t(...title),
      options: groupings.map(({ value, head }) => ({ value: `${key}:${value}`, label: t(...head) })),
    }))
  const whole = t('Toàn tỉnh', 'The whole province')
  const formats = [
    { value: 'xlsx', label: t('Bảng tính (xlsx)', 'Spreadsheet (xlsx)') },
    { value: 'csv', label: 'CSV' },
  ]
  return (
    <Card title={t('Báo cáo', 'Report')}>
      <Stack>
        <SelectField {...field} name="report" label={t('Báo cáo', 'Report')} options={reports} required />
        <SelectField
          {...field}
          name="by"
          label={t('Chia theo', 'By')}
          hint={t('Các cách chia xếp dưới tên từng báo cáo.', 'Each report has its own, under its name.')}
          placeholder={t('Như thường lệ', 'As usual')}
          options={groupings}
        />
        <SelectField
          {...field}
          name="agency"
          label={t('Đơn vị báo cáo', 'Reporting agency')}
          placeholder={whole}
          options={agencies}
        />
        <SelectField
          {...field}
          name="format"
          label={t('Định dạng', 'Format')}
          placeholder={null}
          options={formats}
          required
        />
      </Stack>
    </Card>
  )
}

function When({ field, schemes, today }: CardProps) {
  const { t } = field
  const cuts = schemes.map(one => ({ value: one.code, label: t(...termsOn(one, today).name) }))
  const kinds = periodKinds.map(value => ({ value, label: kindText(value, t) }))
  return (
    <Card title={t('Khi nào', 'When')}>
      <Stack>
        <SelectField
          {...field}
          name="scheme"
          label={t('Loại kỳ', 'Periods')}
          placeholder={null}
          options={cuts}
          required
        />
        <SelectField {...field} name="kind" label={t('Mỗi', 'Every')} placeholder={null} options={kinds} required />
        <NumberField
          {...field}
          name="daysAfter"
          label={t('Số ngày sau ngày chốt số liệu', 'Days after the cut-off')}
          hint={t('0: ngay ngày hôm sau.', '0: the day after it.')}
          min={0}
          max={60}
          required
        />
        <DateField
          {...field}
          name="from"
          label={t('Áp dụng cho kỳ kết thúc từ ngày', 'Of periods that end from')}
          required
        />
      </Stack>
    </Card>
  )
}

function Whom({ field, agencies }: CardProps) {
  const { t } = field
  const roles = reportReaders.map(role => ({ value: role, label: roleName(role, t) }))
  return (
    <Card title={t('Gửi đến', 'Sent to')}>
      <Stack>
        <CheckboxGroup {...field} name="roles" label={t('Vai trò', 'Roles')} options={roles} />
        <SelectField
          {...field}
          name="at"
          label={t('Chỉ những vai trò đó tại', 'Those roles only at')}
          placeholder={t('Mọi cơ quan', 'Any agency')}
          options={agencies}
        />
        <TextField
          {...field}
          name="people"
          label={t('Tên đăng nhập của người nhận khác', 'Usernames of others')}
          hint={t('Cách nhau bằng dấu phẩy.', 'Separated by commas.')}
          maxLength={600}
        />
        <TextField {...field} name="ground" label={t('Căn cứ', 'Ground')} maxLength={500} required />
      </Stack>
    </Card>
  )
}
