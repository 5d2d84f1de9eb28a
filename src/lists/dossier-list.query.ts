import { sightOf } from '#src/dossiers/sight.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import {
  conditions,
  type DossierFilter,
  type DossierPage,
  ENTERED,
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
} from './dossier-list.ts'

/** What part of the register an officer may see, by the rule every reading goes by (sight.ts). */
export function registerScope(officer: Officer): 'province' | 'agency' | 'nothing' {
  const { all, agencyId } = sightOf(officer)
  return all ? 'province' : agencyId === null ? 'nothing' : 'agency'
}

/**
 * Dossiers this officer may see, newest first by reception (by first entry while not received). One statement, no counting.
 * Throws Refusal on a cursor it did not give.
 */
export async function listRegister(
  ctx: Ctx,
  officer: Officer,
  filter: DossierFilter,
  page: PageAsked,
): Promise<DossierPage> {
  if (registerScope(officer) === 'nothing') return { rows: [], next: null }
  const { text, values } = registerStatement(officer, filter, page)
  return pageOf(await run<ListedDossier & { key: number }>(ctx.db, text, values), page.limit)
}

/** The statement of listRegister, for its plan test. */
export function registerStatement(officer: Officer, filter: DossierFilter, page: PageAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const wanted = conditions(filter, $)
  if (page.cursor) wanted.push(`(${ENTERED}, d.id) < ${placeSql(readPlace(page.cursor), $)}`)
  const order = `ORDER BY ${ENTERED} DESC, d.id DESC LIMIT ${$(page.limit + 1, 'int')}`
  const branches = seen(officer, filter, $).map(
    whose => `(SELECT d.* FROM dossier d WHERE ${[whose, ...wanted].join(' AND ')} ${order})`,
  )
  const text = `
SELECT ${listedColumns}, ${keySql(ENTERED)} AS key
FROM (SELECT d.* FROM (
  ${branches.join('\n  UNION ALL\n  ')}
) d ${order}) d ${listedJoins}
ORDER BY ${ENTERED} DESC, d.id DESC`
  return { text, values }
}

/**
 * The officer's part of the table in pieces that do not overlap. Browsing, each piece is read from an index that is in the right order;
 * searching by words, one piece leaves the planner free to begin with the rarer of words and agency.
 */
function seen(officer: Officer, { text }: DossierFilter, $: Placeholder): string[] {
  if (registerScope(officer) === 'province') return ['true']
  const agency = $(officer.agencyId, 'int')
  return text
    ? [`(d.receiving_agency_id = ${agency} OR d.competent_agency_id = ${agency})`]
    : [`d.receiving_agency_id = ${agency}`, `d.competent_agency_id = ${agency} AND d.receiving_agency_id <> ${agency}`]
}
