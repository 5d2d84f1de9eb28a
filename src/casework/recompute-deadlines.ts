import { isDeepStrictEqual } from 'node:util'
import { getCalendar } from '#src/calendar/calendar.query.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { appendEvents, RepeatedCommand, StaleDossier } from '#src/dossiers/append-events.ts'
import { openStates } from '#src/dossiers/dossier.ts'
import { recount, stepDueAt } from '#src/dossiers/dossier-deadline.ts'
import { recordedDue } from '#src/dossiers/dossier-event.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import { digestOf } from './answer.ts'

export type Recomputation = { calendar: number; version: number; reason: string }

const BATCH = 200

/**
 * Counts the due time of every open dossier on a calendar again, after an official notice was entered: one batch, each change an
 * event with the notice as its reason, the whole in the audit. May be run again after a crash: a dossier already done is skipped.
 */
export async function recomputeDeadlines(ctx: Ctx, job: Recomputation): Promise<{ seen: number; moved: number }> {
  const calendar = await getCalendar(ctx, job.calendar, job.version)
  const total = { seen: 0, moved: 0 }
  for (let after = 0; ; ) {
    const rows = await run<DossierRow & { policy: LawPolicy }>(
      ctx.db,
      `SELECT ${dossierColumns}, lp.policy FROM dossier d JOIN law_pack lp ON lp.code = d.law_pack
       WHERE d.calendar_id = $1 AND d.state = ANY ($2) AND d.calendar_version < $3 AND d.due_at IS NOT NULL AND d.id > $4
       ORDER BY d.id LIMIT ${BATCH}`,
      [job.calendar, openStates, job.version, after],
    )
    const last = rows.at(-1)
    if (!last) break
    for (const row of rows) total.moved += Number(await recomputeOne(ctx, row, calendar, job))
    total.seen += rows.length
    after = last.id
  }
  if (total.moved > 0 || !(await wasAudited(ctx, job))) {
    await audit(ctx, {
      action: 'recompute-deadlines',
      subject: `calendar:${job.calendar}`,
      detail: { ...job, ...total },
    })
  }
  return total
}

/** A batch run again that found nothing left to do is no second batch. */
async function wasAudited(ctx: Ctx, job: Recomputation): Promise<boolean> {
  const rows = await run(
    ctx.db,
    `SELECT FROM audit WHERE action = 'recompute-deadlines' AND subject = $1 AND detail @> $2::jsonb LIMIT 1`,
    [`calendar:${job.calendar}`, JSON.stringify({ version: job.version })],
  )
  return rows.length > 0
}

async function recomputeOne(
  ctx: Ctx,
  row: DossierRow & { policy: LawPolicy },
  calendar: Parameters<typeof recount>[2],
  job: Recomputation,
): Promise<boolean> {
  const dossier = fromRow(row)
  const due = recount(dossier, dossier.term, calendar, row.policy.resume)
  const at = ctx.clock.now()
  const stepDue = stepDueAt(dossier, at, calendar)
  // A notice may settle one of two missing years: the time stays, and stays provisional, but for fewer years. An extended time stands
  // as granted while that of the step moves; one that is paused is counted again when it goes on.
  const stepStands = dossier.pausedAt !== null || stepDue?.getTime() === dossier.step?.dueAt?.getTime()
  const dueStands = due.at?.getTime() === dossier.dueAt?.getTime() && isDeepStrictEqual(due.gaps, dossier.dueGaps)
  if (dueStands && stepStands) return false
  const key = { id: `recompute:${job.calendar}:${job.version}:${dossier.id}`, digest: digestOf(job) }
  const payload = {
    due: { ...recordedDue(due), step: stepDue?.toISOString() ?? null },
    reason: job.reason,
    calendarVersion: job.version,
  }
  try {
    await appendEvents(ctx, {
      before: dossier,
      events: [{ type: 'due-recomputed', payload }],
      key,
      at,
      day: localDate(at),
    })
    return true
  } catch (error) {
    if (error instanceof RepeatedCommand) return false
    // An officer was quicker: the job fails and is tried again, and finds the dossier as it is then.
    if (error instanceof StaleDossier)
      throw new Error(`dossier ${dossier.id} changed while its deadline was recomputed`)
    throw error
  }
}
