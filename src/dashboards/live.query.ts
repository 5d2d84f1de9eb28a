import { addDays, type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { StepKind } from '#src/processes/process.ts'
import { type Live, type OfficerLoad, SOON_DAYS, type StepCount, stepOrder } from './dashboard.ts'

/** Dossiers of these agencies (null: the whole province), as they are. */
export type LiveAsked = { now: Date; today: LocalDate; agencies: readonly number[] | null }

/** `$1` now, `$2` the end of the day, `$3` the end of the third, `$4` agencies. Counts what an index over just these dossiers holds. */
export const LIVE_SQL = `
SELECT due.*, waiting.* FROM (
  SELECT (count(*) FILTER (WHERE d.due_at < $2::timestamptz))::int AS "dueToday", count(*)::int AS "dueSoon"
  FROM dossier d
  WHERE d.due_at IS NOT NULL AND d.ready_at IS NULL AND d.closed_at IS NULL AND d.paused_at IS NULL
    AND d.due_at >= $1::timestamptz AND d.due_at < $3::timestamptz
    AND d.parent_id IS NULL AND ($4::int[] IS NULL OR d.competent_agency_id = ANY ($4::int[]))
) due, (
  SELECT count(*)::int AS count, min(d.submitted_at) AS oldest,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY d.submitted_at) AS median
  FROM dossier d
  WHERE d.state = 'submitted' AND ($4::int[] IS NULL OR d.receiving_agency_id = ANY ($4::int[]))
) waiting`

export async function readLive(ctx: Ctx, asked: LiveAsked): Promise<Live> {
  type Row = Pick<Live, 'dueToday' | 'dueSoon'> & Live['waiting']
  const [row] = await run<Row>(ctx.db, LIVE_SQL, liveValues(asked))
  const { dueToday = 0, dueSoon = 0, count = 0, oldest = null, median = null } = row ?? {}
  return { dueToday, dueSoon, waiting: { count, oldest, median } }
}

export function liveValues({ now, today, agencies }: LiveAsked): unknown[] {
  return [now, startOfLocalDay(addDays(today, 1)), startOfLocalDay(addDays(today, SOON_DAYS)), agencies]
}

/** `$1` now, `$2` agencies. The inner count reads nothing but the index over dossiers under way. */
export const STEPS_SQL = `
SELECT step ->> 'kind' AS kind, sum(s.dossiers)::int AS dossiers, sum(s.late)::int AS late
FROM (
  SELECT d.process_version_id, d.step_key, count(*) AS dossiers,
    count(*) FILTER (WHERE d.paused_at IS NULL AND d.step_due_at < $1::timestamptz) AS late
  FROM dossier d
  WHERE d.step_key IS NOT NULL AND d.parent_id IS NULL AND ($2::int[] IS NULL OR d.competent_agency_id = ANY ($2::int[]))
  GROUP BY d.process_version_id, d.step_key
) s JOIN process_version v ON v.id = s.process_version_id
  JOIN LATERAL jsonb_array_elements(v.expanded -> 'steps') step ON step ->> 'key' = s.step_key
GROUP BY 1`

/** How many dossiers stand at which kind of step, in the order of the way; kinds without any are left out. */
export async function listSteps(ctx: Ctx, { now, agencies }: LiveAsked): Promise<StepCount[]> {
  const rows = await run<StepCount>(ctx.db, STEPS_SQL, [now, agencies])
  const place = ({ kind }: { kind: StepKind }) => stepOrder.indexOf(kind)
  return rows.sort((a, b) => place(a) - place(b))
}

/** `$1` now, `$2` the end of the day, `$3` agency, `$4` today. Each officer's dossiers are read from the index over them. */
export const LOAD_SQL = `
SELECT o.id AS "accountId", o.name, coalesce(l.held, 0) AS held, coalesce(l.late, 0) AS late, coalesce(l.today, 0) AS "dueToday"
FROM account o CROSS JOIN LATERAL (
  SELECT count(*)::int AS held,
    (count(*) FILTER (WHERE d.ready_at IS NULL AND d.paused_at IS NULL AND d.due_at < $1::timestamptz))::int AS late,
    (count(*) FILTER (WHERE d.ready_at IS NULL AND d.paused_at IS NULL AND d.due_at >= $1::timestamptz AND d.due_at < $2::timestamptz))::int AS today
  FROM dossier d WHERE d.holder_account_id = o.id AND d.holder_agency_id = $3
) l
WHERE o.active AND o.id IN (SELECT account_id FROM assignment WHERE agency_id = $3 AND valid_from <= $4::date
    AND (valid_to IS NULL OR valid_to > $4::date))
  AND (l.held > 0 OR o.id IN (SELECT account_id FROM assignment WHERE agency_id = $3 AND role = 'specialist'))
ORDER BY l.late DESC, l.held DESC, o.name LIMIT 100`

/** What each officer of an agency has in hand, most late first; specialists also when it is nothing. */
export function listLoad(
  ctx: Ctx,
  { now, today, agency }: Omit<LiveAsked, 'agencies'> & { agency: number },
): Promise<OfficerLoad[]> {
  return run<OfficerLoad>(ctx.db, LOAD_SQL, [now, startOfLocalDay(addDays(today, 1)), agency, today])
}
