import type { FormValues } from '#src/platform/form.ts'
import { isWork, type Step, type WorkStep } from '#src/processes/process.ts'
import { type KnownFact, readCondition, valueText, writeCondition } from './conditions.ts'
import { agencyValue } from './step-form.ts'

/** A step as its form shows it: the other way round from readStep. */
export function stepValues(step: Step, facts: readonly KnownFact[]): FormValues {
  const values: FormValues = { name: step.name, ...outcomeValues(step) }
  if (isWork(step)) return { ...values, ...workValues(step) }
  switch (step.kind) {
    case 'consult':
      return {
        ...values,
        hours: text(step.hours),
        need: String(step.need),
        ...rowValues(
          'asked',
          step.asked.map(one => ({ ...one, agency: agencyValue(one.agency) })),
        ),
      }
    case 'choice':
      return {
        ...values,
        otherwise: step.otherwise,
        ...rowValues(
          'branches',
          step.branches.map(branch => branchValues(branch, facts)),
        ),
      }
    case 'automatic':
      return { ...values, note: step.note ?? '', field: step.set?.field ?? '', value: step.set?.value ?? '' }
    case 'child':
      return {
        ...values,
        ...placeValues(step),
        procedure: step.procedure,
        case: step.case ?? '',
        wait: step.wait ? 'yes' : 'no',
        hours: text(step.hours),
      }
    case 'sub-process':
      return { ...values, process: step.process }
    default:
      return values
  }
}

function workValues(step: WorkStep): FormValues {
  return {
    ...placeValues(step),
    role: step.role,
    hours: text(step.hours),
    share: step.share,
    papers: step.papers.join('\n'),
    ...(step.signature && { signature: 'yes' }),
    ...(step.refuses && { refuses: 'yes' }),
    ...rowValues('asks', step.asks),
  }
}

function placeValues({ agency }: Pick<WorkStep, 'agency'>): FormValues {
  return { agency: agencyValue(agency), rule: agency.by === 'rule' ? agency.rule : '' }
}

function outcomeValues(step: Step): FormValues {
  return step.kind === 'choice'
    ? {}
    : rowValues(
        'outcomes',
        step.outcomes.map(({ key, name, to }) => ({ key, name, to })),
      )
}

type Branch = Extract<Step, { kind: 'choice' }>['branches'][number]

/** A condition picked from the list where it is one of those and comes back as it was; as text otherwise. */
function branchValues({ name, when, to }: Branch, facts: readonly KnownFact[]): Record<string, string> {
  const simple = readCondition(when)
  const known = simple && facts.find(({ fact }) => fact === simple.fact)
  if (!known) return { name, to, when }
  const picked = { ...simple, value: valueText(simple.value, known) }
  return writeCondition(picked, known) === when ? { name, to, ...picked } : { name, to, when }
}

function rowValues(list: string, rows: readonly Record<string, unknown>[]): FormValues {
  return Object.fromEntries(
    rows.flatMap((row, n) => Object.entries(row).map(([key, value]) => [`${list}.${n}.${key}`, String(value)])),
  )
}

/** A number as it is typed here: `1,5`. */
const text = (hours: number) => String(hours).replace('.', ',')
