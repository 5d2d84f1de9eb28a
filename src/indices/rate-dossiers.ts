import { getCalendar } from '#src/calendar/calendar.query.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { form01Of } from './dossier-rating.ts'
import { insertRatings, type NewRating } from './indices.store.ts'

const BATCH = 500

type ToRate = DossierRow & { decided: boolean; calendar_now: number }

/** Dossiers with a result and without a rating, after `$1`; those opened for another are part of that one. */
export const toRateSql = `
SELECT ${dossierColumns}, v.decision IS NOT NULL AS decided, c.version AS calendar_now
FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id JOIN calendar c ON c.id = d.calendar_id
WHERE d.ready_at IS NOT NULL AND d.parent_id IS NULL AND d.id > $1
  AND NOT EXISTS (SELECT FROM dossier_rating r WHERE r.dossier_id = d.id)
ORDER BY d.id LIMIT ${BATCH}`

/** Rates every dossier whose result has come since the last time. May be run by several at once: a dossier is rated once. */
export async function rateDossiers(ctx: Ctx): Promise<{ rated: number }> {
  let rated = 0
  for (let after = 0; ; ) {
    const rows = await run<ToRate>(ctx.db, toRateSql, [after])
    const last = rows.at(-1)
    if (!last) return { rated }
    const ratings: NewRating[] = []
    for (const row of rows) ratings.push(await ratingOf(ctx, row))
    rated += await insertRatings(ctx.db, ratings, ctx.clock.now())
    after = last.id
  }
}

async function ratingOf(ctx: Ctx, row: ToRate): Promise<NewRating> {
  const dossier = fromRow(row)
  // Kept by the calendar's query after the first dossier of a calendar.
  const calendar = await getCalendar(ctx, dossier.calendarId, row.calendar_now)
  return {
    dossierId: dossier.id,
    agencyId: dossier.competentAgencyId,
    accountId: dossier.specialistId,
    readyAt: dossier.readyAt ?? new Date(0),
    points: form01Of(dossier, calendar, { decided: row.decided }),
  }
}
