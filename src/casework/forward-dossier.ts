import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { paragraph } from '#src/platform/form.ts'

/** Hands papers and responsibility from the receiving desk to the resolving agency's (form 05/06 gets its next rows). */
export const forward = command({
  type: 'forward',
  label: ['Chuyển cơ quan giải quyết', 'Forward'],
  roles: ['intake', 'postal', 'home'],
  place: 'receiving',
  states: ['received'],
  when: dossier => !dossier.forwarded,
  input: z.strictObject({ note: paragraph(2000).optional() }),
  decide: (dossier, { note }) => [
    {
      type: 'forwarded',
      payload: {
        fromAgencyId: dossier.receivingAgencyId,
        toAgencyId: dossier.competentAgencyId,
        note: note ?? null,
      },
    },
  ],
})
