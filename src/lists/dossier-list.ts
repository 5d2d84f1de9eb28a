import { z } from '@hono/zod-openapi'
import { addDays, type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { draftNumber, type Judgement, type State, states } from '#src/dossiers/dossier.ts'
import type { Role } from '#src/platform/ctx.ts'
import { says } from '#src/platform/field-problems.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type Channel, channels } from '#src/procedures/procedure.ts'
import { readSearch } from './dossier-search.ts'

/** A local date of this platform's time: other years are slips of the keyboard, and some no database can hold. */
export const RegisterDate = z.iso
  .date()
  .refine(
    date => date >= '2000' && date < '2200',
    says('Năm phải từ 2000 đến 2199.', 'The year must be from 2000 to 2199.'),
  )

export const judgements: readonly Judgement[] = ['early', 'on-time', 'late', 'no-term']

/** One line of a list: enough to show where a dossier stands without opening it. */
export type ListedDossier = {
  id: number
  code: string | null
  version: number
  state: State
  procedure: { code: string; name: string }
  applicant: {
    kind: 'citizen' | 'business' | 'organisation'
    name: string
    idNumber: string | null
    phone: string | null
  }
  channel: Channel
  /** First entry: when it was handed in, submitted, or kept as a draft. */
  enteredAt: Date
  receivedAt: Date | null
  originalDueAt: Date | null
  dueAt: Date | null
  dueProvisional: boolean
  dueGaps: number[]
  pausedAt: Date | null
  readyAt: Date | null
  judgement: Judgement | null
  /** Whose turn it is; null when it has ended. `name`: the person, once one is named. */
  holder: { agency: string; agencyName: string; role: Role | null; name: string | null } | null
  /** The step of its process it is at, and when that is due; null before reception and once the result is there. */
  stepName: string | null
  stepDueAt: Date | null
  /** Code of the dossier it was opened for at this agency. */
  parent: string | null
  /** Agency that caused the delay, once it is past its due time. */
  cause: string | null
  /** The calendar its deadline runs by, as it stands now. */
  calendar: { id: number; version: number }
  /** What happens to the term after a pause. */
  resume: 'remaining' | 'restart'
  /** Working hours within which an online submission is to be examined. */
  intakeCheckHours: number
}

/** `next` is the cursor of the page after this one; null on the last. */
export type DossierPage = { rows: ListedDossier[]; next: string | null }
export type PageAsked = { cursor?: string | undefined; limit: number }

/** Every given condition must hold. Dates are local and both inside. */
export type DossierFilter = {
  text?: string | undefined
  state?: State | undefined
  procedure?: string | undefined
  channel?: Channel | undefined
  judgement?: Judgement | undefined
  receivedFrom?: LocalDate | undefined
  receivedTo?: LocalDate | undefined
  /** Where it is now: an agency's code, or words of its name. */
  heldBy?: string | undefined
  /** Words in the name of the step it is at. */
  step?: string | undefined
  /** Its step was due before this instant. */
  stepDueBefore?: Date | undefined
  /** Late by the doing of an agency: its code, or words of its name. */
  causedBy?: string | undefined
  /** Opened for a dossier of another agency. */
  isPart?: boolean | undefined
}

/** The filter as addresses and the API name it. */
export type AskedFilter = Pick<DossierFilter, 'state' | 'procedure' | 'channel' | 'judgement' | 'step'> & {
  q?: string | undefined
  from?: LocalDate | undefined
  to?: LocalDate | undefined
  held?: string | undefined
  cause?: string | undefined
  stepLate?: 'yes' | undefined
  part?: 'yes' | undefined
}

export function filterOf({ q, from, to, held, cause, stepLate, part, ...rest }: AskedFilter, now: Date): DossierFilter {
  return {
    ...rest,
    ...{ text: q, receivedFrom: from, receivedTo: to, heldBy: held, causedBy: cause },
    stepDueBefore: stepLate && now,
    isPart: part && true,
  }
}

/** When a dossier entered the register; the indexes of migration 0007 hold this very expression. */
export const ENTERED = 'coalesce(d.received_at, d.created_at)'

/** Until its result is ready, the cause of a dossier's delay is what the last warning `w` about its promise said. */
const LAST_CAUSE = `d.ready_at IS NULL AND w.subject = 'dossier' AND w.late AND w.due_at = d.due_at AND w.cause_agency_id IS NOT NULL
  ORDER BY w.id DESC LIMIT 1`

/** Columns of ListedDossier for rows `d`, and the tables they come from. */
export const listedColumns = `d.id, d.code, d.version, d.state, d.channel,
  jsonb_build_object('code', d.procedure_code, 'name', v.name) AS procedure,
  jsonb_build_object('kind', d.applicant_kind, 'name', d.applicant_name, 'idNumber', d.applicant_id_number,
                     'phone', d.applicant_phone) AS applicant,
  coalesce(d.submitted_at, d.created_at) AS "enteredAt", d.received_at AS "receivedAt",
  d.original_due_at AS "originalDueAt", d.due_at AS "dueAt", d.due_provisional AS "dueProvisional",
  d.due_gaps AS "dueGaps", d.paused_at AS "pausedAt", d.ready_at AS "readyAt", d.judgement,
  CASE WHEN h.id IS NOT NULL THEN jsonb_build_object('agency', h.code, 'agencyName', h.short_name,
                                                     'role', d.holder_role, 'name', o.name) END AS holder,
  d.detail -> 'step' ->> 'name' AS "stepName", d.step_due_at AS "stepDueAt", parent.code AS parent, caused.by AS cause,
  jsonb_build_object('id', c.id, 'version', c.version) AS calendar, lp.policy ->> 'resume' AS resume,
  (lp.policy ->> 'intakeCheckHours')::int AS "intakeCheckHours"`
export const listedJoins = `
  JOIN procedure_version v ON v.id = d.procedure_version_id
  JOIN calendar c ON c.id = d.calendar_id
  JOIN law_pack lp ON lp.code = d.law_pack
  LEFT JOIN agency h ON h.id = d.holder_agency_id
  LEFT JOIN account o ON o.id = d.holder_account_id
  LEFT JOIN dossier parent ON parent.id = d.parent_id
  LEFT JOIN LATERAL (
    SELECT a.short_name AS by FROM agency a WHERE a.id = coalesce(d.cause_agency_id, (
      SELECT w.cause_agency_id FROM dossier_alert w WHERE w.dossier_id = d.id AND ${LAST_CAUSE}))
  ) caused ON true`

/** A statement being put together: `$` adds a value and gives its place. */
export type Statement = { text: string; values: unknown[] }
export type Placeholder = (value: unknown, type: string) => string

export function placeholders(values: unknown[]): Placeholder {
  return (value, type) => `$${values.push(value)}::${type}`
}

/**
 * The filter as SQL over `d`. Words of closed lists stand in the text itself: only then can the planner use the index over
 * unfinished dossiers and know how rare a state is.
 */
export function conditions(filter: DossierFilter, $: Placeholder): string[] {
  const found: string[] = []
  if (filter.state) found.push(`d.state = '${known(states, filter.state)}'`)
  if (filter.channel) found.push(`d.channel = '${known(channels, filter.channel)}'`)
  if (filter.judgement) found.push(`d.judgement = '${known(judgements, filter.judgement)}'`)
  if (filter.procedure) found.push(`d.procedure_code = ${$(filter.procedure, 'text')}`)
  if (filter.receivedFrom || filter.receivedTo) found.push('d.received_at IS NOT NULL')
  if (filter.receivedFrom) found.push(`${ENTERED} >= ${$(startOfLocalDay(filter.receivedFrom), 'timestamptz')}`)
  if (filter.receivedTo) found.push(`${ENTERED} < ${$(startOfLocalDay(addDays(filter.receivedTo, 1)), 'timestamptz')}`)
  found.push(...processConditions(filter, $))
  return filter.text ? [...found, ...searchConditions(filter.text, $)] : found
}

/** Agencies of this code, or with these words in their name. */
export const agenciesCalled = (words: string) => `SELECT id FROM agency
  WHERE code = upper(${words}) OR vn_fold(name || ' ' || short_name) LIKE '%' || vn_fold(${words}) || '%'`

/** Where it stands in its process. Steps are found by the names their versions give them, so that only what runs by those is read. */
function processConditions(filter: DossierFilter, $: Placeholder): string[] {
  const { heldBy, step, stepDueBefore, causedBy, isPart } = filter
  const found: string[] = []
  if (heldBy) found.push(`d.holder_agency_id = ANY (ARRAY(${agenciesCalled($(heldBy, 'text'))}))`)
  if (step) {
    found.push(`d.step_key IS NOT NULL AND (d.process_version_id, d.step_key) IN (
      SELECT v.id, s ->> 'key' FROM process_version v, jsonb_array_elements(v.expanded -> 'steps') s
      WHERE vn_fold(s ->> 'name') LIKE '%' || vn_fold(${$(step, 'text')}) || '%')`)
  }
  if (stepDueBefore) found.push(`d.paused_at IS NULL AND d.step_due_at < ${$(stepDueBefore, 'timestamptz')}`)
  if (causedBy) {
    const agencies = `ANY (ARRAY(${agenciesCalled($(causedBy, 'text'))}))`
    found.push(`d.id IN (SELECT id FROM dossier WHERE cause_agency_id = ${agencies}
      UNION ALL SELECT d.id FROM dossier_alert c JOIN dossier d ON d.id = c.dossier_id AND d.due_at = c.due_at
      WHERE c.subject = 'dossier' AND c.late AND c.cause_agency_id = ${agencies}
        AND c.id = (SELECT w.id FROM dossier_alert w WHERE w.dossier_id = d.id AND ${LAST_CAUSE}))`)
  }
  if (isPart) found.push('d.parent_id IS NOT NULL')
  return found
}

function searchConditions(text: string, $: Placeholder): string[] {
  const search = readSearch(text)
  if ('patterns' in search) return search.patterns.map(pattern => `d.search LIKE ${$(pattern, 'text')}`)
  const draft = draftNumber(search.ref)
  return [draft ? `d.id = ${$(draft, 'bigint')}` : `d.code = ${$(search.ref, 'text')}`]
}

function known<Word extends string>(list: readonly Word[], word: Word): Word {
  if (!list.includes(word)) throw new RangeError(`"${word}" is not one of ${list.join(', ')}`)
  return word
}

/** Where a page ended: sort key in microseconds since 1970, or null for "after every instant", and id. */
export type Place = { key: number | null; id: number }

export function placeText({ key, id }: Place): string {
  return Buffer.from(`${key ?? '-'}.${id}`).toString('base64url')
}

/** Throws `invalid` for anything placeText did not write. */
export function readPlace(cursor: string): Place {
  const found = /^(-|\d{1,16})\.(\d{1,15})$/u.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  if (!found) throw new Refusal('invalid', 'cursor-unusable', { field: 'cursor' })
  return { key: found[1] === '-' ? null : Number(found[1]), id: Number(found[2]) }
}

/** The place as a row value to compare `(key, id)` with. */
export function placeSql({ key, id }: Place, $: Placeholder): string {
  const instant = `coalesce('epoch'::timestamptz + ${$(key, 'bigint')} * interval '1 microsecond', 'infinity')`
  return `(${instant}, ${$(id, 'bigint')})`
}

/** The sort key of a row for placeText. */
export function keySql(expression: string): string {
  return `CASE WHEN isfinite(${expression}) THEN (extract(epoch FROM ${expression}) * 1000000)::bigint END`
}

/** Cuts the one row too many that tells there is a next page. */
export function pageOf<Row extends { id: number; key: number | null }>(found: Row[], limit: number) {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? placeText(last) : null }
}
