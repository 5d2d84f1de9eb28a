import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { paragraph } from '#src/platform/form.ts'
import { rolesFor } from '#src/processes/process.ts'

/** Hands papers and responsibility from one agency's desk to the next (form 05/06 gets its next rows). */
export const forward = command({
  type: 'forward',
  label: ['Chuyển cơ quan giải quyết', 'Forward'],
  roles: rolesFor.transfer,
  place: 'taking-part',
  steps: ['transfer'],
  act: () => ({ outcome: 'handed-over' }),
  input: z.strictObject({ note: paragraph(2000).optional() }),
  decide: (dossier, { note }, { next }) => [
    {
      type: 'forwarded',
      payload: {
        fromAgencyId: dossier.step?.agencyId ?? dossier.receivingAgencyId,
        toAgencyId: next && next !== 'end' ? next.agencyId : dossier.competentAgencyId,
        note: note ?? null,
      },
    },
  ],
})
