import { z } from '@hono/zod-openapi'
import { DAY, localDate } from '#src/calendar/local-date.ts'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { listReaderAgencies } from '#src/reports/asked.query.ts'
import { lastWords, type Stage } from './entered-value.ts'
import { listEntered, listIndexSets } from './indicator-set.query.ts'
import { type IndexKey, type Indicator, indicatorsOf, setInForce, takesEntries } from './indicator-set.ts'
import { insertValue, takeTurns } from './indices.store.ts'

const Amount = z.number().max(9_999_999).multipleOf(0.01)

/** `value` of `of`: 96 of 100 asked; or points of 1 rating. `from` and `to`: local days, both inclusive. */
export const EnterValue = z
  .strictObject({
    indicator: named(line(20), 'chỉ số', 'the indicator'),
    agency: named(line(40), 'mã cơ quan', 'the agency’s code'),
    from: named(RegisterDate, 'từ ngày', 'the first day'),
    to: named(RegisterDate, 'đến ngày', 'the last day'),
    value: named(Amount.min(0), 'số đạt được', 'the number reached'),
    of: named(Amount.gt(0), 'tổng số', 'the number it is of'),
    evidence: named(paragraph(1000), 'căn cứ, tài liệu kiểm chứng', 'the evidence'),
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: says('Đến ngày phải từ “từ ngày” trở đi.', 'The last day must not be before the first.'),
  })
  // Also asked of days that are none, which are refused as such.
  .refine(({ from, to }) => !(Date.parse(to) - Date.parse(from) >= 400 * DAY), {
    path: ['to'],
    message: says('Kỳ dài nhất là một năm.', 'A period is at most a year long.'),
  })
export type EnterValue = z.infer<typeof EnterValue>

/**
 * Writes down what no dossier tells. A leader says it of their own agency and those below it; procedure control and reform appraise, and
 * then that counts. Nothing is overwritten: the last word counts. The same again does nothing.
 * Throws `forbidden`, `not-found` for an agency not theirs, and the `index-value-…` refusals.
 */
export async function enterValue(ctx: Ctx, key: IndexKey, input: EnterValue): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'role-not-allowed')
  const stage = stageOf(actor.role)
  const agency = (await listReaderAgencies(ctx, actor)).find(({ code }) => code === input.agency)
  if (!agency) throw new Refusal('not-found', 'index-agency-unknown', { field: 'agency' })
  if (input.from > localDate(ctx.clock.now())) throw new Refusal('invalid', 'index-value-early', { field: 'from' })
  const set = setInForce(await listIndexSets(ctx, key), key, input.to)
  const indicator = indicatorsOf(set.definition).find(one => one.code === input.indicator && takesEntries(one))
  if (!indicator) throw new Refusal('not-found', 'index-indicator-unknown', { field: 'indicator' })
  refuseTooMuch(indicator, input)
  const { agency: _, ...entry } = input
  return transact(ctx, async inner => {
    const { from, to } = input
    await takeTurns(inner.db, `index-value:${key}:${agency.id}:${input.indicator}`)
    // The instant of whoever's turn it is: later than all that was said before.
    const at = ctx.clock.now()
    const value = { ...entry, key, stage, agencyId: agency.id, accountId: actor.accountId, at }
    const said = lastWords(await listEntered(inner, { key, from, to, agencies: [agency.id], said: at }))
    const same = ['indicator', 'from', 'to', 'stage', 'value', 'of', 'evidence'] as const
    if (said.some(one => same.every(name => one[name] === value[name]))) return
    await insertValue(inner.db, value)
    await audit(inner, {
      action: 'enter-index-value',
      subject: `agency:${agency.code}`,
      detail: { set: key, indicator: input.indicator, from, to, stage, value: input.value, of: input.of },
    })
  })
}

function stageOf(role: string): Stage {
  if (role === 'leader') return 'self'
  if (role === 'control' || role === 'reform') return 'appraisal'
  throw new Refusal('forbidden', 'role-not-allowed')
}

/** A share is at most 1; points are at most what the indicator gives. */
function refuseTooMuch({ formula, max, appraised }: Indicator, { value, of }: EnterValue): void {
  if (formula.type === 'deduction' || formula.type === 'bonus') return
  const most = appraised || formula.type === 'average' ? max * of : of
  if (value > most) throw new Refusal('invalid', 'index-value-too-much', { field: 'value', params: { max: most } })
}
