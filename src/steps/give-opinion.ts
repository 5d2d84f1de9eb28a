import { z } from '@hono/zod-openapi'
import { command, isAtWork } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import { isFor } from '#src/dossiers/holder.ts'
import { PaperRefs } from '#src/dossiers/intake.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

const owed = (dossier: Dossier, officer: Officer) =>
  isAtWork(dossier) ? awaitedOpinions(dossier).filter(opinion => isFor(opinion, officer)) : []

/** Answers what an agency was asked in a consultation; the dossier goes on when enough have. */
export const giveOpinion = command({
  type: 'give-opinion',
  label: ['Cho ý kiến', 'Give an opinion'],
  roles: ['intake', 'specialist', 'leader', 'clerk', 'cashier', 'director'],
  place: 'taking-part',
  when: (dossier, officer) => owed(dossier, officer).length > 0,
  act: (dossier, { opinion, answer }, by) => {
    const answered = opinion ?? (by.kind === 'officer' ? owed(dossier, by)[0]?.key : undefined)
    return answered === undefined ? null : { answered, answer }
  },
  /** `document`: number of the letter. Anything but agreement says why in `note`. */
  input: z.strictObject({
    opinion: line(60).optional(),
    answer: z.enum(['agree', 'conditional', 'disagree']),
    document: line(60).optional(),
    note: paragraph(4000).optional(),
    papers: PaperRefs,
  }),
  decide: (dossier, { opinion, answer, document, note }, { by }) => {
    const asked = by.kind === 'officer' ? owed(dossier, by) : []
    const which = opinion === undefined ? asked[0] : asked.find(({ key }) => key === opinion)
    if (!which) throw new Refusal('invalid', 'opinion-unknown', { field: 'opinion' })
    if (answer !== 'agree' && !note) throw new Refusal('invalid', 'opinion-needs-note', { field: 'note' })
    const { key, name, agencyId } = which
    const payload = { opinion: key, name, agencyId, answer, document: document ?? null, note: note ?? null }
    return [{ type: 'opinion-given', payload }]
  },
})
