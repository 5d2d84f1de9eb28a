import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { actorRef, type Ctx, type Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { FormSet, LawPolicy } from '#src/procedures/law.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import { getProcess, type ProcessInForce } from '#src/processes/process.query.ts'
import { type Dossier, draftNumber } from './dossier.ts'
import type { DossierEvent } from './dossier-event.ts'
import { type DossierRow, dossierColumns, fromRow } from './dossier-row.ts'
import { sightOf, sightSql, sightValues } from './sight.ts'

/** An event with the names behind its references, as a person reads it. */
export type ReadEvent = DossierEvent & {
  actorName: string | null
  actorTitle: string | null
  role: Role | null
  agencyId: number | null
  agency: string | null
  /** In whose place the actor stood, and by what decision. */
  onBehalfOf: { name: string; ground: string | null } | null
  /** Number of the statutory form it issued: `02`. */
  form: string | null
  /** When it was written down, if later than it happened. */
  recordedAt: Date | null
}

export type ReadPaper = {
  id: string
  component: string | null
  name: string
  mediaType: string
  size: number
  uploadedAt: Date
}

export type ReadAgency = {
  id: number
  name: string
  shortName: string
  kind: string
  address: string | null
  phone: string | null
  parentName: string | null
}

/** An officer with a part in it, and who stands in for them today in which place, by which decision. */
export type ReadPerson = {
  id: number
  name: string
  substitutes: { name: string; ground: string; agencyId: number; role: Role }[]
}

/** An agency with a part in the dossier. */
export type ReadPartner = { id: number; code: string; name: string; shortName: string }

/** The dossier this one was opened for. */
export type ReadParent = { id: number; code: string | null; procedure: string; agency: string }

/** A dossier with everything its page and its forms say. */
export type ReadDossier = {
  dossier: Dossier
  /** Oldest first. */
  events: ReadEvent[]
  papers: ReadPaper[]
  procedure: Procedure
  calendar: WorkingCalendar
  policy: LawPolicy
  formSet: FormSet
  receiving: ReadAgency
  competent: ReadAgency
  servicePoint: { name: string; kind: string; address: string | null } | null
  specialist: string | null
  /** What it runs by; null before reception. */
  process: ProcessInForce | null
  /** Every agency that has, had or may have a part: receiving, competent, partners, those of its process and of its children. */
  agencies: ReadonlyMap<number, ReadPartner>
  /** The officers who hold or held it, or were asked, by account. */
  people: ReadonlyMap<number, ReadPerson>
  parent: ReadParent | null
  supportPoint: { id: number; name: string; agency: string } | null
  /** How often it was opened, this time included; counted to 1,000. */
  views: number
  /** Every event's hash is right and follows from the one before. */
  chainIntact: boolean
}

/** How a dossier was looked at: `page`, `form:01`, `paper:<id>`, `command:assign`. */
export type Via = string

const agencyJson = (id: string) => `(
  SELECT jsonb_build_object('id', a.id, 'name', a.name, 'shortName', a.short_name, 'kind', a.kind, 'address', a.address,
                            'phone', a.phone, 'parentName', p.name)
  FROM agency a LEFT JOIN agency p ON p.id = a.parent_id WHERE a.id = ${id})`

/** Accounts named in holdings, opinions and the step; agencies of children. The detail is JSON of our own making. */
const namedIn = (key: string, lists: string) => `(
  SELECT (x ->> '${key}')::int FROM jsonb_array_elements(${lists}) x WHERE x ->> '${key}' IS NOT NULL)`
const HANDS = `(d.detail::jsonb -> 'holdings') || (d.detail::jsonb -> 'opinions') || jsonb_build_array(d.detail::jsonb -> 'step')`

const PARTIES = `
  (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name, 'shortName', a.short_name))
   FROM agency a WHERE a.id = ANY (d.partner_ids || d.receiving_agency_id || d.competent_agency_id)
     OR a.id IN ${namedIn('agencyId', `d.detail::jsonb -> 'children'`)}
     OR a.code IN (SELECT jsonb_path_query(v.expanded, 'strict $.steps[*].**.agency.code') #>> '{}'
                   FROM process_version v WHERE v.id = d.process_version_id)) AS agencies,
  (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'substitutes', coalesce((
       SELECT jsonb_agg(jsonb_build_object('name', b.name, 'ground', s.ground, 'agencyId', s.agency_id, 'role', s.role))
       FROM delegation s JOIN account b ON b.id = s.delegate_id
       WHERE s.account_id = a.id AND s.valid_from <= $5 AND s.valid_to > $5 AND (s.revoked_at > $5) IS NOT FALSE), '[]')))
   FROM account a WHERE a.id IN ${namedIn('accountId', HANDS)}) AS people,
  (SELECT jsonb_build_object('id', o.id, 'code', o.code, 'procedure', v.name, 'agency', g.short_name)
   FROM dossier o JOIN procedure_version v ON v.id = o.procedure_version_id JOIN agency g ON g.id = o.competent_agency_id
   WHERE o.id = d.parent_id) AS parent,
  (SELECT jsonb_build_object('id', s.id, 'name', s.name, 'agency', g.short_name)
   FROM service_point s JOIN agency g ON g.id = s.agency_id WHERE s.id = d.support_point_id) AS "supportPoint",`

/** The decision under which somebody stood in for another: the one in force at that moment. */
const GROUND = `(SELECT s.ground FROM delegation s
  WHERE s.account_id = e.on_behalf_of AND s.delegate_id = a.id AND s.agency_id = e.agency_id AND s.role = e.actor_role
    AND s.valid_from <= e.at AND s.valid_to > e.at AND (s.revoked_at > e.at) IS NOT FALSE LIMIT 1)`

/**
 * $1 the reference, $2–$4 the reader's sight, then instant, actor, role, agency and way of the view. One statement: what is
 * not to be seen is not found and leaves no trace of a view; what is read is logged in the same breath.
 */
const READ = (where: string) => `
WITH d AS (
  SELECT ${dossierColumns} FROM dossier d WHERE ${where} AND ${sightSql(2)}
), seen AS (
  INSERT INTO dossier_view (dossier_id, at, actor, actor_role, agency_id, via)
  SELECT d.id, $5::timestamptz, $6::text, $7::text, $8::int, $9::text FROM d
)
SELECT d.*, lp.policy AS "lawPolicy", lp.form_set AS "formSet", c.version AS "calendarNow",
  ${agencyJson('d.receiving_agency_id')} AS receiving,
  ${agencyJson('d.competent_agency_id')} AS competent,
  (SELECT jsonb_build_object('name', s.name, 'kind', s.kind, 'address', s.address)
   FROM service_point s WHERE s.id = d.service_point_id) AS "servicePoint",
  (SELECT a.name FROM account a WHERE a.id = d.specialist_account_id) AS specialist,
  ${PARTIES}
  (SELECT jsonb_build_object('events', jsonb_agg(x.event ORDER BY x.seq), 'intact', bool_and(x.whole)) FROM (
     SELECT e.seq,
            e.hash = ledger_hash(e) AND e.prev_hash = coalesce(lag(e.hash) OVER (ORDER BY e.seq), '\\x') AS whole,
            jsonb_build_object('seq', e.seq, 'at', e.at, 'type', e.type, 'actor', e.actor, 'code', e.code,
              'payload', e.payload, 'form', e.form, 'recordedAt', e.recorded_at, 'role', e.actor_role, 'agencyId', e.agency_id,
              'agency', g.short_name, 'actorName', a.name, 'actorTitle', a.title,
              'onBehalfOf', CASE WHEN b.id IS NOT NULL THEN jsonb_build_object('name', b.name, 'ground', ${GROUND}) END) AS event
     FROM dossier_event e
     LEFT JOIN account a ON a.id = CASE WHEN e.actor ~ '^(officer|citizen):[0-9]+$' THEN split_part(e.actor, ':', 2)::int END
     LEFT JOIN agency g ON g.id = e.agency_id
     LEFT JOIN account b ON b.id = e.on_behalf_of
     WHERE e.dossier_id = d.id) x) AS ledger,
  (SELECT jsonb_agg(jsonb_build_object('id', p.id, 'component', p.component_code, 'name', p.name,
            'mediaType', p.media_type, 'size', p.size, 'uploadedAt', p.uploaded_at) ORDER BY p.uploaded_at, p.id)
   FROM paper p WHERE p.dossier_id = d.id) AS papers,
  1 + (SELECT count(*)::int FROM (SELECT FROM dossier_view v WHERE v.dossier_id = d.id LIMIT 999) v) AS views
FROM d JOIN law_pack lp ON lp.code = d.law_pack JOIN calendar c ON c.id = d.calendar_id`
const READ_BY_CODE = READ('d.code = $1::text')
const READ_BY_ID = READ('d.id = $1::bigint')

type Json<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] }
type Row = DossierRow & {
  lawPolicy: LawPolicy
  formSet: FormSet
  calendarNow: number
  receiving: ReadAgency
  competent: ReadAgency
  servicePoint: ReadDossier['servicePoint']
  specialist: string | null
  ledger: { events: Json<ReadEvent>[]; intact: boolean }
  papers: Json<ReadPaper>[] | null
  agencies: ReadPartner[]
  people: ReadPerson[] | null
  parent: ReadParent | null
  supportPoint: ReadDossier['supportPoint']
  views: number
}

/**
 * Opens a dossier by code or `D12` and logs that it was seen, in one round trip (procedure and calendar are kept by the process).
 * Throws `dossier-not-found` alike for what does not exist and for what this person may not see.
 */
export async function readDossier(ctx: Ctx, ref: string, via: Via): Promise<ReadDossier> {
  const draft = draftNumber(ref)
  const officer = ctx.actor.kind === 'officer' ? ctx.actor : null
  const [row] = await run<Row>(ctx.db, draft ? READ_BY_ID : READ_BY_CODE, [
    draft ?? ref,
    ...sightValues(sightOf(ctx.actor)),
    ctx.clock.now(),
    actorRef(ctx.actor),
    officer?.role ?? null,
    officer?.agencyId ?? null,
    via,
  ])
  if (!row) throw new Refusal('not-found', 'dossier-not-found')
  const dossier = fromRow(row)
  const { formSet, receiving, competent, servicePoint, specialist, views, parent, supportPoint } = row
  return {
    dossier,
    events: row.ledger.events.map(
      event =>
        ({
          ...event,
          at: new Date(event.at),
          recordedAt: event.recordedAt && new Date(event.recordedAt),
        }) as ReadEvent,
    ),
    papers: (row.papers ?? []).map(paper => ({ ...paper, uploadedAt: new Date(paper.uploadedAt) })),
    procedure: await getProcedureVersion(ctx, dossier.procedureVersionId),
    calendar: await getCalendar(ctx, dossier.calendarId, row.calendarNow),
    policy: row.lawPolicy,
    process: dossier.processId === null ? null : await getProcess(ctx, dossier.processId),
    agencies: new Map(row.agencies.map(agency => [agency.id, agency])),
    people: new Map(row.people?.map(person => [person.id, person])),
    ...{ formSet, receiving, competent, servicePoint, specialist, views, parent, supportPoint },
    chainIntact: row.ledger.intact,
  }
}
