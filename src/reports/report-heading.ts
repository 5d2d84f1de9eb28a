import { addDays, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { periodsOf } from '#src/periods/period-preset.ts'
import type { PeriodScheme } from '#src/periods/period-scheme.ts'
import { dateText, instantText } from '#src/platform/text.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import {
  type Asked,
  type ReportFilter,
  type ReportKind,
  type ReportTable,
  reportFilters,
  type Words,
} from './report.ts'

/**
 * What stands over a report and under it, on paper and in a spreadsheet. Official forms are in Vietnamese, whoever asks.
 * `receiver`: whom it is sent to; empty where it is no statutory form.
 */
export type ReportHeading = {
  form: string
  reporter: string
  receiver: string
  title: string
  period: string
  asOf: string
  unit: string
}

/** Who and when a heading cannot know of itself. `narrowed`: by what the dossiers were narrowed, in words. */
export type HeadingFacts = {
  schemes: readonly PeriodScheme[]
  /** Name of the agency above the one that reports; null above the province. */
  above: string | null
  narrowed?: readonly string[]
  now: Date
}

export function reportHeading(
  kind: Pick<ReportKind, 'form' | 'title'>,
  asked: Asked,
  facts: HeadingFacts,
  unit?: Words,
): ReportHeading {
  const { narrowed = [], above, schemes, now } = facts
  const name = periodName(schemes, asked)
  const days = `Từ ngày ${dateText(startOfLocalDay(asked.from))} đến ngày ${dateText(startOfLocalDay(asked.to))}`
  const over = startOfLocalDay(addDays(asked.to, 1))
  const until = asked.asOf ?? (now < over ? now : null)
  const counted = until ? `Số liệu tính đến ${instantText(until)}` : ''
  return {
    form: kind.form ?? '',
    reporter: asked.agency.name,
    receiver: kind.form ? (above ?? 'Văn phòng Chính phủ') : '',
    title: kind.title[0],
    period: name ? `Kỳ báo cáo: ${name} (${days})` : `Kỳ báo cáo: ${days}`,
    asOf: [...narrowed, counted].filter(Boolean).join('. '),
    unit: unit ? `Đơn vị tính: ${unit[0]}` : '',
  }
}

/** What a period is called, when its days are those of one: "Quý III/2026". */
export function periodName(
  schemes: readonly PeriodScheme[],
  { from, to }: { from: LocalDate; to: LocalDate },
): string | undefined {
  const year = Number(to.slice(0, 4))
  const near = schemes.flatMap(scheme => [year, year + 1].flatMap(one => periodsOf(scheme, one)))
  return near.find(one => one.from === from && one.to === to)?.label[0]
}

/** `bao-cao-ii06a-2026-03-15_2026-06-14.xlsx`, with the agency where it is not the whole province. */
export function reportFileName(kind: Pick<ReportKind, 'key'>, asked: Asked, extension: string): string {
  const agency = asked.agencies === null ? '' : `-${asked.agency.code}`
  return `bao-cao-${kind.key}${agency}-${asked.from}_${asked.to}.${extension}`
}

/** The day a form is signed on: its place is left open. */
export function signingLine(now: Date): string {
  const [year, month, day] = localDate(now).split('-')
  return `……, ngày ${day} tháng ${month} năm ${year}`
}

/** One label for a total, unless the report says otherwise. */
export const totalLabel = (total: NonNullable<ReportTable['total']>) => total.label || 'Tổng số'

/** Kinds of reports and their filters in words. */
export const filterHeads: Record<ReportFilter, Words> = {
  field: ['Lĩnh vực', 'Field'],
  procedure: ['Thủ tục', 'Procedure'],
  channel: ['Kênh tiếp nhận', 'Channel'],
  servicePoint: ['Điểm tiếp nhận', 'Service point'],
  officer: ['Cán bộ', 'Officer'],
}

export const channelHeads: Record<Channel, Words> = {
  counter: ['Trực tiếp', 'At the counter'],
  online: ['Trực tuyến', 'Online'],
  post: ['Bưu chính', 'By post'],
  home: ['Tại nhà', 'Home visit'],
  phone: ['Điện thoại', 'By phone'],
}

/** What a report was narrowed by: "Lĩnh vực: Hộ tịch". `names`: of what is given by code. */
export function filterWords(
  filters: Asked['filters'],
  names: Partial<Record<ReportFilter, string | null>>,
): readonly string[] {
  return reportFilters.flatMap(name => {
    const value = filters[name]
    if (value === undefined) return []
    const channel = name === 'channel' ? channelHeads[value as Channel][0] : undefined
    return [`${filterHeads[name][0]}: ${channel ?? names[name] ?? value}`]
  })
}
