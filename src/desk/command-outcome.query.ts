import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** What a command id was used for, by the same person. */
export type CommandOutcome = { ref: string; at: Date; procedure: string; idNumber: string }

/** Finds what this person's command of this id did; undefined when it was never carried out. */
export async function findCommandOutcome(ctx: Ctx, commandId: string): Promise<CommandOutcome | undefined> {
  const [row] = await run<CommandOutcome>(
    ctx.db,
    `SELECT coalesce(d.code, 'D' || d.id) AS ref, e.at, d.procedure_code AS procedure, d.applicant_id_number AS "idNumber"
     FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id
     WHERE e.actor = $1 AND e.command_id = $2 LIMIT 1`,
    [actorRef(ctx.actor), commandId],
  )
  return row
}

/** A second press of the same button comes within this time; later it is another use of an old page. */
const DOUBLE_PRESS_MS = 30_000

export function isDoublePress(outcome: CommandOutcome, now: Date): boolean {
  return now.getTime() - outcome.at.getTime() < DOUBLE_PRESS_MS
}
