import { z } from '@hono/zod-openapi'
import { localDate } from '#src/calendar/local-date.ts'
import { command } from '#src/dossiers/command.ts'
import { run } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

type Specialist = { id: number; name: string }

/** Names the specialist who appraises; again to hand the work to another. */
export const assign = command({
  type: 'assign',
  label: ['Phân công', 'Assign'],
  roles: ['leader'],
  place: 'competent',
  states: ['received', 'in-process'],
  when: dossier => dossier.forwarded && !dossier.supplementProposal,
  /** `assignee`: username of a specialist of the resolving agency. */
  input: z.strictObject({
    assignee: named(z.string().min(1).max(60), 'chuyên viên', 'the specialist'),
    note: paragraph(2000).optional(),
  }),
  lookUp: async (ctx, { assignee }, dossier): Promise<Specialist | undefined> => {
    const [row] = await run<Specialist>(
      ctx.db,
      `SELECT a.id, a.name FROM account a JOIN assignment s ON s.account_id = a.id
       WHERE a.username = $1 AND a.active AND s.agency_id = $2 AND s.role = 'specialist'
         AND s.valid_from <= $3::date AND (s.valid_to > $3::date) IS NOT FALSE LIMIT 1`,
      [assignee, dossier.competentAgencyId, localDate(ctx.clock.now())],
    )
    return row
  },
  decide: (_, { assignee, note }, _facts, specialist) => {
    if (!specialist) throw new Refusal('invalid', 'assignee-unknown', { field: 'assignee', params: { assignee } })
    const payload = { specialistId: specialist.id, specialist: specialist.name, note: note ?? null }
    return [{ type: 'assigned', payload }]
  },
})
