import { actingAccount } from '#src/dossiers/holder.ts'
import {
  keySql,
  type ListedDossier,
  listedColumns,
  listedJoins,
  type PageAsked,
  type Placeholder,
  pageOf,
  placeholders,
  placeSql,
  readPlace,
  type Statement,
} from '#src/lists/dossier-list.ts'
import { DUE_ORDER, unassigned } from '#src/lists/work-list.query.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

export const giveViews = ['open', 'given'] as const
/** What nobody has yet, or what may be given to somebody else. */
export type GiveView = (typeof giveViews)[number]

/** `who`: the leader's people that have it, by name. */
export type RowToGive = ListedDossier & { who: string | null }
/** Numbers up to COUNTED. */
export type WorkToGive = { rows: RowToGive[]; next: string | null; counts: Record<GiveView, number> }

const COUNTED = 1_000

export type GiveAsked = { view: GiveView; person?: number | undefined; page: PageAsked }

/**
 * Work a leader may give out in their agency, most urgent first: steps that are theirs to assign, steps and opinions of their specialists;
 * of what is given, that of one `person` (account) if asked. One statement. Throws Refusal on a cursor it did not give.
 */
export async function listWorkToGive(ctx: Ctx, leader: Officer, asked: GiveAsked): Promise<WorkToGive> {
  const { text, values } = giveStatement(leader, asked)
  type Found = Record<GiveView, number> & RowToGive & { key: number | null; id: number | null }
  const found = await run<Found>(ctx.db, text, values)
  const listed = found.filter(row => row.id !== null).map(({ open: _, given: __, ...row }) => row)
  const page = pageOf(listed as (RowToGive & { key: number | null })[], asked.page.limit)
  return { ...page, counts: { open: found[0]?.open ?? 0, given: found[0]?.given ?? 0 } }
}

/** The statement of listWorkToGive, for its plan test. */
export function giveStatement(leader: Officer, { view, person, page }: GiveAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const agency = $(leader.agencyId, 'int')
  const pieces = {
    open: [toAssign(leader, agency, $), ...unassigned(leader.agencyId, agency, $)],
    given: givenTo(leader, agency, { $, person }),
  }
  const after = page.cursor ? ` AND (${DUE_ORDER}, d.id) > ${placeSql(readPlace(page.cursor), $)}` : ''
  const limit = $(page.limit + 1, 'int')
  const each = (one: GiveView, columns: string, end: string) =>
    pieces[one].map(whose => `(SELECT ${columns} FROM dossier d WHERE ${whose}${end})`).join('\n  UNION ALL\n  ')
  const number = (one: GiveView) =>
    `(SELECT count(*)::int FROM (${each(one, '', ` LIMIT ${COUNTED}`)} LIMIT ${COUNTED}) n) AS ${one}`
  const text = `
WITH page AS (
  SELECT d.*, ${DUE_ORDER} AS sort FROM (
  ${each(view, 'd.*', `${after}\n   ORDER BY ${DUE_ORDER}, d.id LIMIT ${limit}`)}
  ) d ORDER BY sort, d.id LIMIT ${limit}
)
SELECT counted.*, listed.* FROM (SELECT ${giveViews.map(number).join(',\n  ')}) counted LEFT JOIN (
  SELECT ${listedColumns}, ${whoColumn(leader, agency, $)} AS who, d.sort, ${keySql('d.sort')} AS key FROM page d ${listedJoins}
) listed ON true
ORDER BY listed.sort, listed.id`
  return { text, values }
}

/** Steps at which a leader names a specialist, unless another leader has them by name. */
function toAssign(leader: Officer, agency: string, $: Placeholder): string {
  return `d.holder_agency_id = ${agency} AND d.holder_role = 'leader' AND d.detail -> 'step' ->> 'kind' = 'assign'
    AND d.paused_at IS NULL AND coalesce(d.holder_account_id, 0) IN (0, ${$(actingAccount(leader), 'int')})`
}

type Of = { $: Placeholder; person: number | undefined }

/** What specialists of the agency have by name: steps and opinions, `asked` as askedOf (dossiers/holder.ts) writes it. */
function givenTo({ agencyId }: Officer, agency: string, { $, person }: Of): string[] {
  const held = `d.holder_agency_id = ${agency} AND d.holder_role = 'specialist'`
  const asked = `d.asked <> '{}' AND d.asked &&`
  if (person !== undefined) {
    const mine = `${held} AND d.holder_account_id = ${$(person, 'int')}`
    return [mine, `${asked} ${$([`${agencyId}:specialist:${person}`], 'text[]')} AND (${mine}) IS NOT TRUE`]
  }
  const named = `ARRAY(SELECT DISTINCT '${Number(agencyId)}:specialist:' || s.account_id FROM assignment s
    WHERE s.agency_id = ${agency} AND s.role = 'specialist')`
  const theirs = `${held} AND d.holder_account_id IS NOT NULL`
  return [theirs, `${asked} ${named} AND (${theirs}) IS NOT TRUE`]
}

function whoColumn({ agencyId }: Officer, agency: string, $: Placeholder): string {
  const prefix = $(`${agencyId}:specialist:`, 'text')
  return `CASE WHEN d.holder_agency_id = ${agency} AND d.holder_role = 'specialist' THEN o.name ELSE (
    SELECT string_agg(p.name, ', ' ORDER BY p.name) FROM unnest(d.asked) one
    JOIN account p ON p.id = nullif(split_part(one, ':', 3), '')::int WHERE starts_with(one, ${prefix})) END`
}
