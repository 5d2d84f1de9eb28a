import { localDate } from '#src/calendar/local-date.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { HeldStep } from '#src/dossiers/held-step.ts'
import { openChild } from '#src/families/open-child.ts'
import { settleFamily } from '#src/families/settle-family.ts'
import { requirementsOf } from '#src/procedures/procedure.ts'
import type { Process } from '#src/processes/process.ts'
import { advance, aim, type Course, dossierOf, type Life } from './course.ts'
import { usual } from './fate.ts'
import type { Matter } from './lane.ts'
import { type Doing, letters, nextCommand } from './next-command.ts'
import { type Office, officeOf } from './office.ts'
import { whole } from './random.ts'
import { ending, type People, type Stage, stagesOf } from './stages.ts'
import { act, through } from './take-step.ts'
import { hoursAfter, isAtStop, stepHours } from './ways.ts'

/** One dossier on its way through its process. `left`: hours of the step `at` that are not yet used; `more`: commands until it is given up. */
type Passage = { process: Process; office: Office; at: Date | null; left: number; stages: Stage[]; more: number }

/** Carries a received dossier to its end, or to the stop where live work stands. Returns whether the result is at the desk. */
export function* resolve(course: Course): Life<boolean> {
  const { fate } = course
  const passage = begin(course)
  const given = {
    process: passage.process,
    crew: passage.office.crew,
    fate,
    random: course.random,
    letter: letters(course.random),
  }
  aim(course)
  for (let step = enter(course, passage); step; step = enter(course, passage)) {
    if (isAtStop(dossierOf(course), fate.stop) && step.kind !== 'child') return false
    if (step.kind === 'child') {
      if (!(yield* elsewhere(course, step))) return false
      continue
    }
    if (isDesk(dossierOf(course), step)) {
      if (passage.stages.length > 0) {
        if (yield* besides(course, passage, step)) return false
        continue
      }
      if (fate.end !== 'result') passage.more -= 1
    }
    if (isGivenUp(course, passage, step)) {
      yield* ending(course).act(course, peopleAt(course, passage, step))
      return false
    }
    const doing = nextCommand(dossierOf(course), given)
    if (!doing) return false
    spend(course, passage, { step, doing })
    yield* carryOut(course, doing)
  }
  return fate.end === 'result' && (fate.stop === null || fate.stop === 'ready')
}

function begin(course: Course): Passage {
  const { processId } = dossierOf(course)
  const running = course.lane.world.processes.find(({ id }) => id === processId)
  if (!running) throw new Error(`the demo has no process ${processId}`)
  const more = whole(course.random, 1, 3)
  return { process: running.process, office: officeOf(course), at: null, left: 0, stages: stagesOf(course), more }
}

/** The step under way; its hours begin when the dossier comes to it. Undefined once there is none. */
function enter(course: Course, passage: Passage): HeldStep | null {
  const { step } = dossierOf(course)
  if (step && step.since.getTime() !== passage.at?.getTime()) {
    passage.at = step.since
    passage.left = stepHours(passage.process, step.key)
  }
  return step
}

/** A specialist of the agency that resolves the dossier has it. */
function isDesk({ competentAgencyId }: Dossier, { agencyId, role, kind }: HeldStep): boolean {
  return role === 'specialist' && agencyId === competentAgencyId && kind !== 'receipt' && kind !== 'consult'
}

/** Without a result a dossier ends at some specialist's, at the latest before its approval. */
function isGivenUp({ fate }: Course, { more }: Passage, { kind }: HeldStep): boolean {
  return fate.end !== 'result' && (more <= 0 || kind === 'approve' || kind === 'sign')
}

function peopleAt(course: Course, { office: { officer, crew } }: Passage, step: HeldStep): People {
  const { competentAgencyId } = dossierOf(course)
  const leader = crew({ agencyId: competentAgencyId, role: 'leader', accountId: null })
  const accountId = step.agencyId === competentAgencyId ? step.accountId : null
  return { officer, specialist: crew({ agencyId: competentAgencyId, role: 'specialist', accountId }), leader }
}

/** What happens besides the process; true when the dossier stops there. */
function* besides(course: Course, passage: Passage, step: HeldStep): Life<boolean> {
  const { fate } = course
  const stop = passage.stages.findIndex(stage => stage.stop !== undefined && stage.stop === fate.stop)
  const stages = stop < 0 ? passage.stages : passage.stages.slice(0, stop + 1)
  passage.stages = []
  const hours = (stage: Stage) => (stage.waits && !course.by ? 0 : stage.work * passage.left)
  const after = stop < 0 ? passage.left + hoursAfter(passage.process, step.key, fate.stop) : 0
  let ahead = stages.reduce((sum, stage) => sum + hours(stage), 0)
  const people = peopleAt(course, passage, step)
  for (const stage of stages) {
    course.work = ahead + after
    if (hours(stage) > 0) advance(course, hours(stage))
    ahead -= hours(stage)
    yield* stage.act(course, people)
  }
  return stop >= 0
}

/** Moves on by what the command takes of the time until the goal; silence is noted when the time to answer is over. */
function spend(course: Course, passage: Passage, { step, doing }: { step: HeldStep; doing: Doing }): void {
  const hours = passage.left * doing.share
  if (doing.notBefore) {
    course.at = new Date(Math.max(course.at.getTime(), doing.notBefore.getTime()) + whole(course.random, 5, 50) * 1000)
  } else {
    course.work = passage.left + hoursAfter(passage.process, step.key, course.fate.stop)
    advance(course, hours)
  }
  passage.left -= hours
}

function* carryOut(course: Course, { by, type, input, papers }: Doing): Life {
  const actor = by ?? ({ kind: 'system', name: 'watch' } as const)
  const numbered = type === 'sign-result' ? () => ({ ...input, number: resultNumber(course) }) : input
  yield* act(course, actor, type, numbered, papers)
}

/** Opens the dossier it waits for and carries that to its end. False when it does not come to one, or live work is to wait here. */
function* elsewhere(course: Course, step: HeldStep): Life<boolean> {
  const { id: parent, version, processId } = dossierOf(course)
  if (processId === null) throw new Error('a dossier under way has its process')
  const order = { parent, step: step.key, version, process: processId, agency: step.agencyId }
  const since = step.since.toISOString()
  course.at = moment(course, step.since)
  yield* through(course, { id: parent, version: version + 1 }, ctx => openChild(ctx, { ...order, since }))
  const child = dossierOf(course).step?.childId
  if (!child || course.fate.stop === 'waiting') return false
  const there: Course = { ...course, fate: { ...usual, pace: course.fate.pace }, by: null }
  yield* through(there, { id: child, version: 1 })
  there.matter = matterOf(there)
  if (!(yield* resolve(there))) return false
  course.at = moment(course, there.at)
  yield* through(course, { id: parent, version: version + 2 }, ctx => settleFamily(ctx, { dossier: child }))
  aim(course)
  return true
}

/** Jobs are done within the minute. */
const moment = ({ random }: Course, at: Date) => new Date(at.getTime() + whole(random, 3, 40) * 1000)

/** What the dossier of a course is about, as its procedure has it. */
function matterOf(course: Course): Matter {
  const { matter, lane } = course
  const { procedureCode, caseCode, competentAgencyId } = dossierOf(course)
  const procedure = lane.world.procedures.find(({ code }) => code === procedureCode)
  const competent = lane.world.agencies.find(({ id }) => id === competentAgencyId)
  if (!procedure || !competent) throw new Error(`the demo has no procedure ${procedureCode}`)
  const needs = requirementsOf(procedure.content, matter.channel, caseCode)
  return { ...matter, procedure, competent, needs, caseCode: caseCode ?? undefined }
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
function resultNumber({ lane, matter, now, at }: Course): string {
  lane.numbers.result += 1
  const number = lane.numbers.result * lane.lanes + lane.index
  const name = matter.procedure.content.results[0]?.name ?? ''
  const kind = now?.result?.kind === 'refusal' ? 'TB' : (kinds.find(([start]) => name.startsWith(start))?.[1] ?? 'KQ')
  const initials = matter.competent.shortName.split(' ').map(word => word[0]?.toUpperCase())
  const body = matter.competent.kind === 'commune' ? 'UBND' : initials.join('').replace(/[^\p{L}]/gu, '')
  return `${number}/${localDate(at).slice(0, 4)}/${kind}-${body}`
}
