import { z } from '@hono/zod-openapi'
import { command, isAtWork } from '#src/dossiers/command.ts'
import { dueAgain } from '#src/dossiers/dossier-deadline.ts'
import { hasStep } from '#src/dossiers/holder.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'

/**
 * Stops the clock while the applicant pays what a notice says (land tax, registration fee). It needs the notice's number and
 * its legal ground: waiting inside the administration is never a pause.
 */
export const pause = command({
  type: 'pause',
  label: ['Chờ nghĩa vụ tài chính', 'Wait for financial obligation'],
  roles: ['specialist'],
  place: 'taking-part',
  states: ['in-process'],
  when: (dossier, officer) => isAtWork(dossier) && hasStep(dossier, officer),
  input: z.strictObject({
    notice: named(line(100), 'số thông báo', 'the number of the notice'),
    ground: named(line(500), 'căn cứ pháp lý', 'the legal ground'),
    amount: z.int().min(0).max(1e13).optional(),
  }),
  decide: (_, { notice, ground, amount }) => [
    { type: 'financial-obligation-notified', payload: { notice, ground, amount: amount ?? null } },
  ],
})

/** The obligation is met: the clock runs on. */
export const resume = command({
  type: 'resume',
  label: ['Đã hoàn thành nghĩa vụ tài chính', 'Obligation met'],
  roles: ['specialist', 'cashier', 'intake'],
  place: 'taking-part',
  states: ['financial-obligation'],
  /** `evidence`: number of the receipt or treasury voucher. */
  input: z.strictObject({ evidence: named(line(200), 'chứng từ nộp tiền', 'the proof of payment') }),
  decide: (dossier, { evidence }, { at, calendar, policy }) => [
    {
      type: 'financial-obligation-met',
      payload: { evidence, due: dueAgain(dossier, at, calendar, policy.resume) },
    },
  ],
})
