import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { type Dossier, openStates } from '#src/dossiers/dossier.ts'
import { run } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { getProcess, type ProcessInForce, STANDARD } from '#src/processes/process.query.ts'
import { findStep, isWork, type Process } from '#src/processes/process.ts'
import { liesPastApproval } from '#src/processes/process-ways.ts'

type Runs = Pick<ProcessInForce, 'id' | 'process'>

/** A dossier goes on where somebody works on it. */
function workStep({ process }: Runs, key: string): boolean {
  const step = findStep(process, key)
  return step !== undefined && isWork(step)
}

/** No decision on the process takes the place of the one on the result. Before there were processes the state says how far it was. */
function skipsApproval(dossier: Dossier, now: Process | null, { process }: Runs, step: string): boolean {
  if (!liesPastApproval(process, step) || !now || !dossier.step) return false
  return !liesPastApproval(now, dossier.step.key)
}

const isThere = ({ processId, step }: Dossier, { id }: Runs, key: string) => id === processId && key === step?.key

/** Whether a dossier that runs by `now` may be moved to this step of a process: the choices offered are those accepted. */
export function mayGoOnAt(dossier: Dossier, now: Process | null, to: Runs, step: string): boolean {
  return workStep(to, step) && !skipsApproval(dossier, now, to, step) && !isThere(dossier, to, step)
}

/**
 * Moves a running dossier to another version of its process, at a step of it: only by decision, with its ground on record. Without it
 * a dossier runs to its end by the process it was received under. What has not been approved is not moved past the approval.
 */
export const changeProcess = command({
  type: 'change-process',
  label: ['Chuyển quy trình', 'Change process'],
  roles: ['leader', 'director'],
  place: 'overseen',
  system: 'also',
  states: openStates,
  when: ({ pausedAt, supplementProposal }) => pausedAt === null && supplementProposal === null,
  /** `process`: number of an approved version for this procedure; `step`: key of the step it goes on at. */
  input: z.strictObject({
    process: named(z.int().min(1).max(2_147_483_647), 'quy trình', 'the process'),
    step: named(line(60), 'bước', 'the step'),
    ground: named(line(500), 'căn cứ', 'the ground'),
  }),
  lookUp: async (ctx, { process }, dossier): Promise<ProcessInForce | undefined> => {
    const [row] = await run<{ id: number }>(
      ctx.db,
      `SELECT v.id FROM process_version v JOIN process p ON p.key = v.process_key
       WHERE v.id = $1 AND v.status = 'approved'
         AND (p.key = $2 OR p.procedure_code = $3 AND (p.case_code = $4) IS NOT FALSE)`,
      [process, STANDARD, dossier.procedureCode, dossier.caseCode],
    )
    return row && getProcess(ctx, row.id)
  },
  moveTo: ({ step }, found) => (found && workStep(found, step) ? { ...found, step } : null),
  decide: (dossier, { step, ground }, { process: now }, found) => {
    if (!found) throw new Refusal('invalid', 'process-not-for-dossier', { field: 'process' })
    if (!workStep(found, step)) throw new Refusal('invalid', 'process-step-unknown', { field: 'step' })
    if (skipsApproval(dossier, now, found, step)) {
      throw new Refusal('conflict', 'process-step-unapproved', { field: 'step' })
    }
    if (isThere(dossier, found, step)) {
      throw new Refusal('conflict', 'process-already', { field: 'step' })
    }
    return [{ type: 'process-changed', payload: { processId: found.id, name: found.name, ground } }]
  },
})
