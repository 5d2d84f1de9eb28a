import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { states } from '#src/dossiers/dossier.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'

/** A note for colleagues; citizens do not see it. */
export const note = command({
  type: 'note',
  label: ['Ghi chú', 'Add note'],
  roles: ['intake', 'specialist', 'leader', 'clerk', 'cashier', 'postal', 'home'],
  place: 'either',
  states,
  input: z.strictObject({ text: named(paragraph(4000), 'nội dung ghi chú', 'the note') }),
  decide: (_, { text }) => [{ type: 'noted', payload: { text } }],
})
