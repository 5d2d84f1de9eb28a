import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { Refusal } from '#src/platform/refusal.ts'

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
