import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { later, orLater, refuseDay, refuseUnlessControl } from '#src/warnings/change-warning-rule.ts'
import { listSchemes } from './period-scheme.query.ts'
import { periodKinds, type SchemeTerms } from './period-scheme.ts'
import { replaceTerms } from './periods.store.ts'

/** `from`: the first local day the terms hold, after today: the period of a month ends by those in force on that month's first day. */
export const ChangePeriodScheme = z.strictObject({
  nameVi: named(line(100), 'tên loại kỳ', 'the name'),
  nameEn: named(line(100), 'tên tiếng Anh', 'the English name'),
  startDay: named(z.number().int().min(1).max(28), 'ngày bắt đầu kỳ', 'the first day of a period'),
  kinds: named(z.array(z.enum(periodKinds)).min(1).max(periodKinds.length), 'các kỳ', 'the kinds of period'),
  submissionDays: named(z.number().int().min(0).max(60), 'số ngày để gửi báo cáo', 'the days to send the report'),
  ground: named(line(500), 'căn cứ', 'the ground'),
  from: named(z.iso.date(), 'ngày áp dụng', 'the day it applies from'),
})
export type ChangePeriodScheme = z.infer<typeof ChangePeriodScheme>

/**
 * The terms of a scheme from a day on, or a new scheme, by procedure control. The same change again does nothing. Throws `role-not-allowed`
 * and the refusals about the day.
 */
export async function changePeriodScheme(ctx: Ctx, code: string, input: ChangePeriodScheme): Promise<void> {
  refuseUnlessControl(ctx)
  refuseDay(ctx, input.from)
  const { nameVi, nameEn, startDay, submissionDays, ground, from: validFrom } = input
  const kinds = periodKinds.filter(kind => input.kinds.includes(kind))
  const next = { name: [nameVi, nameEn] as const, startDay, kinds, submissionDays, ground, validFrom }
  return transact(ctx, async inner => {
    const terms = (await listSchemes(inner)).find(scheme => scheme.code === code)?.terms ?? []
    if (terms.some(one => says(one, next))) return
    if (terms.some(one => one.validFrom >= validFrom)) throw later()
    await orLater('period_scheme_in_force', () => replaceTerms(inner.db, code, next))
    await audit(inner, { action: 'change-period-scheme', subject: `period-scheme:${code}`, detail: { ...input } })
  })
}

function says({ validTo: _, ...one }: SchemeTerms, next: Omit<SchemeTerms, 'validTo'>): boolean {
  const keys = ['name', 'startDay', 'kinds', 'submissionDays', 'ground', 'validFrom'] as const
  return keys.every(key => JSON.stringify(one[key]) === JSON.stringify(next[key]))
}
