import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { openStates, owedOn } from '#src/dossiers/dossier.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

/** Records the receipt for the fees of a dossier; the whole amount at once. */
export const collectFee = command({
  type: 'collect-fee',
  label: ['Thu phí, lệ phí', 'Collect fee'],
  roles: ['cashier', 'intake', 'postal', 'home'],
  place: 'either',
  states: ['submitted', ...openStates, 'result-ready'],
  when: dossier => dossier.finance === 'due',
  input: z.strictObject({
    receipt: named(line(60), 'số biên lai', 'the receipt number'),
    /** Whole đồng; the amount due when left out. */
    amount: z.int().min(0).max(1e12).optional(),
    method: z.enum(['cash', 'transfer', 'card']).default('cash'),
  }),
  decide: (dossier, { receipt, amount, method }) => {
    const owed = owedOn(dossier)
    if (amount !== undefined && amount !== owed) {
      throw new Refusal('invalid', 'amount-differs', { field: 'amount', params: { owed } })
    }
    return [{ type: 'fee-collected', payload: { number: receipt, amount: owed, method } }]
  },
})
