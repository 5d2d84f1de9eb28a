import type { T } from '#src/platform/text.ts'
import type { Term } from './deadline.ts'

/** '5 ngày làm việc', '24 giờ làm việc', '15 ngày', '1 tháng'; half days as '0,5 ngày làm việc'. */
export function termText({ amount, unit }: Term, t: T): string {
  const vi = String(amount).replace('.', ',')
  const s = amount === 1 ? '' : 's'
  switch (unit) {
    case 'working-hours':
      return t(`${vi} giờ làm việc`, `${amount} working hour${s}`)
    case 'working-days':
      return t(`${vi} ngày làm việc`, `${amount} working day${s}`)
    case 'days':
      return t(`${vi} ngày`, `${amount} calendar day${s}`)
    case 'months':
      return t(`${vi} tháng`, `${amount} month${s}`)
  }
}
