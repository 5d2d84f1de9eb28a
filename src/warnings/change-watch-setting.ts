import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { later, orLater, refuseDay, refuseUnlessControl } from './change-warning-rule.ts'
import { listSettings } from './warning-rule.query.ts'
import { replaceSetting } from './warnings.store.ts'
import { type SettingKey, settingRange } from './watch-setting.ts'

/** `from`: the first local day it holds, after today. */
export const ChangeWatchSetting = z.strictObject({
  amount: named(z.number().int(), 'giá trị', 'the amount'),
  ground: named(line(500), 'căn cứ', 'the ground'),
  from: named(z.iso.date(), 'ngày áp dụng', 'the day it applies from'),
})
export type ChangeWatchSetting = z.infer<typeof ChangeWatchSetting>

/**
 * A setting's next period, by the procedure-control officer: what is in force ends the day before. The same change again does
 * nothing. Throws `role-not-allowed`, `watch-setting-range` and the refusals about the day.
 */
export async function changeWatchSetting(ctx: Ctx, key: SettingKey, input: ChangeWatchSetting): Promise<void> {
  refuseUnlessControl(ctx)
  refuseDay(ctx, input.from)
  const { min, max } = settingRange(key)
  if (input.amount < min || input.amount > max) {
    throw new Refusal('invalid', 'watch-setting-range', { field: 'amount', params: { min, max } })
  }
  return transact(ctx, async inner => {
    const periods = (await listSettings(inner)).filter(one => one.key === key)
    const { amount, ground, from } = input
    if (periods.some(one => one.validFrom === from && one.amount === amount && one.ground === ground)) return
    if (periods.some(one => one.validFrom >= from)) throw later()
    await orLater('watch_setting_in_force', () => replaceSetting(inner.db, { key, ...input }))
    await audit(inner, { action: 'change-watch-setting', subject: `watch-setting:${key}`, detail: { ...input } })
  })
}
