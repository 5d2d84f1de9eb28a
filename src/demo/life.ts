import { type Course, type Life, type Plan, pass } from './course.ts'
import type { Lane } from './lane.ts'
import { childOf } from './people.ts'
import { chance, pick, type Random } from './random.ts'
import { resolve } from './resolve.ts'
import { officerAt, takeIn } from './take-in.ts'
import { act } from './take-step.ts'
import { relations } from './words.ts'

/** The whole life of one dossier, from the door to the door. It ends where the plan stops or the history does. */
export function* life(lane: Lane, plan: Plan, random: Random): Life {
  const course: Course = { ...plan, lane, random, now: undefined, due: null, goal: plan.at, work: 0 }
  if (!(yield* takeIn(course))) return
  if (!(yield* resolve(course))) return
  if (!plan.fate.collects || plan.fate.stop) return
  yield* handOver(course)
}

/** Electronic results go out at once, letters the next day, and people come when they have time. */
function* handOver(course: Course): Life {
  const { random, person, applicant, matter } = course
  const officer = officerAt(course)
  const electronic = matter.channel === 'online' && matter.procedure.serviceLevel === 'full'
  if (electronic) pass(course, 5, 120)
  else pass(course, 30, chance(random, 0.8) ? 960 : 4_800)
  const other = applicant.kind !== 'citizen' ? person.name : chance(random, 0.15) ? childOf(random, person) : undefined
  const relation = applicant.kind === 'citizen' ? pick(random, relations) : 'Người đại diện'
  yield* act(course, officer, 'hand-over', other ? { collector: other, relation } : {})
}
