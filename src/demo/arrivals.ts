import { addDays, type LocalDate, localDate, startOfLocalDay, weekday } from '#src/calendar/local-date.ts'
import { type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import { later } from './office-hours.ts'
import { between, draw, type Random, seeded, urn } from './random.ts'

/** A day of the history, and how many dossiers have come in by its end, as a part of them all. */
export type Day = { day: LocalDate; open: boolean; upTo: number }

const DAY = 24 * 60

/** From `start` to today: full on working days, fullest on Mondays, a trickle online on days off; today as far as it has come. */
function daysUntil(now: Date, start: LocalDate, calendar: WorkingCalendar, random: Random): Day[] {
  const today = localDate(now)
  const days: { day: LocalDate; open: boolean; weight: number }[] = []
  for (let day = start; day <= today; day = addDays(day, 1)) {
    const begins = startOfLocalDay(day)
    const ends = day === today ? now : startOfLocalDay(addDays(day, 1))
    const worked = workingMinutesBetween(begins, ends, calendar) / 480
    const elapsed = (ends.getTime() - begins.getTime()) / (DAY * 60_000)
    const usual = worked > 0 ? worked * (weekday(day) === 1 ? 1.25 : 1) : 0.06 * elapsed
    days.push({ day, open: worked > 0, weight: usual * between(random, 0.75, 1.25) })
  }
  const total = days.reduce((sum, day) => sum + day.weight, 0)
  let sum = 0
  return days.map(({ day, open, weight }) => {
    sum += weight
    return { day, open, upTo: day === today ? 1 : sum / total }
  })
}

const doors = urn(
  Object.entries({ counter: 445, online: 360, post: 125, home: 40, phone: 30 } satisfies Record<Channel, number>),
  ([, weight]) => weight,
)

/** On days off only the online door is open. */
export function drawChannel(random: Random, open: boolean): Channel {
  const [channel] = draw(random, doors)
  return open ? (channel as Channel) : 'online'
}

/** Hours at which people sit down to file something, by weight. */
const hours = urn(
  [1, 1, 0, 0, 0, 1, 3, 6, 10, 10, 9, 6, 4, 6, 8, 8, 7, 5, 4, 6, 8, 7, 4, 2].map((weight, hour) => ({ weight, hour })),
  ({ weight }) => weight,
)

/** An instant of this day, before `now`: within office hours, mornings more than afternoons; online at any hour. */
export function drawInstant(
  random: Random,
  { day, online, now }: { day: LocalDate; online: boolean; now: Date },
  calendar: WorkingCalendar,
): Date {
  const begins = startOfLocalDay(day)
  const ends = Math.min(startOfLocalDay(addDays(day, 1)).getTime(), now.getTime())
  if (online) {
    const second = draw(random, hours).hour * 3600 + Math.floor(random() * 3600)
    const at = begins.getTime() + second * 1000
    return at < ends ? new Date(at) : new Date(begins.getTime() + Math.floor((ends - begins.getTime()) * random()))
  }
  const worked = workingMinutesBetween(begins, new Date(ends), calendar)
  return later(begins, Math.max(1, worked * random() ** 1.25), calendar, random)
}

/** How many of `total` come in on each of these days; they add up. */
export function countsOf(days: Day[], total: number): number[] {
  let before = 0
  return days.map(({ upTo }) => {
    const until = Math.round(total * upTo)
    const count = until - before
    before = until
    return count
  })
}

/** The days of one history; the same for every lane, so that holidays are quiet everywhere. */
export function historyDays(seed: number, now: Date, start: LocalDate, calendar: WorkingCalendar): Day[] {
  return daysUntil(now, start, calendar, seeded(seed, 'days'))
}
