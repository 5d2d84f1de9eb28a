import type { T } from '#src/platform/text.ts'
import { WORKING_DAY_MINUTES } from './deadline.ts'
import type { TimeLeft } from './time-left.ts'
import type { Minutes } from './working-time.ts'

/** '1 ngày 3 giờ', '2 giờ 10 phút': working time in its two largest units, 480 minutes to a day, the rest dropped. */
export function workingDuration(minutes: Minutes, t: T): string {
  const days = Math.floor(minutes / WORKING_DAY_MINUTES)
  const hours = Math.floor((minutes % WORKING_DAY_MINUTES) / 60)
  const rest = Math.floor(minutes % 60)
  const parts = [
    days > 0 && t(`${days} ngày`, counted(days, 'day')),
    hours > 0 && t(`${hours} giờ`, counted(hours, 'hour')),
    days === 0 && rest > 0 && t(`${rest} phút`, counted(rest, 'minute')),
  ]
  return parts.filter(Boolean).join(' ') || t('dưới 1 phút', 'less than a minute')
}

/** 'Còn 1 ngày 3 giờ', 'Quá hạn 3 giờ', 'Tạm dừng', 'Không có thời hạn'. */
export function timeLeftText(left: TimeLeft, t: T): string {
  switch (left.state) {
    case 'no-term':
      return t('Không có thời hạn', 'No time limit')
    case 'paused':
      return t('Tạm dừng', 'Paused')
    case 'running': {
      if (left.minutes < 1) return t('Còn dưới 1 phút', 'Less than a minute left')
      const duration = workingDuration(left.minutes, t)
      return t(`Còn ${duration}`, `${duration} left`)
    }
    case 'overdue': {
      // Between the due time and the next opening nobody has been late by any working time yet.
      if (left.minutes < 1) return t('Quá hạn', 'Overdue')
      const duration = workingDuration(left.minutes, t)
      return t(`Quá hạn ${duration}`, `Overdue by ${duration}`)
    }
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
