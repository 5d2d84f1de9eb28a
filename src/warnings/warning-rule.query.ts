import { type LocalDate, localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { WarningRule } from './warning.ts'
import { type SettingPeriod, type Settings, settingKeys } from './watch-setting.ts'

const RULES = `
SELECT r.id, r.key, r.subject, r.moment, r.amount::float8 AS amount, r.unit, r.escalate_to AS "escalateTo", r.enabled, r.ground,
       r.valid_from AS "validFrom", r.valid_to AS "validTo"
FROM warning_rule r`
const IN_FORCE = 'r.valid_from <= $1::date AND (r.valid_to IS NULL OR r.valid_to > $1::date)'
const FROM_NOW = 'r.valid_to IS NULL OR r.valid_to > $1::date'

/** The rules in force today, those switched off left out. */
export function listRulesInForce(ctx: Ctx): Promise<WarningRule[]> {
  return run<WarningRule>(ctx.db, `${RULES} WHERE ${IN_FORCE} AND r.enabled ORDER BY r.id`, [today(ctx)])
}

/** Every rule in force on `day` or coming after it, switched off or not: by key, the earliest period first. */
export function listRules(ctx: Ctx, day: LocalDate = today(ctx)): Promise<WarningRule[]> {
  return run<WarningRule>(ctx.db, `${RULES} WHERE ${FROM_NOW} ORDER BY r.key, r.valid_from LIMIT 500`, [day])
}

/** Every setting in force today or to come: by key, the earliest period first. */
export function listSettings(ctx: Ctx): Promise<SettingPeriod[]> {
  return run<SettingPeriod>(
    ctx.db,
    `SELECT r.key, r.amount::float8 AS amount, r.ground, r.valid_from AS "validFrom", r.valid_to AS "validTo"
     FROM watch_setting r WHERE ${FROM_NOW} ORDER BY r.key, r.valid_from LIMIT 500`,
    [today(ctx)],
  )
}

/** The numbers the watch goes by today. */
export async function getSettings(ctx: Ctx): Promise<Settings> {
  const rows = await run<{ key: string; amount: number }>(
    ctx.db,
    `SELECT r.key, r.amount::float8 AS amount FROM watch_setting r WHERE ${IN_FORCE}`,
    [today(ctx)],
  )
  const found = Object.fromEntries(rows.map(({ key, amount }) => [key, amount]))
  const missing = settingKeys.filter(key => found[key] === undefined)
  if (missing.length > 0) throw new Error(`no value is in force for ${missing.join(', ')}`)
  return found as Settings
}

const today = (ctx: Ctx) => localDate(ctx.clock.now())
