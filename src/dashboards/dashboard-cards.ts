import { countText, percentText } from '#src/charts/number-text.ts'
import type { T } from '#src/platform/text.ts'
import { instantText, wallClock } from '#src/platform/text.ts'
import { type Dashboard, lateShare, overdueShare, SOON_DAYS, sumCounted, type Waiting } from './dashboard.ts'
import type { Links } from './dashboard-links.ts'

/** A number in large type. `notes`: smaller numbers it is made of or stands beside. */
export type Card = {
  key: string
  label: string
  text: string
  href: string | undefined
  tone?: 'late' | 'soon' | 'ok'
  notes: readonly { text: string; href?: string | undefined }[]
}

/** The numbers a director looks at first, most of them of this moment. */
export function cardsOf(board: Dashboard, links: Links, t: T): Card[] {
  const { day, live } = board
  const count = (n: number) => countText(n, t)
  const share = percentText(overdueShare(day), t)
  return [
    {
      key: 'received',
      label: t('Tiếp nhận hôm nay', 'Received today'),
      text: count(day.received),
      href: links.drill('received'),
      notes: [
        {
          text: t(`${count(day.received_online)} trực tuyến`, `${count(day.received_online)} online`),
          href: undefined,
        },
      ],
    },
    waitingCard(live.waiting, board, links, t),
    {
      key: 'open',
      label: t('Đang giải quyết', 'Open'),
      text: count(day.open),
      href: links.drill('open'),
      notes: pausedNotes(board, links, t),
    },
    {
      key: 'due-today',
      label: t('Đến hạn hôm nay', 'Due today'),
      text: count(live.dueToday),
      href: links.list({ view: 'due-today' }),
      ...(live.dueToday > 0 && { tone: 'soon' as const }),
      notes: [
        {
          text: t(`${count(live.dueSoon)} trong ${SOON_DAYS} ngày`, `${count(live.dueSoon)} within ${SOON_DAYS} days`),
          href: links.list({ view: 'due-soon' }),
        },
      ],
    },
    {
      key: 'overdue',
      label: t('Đang quá hạn', 'Overdue'),
      text: count(day.c13),
      href: links.drill('c13'),
      ...(day.c13 > 0 && { tone: 'late' as const }),
      notes: day.open > 0 ? [{ text: t(`${share} số đang giải quyết`, `${share} of what is open`) }] : [],
    },
    onTimeCard(board, links, t),
  ]
}

function pausedNotes({ day }: Dashboard, links: Links, t: T): Card['notes'] {
  const one = (n: number, words: string, cell: 'paused_supplement' | 'paused_obligation') =>
    n > 0 ? [{ text: words, href: links.drill(cell) }] : []
  const [supplement, obligation] = [countText(day.paused_supplement, t), countText(day.paused_obligation, t)]
  return [
    ...one(day.paused_supplement, t(`${supplement} chờ bổ sung`, `${supplement} await papers`), 'paused_supplement'),
    ...one(
      day.paused_obligation,
      t(`${obligation} chờ nghĩa vụ tài chính`, `${obligation} await payment`),
      'paused_obligation',
    ),
  ]
}

function waitingCard({ count, oldest, median }: Waiting, { at }: Dashboard, links: Links, t: T): Card {
  const since = (from: Date) => elapsedText(at.getTime() - from.getTime(), t)
  return {
    key: 'waiting',
    label: t('Nộp trực tuyến chờ tiếp nhận', 'Online, to be received'),
    text: countText(count, t),
    href: links.list({ view: 'waiting' }),
    notes:
      oldest && median
        ? [
            {
              text: t(
                `lâu nhất ${since(oldest)}, trung vị ${since(median)}`,
                `longest ${since(oldest)}, median ${since(median)}`,
              ),
            },
          ]
        : [],
  }
}

function onTimeCard(board: Dashboard, links: Links, t: T): Card {
  const sum = sumCounted(board.month, board)
  const late = lateShare(sum)
  const days = { from: board.monthFrom, to: board.today }
  const [solved, solvedLate] = [countText(sum.c7, t), countText(sum.c10, t)]
  return {
    key: 'on-time',
    label: t('Đúng và trước hạn, 30 ngày', 'On time, 30 days'),
    text: percentText(late === null ? null : 100 - late, t),
    href: undefined,
    notes: [
      {
        text: t(`${solved} đã giải quyết`, `${solved} solved`),
        href: sum.c7 > 0 ? links.drill('c7', days) : undefined,
      },
      {
        text: t(`${solvedLate} quá hạn`, `${solvedLate} late`),
        href: sum.c10 > 0 ? links.drill('c10', days) : undefined,
      },
    ],
  }
}

/** By the clock on the wall, nights and holidays included, in its two largest units. */
export function elapsedText(ms: number, t: T): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days > 0) return t(`${days} ngày ${hours} giờ`, `${days} d ${hours} h`)
  return hours > 0 ? t(`${hours} giờ ${rest} phút`, `${hours} h ${rest} min`) : t(`${rest} phút`, `${rest} min`)
}

/** `lúc 09:00 02/03/2026` */
export const asOfText = (at: Date, t: T) => t(`Số liệu lúc ${instantText(at)}`, `As of ${instantText(at)}`)

/** `2/3`, `23/11`: a day on an axis. */
export function dayMonth(at: Date): string {
  const { day, month } = wallClock(at)
  return `${day}/${month}`
}
