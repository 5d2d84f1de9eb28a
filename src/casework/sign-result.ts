import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { judge } from '#src/dossiers/dossier-deadline.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'

/** The clerk numbers, dates and seals what the leader signed. */
export const signResult = command({
  type: 'sign-result',
  label: ['Ký số, cấp số', 'Sign and number'],
  roles: ['clerk'],
  place: 'competent',
  states: ['approved'],
  when: dossier => dossier.result?.number === null,
  /** `number`: số, ký hiệu of the result; `signer`: the leader whose name stands under it. */
  input: z.strictObject({
    number: named(line(60), 'số, ký hiệu kết quả', 'the number of the result'),
    signer: named(line(200), 'người ký', 'the signer'),
    title: line(500).optional(),
  }),
  decide: (dossier, { number, signer, title }, { at }) => [
    {
      type: 'result-signed',
      payload: { number, signer, title: title ?? dossier.result?.title ?? '', signedAt: at.toISOString() },
    },
  ],
})

/** The signed result is at the desk: the moment a dossier is judged early, on time or late. */
export const readyResult = command({
  type: 'result-ready',
  label: ['Chuyển kết quả về một cửa', 'Result ready'],
  roles: ['clerk'],
  place: 'competent',
  states: ['approved'],
  when: dossier => typeof dossier.result?.number === 'string',
  input: z.strictObject({}),
  decide: (dossier, _, { at }) => {
    const judgement = judge(at, dossier.dueAt)
    return [{ type: 'result-ready', payload: { judgement, late: judgement === 'late' } }]
  },
})
