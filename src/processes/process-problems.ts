import { Refusal } from '#src/platform/refusal.ts'
import { expand, type Library } from './expansion.ts'
import { resultProblems, wayProblems, workProblems } from './flow-problems.ts'
import type { AgencyRef, Process, Step, SubProcessStep } from './process.ts'
import { flawsOf, type ProcessProblem, problem } from './process-flaws.ts'
import { longestHours } from './step-hours.ts'

export type { ProcessProblem } from './process-flaws.ts'

/**
 * What a process is checked against. `termMinutes`: working minutes of the published term, null without one. What is left out is not
 * checked. `part`: the process is one that others take in, and need not come to a result by itself.
 */
export type Known = {
  termMinutes: number | null
  agencies?: ReadonlySet<string>
  library?: Library
  procedures?: ReadonlySet<string>
  part?: boolean
}

/**
 * Everything that keeps a process from being put in force, by the step to mend; empty when nothing does. First what makes it
 * impossible to follow; only when there is nothing of that kind, what is wrong with its ways, its result and its hours.
 */
export function problemsOf(process: Process, known: Known): ProcessProblem[] {
  const first = [...flawsOf(process), ...strangers(process, known), ...subProcessProblems(process, known)]
  if (first.length > 0) return first
  const { whole, ownerOf } = writtenOut(process, known.library)
  const found = [
    ...workProblems(whole),
    ...(known.part ? [] : resultProblems(whole)),
    ...(known.part ? [] : hoursProblems(whole, known.termMinutes)),
  ].map(one => ({ ...one, step: one.step && ownerOf(one.step), field: isOwn(one.step, ownerOf) ? one.field : null }))
  return [...wayProblems(process), ...found]
}

const isOwn = (step: string | null, ownerOf: (key: string) => string) => step === null || ownerOf(step) === step

/** Agencies and procedures that are not there. */
function strangers({ steps }: Process, { agencies, procedures }: Known): ProcessProblem[] {
  return steps.flatMap(step => [
    ...agenciesOf(step).flatMap(({ field, ref }) =>
      ref.by === 'code' && agencies && !agencies.has(ref.code)
        ? [problem(step, field, `không có cơ quan mã “${ref.code}”`, `there is no agency with the code “${ref.code}”`)]
        : [],
    ),
    ...(step.kind === 'child' && procedures && !procedures.has(step.procedure)
      ? [
          problem(
            step,
            'procedure',
            `không có thủ tục “${step.procedure}” đang áp dụng`,
            `no procedure “${step.procedure}” is in force`,
          ),
        ]
      : []),
  ])
}

function agenciesOf(step: Step): { field: string; ref: AgencyRef }[] {
  if (step.kind === 'consult') return step.asked.map(({ agency }, i) => ({ field: `asked.${i}`, ref: agency }))
  return 'agency' in step ? [{ field: 'agency', ref: step.agency }] : []
}

function subProcessProblems(process: Process, { library }: Known): ProcessProblem[] {
  if (!library) return []
  const found = process.steps.flatMap(step => (step.kind === 'sub-process' ? partProblems(process, step, library) : []))
  const whole = found.length > 0 ? null : expansionProblem(process, library)
  return whole ? [problem(null, null, ...whole)] : found
}

function partProblems(process: Process, step: SubProcessStep, library: Library): ProcessProblem[] {
  const say = (vi: string, en: string) => [problem(step, 'process', vi, en)]
  const part = Object.hasOwn(library, step.process) ? library[step.process] : undefined
  if (!part) return say(`không có quy trình con “${step.process}”`, `there is no sub-process “${step.process}”`)
  if (part.scaled !== process.scaled)
    return say(
      `quy trình con “${part.name}” tính giờ theo cách khác với quy trình này`,
      `the sub-process “${part.name}” counts hours in another way`,
    )
  const wrong = expansionProblem(part, library)
  if (wrong) return say(...wrong)
  const [flaw] = flawsOf(expand(part, library))
  return flaw ? say(`quy trình con “${part.name}” còn lỗi`, `the sub-process “${part.name}” still has errors`) : []
}

function expansionProblem(process: Process, library: Library): [vi: string, en: string] | null {
  try {
    expand(process, library)
    return null
  } catch (error) {
    if (error instanceof Refusal) return expansionWords(error.code, process.name)
    throw error
  }
}

function expansionWords(code: string, name: string): [vi: string, en: string] {
  if (code === 'sub-process-ring')
    return [`“${name}” dùng quy trình con chứa chính nó`, `“${name}” takes in a sub-process that contains itself`]
  if (code === 'sub-process-unknown')
    return [`“${name}” dùng một quy trình con không có`, `“${name}” takes in a sub-process that is not there`]
  return [`“${name}” quá dài khi viết đủ các quy trình con`, `“${name}” is too long with its sub-processes written out`]
}

/** The process with its sub-processes, and which of its own steps each step belongs to. */
function writtenOut(process: Process, library: Library | undefined) {
  if (!library) return { whole: process, ownerOf: (key: string) => key }
  const whole = expand(process, library)
  const owners = process.steps.flatMap(step =>
    expand({ ...process, start: step.key, steps: [step] }, library).steps.map(() => step.key),
  )
  const byKey = new Map(whole.steps.map(({ key }, i) => [key, owners[i] ?? key]))
  return { whole, ownerOf: (key: string) => byKey.get(key) ?? key }
}

/** Returns are not counted: they are nobody's plan. A scaled process fits every term. */
function hoursProblems(process: Process, termMinutes: number | null): ProcessProblem[] {
  const hours = longestHours(process)
  if (process.scaled || termMinutes === null || hours * 60 <= termMinutes) return []
  const [planned, published] = [hours, termMinutes / 60].map(n => String(Math.round(n * 100) / 100))
  const vi = (text = '') => text.replace('.', ',')
  return [
    problem(
      null,
      'hours',
      `các bước trên đường đi dài nhất cộng lại ${vi(planned)} giờ làm việc, vượt thời hạn công bố ${vi(published)} giờ`,
      `the steps of the longest way come to ${planned} working hours, more than the ${published} of the published term`,
    ),
  ]
}
