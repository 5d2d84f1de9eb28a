import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'

/** `off`: a weekday given free; `swapped`: a rest day worked. `note` is why. */
export type MonthDay = { number: number; kind: 'work' | 'rest' | 'off' | 'swapped'; note?: string }

export type MonthGridProps = {
  t: T
  /** Names the month for assistive technology: "Tháng 2 năm 2026". */
  caption: string
  /** Column of the first day, 1 = Monday. */
  startsOn: number
  days: readonly MonthDay[]
}

/** One month, Monday first. The days that differ carry their reason in words, read aloud and shown on hover. */
export function MonthGrid({ t, caption, startsOn, days }: MonthGridProps) {
  const cells: (MonthDay | null)[] = [...Array.from({ length: startsOn - 1 }, () => null), ...days]
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, n) =>
    Array.from({ length: 7 }, (__, i) => cells[n * 7 + i] ?? null),
  )
  return (
    <table class="month">
      <caption class="sr-only">{caption}</caption>
      <thead>
        <tr>
          {weekdayNames(t).map(([short, long]) => (
            <th key={short} scope="col">
              <abbr title={long}>{short}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, n) => (
          <tr key={n}>
            {week.map((day, i) => (
              <td key={i}>{day && <DayMark t={t} day={day} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DayMark({ t, day }: { t: T; day: MonthDay }) {
  const words = { off: t('nghỉ', 'off'), swapped: t('làm bù', 'worked'), work: '', rest: '' }[day.kind]
  return (
    <span class={`day day-${day.kind}`} title={day.note}>
      {day.number}
      {words && <span class="sr-only"> {words}</span>}
    </span>
  )
}

function weekdayNames(t: T): [short: string, long: string][] {
  return [
    [t('T2', 'Mo'), t('Thứ Hai', 'Monday')],
    [t('T3', 'Tu'), t('Thứ Ba', 'Tuesday')],
    [t('T4', 'We'), t('Thứ Tư', 'Wednesday')],
    [t('T5', 'Th'), t('Thứ Năm', 'Thursday')],
    [t('T6', 'Fr'), t('Thứ Sáu', 'Friday')],
    [t('T7', 'Sa'), t('Thứ Bảy', 'Saturday')],
    [t('CN', 'Su'), t('Chủ nhật', 'Sunday')],
  ]
}

/** The entries under a month, one line each. */
export function MonthList({ children }: { children: ComponentChildren }) {
  return <ul class="month-list">{children}</ul>
}
