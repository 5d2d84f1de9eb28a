import { addDays, localDate } from '#src/calendar/local-date.ts'
import { isWorkingDay } from '#src/calendar/working-time.ts'
import { aim, type Course, inDays, type Life, pass } from './course.ts'
import type { Stop } from './fate.ts'
import { earlier } from './office-hours.ts'
import type { Staff } from './province.query.ts'
import { between, chance, pick, whole } from './random.ts'
import { brought, supplementFor } from './take-in.ts'
import { act } from './take-step.ts'
import { grounds, words } from './words.ts'

/** Who takes part in what happens while a specialist has the dossier. */
export type People = { officer: Staff; specialist: Staff; leader: Staff }

/** `work`: part of the specialist's hours; `waits`: for the applicant, whose time is not the office's. */
export type Stage = { work: number; waits?: boolean; stop?: Stop; act(course: Course, people: People): Life }

/** What happens to a dossier besides its process, before its first specialist goes on. */
export function stagesOf({ fate }: Course): Stage[] {
  const stages: Stage[] = []
  const add = (condition: boolean, ...more: Stage[]) => condition && stages.push(...more)
  add(fate.corrected, correct)
  add(fate.noted, note)
  add(fate.apology, extend)
  add(fate.supplement, ask, answer)
  add(fate.second !== 'none', propose, consent)
  add(fate.second === 'approved', answer)
  add(fate.obligation, notify, meet)
  return stages
}

/** How a dossier ends without a result. */
export function ending({ fate }: Course): Stage {
  return fate.end === 'stopped' ? stop : withdraw
}

const note: Stage = {
  work: 0.1,
  act: (course, { specialist }) => act(course, specialist, 'note', { text: pick(course.random, words.noted) }),
}

const correct: Stage = {
  work: 0.05,
  act: (course, { officer }) => {
    const phone = `090000${String(whole(course.random, 0, 9_999)).padStart(4, '0')}`
    const intake = officer.role === 'intake' ? officer : pick(course.random, course.lane.desk.intake)
    const applicant = { ...course.applicant, phone }
    return act(course, intake, 'correct', { applicant, reason: words.corrected[0] })
  },
}

const ask: Stage = {
  work: 0.2,
  stop: 'asked',
  act: (course, { specialist }) =>
    act(course, specialist, 'request-supplement', { ...supplementFor(course), answerBy: inDays(course, 30) }),
}

const answer: Stage = {
  work: 0.3,
  waits: true,
  *act(course, { officer }) {
    if (!course.by) pass(course, 200, 2_800)
    yield* act(course, officer, 'answer-supplement', brought(course))
    aim(course)
  },
}

const propose: Stage = {
  work: 0.15,
  stop: 'proposed',
  act: (course, { specialist }) => {
    const asked = { ...supplementFor(course), reason: words.second[0], legalGround: grounds.second }
    return act(course, specialist, 'request-supplement', asked)
  },
}

const consent: Stage = {
  work: 0.1,
  act: (course, { leader }) =>
    course.fate.second === 'approved'
      ? act(course, leader, 'approve-supplement')
      : act(course, leader, 'decline-supplement', { reason: words.declined[0] }),
}

const notify: Stage = {
  work: 0.4,
  stop: 'notified',
  act: (course, { specialist }) => {
    const amount = whole(course.random, 5, 900) * 50_000
    const notice = `${whole(course.random, 100, 9_999)}/TB-NVTC`
    return act(course, specialist, 'pause', { notice, ground: grounds.obligation, amount })
  },
}

const meet: Stage = {
  work: 0.3,
  waits: true,
  *act(course, { specialist }) {
    if (!course.by) pass(course, 480, 4_800)
    const evidence = `GNT ${whole(course.random, 100_000, 999_999)}`
    yield* act(course, specialist, 'resume', { evidence })
    aim(course)
  },
}

/** The apology goes out before the deadline, to a working day after it; a few promise too little once more. */
const extend: Stage = {
  work: 0.05,
  *act(course, { leader }) {
    const { due, random, lane } = course
    if (!due) return
    const before = earlier(due, between(random, 30, 900), lane.world.calendar)
    if (before > course.at) course.at = before
    let until = addDays(localDate(chance(random, 0.7) && course.goal > due ? course.goal : due), 1)
    while (!isWorkingDay(until, lane.world.calendar)) until = addDays(until, 1)
    yield* act(course, leader, 'extend', { until, reason: pick(random, words.apology) })
  },
}

const stop: Stage = {
  work: 0.1,
  act: (course, { leader }) =>
    act(course, leader, 'stop', { reason: pick(course.random, words.stopped), ground: grounds.stopped }),
}

const withdraw: Stage = {
  work: 0.1,
  act: (course, { officer }) => act(course, officer, 'withdraw', { reason: pick(course.random, words.withdrawn) }),
}
