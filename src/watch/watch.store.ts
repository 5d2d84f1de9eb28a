import type { Db } from '#src/platform/db.ts'
import { run } from '#src/platform/db.ts'

/** One firing of one rule. `key`: the step stayed at, the due time or the submission it is about; one rule fires once for each. */
export type NewAlert = {
  dossierId: number
  ruleKey: string
  ruleId: number
  subject: string
  key: string
  late: boolean
  at: Date
  dueAt: Date
  stepName: string | null
  agencyId: number | null
  role: string | null
  accountId: number | null
  causeAgencyId: number | null
  causeAccountId: number | null
  causeOver: number | null
  escalateTo: string
  told: number[]
}

/** In this order wherever alerts are written, so that two workers wait for each other and never in a circle. */
export const inOrder = (a: NewAlert, b: NewAlert) => a.dossierId - b.dossierId || a.key.localeCompare(b.key)

/** Those that had not fired before, by dossier. A second worker at the same work waits for the first and finds nothing left. */
export async function insertAlerts(db: Db, alerts: readonly NewAlert[]): Promise<Set<number>> {
  const sorted = alerts.toSorted(inOrder)
  const rows = await run<{ dossier_id: number }>(
    db,
    `INSERT INTO dossier_alert (dossier_id, rule_key, rule_id, subject, key, late, at, due_at, step_name, agency_id, role, account_id,
                                cause_agency_id, cause_account_id, cause_over, escalate_to, told)
     SELECT n.dossier_id, n.rule_key, n.rule_id, n.subject, n.key, n.late, n.at, n.due_at, n.step_name, n.agency_id, n.role, n.account_id,
            n.cause_agency_id, n.cause_account_id, n.cause_over, n.escalate_to, string_to_array(n.told, ',')::int[]
     FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::text[], $6::boolean[], $7::timestamptz[], $8::timestamptz[],
                 $9::text[], $10::int[], $11::text[], $12::int[], $13::int[], $14::int[], $15::int[], $16::text[], $17::text[])
       WITH ORDINALITY AS n (dossier_id, rule_key, rule_id, subject, key, late, at, due_at, step_name, agency_id, role, account_id,
                             cause_agency_id, cause_account_id, cause_over, escalate_to, told, nth)
     ORDER BY n.nth
     ON CONFLICT ON CONSTRAINT dossier_alert_once DO NOTHING
     RETURNING dossier_id`,
    [
      sorted.map(one => one.dossierId),
      sorted.map(one => one.ruleKey),
      sorted.map(one => one.ruleId),
      sorted.map(one => one.subject),
      sorted.map(one => one.key),
      sorted.map(one => one.late),
      sorted.map(one => one.at),
      sorted.map(one => one.dueAt),
      sorted.map(one => one.stepName),
      sorted.map(one => one.agencyId),
      sorted.map(one => one.role),
      sorted.map(one => one.accountId),
      sorted.map(one => one.causeAgencyId),
      sorted.map(one => one.causeAccountId),
      sorted.map(one => one.causeOver),
      sorted.map(one => one.escalateTo),
      sorted.map(one => one.told.join(',')),
    ],
  )
  return new Set(rows.map(row => row.dossier_id))
}

export type NewApology = {
  dossierId: number
  dueAt: Date
  at: Date
  agencyId: number
  causeAgencyId: number | null
  causeAccountId: number | null
  reason: string
  /** Local date of the promise proposed. */
  until: string
}

/** Those not drafted before for the same due time, by dossier. */
export async function insertApologies(db: Db, drafts: readonly NewApology[]): Promise<Set<number>> {
  const sorted = drafts.toSorted((a, b) => a.dossierId - b.dossierId)
  const rows = await run<{ dossier_id: number }>(
    db,
    `INSERT INTO apology_draft (dossier_id, due_at, at, agency_id, cause_agency_id, cause_account_id, reason, until)
     SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::int[], $5::int[], $6::int[], $7::text[], $8::date[])
     ON CONFLICT ON CONSTRAINT apology_draft_once DO NOTHING
     RETURNING dossier_id`,
    [
      sorted.map(one => one.dossierId),
      sorted.map(one => one.dueAt),
      sorted.map(one => one.at),
      sorted.map(one => one.agencyId),
      sorted.map(one => one.causeAgencyId),
      sorted.map(one => one.causeAccountId),
      sorted.map(one => one.reason),
      sorted.map(one => one.until),
    ],
  )
  return new Set(rows.map(row => row.dossier_id))
}

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
