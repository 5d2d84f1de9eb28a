import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { paragraph } from '#src/platform/form.ts'

/** Records the specialist's finding; a finding of "not eligible" leads to a written refusal, which is a result too. */
export const appraise = command({
  type: 'appraise',
  label: ['Ghi kết quả thẩm định', 'Record appraisal'],
  roles: ['specialist'],
  place: 'taking-part',
  steps: ['appraise'],
  input: z.strictObject({
    opinion: z.enum(['eligible', 'ineligible']).default('eligible'),
    note: paragraph(4000).optional(),
  }),
  decide: (_, { opinion, note }) => [{ type: 'appraised', payload: { opinion, note: note ?? null } }],
})
