import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { NewEvent } from '#src/dossiers/dossier-event.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { exitsOf, getStep, type Process, rolesFor, type WorkStep, workKinds } from '#src/processes/process.ts'

const Fact = z.union([z.string().max(2000), z.number(), z.boolean()])

/** What a process may want of whoever does a step. */
export const Done = z.strictObject({
  /** Number (and signer) of the paper the step ends with, where the process asks for one. */
  document: z
    .strictObject({ number: named(line(60), 'số văn bản', 'the number'), signer: line(200).optional() })
    .optional(),
  /** `component`: the name the process gives the document. */
  papers: z
    .array(z.strictObject({ id: z.uuid(), component: line(200).optional() }))
    .max(50)
    .default([]),
  /** Facts the step asks for, by field. */
  data: z.record(z.string().max(60), Fact).default({}),
})
export type Done = z.infer<typeof Done>

const Completion = Done.extend({
  /** Key of the way out, as the process names it. */
  outcome: named(line(60), 'kết quả của bước', 'the outcome'),
  note: paragraph(4000).optional(),
  /** What is wrong, when the dossier goes back to an earlier step. */
  reason: named(paragraph(2000), 'lý do', 'the reason').optional(),
})
type Completion = z.infer<typeof Completion>

/** Does the step under way and leaves it by one of the ways its process names. Steps with a command of their own leave by that. */
export const completeStep = command({
  type: 'complete-step',
  label: ['Hoàn thành bước', 'Complete the step'],
  roles: [...new Set(workKinds.flatMap(kind => rolesFor[kind]))],
  place: 'taking-part',
  steps: workKinds,
  when: ({ step }) => (step?.exits.length ?? 0) > 0,
  act: (_, { outcome }) => ({ outcome }),
  data: ({ data }) => data,
  input: Completion,
  decide: (dossier, input, { process }) => {
    const { step } = dossier
    if (!step || !process) return []
    const exit = step.exits.find(({ key }) => key === input.outcome)
    if (!exit) {
      throw new Refusal('invalid', 'outcome-unknown', {
        field: 'outcome',
        params: { outcome: input.outcome, step: step.name },
      })
    }
    if (exit.back && !input.reason) throw new Refusal('invalid', 'return-needs-reason', { field: 'reason' })
    checkDone(getStep(process, step.key) as WorkStep, input, exit.back)
    return [completed(dossier, process, input)]
  },
})

/** What the process wants done before the step is left onward; a return leaves it open. Nothing is written down that it does not ask for. */
export function checkDone(step: WorkStep, input: Done, isReturn = false): void {
  const strange = Object.keys(input.data).find(field => !step.asks.some(asked => asked.field === field))
  if (strange) throw new Refusal('invalid', 'fact-unknown', { field: `data.${strange}`, params: { field: strange } })
  if (!isReturn) checkPapers(step, input)
  for (const { field, name, kind } of step.asks) {
    const value = input.data[field]
    if (value === undefined && isReturn) continue
    if (typeof value !== types[kind])
      throw new Refusal('invalid', 'fact-needed', { field: `data.${field}`, params: { name } })
  }
}

const types = { text: 'string', number: 'number', 'yes-no': 'boolean' } as const

function checkPapers({ papers, signature }: WorkStep, input: Done): void {
  const brought = new Set(input.papers.map(({ component }) => component))
  const missing = papers.filter(name => !brought.has(name))
  if (missing.length > 0) {
    throw new Refusal('invalid', 'step-papers-missing', { field: 'papers', params: { missing: missing.join('; ') } })
  }
  if (signature && !input.document?.signer) {
    const field = input.document ? 'document.signer' : 'document.number'
    throw new Refusal('invalid', 'step-needs-signature', { field })
  }
}

/** The event of a step done, whichever command does it. */
export function completed(
  { step }: Dossier,
  process: Process | null,
  done: Pick<Completion, 'outcome'> & Partial<Completion>,
): NewEvent {
  if (!step || !process) throw new Error('only a dossier at a step completes one')
  const exit = exitsOf(getStep(process, step.key)).find(({ key }) => key === done.outcome)
  const { document } = done
  return {
    type: 'step-completed',
    payload: {
      step: step.name,
      outcome: done.outcome,
      outcomeName: exit?.name ?? done.outcome,
      back: exit?.back ?? false,
      note: [done.reason, done.note].filter(Boolean).join('\n') || null,
      document: document ? { number: document.number, signer: document.signer ?? null } : null,
      data: done.data ?? {},
    },
  }
}
