import type { Actor } from '#src/platform/ctx.ts'
import { maySee } from './holder.ts'

/** What `maySee` lets someone see, in a form SQL can filter by: everything, what an agency takes part in, or a citizen's own. */
export type Sight = { all: boolean; agencyId: number | null; idNumber: string | null }

/** Asked of `maySee` itself, so that a query and the rule cannot come apart. */
export function sightOf(actor: Actor): Sight {
  if (actor.kind === 'system') return { all: true, agencyId: null, idNumber: null }
  if (actor.kind === 'citizen') return { all: false, agencyId: null, idNumber: actor.idNumber }
  if (actor.kind !== 'officer') return { all: false, agencyId: null, idNumber: null }
  const { agencyId } = actor
  const all = maySee({ receivingAgencyId: -1, competentAgencyId: -1, partnerIds: [] }, actor)
  const own = maySee({ receivingAgencyId: agencyId, competentAgencyId: agencyId, partnerIds: [] }, actor)
  return { all, agencyId: own ? agencyId : null, idNumber: null }
}

/** Condition on `dossier d`; the three values follow each other from `$from`. */
export function sightSql(from: number): string {
  return `($${from}::boolean OR $${from + 1}::int IN (d.receiving_agency_id, d.competent_agency_id)
    OR d.partner_ids @> ARRAY[$${from + 1}::int] OR d.applicant_id_number = $${from + 2}::text)`
}

export function sightValues({ all, agencyId, idNumber }: Sight): unknown[] {
  return [all, agencyId, idNumber]
}
