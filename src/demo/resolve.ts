import { addDays, localDate } from '#src/calendar/local-date.ts'
import { isWorkingDay } from '#src/calendar/working-time.ts'
import { act, advance, aim, type Course, inDays, type Life, pass } from './course.ts'
import type { Stop } from './fate.ts'
import { earlier } from './office-hours.ts'
import type { Staff } from './province.query.ts'
import { between, chance, pick, whole } from './random.ts'
import { brought, officerAt, supplementFor } from './take-in.ts'
import { grounds, words } from './words.ts'

type People = { officer: Staff; specialist: Staff; leader: Staff; clerk: Staff }

/** `work`: its share of the time until the result; `waits`: for the applicant, whose time is not the office's. */
type Stage = { work: number; waits?: boolean; stop?: Stop; act(course: Course, people: People): Life<unknown> }

/** Carries a received dossier to its end, or to the stop where live work stands. Returns whether the result is at the desk. */
export function* resolve(course: Course): Life<boolean> {
  const people = peopleOf(course)
  const way = wayOf(course)
  const stop = course.fate.stop
  const upTo = stop ? way.findIndex(stage => stage.stop === stop) + 1 : way.length
  const stages = way.slice(0, upTo)
  const counts = (stage: Stage) => (stage.waits && !course.by ? 0 : stage.work)
  course.work = stages.reduce((sum, stage) => sum + counts(stage), 0)
  aim(course)
  for (const stage of stages) {
    if (counts(stage) > 0) advance(course, stage.work)
    yield* stage.act(course, people)
  }
  return course.fate.end === 'result' && (stop === null || stop === 'ready')
}

/** One specialist, leader and clerk answer for a dossier; nobody approves what they appraised. What stays on the desks is the demo accounts'. */
function peopleOf(course: Course): People {
  const { lane, matter, random } = course
  const at = (role: 'specialist' | 'leader' | 'clerk') => {
    const staff = lane.world.staffAt(matter.competent.id, role)
    return (course.by && staff.find(one => one.username === role)) || pick(random, staff)
  }
  return { officer: officerAt(course), specialist: at('specialist'), leader: at('leader'), clerk: at('clerk') }
}

function wayOf({ fate, matter, random }: Course): Stage[] {
  const way: Stage[] = []
  const add = (condition: boolean, ...stages: Stage[]) => condition && way.push(...stages)
  add(fate.stop === 'unforwarded', { work: 0, stop: 'unforwarded', act: nothing })
  add(!matter.own, forward)
  add(fate.stop === 'received', { work: 0.2, stop: 'received', act: nothing })
  add(fate.corrected, correct)
  add(true, assign)
  add(fate.noted, note)
  add(fate.apology, extend)
  add(fate.supplement, ask, answer)
  add(fate.second !== 'none', propose, consent)
  add(fate.second === 'approved', answer)
  add(fate.obligation, notify, meet)
  const finish = [appraise, send, approve, sign, ready]
  if (fate.end === 'result') add(true, ...(fate.reworked ? [appraise, send, rework] : []), ...finish)
  else add(true, ...finish.slice(0, whole(random, 0, 2)), fate.end === 'stopped' ? stop : withdraw)
  return way
}

function* nothing(): Life {}

const forward: Stage = {
  work: 0.3,
  act: (course, { officer }) => act(course, officer, 'forward'),
}

const assign: Stage = {
  work: 1,
  stop: 'assigned',
  act: (course, { leader, specialist }) => act(course, leader, 'assign', { assignee: specialist.username }),
}

const note: Stage = {
  work: 0.5,
  act: (course, { specialist }) => act(course, specialist, 'note', { text: pick(course.random, words.noted) }),
}

const correct: Stage = {
  work: 0.2,
  act: (course, { officer }) => {
    const phone = `090000${String(whole(course.random, 0, 9_999)).padStart(4, '0')}`
    const intake = officer.role === 'intake' ? officer : pick(course.random, course.lane.desk.intake)
    const applicant = { ...course.applicant, phone }
    return act(course, intake, 'correct', { applicant, reason: words.corrected[0] })
  },
}

const ask: Stage = {
  work: 0.7,
  stop: 'asked',
  act: (course, { specialist }) =>
    act(course, specialist, 'request-supplement', { ...supplementFor(course), answerBy: inDays(course, 30) }),
}

const answer: Stage = {
  work: 1,
  waits: true,
  *act(course, { officer }) {
    if (!course.by) pass(course, 200, 2_800)
    yield* act(course, officer, 'answer-supplement', brought(course))
    aim(course)
  },
}

const propose: Stage = {
  work: 0.5,
  stop: 'proposed',
  act: (course, { specialist }) => {
    const asked = { ...supplementFor(course), reason: words.second[0], legalGround: grounds.second }
    return act(course, specialist, 'request-supplement', asked)
  },
}

const consent: Stage = {
  work: 0.3,
  act: (course, { leader }) =>
    course.fate.second === 'approved'
      ? act(course, leader, 'approve-supplement')
      : act(course, leader, 'decline-supplement', { reason: words.declined[0] }),
}

const notify: Stage = {
  work: 1.5,
  stop: 'notified',
  act: (course, { specialist }) => {
    const amount = whole(course.random, 5, 900) * 50_000
    const notice = `${whole(course.random, 100, 9_999)}/TB-NVTC`
    return act(course, specialist, 'pause', { notice, ground: grounds.obligation, amount })
  },
}

const meet: Stage = {
  work: 1,
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
  work: 0.2,
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

const appraise: Stage = {
  work: 2.5,
  stop: 'appraised',
  act: (course, { specialist }) => {
    const { ineligible } = course.fate
    const opinion = ineligible ? 'ineligible' : 'eligible'
    return act(course, specialist, 'appraise', {
      opinion,
      note: ineligible ? words.ineligible[0] : pick(course.random, words.finding),
    })
  },
}

const send: Stage = {
  work: 0.5,
  stop: 'sent',
  act: (course, { specialist }) => act(course, specialist, 'submit-for-approval'),
}

const rework: Stage = {
  work: 0.7,
  act: (course, { leader }) => act(course, leader, 'reject-back', { reason: pick(course.random, words.reworked) }),
}

const approve: Stage = {
  work: 1,
  stop: 'approved',
  act: (course, { leader }) => act(course, leader, 'approve'),
}

const sign: Stage = {
  work: 0.4,
  stop: 'signed',
  act: (course, { clerk, leader }) =>
    act(course, clerk, 'sign-result', () => ({ number: resultNumber(course), signer: leader.name })),
}

const ready: Stage = {
  work: 0.3,
  stop: 'ready',
  act: (course, { clerk }) => act(course, clerk, 'result-ready'),
}

const stop: Stage = {
  work: 0.5,
  act: (course, { leader }) =>
    act(course, leader, 'stop', { reason: pick(course.random, words.stopped), ground: grounds.stopped }),
}

const withdraw: Stage = {
  work: 0.5,
  act: (course, { officer }) => act(course, officer, 'withdraw', { reason: pick(course.random, words.withdrawn) }),
}

/** Beginnings of the names of results and the abbreviation that stands in their numbers. */
const kinds: [name: string, short: string][] = [
  ['Giấy chứng nhận', 'GCN'],
  ['Giấy phép', 'GP'],
  ['Giấy xác nhận', 'GXN'],
  ['Giấy khai sinh', 'GKS'],
  ['Trích lục', 'TL'],
  ['Quyết định', 'QĐ'],
  ['Phiếu', 'P'],
]

/** Every lane counts in steps of its own, so that no two lanes give a number twice. */
function resultNumber({ lane, matter, fate, at }: Course): string {
  lane.numbers.result += 1
  const number = lane.numbers.result * lane.lanes + lane.index
  const name = matter.procedure.content.results[0]?.name ?? ''
  const kind = fate.ineligible ? 'TB' : (kinds.find(([start]) => name.startsWith(start))?.[1] ?? 'KQ')
  const initials = matter.competent.shortName.split(' ').map(word => word[0]?.toUpperCase())
  const body = matter.competent.kind === 'commune' ? 'UBND' : initials.join('').replace(/[^\p{L}]/gu, '')
  return `${number}/${localDate(at).slice(0, 4)}/${kind}-${body}`
}
