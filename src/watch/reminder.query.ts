import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Reminder } from './reminder.ts'

const instant = (value: unknown) => (typeof value === 'string' ? new Date(value) : null)

/** `$1 … $3` are the sight of whoever asks, which decides which of the dossiers lead to their page. */
const REMINDERS = (where: string, rest: string) => `
SELECT r.id, r.number, r.year, r.at, r.text, r.answer_by AS "answerBy",
       jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name, 'person', fa.name, 'title', fa.title, 'onBehalfOf', fb.name) AS "fromJson",
       jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name) AS "to",
       CASE WHEN r.answer IS NOT NULL THEN
         jsonb_build_object('text', r.answer, 'at', r.answered_at, 'person', aa.name, 'title', aa.title, 'onBehalfOf', ab.name) END AS "answerJson",
       (SELECT jsonb_agg(jsonb_build_object('id', d.id, 'ref', coalesce(d.code, 'D' || d.id), 'procedure', v.name, 'dueAt', d.due_at,
                                            'seen', coalesce(${sightSql(1)}, false)) ORDER BY d.id)
        FROM reminder_dossier x JOIN dossier d ON d.id = x.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
        WHERE x.reminder_id = r.id) AS "dossierJson"
FROM reminder r
JOIN agency f ON f.id = r.from_agency_id JOIN account fa ON fa.id = r.from_account_id LEFT JOIN account fb ON fb.id = r.from_on_behalf_of
JOIN agency g ON g.id = r.to_agency_id
LEFT JOIN account aa ON aa.id = r.answered_by LEFT JOIN account ab ON ab.id = r.answered_on_behalf_of
WHERE ${where} ORDER BY r.id DESC ${rest}`

type Row = Omit<Reminder, 'from' | 'answer' | 'dossiers'> & {
  fromJson: Reminder['from']
  answerJson: (Omit<NonNullable<Reminder['answer']>, 'at'> & { at: string }) | null
  dossierJson: (Omit<Reminder['dossiers'][number], 'dueAt'> & { dueAt: string | null })[] | null
}

function fromRow({ fromJson, answerJson, dossierJson, ...row }: Row): Reminder {
  return {
    ...row,
    from: fromJson,
    answer: answerJson && { ...answerJson, at: new Date(answerJson.at) },
    dossiers: (dossierJson ?? []).map(one => ({ ...one, dueAt: instant(one.dueAt) })),
  }
}

const oversees = ({ role }: Officer) => role === 'director' || role === 'control'
const sight = (officer: Officer) => sightValues(sightOf(officer))
const MINE = '($4::boolean OR $5::int IN (r.from_agency_id, r.to_agency_id))'

export type RemindersAsked = {
  /** Those still without an answer. */
  open?: boolean | undefined
  before?: number | undefined
  limit: number
}

/** Slips sent or received by the officer's agency, or all for those who oversee the province; newest first. */
export async function listReminders(ctx: Ctx, officer: Officer, asked: RemindersAsked): Promise<Reminder[]> {
  const where = `${MINE} AND ($6::int IS NULL OR r.id < $6) AND (NOT $7::boolean OR r.answered_at IS NULL)`
  const values = [...sight(officer), oversees(officer), officer.agencyId, asked.before ?? null, asked.open ?? false]
  const rows = await run<Row>(ctx.db, REMINDERS(where, 'LIMIT $8'), [...values, asked.limit])
  return rows.map(fromRow)
}

/** Undefined also for one that is not the officer's to know of. */
export async function findReminder(ctx: Ctx, officer: Officer, id: number): Promise<Reminder | undefined> {
  const values = [...sight(officer), oversees(officer), officer.agencyId, id]
  const [row] = await run<Row>(ctx.db, REMINDERS(`${MINE} AND r.id = $6`, ''), values)
  return row && fromRow(row)
}

/** Slips that name a dossier, for whoever may see the dossier; newest first. */
export async function listRemindersOf(ctx: Ctx, officer: Officer, dossierId: number): Promise<Reminder[]> {
  const where = 'r.id IN (SELECT x.reminder_id FROM reminder_dossier x WHERE x.dossier_id = $4)'
  const rows = await run<Row>(ctx.db, REMINDERS(where, 'LIMIT 20'), [...sight(officer), dossierId])
  return rows.map(fromRow)
}

/** The slip an officer wrote by this command before; undefined when it is new. */
export async function findReminderByCommand(
  ctx: Ctx,
  accountId: number,
  commandId: string,
): Promise<number | undefined> {
  const [row] = await run<{ id: number }>(
    ctx.db,
    'SELECT id FROM reminder WHERE from_account_id = $1 AND command_id = $2',
    [accountId, commandId],
  )
  return row?.id
}

/** A dossier a slip may be about: who takes part in it, whose turn it is first. */
export type Remindable = {
  id: number
  ref: string
  procedure: string
  dueAt: Date | null
  ended: boolean
  agencies: { id: number; code: string; name: string }[]
}

/** Of these references, the dossiers the officer may see. */
export function listRemindable(ctx: Ctx, officer: Officer, refs: readonly string[]): Promise<Remindable[]> {
  return run<Remindable>(
    ctx.db,
    `SELECT d.id, d.code AS ref, v.name AS procedure, d.due_at AS "dueAt", d.closed_at IS NOT NULL AS ended,
            (SELECT jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name)
                              ORDER BY (g.id IS NOT DISTINCT FROM d.holder_agency_id) DESC, g.id)
             FROM agency g
             WHERE g.id IN (d.holder_agency_id, d.competent_agency_id, d.receiving_agency_id) OR g.id = ANY (d.partner_ids)) AS agencies
     FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
     WHERE d.code = ANY ($4::text[]) AND ${sightSql(1)} ORDER BY d.id`,
    [...sight(officer), refs],
  )
}
