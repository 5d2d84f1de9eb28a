import { z } from '@hono/zod-openapi'
import { localDate } from '#src/calendar/local-date.ts'
import { command, isAtWork } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions, type Opinion } from '#src/dossiers/held-step.ts'
import { isFor } from '#src/dossiers/holder.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

type Specialist = { id: number; name: string }

/** Opinions the specialists of an agency still owe. */
function owed(dossier: Dossier, agencyId: number): Opinion[] {
  return awaitedOpinions(dossier).filter(o => o.agencyId === agencyId && o.role === 'specialist')
}

/** A leader names someone for the step that is theirs to give out, for one a specialist of theirs has, or for an opinion. */
function givesOut(dossier: Dossier, officer: Officer): boolean {
  const { step } = dossier
  if (!isAtWork(dossier) || !step) return false
  if (owed(dossier, officer.agencyId).length > 0) return true
  if (step.agencyId !== officer.agencyId) return false
  return step.kind === 'assign' ? isFor(step, officer) : step.role === 'specialist'
}

/** Names the specialist who works on a dossier; again to hand the work to another. */
export const assign = command({
  type: 'assign',
  label: ['Phân công', 'Assign'],
  roles: ['leader'],
  place: 'taking-part',
  when: givesOut,
  act: ({ step }, { opinion }) => (step?.kind === 'assign' && !opinion ? { outcome: 'assigned' } : null),
  /** `assignee`: username of a specialist of the leader's agency. `opinion`: the one asked for, when several are. */
  input: z.strictObject({
    assignee: named(z.string().min(1).max(60), 'chuyên viên', 'the specialist'),
    opinion: line(60).optional(),
    note: paragraph(2000).optional(),
  }),
  lookUp: async (ctx, { assignee }): Promise<Specialist | undefined> => {
    const agencyId = ctx.actor.kind === 'officer' ? ctx.actor.agencyId : null
    const [row] = await run<Specialist>(
      ctx.db,
      `SELECT a.id, a.name FROM account a JOIN assignment s ON s.account_id = a.id
       WHERE a.username = $1 AND a.active AND s.agency_id = $2 AND s.role = 'specialist'
         AND s.valid_from <= $3::date AND (s.valid_to > $3::date) IS NOT FALSE LIMIT 1`,
      [assignee, agencyId, localDate(ctx.clock.now())],
    )
    return row
  },
  decide: (dossier, { assignee, opinion, note }, { by }, specialist) => {
    if (!specialist) throw new Refusal('invalid', 'assignee-unknown', { field: 'assignee', params: { assignee } })
    const agencyId = by.kind === 'officer' ? by.agencyId : dossier.competentAgencyId
    const payload = { specialistId: specialist.id, specialist: specialist.name, note: note ?? null, agencyId }
    const asked = owed(dossier, agencyId)
    const which = opinion ? asked.find(({ key }) => key === opinion) : asked[0]
    if (opinion && !which) throw new Refusal('invalid', 'opinion-unknown', { field: 'opinion' })
    return [{ type: 'assigned', payload: { ...payload, ...(which && { opinion: which.key }) } }]
  },
})
