import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { dateText, type T } from '#src/platform/text.ts'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { Ground } from './ground.tsx'
import { byStage, escalationText, momentText, subjectText, type WarningRule } from './warning.ts'

export const RULES_PATH = '/quy-tac-canh-bao'

type RuleTableProps = { t: T; rules: readonly WarningRule[]; change?: Column<WarningRule> }

/** What is warned of and when, so that nobody wonders why they were told; with a way to change it for who may. */
export function RuleTable({ t, rules, change }: RuleTableProps) {
  return (
    <DataTable
      caption={t('Quy tắc cảnh báo', 'Rules')}
      captionHidden
      rows={rules.toSorted(byStage)}
      rowKey={rule => rule.id}
      columns={[
        { key: 'subject', head: t('Về', 'About'), cell: rule => subjectText(rule.subject, t), rowHeader: true },
        { key: 'moment', head: t('Khi', 'When'), cell: rule => momentText(rule, t) },
        { key: 'to', head: t('Báo cho', 'Told'), cell: rule => escalationText(rule.escalateTo, t) },
        { key: 'ground', head: t('Căn cứ', 'Ground'), cell: rule => <Ground t={t} text={rule.ground} /> },
        { key: 'state', head: t('Hiệu lực', 'In force'), cell: rule => periodText(rule, t) },
        ...(change ? [change] : []),
      ]}
      dense
    />
  )
}

type Period = { validFrom: string; validTo: string | null; enabled?: boolean }

/** `từ 10/03/2026 đến trước 01/04/2026`, `tắt từ 10/03/2026` */
export function periodText({ enabled = true, validFrom, validTo }: Period, t: T): string {
  const [from, to] = [validFrom, validTo].map(day => day && dateText(startOfLocalDay(day)))
  const end = to ? t(` đến trước ${to}`, ` until ${to}`) : ''
  return enabled ? t(`từ ${from}${end}`, `from ${from}${end}`) : t(`tắt từ ${from}${end}`, `off from ${from}${end}`)
}
