import type { ComponentChildren } from 'preact'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Checkbox, SelectField } from '#src/ui/choice.tsx'
import { DateField, ErrorSummary, Form, NumberField, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { Ground } from './ground.tsx'
import { periodText, RULES_PATH, RuleTable } from './rule-table.tsx'
import { escalations, escalationText, momentText, subjectText, type WarningRule } from './warning.ts'
import { type SettingKey, type SettingPeriod, settingName, settingRange, settingUnit } from './watch-setting.ts'

export const SETTING_PATH = `${RULES_PATH}/muc`
const title = (t: T) => t('Quy tắc cảnh báo', 'Warning rules')

type RulesPageProps = {
  c: RequestContext
  rules: readonly WarningRule[]
  settings: readonly SettingPeriod[]
  done: boolean
}

export function WarningRulesPage({ c, rules, settings, done }: RulesPageProps) {
  const t = c.get('t')
  const change = (href: string, what: string) => (
    <a href={href} aria-label={t(`Thay đổi: ${what}`, `Change: ${what}`)}>
      {t('Thay đổi', 'Change')}
    </a>
  )
  const about = (rule: WarningRule) => `${subjectText(rule.subject, t)}, ${momentText(rule, t)}`
  const head = { key: 'change', head: t('Thay đổi', 'Change'), headHidden: true, nowrap: true }
  return (
    <OfficerPage c={c} title={title(t)} current="/canh-bao">
      <PageHead
        t={t}
        title={title(t)}
        crumbs={[{ href: '/canh-bao', label: t('Cảnh báo tiến độ', 'Warnings') }, { label: title(t) }]}
        sub={t(
          'Mỗi thay đổi có căn cứ và áp dụng từ một ngày; điều đã báo trước đó giữ nguyên.',
          'Each change has its ground and applies from a day; what was said before stays said.',
        )}
      />
      <Stack>
        {done && <Notice t={t}>{t('Đã ghi nhận thay đổi.', 'The change is recorded.')}</Notice>}
        <RuleTable
          t={t}
          rules={rules}
          change={{ ...head, cell: rule => !rule.validTo && change(`${RULES_PATH}/${rule.key}`, about(rule)) }}
        />
        <DataTable
          caption={t('Các mức dùng khi theo dõi', 'Numbers the watch goes by')}
          rows={settings}
          rowKey={one => `${one.key}:${one.validFrom}`}
          columns={[
            { key: 'name', head: t('Mức', 'Setting'), cell: one => settingName(one.key, t), rowHeader: true },
            { key: 'amount', head: t('Giá trị', 'Value'), cell: one => `${one.amount} ${settingUnit(one.key, t)}` },
            { key: 'ground', head: t('Căn cứ', 'Ground'), cell: one => <Ground t={t} text={one.ground} /> },
            { key: 'state', head: t('Hiệu lực', 'In force'), cell: one => periodText(one, t) },
            {
              ...head,
              cell: one => !one.validTo && change(`${SETTING_PATH}/${one.key}`, settingName(one.key, t)),
            },
          ]}
          dense
        />
      </Stack>
    </OfficerPage>
  )
}

type ChangeProps = { c: RequestContext; values: FormValues; errors: FieldError[]; tomorrow: string }
type Filled = { t: T; values: FormValues; errors: FieldError[] }

export function RulePage({ rule, ...props }: ChangeProps & { rule: WarningRule }) {
  const { c, values, errors } = props
  const t = c.get('t')
  const field: Filled = { t, values, errors }
  const unit = [
    { value: 'hours', label: t('giờ làm việc', 'working hours') },
    { value: 'percent', label: t('% thời gian của bước', '% of the step’s time') },
  ]
  const moment = [
    { value: 'before', label: t('trước hạn', 'before the due time') },
    { value: 'after', label: t('sau khi quá hạn', 'after it is missed') },
  ]
  const to = escalations.map(value => ({ value, label: escalationText(value, t) }))
  return (
    <ChangePage
      {...props}
      heading={`${subjectText(rule.subject, t)}: ${momentText(rule, t)}`}
      action={`${RULES_PATH}/${rule.key}`}
    >
      <SelectField {...field} name="moment" label={t('Báo', 'Warn')} placeholder={null} options={moment} required />
      <NumberField {...field} name="amount" label={t('Mức', 'By')} min={0} max={1000} step="any" required />
      <SelectField {...field} name="unit" label={t('Tính bằng', 'In')} placeholder={null} options={unit} required />
      <SelectField {...field} name="escalateTo" label={t('Báo cho', 'Tell')} placeholder={null} options={to} required />
      <Checkbox {...field} name="off" label={t('Tắt quy tắc này', 'Switch this rule off')} />
    </ChangePage>
  )
}

export function SettingPage({ setting, ...props }: ChangeProps & { setting: SettingKey }) {
  const { c, values, errors } = props
  const t = c.get('t')
  const unit = settingUnit(setting, t)
  return (
    <ChangePage {...props} heading={settingName(setting, t)} action={`${SETTING_PATH}/${setting}`}>
      <NumberField
        {...{ t, values, errors, unit }}
        {...settingRange(setting)}
        name="amount"
        label={t('Giá trị', 'Value')}
        required
      />
    </ChangePage>
  )
}

type ChangePageProps = ChangeProps & { heading: string; action: string; children: ComponentChildren }

function ChangePage({ c, heading, action, values, errors, tomorrow, children }: ChangePageProps) {
  const t = c.get('t')
  const field: Filled = { t, values, errors }
  return (
    <OfficerPage c={c} title={heading} current="/canh-bao">
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={heading} crumbs={[{ href: RULES_PATH, label: title(t) }, { label: heading }]} />
      <Card title={t('Thay đổi', 'Change')}>
        <Form action={action}>
          {children}
          <TextField {...field} name="ground" label={t('Căn cứ', 'Ground')} maxLength={500} required />
          <DateField {...field} name="from" label={t('Áp dụng từ ngày', 'Applies from')} min={tomorrow} required />
          <Actions>
            <Button>{t('Ghi nhận thay đổi', 'Record the change')}</Button>
            <Button href={RULES_PATH} kind="secondary">
              {t('Quay lại', 'Back')}
            </Button>
          </Actions>
        </Form>
      </Card>
    </OfficerPage>
  )
}
