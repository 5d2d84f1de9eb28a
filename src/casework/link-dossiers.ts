import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { openStates } from '#src/dossiers/dossier.ts'
import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import { run } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

type Other = { id: number; code: string }

/** Writes down that another dossier has to do with this one (the same land, the same child): shown on both, followed each on its own. */
export const link = command({
  type: 'link',
  label: ['Gắn hồ sơ liên quan', 'Link a related dossier'],
  roles: ['intake', 'specialist', 'leader', 'clerk'],
  place: 'either',
  // An ended one stays as it ended, but is linked from one under way, and shows that.
  states: ['submitted', 'supplement-at-intake', ...openStates, 'result-ready'],
  system: 'also',
  when: dossier => dossier.code !== null,
  /** `code` of a dossier the officer may see; `reason`: what the two have to do with each other, read at both agencies. */
  input: z.strictObject({
    code: named(line(60), 'mã hồ sơ liên quan', 'the code of the other dossier'),
    reason: named(line(500), 'lý do', 'the reason'),
  }),
  lookUp: async (ctx, { code }): Promise<Other | undefined> => {
    const values = [code.toUpperCase(), ...sightValues(sightOf(ctx.actor))]
    const [other] = await run<Other>(
      ctx.db,
      `SELECT d.id, d.code FROM dossier d WHERE d.code = $1 AND ${sightSql(2)}`,
      values,
    )
    return other
  },
  decide: (dossier, { code, reason }, _, other) => {
    if (!other) throw new Refusal('invalid', 'link-unknown', { field: 'code', params: { code } })
    if (other.id === dossier.id) throw new Refusal('invalid', 'link-to-itself', { field: 'code' })
    if (dossier.links.some(({ id }) => id === other.id)) {
      throw new Refusal('conflict', 'linked-already', { field: 'code', params: { code } })
    }
    return [{ type: 'linked', payload: { ...other, reason } }]
  },
})
