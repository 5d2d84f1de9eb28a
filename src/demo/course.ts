import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Applicant } from '#src/dossiers/intake.ts'
import type { Actor, Ctx } from '#src/platform/ctx.ts'
import type { Fate } from './fate.ts'
import type { Lane, Matter } from './lane.ts'
import { later } from './office-hours.ts'
import type { Person } from './people.ts'
import type { Account } from './province.query.ts'
import { between, type Random } from './random.ts'

/**
 * One use case to be carried out at an instant; answers with the dossier as it left it. `alone`: in a transaction of its own, because others
 * may have to wait for its end.
 */
export type Step = { at: Date; actor: Actor; alone: boolean; run(ctx: Ctx, commandId: string): Promise<Dossier> }

/** The life of one dossier: asks for one step after the other and is told what each made of it. */
export type Life<R = void> = Generator<Step, R, Dossier>

/** What is drawn for a dossier before it begins. `by`: live work has come to its stop by then. */
export type Plan = {
  at: Date
  matter: Matter
  fate: Fate
  by: Date | null
  person: Person
  /** Whose account an online dossier is filed from. */
  account: Account
  applicant: Applicant
}

/** A dossier under way. */
export type Course = Plan & {
  lane: Lane
  random: Random
  /** As the last step left it; undefined until the first has made it. */
  now: Dossier | undefined
  due: Date | null
  /** When the result is to be ready, or the stop of live work be reached. */
  goal: Date
  /** Work still to be done until `goal`, in any unit. */
  work: number
}

const hoursOf = (course: Course) => course.lane.world.calendar

/** Lets the office work `minutes` more. */
export function pass(course: Course, low: number, high: number): void {
  course.at = later(course.at, between(course.random, low, high), hoursOf(course), course.random)
}

/** Moves on by this step's share of the time that is left until the goal. */
export function advance(course: Course, work: number): void {
  const minutes = Math.max(0, workingMinutesBetween(course.at, course.goal, hoursOf(course)))
  const last = course.work <= work + 1e-9
  const share = last ? 1 : Math.min(0.95, (work / course.work) * between(course.random, 0.7, 1.3))
  course.work -= work
  course.at = later(course.at, minutes * share, hoursOf(course), course.random)
}

/** Chooses when the result will be ready, from the due time as it stands; live work keeps its own goal. */
export function aim(course: Course): void {
  const { at, due, random, fate } = course
  const calendar = hoursOf(course)
  if (course.by) {
    course.goal = course.by
    return
  }
  if (!due) {
    course.goal = later(at, between(random, 120, 1200), calendar, random)
    return
  }
  const lastDay = startOfLocalDay(localDate(due))
  const before = workingMinutesBetween(at, lastDay, calendar)
  if (fate.pace === 'late') course.goal = later(due, between(random, 90, 2200), calendar, random)
  else if (fate.pace === 'early' && before > 45) {
    course.goal = later(at, before * between(random, 0.25, 0.9), calendar, random)
  } else {
    const from = new Date(Math.max(at.getTime(), lastDay.getTime()))
    const left = workingMinutesBetween(from, due, calendar)
    course.goal = later(from, Math.max(1, left * between(random, 0.2, 0.9)), calendar, random)
  }
}

/** The dossier of a course that has begun. */
export function dossierOf({ now }: Course): Dossier {
  if (!now) throw new Error('the dossier has not been opened')
  return now
}

/** A local date `days` after the moment the course has reached. */
export function inDays(course: Course, days: number): string {
  return addDays(localDate(course.at), days)
}
