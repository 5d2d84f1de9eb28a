import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import { Refusal } from '#src/platform/refusal.ts'

/** The time to answer is over: who kept silent is written down, and the dossier goes on the way the process has for that. */
export const noteSilence = command({
  type: 'note-silence',
  label: ['Ghi nhận không có ý kiến', 'Note that no opinion came'],
  roles: [],
  place: 'taking-part',
  system: 'only',
  act: ({ step }) => (step?.kind === 'consult' ? { expired: true } : null),
  input: z.strictObject({}),
  decide: (dossier, _, { at }) => {
    const { step } = dossier
    if (step?.kind !== 'consult' || !step.dueAt || step.dueAt > at || dossier.pausedAt) {
      throw new Refusal('conflict', 'opinions-not-due')
    }
    const opinions = awaitedOpinions(dossier).map(({ key, name, agencyId }) => ({ key, name, agencyId }))
    return [{ type: 'opinion-missing', payload: { opinions } }]
  },
})
