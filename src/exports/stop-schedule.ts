import { localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { refuseUnlessControl } from './create-schedule.ts'
import { listSchedules } from './schedule.query.ts'
import { endSchedule } from './schedule.store.ts'

/** By procedure control: periods that end today or later are not sent any more. Again does nothing. Throws `schedule-unknown`. */
export async function stopSchedule(ctx: Ctx, id: number): Promise<void> {
  refuseUnlessControl(ctx)
  await transact(ctx, async inner => {
    if (!(await listSchedules(inner)).some(schedule => schedule.id === id)) {
      throw new Refusal('not-found', 'schedule-unknown')
    }
    if (!(await endSchedule(inner.db, id, localDate(ctx.clock.now())))) return
    await audit(inner, { action: 'stop-report-schedule', subject: `report-schedule:${id}` })
  })
}
