import { getCalendar } from '#src/calendar/calendar.query.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { form01Of } from './dossier-rating.ts'
import { insertRatings, type NewRating } from './indices.store.ts'
import { findLastRated } from './rating.query.ts'

const BATCH = 500

/** What is written down at an instant is there to be read a little later: so far back it is looked for again. */
const OVERLAP_MS = 24 * 3_600_000

type ToRate = DossierRow & { decided: boolean; calendar_now: number; told_at: Date }

/**
 * Dossiers without a rating whose result came after the instant `$1` and the number `$2`, in that order; those opened for another are part of
 * that one. What was imported is left out: its history does not tell whose hands it went through, nor how its result was handed over.
 */
export const toRateSql = `
SELECT ${dossierColumns}, v.decision IS NOT NULL AS decided, c.version AS calendar_now, e.at AS told_at
FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id
JOIN procedure_version v ON v.id = d.procedure_version_id JOIN calendar c ON c.id = d.calendar_id
WHERE e.type = 'result-ready' AND e.recorded_at IS NULL AND (e.at, e.dossier_id) > ($1::timestamptz, $2::bigint)
  AND d.ready_at IS NOT NULL AND d.parent_id IS NULL AND NOT EXISTS (SELECT FROM dossier_rating r WHERE r.dossier_id = d.id)
ORDER BY e.at, e.dossier_id LIMIT ${BATCH}`

/** Rates every dossier whose result has come since the last time. May be run by several at once: a dossier is rated once. */
export async function rateDossiers(ctx: Ctx): Promise<{ rated: number }> {
  const since = await findLastRated(ctx)
  let rated = 0
  for (let place: [Date, number] = [new Date((since?.getTime() ?? 0) - OVERLAP_MS), 0]; ; ) {
    const rows = await run<ToRate>(ctx.db, toRateSql, place)
    const last = rows.at(-1)
    if (!last) return { rated }
    const ratings: NewRating[] = []
    for (const row of rows) ratings.push(await ratingOf(ctx, row))
    rated += await insertRatings(ctx.db, ratings, ctx.clock.now())
    place = [last.told_at, last.id]
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
