import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { nationalCalendar } from './national-calendar.ts'

/** Gives a new database the national calendar (id 1) that every agency starts from; does nothing where there is one. */
export async function installNationalCalendar(ctx: Ctx): Promise<void> {
  const { id, name, version, weekly, days, noticedYears } = nationalCalendar
  await transact(ctx, async ({ db }) => {
    const made = await db
      .insertInto('calendar')
      .values({ id, name, version, weekly: JSON.stringify(weekly) })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    if (!made.numInsertedOrUpdatedRows) return
    await db
      .insertInto('calendar_day')
      .values(
        days.map(({ windows, legalBasis, ...day }) => ({
          ...day,
          calendar_id: id,
          windows: windows ? JSON.stringify(windows) : null,
          legal_basis: legalBasis ?? null,
        })),
      )
      .execute()
    await db
      .insertInto('calendar_year')
      .values(
        noticedYears.map(year => ({ calendar_id: id, year, notice: 'Thông báo nghỉ lễ, Tết của cơ quan lao động' })),
      )
      .execute()
  })
}
