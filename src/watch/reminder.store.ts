import type { Db } from '#src/platform/db.ts'
import { run } from '#src/platform/db.ts'

export type NewReminder = {
  fromAgencyId: number
  fromAccountId: number
  fromOnBehalfOf: number | null
  toAgencyId: number
  year: number
  at: Date
  text: string
  answerBy: Date
  commandId: string
  dossierIds: number[]
}

/** The counter's row is held until the caller commits, so that numbers follow each other without a gap: the last thing but the dossiers. */
export async function insertReminder(db: Db, one: NewReminder): Promise<number> {
  const [row] = await run<{ id: number }>(
    db,
    `WITH counted AS (
       INSERT INTO reminder_counter AS c (agency_id, year, last) VALUES ($1, $2, 1)
       ON CONFLICT (agency_id, year) DO UPDATE SET last = c.last + 1 RETURNING last
     ), made AS (
       INSERT INTO reminder (from_agency_id, year, number, from_account_id, from_on_behalf_of, to_agency_id, at, text, answer_by, command_id)
       SELECT $1, $2, last, $3, $4, $5, $6, $7, $8, $9 FROM counted RETURNING id
     ), about AS (
       INSERT INTO reminder_dossier (reminder_id, dossier_id) SELECT made.id, x FROM made, unnest($10::bigint[]) x
     )
     SELECT id FROM made`,
    [
      one.fromAgencyId,
      one.year,
      one.fromAccountId,
      one.fromOnBehalfOf,
      one.toAgencyId,
      one.at,
      one.text,
      one.answerBy,
      one.commandId,
      one.dossierIds,
    ],
  )
  if (!row) throw new Error('the reminder was not written')
  return row.id
}

export type ReminderAnswer = { id: number; text: string; by: number; onBehalfOf: number | null; at: Date }

/** False when it has been answered already. */
export async function markAnswered(db: Db, { id, text, by, onBehalfOf, at }: ReminderAnswer): Promise<boolean> {
  const rows = await run(
    db,
    `UPDATE reminder SET answer = $2, answered_by = $3, answered_on_behalf_of = $4, answered_at = $5
     WHERE id = $1 AND answered_at IS NULL RETURNING id`,
    [id, text, by, onBehalfOf, at],
  )
  return rows.length > 0
}
