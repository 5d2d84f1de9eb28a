import type { State } from '#src/dossiers/dossier.ts'
import type { Applicant } from '#src/dossiers/intake.ts'
import { actorRef, type Ctx, type Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

export type EarlierDossier = { ref: string; state: State; at: Date }

/** What the desk knows of a person from the last dossier they handed in there. */
export type KnownPerson = {
  applicant: Applicant
  from: { ref: string; at: Date; procedure: string }
  /** Dossiers of the same procedure in the last 30 days, unless refused or withdrawn. */
  recent: EarlierDossier[]
}

const RECENT_DAYS = 30

/**
 * $1 ID number, $2 the officer's agency, $3 procedure, $4 now, $5 actor, $6 role. Reading a person's data out of a dossier is looking at
 * that dossier, so it is logged as such.
 */
const FIND = `
WITH last AS (
  SELECT d.id, coalesce(d.code, 'D' || d.id) AS ref, d.created_at, d.detail -> 'applicant' AS applicant, v.name AS procedure
  FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE d.applicant_id_number = $1 AND $2::int IN (d.receiving_agency_id, d.competent_agency_id) AND d.parent_id IS NULL
  ORDER BY d.id DESC LIMIT 1
), seen AS (
  INSERT INTO dossier_view (dossier_id, at, actor, actor_role, agency_id, via)
  SELECT id, $4::timestamptz, $5::text, $6::text, $2::int, 'prefill' FROM last
)
SELECT last.*, (
  SELECT coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'state', r.state, 'at', r.at)), '[]') FROM (
    SELECT coalesce(d.code, 'D' || d.id) AS ref, d.state, d.created_at AS at
    FROM dossier d
    WHERE d.applicant_id_number = $1 AND $2::int IN (d.receiving_agency_id, d.competent_agency_id)
      AND d.procedure_code = $3::text AND d.created_at > $4::timestamptz - interval '${RECENT_DAYS} days'
      AND d.state NOT IN ('refused-at-intake', 'withdrawn') AND d.parent_id IS NULL
    ORDER BY d.id DESC LIMIT 5) r) AS recent
FROM last`

type Row = {
  ref: string
  created_at: Date
  applicant: Applicant
  procedure: string
  recent: { ref: string; state: State; at: string }[]
}

/**
 * The person of this ID number as their last dossier at the officer's own agency has them; undefined when that agency has none.
 * Other agencies' dossiers are left out: an ID number typed at one desk must not open what people told another.
 */
export async function findPerson(
  ctx: Ctx,
  { officer, idNumber, procedure }: { officer: Officer; idNumber: string; procedure: string },
): Promise<KnownPerson | undefined> {
  const [row] = await run<Row>(ctx.db, FIND, [
    idNumber,
    officer.agencyId,
    procedure,
    ctx.clock.now(),
    actorRef(officer),
    officer.role,
  ])
  if (!row) return undefined
  return {
    applicant: row.applicant,
    from: { ref: row.ref, at: row.created_at, procedure: row.procedure },
    recent: row.recent.map(({ ref, state, at }) => ({ ref, state, at: new Date(at) })),
  }
}
