import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { openStates } from '#src/dossiers/dossier.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { completed } from './complete-step.ts'

/** A dossier has been opened for this one at another agency (interconnection, liên thông). */
export const childOpened = command({
  type: 'child-opened',
  label: ['Mở hồ sơ liên thông', 'Open an interconnected dossier'],
  roles: [],
  place: 'taking-part',
  system: 'only',
  input: z.strictObject({
    id: z.int(),
    code: z.string().nullable(),
    procedure: z.string(),
    name: z.string(),
    agencyId: z.int(),
    step: z.string(),
  }),
  decide: (_, child) => [{ type: 'child-opened', payload: child }],
})

/** That dossier has a result, or ended without one; whoever waits for it goes on. */
export const childEnded = command({
  type: 'child-ended',
  label: ['Hồ sơ liên thông có kết quả', 'Interconnected dossier ended'],
  roles: [],
  place: 'taking-part',
  system: 'only',
  input: z.strictObject({
    id: z.int(),
    outcome: z.enum(['granted', 'refused', 'ended']),
    note: z.string().max(2000).nullable(),
  }),
  act: ({ step }, { id, outcome }) =>
    step?.kind === 'child' && step.childId === id ? { outcome: outcome === 'granted' ? 'granted' : 'refused' } : null,
  decide: (dossier, { id, outcome, note }) => {
    const child = dossier.children.find(one => one.id === id)
    if (!child || child.endedAt) throw new Refusal('conflict', 'child-ended-already')
    return [{ type: 'child-ended', payload: { id, outcome, note } }]
  },
})

/**
 * Goes on without the dossier at the other agency, when it cannot be opened or has lost its point: by decision of the resolving agency's
 * leader, with the ground on record. A dossier already open there runs on by itself.
 */
export const endChildWait = command({
  type: 'end-child-wait',
  label: ['Thôi chờ hồ sơ liên thông', 'Stop waiting for the interconnected dossier'],
  roles: ['leader'],
  place: 'competent',
  states: openStates,
  when: ({ step, pausedAt }) => step?.kind === 'child' && pausedAt === null,
  /** `outcome`: the way out of the step, `granted` or `refused` or another the process has. */
  input: z.strictObject({
    outcome: named(line(60), 'hướng đi tiếp', 'the way on'),
    ground: named(line(500), 'căn cứ', 'the ground'),
  }),
  act: (_, { outcome }) => ({ outcome }),
  decide: (dossier, { outcome, ground }, { process }) => [completed(dossier, process, { outcome, note: ground })],
})
