import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { IdNumber } from '#src/dossiers/intake.ts'
import { line } from '#src/platform/form.ts'

/** Gives the result to whoever came for it. A late dossier or an unpaid fee elsewhere never holds it back. */
export const handOver = command({
  type: 'hand-over',
  label: ['Trả kết quả', 'Hand over'],
  roles: ['intake', 'postal', 'home'],
  place: 'receiving',
  states: ['result-ready'],
  system: 'also',
  /** `collector`: who collected, the applicant when left out; `relation` to the applicant otherwise. */
  input: z.strictObject({
    collector: line(200).optional(),
    idNumber: IdNumber.optional(),
    relation: line(200).optional(),
    method: z.enum(['counter', 'post', 'electronic']).optional(),
  }),
  decide: (dossier, input) => [
    {
      type: 'handed-over',
      payload: {
        collector: input.collector ?? dossier.applicant.name,
        idNumber: input.idNumber ?? (input.collector ? null : dossier.applicant.idNumber),
        relation: input.relation ?? null,
        method: input.method ?? dossier.deliveryChoice.method,
      },
    },
  ],
})
