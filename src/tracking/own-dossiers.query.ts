import { getCalendar } from '#src/calendar/calendar.query.ts'
import { type TimeLeft, timeLeft } from '#src/calendar/time-left.ts'
import { dossierRef, isOpen, type State } from '#src/dossiers/dossier.ts'
import type { Citizen, Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

export type OwnDossier = {
  ref: string
  code: string | null
  procedure: string
  agency: string
  state: State
  createdAt: Date
  dueAt: Date | null
  timeLeft: TimeLeft | null
}
/** `next` is the place to go on from (`before`), null on the last page. */
export type OwnDossiers = { dossiers: OwnDossier[]; next: number | null }

const OWN_PAGE = 20

type Row = {
  id: number
  code: string | null
  state: State
  procedure: string
  agency: string
  created_at: Date
  due_at: Date | null
  paused_at: Date | null
  calendar_id: number
  calendar_version: number
}

export const OWN_LIST = `
SELECT d.id, d.code, d.state, v.name AS procedure, a.name AS agency, d.created_at, d.due_at, d.paused_at, d.calendar_id,
       c.version AS calendar_version
FROM dossier d
JOIN procedure_version v ON v.id = d.procedure_version_id
JOIN agency a ON a.id = d.competent_agency_id
JOIN calendar c ON c.id = d.calendar_id
WHERE d.applicant_id_number = $1 AND d.id < $2::bigint AND d.state <> 'draft' AND d.parent_id IS NULL
ORDER BY d.id DESC LIMIT ${OWN_PAGE + 1}`

/** Dossiers in the citizen's own name, newest first, through whatever door they came; what other agencies do for one of them is part of it. */
export async function listOwnDossiers(ctx: Ctx, citizen: Citizen, before: number | null): Promise<OwnDossiers> {
  const rows = await run<Row>(ctx.db, OWN_LIST, [citizen.idNumber, before ?? Number.MAX_SAFE_INTEGER])
  const shown = rows.slice(0, OWN_PAGE)
  const now = ctx.clock.now()
  const dossiers: OwnDossier[] = []
  for (const row of shown) {
    const { code, state, procedure, agency } = row
    const due = { due: row.due_at, paused: row.paused_at !== null }
    // Kept by the process, and nearly always one and the same.
    const calendar = await getCalendar(ctx, row.calendar_id, row.calendar_version)
    const left = isOpen(state) ? timeLeft(due, now, calendar) : null
    const ref = dossierRef(row)
    dossiers.push({ ref, code, state, procedure, agency, createdAt: row.created_at, dueAt: row.due_at, timeLeft: left })
  }
  return { dossiers, next: rows.length > OWN_PAGE ? (shown.at(-1)?.id ?? null) : null }
}
