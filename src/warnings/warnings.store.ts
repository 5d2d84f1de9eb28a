import { type Db, run } from '#src/platform/db.ts'
import type { WarningRule } from './warning.ts'
import type { SettingPeriod } from './watch-setting.ts'

/** What a rule's next period says; `from`: its first local day. */
export type NextRule = Pick<
  WarningRule,
  'key' | 'subject' | 'moment' | 'amount' | 'unit' | 'escalateTo' | 'enabled' | 'ground'
> & { from: string }
export type NextSetting = Pick<SettingPeriod, 'key' | 'amount' | 'ground'> & { from: string }

const END = (table: 'warning_rule' | 'watch_setting') =>
  `UPDATE ${table} SET valid_to = $2 WHERE key = $1 AND valid_from < $2 AND (valid_to IS NULL OR valid_to > $2)`

/** What is in force ends the day before. Breaks `warning_rule_in_force` when there is a later period already. */
export async function replaceRule(db: Db, rule: NextRule): Promise<void> {
  await run(db, END('warning_rule'), [rule.key, rule.from])
  await run(
    db,
    `INSERT INTO warning_rule (key, subject, moment, amount, unit, escalate_to, enabled, ground, valid_from)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      rule.key,
      rule.subject,
      rule.moment,
      rule.amount,
      rule.unit,
      rule.escalateTo,
      rule.enabled,
      rule.ground,
      rule.from,
    ],
  )
}

/** As replaceRule, of `watch_setting_in_force`. */
export async function replaceSetting(db: Db, { key, amount, ground, from }: NextSetting): Promise<void> {
  await run(db, END('watch_setting'), [key, from])
  await run(db, 'INSERT INTO watch_setting (key, amount, ground, valid_from) VALUES ($1, $2, $3, $4)', [
    key,
    amount,
    ground,
    from,
  ])
}
