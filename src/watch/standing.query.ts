import { type TimeLeft, timeLeft } from '#src/calendar/time-left.ts'
import { refold } from '#src/dossiers/apply.ts'
import type { Dossier, State } from '#src/dossiers/dossier.ts'
import type { DossierEvent } from '#src/dossiers/dossier-event.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { listCurrentCalendars } from './delay.query.ts'

/** Where a dossier stood at an instant: why its holder is urged. */
export type Standing = {
  state: State
  /** The step under way; null before reception and once the result is there. `agencies`: whose turn it was, by short name. */
  step: { name: string; since: Date; dueAt: Date | null; left: TimeLeft; agencies: string[] } | null
  /** What was promised then, and how it stood. */
  dueAt: Date | null
  left: TimeLeft
}

/** Where these dossiers (few, as on one slip) stood at `at`, from their ledgers: what became of them later leaves it as it was. */
export async function listStandings(ctx: Ctx, ids: readonly number[], at: Date): Promise<Map<number, Standing>> {
  if (ids.length === 0) return new Map()
  const [rows, agencies, calendars] = await Promise.all([
    run<DossierEvent & { dossier_id: number }>(
      ctx.db,
      `SELECT dossier_id, seq, at, type, actor, code, payload FROM dossier_event
       WHERE dossier_id = ANY ($1::bigint[]) AND at <= $2 ORDER BY dossier_id, seq`,
      [ids, at],
    ),
    run<{ id: number; name: string }>(ctx.db, 'SELECT id, short_name AS name FROM agency', []),
    listCurrentCalendars(ctx),
  ])
  const names = new Map(agencies.map(({ id, name }) => [id, name]))
  const standings = new Map<number, Standing>()
  for (const [id, events] of Map.groupBy(rows, row => row.dossier_id)) {
    const dossier = refold(id, events)
    const calendar = calendars.get(dossier.calendarId)
    if (!calendar) continue
    const leftOf = (due: Date | null) => timeLeft({ due, paused: dossier.pausedAt !== null }, at, calendar)
    standings.set(id, standingOf(dossier, leftOf, names))
  }
  return standings
}

function standingOf(
  dossier: Dossier,
  leftOf: (due: Date | null) => TimeLeft,
  names: ReadonlyMap<number, string>,
): Standing {
  const { state, step, dueAt } = dossier
  const asked = awaitedOpinions(dossier).map(({ agencyId }) => agencyId)
  const turn = [...new Set(asked.length > 0 ? asked : step ? [step.agencyId] : [])]
  const agencies = turn.map(id => names.get(id) ?? '')
  return {
    state,
    step: step && { name: step.name, since: step.since, dueAt: step.dueAt, left: leftOf(step.dueAt), agencies },
    dueAt,
    left: leftOf(dueAt),
  }
}
