import { sightOf } from '#src/dossiers/sight.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import {
  agenciesCalled,
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
import { readSearch } from './dossier-search.ts'

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
  const { heldBy, ...rest } = filter
  const holders = heldBy ? await findHolders(ctx, heldBy) : undefined
  return readPage(ctx, registerStatement(officer, rest, page, holders), page)
}

/** More agencies than these are hardly what somebody meant by a word. */
const HOLDERS = 20

/** Known before the register is read, so that each agency's dossiers in hand are read in order from their index. */
async function findHolders(ctx: Ctx, words: string): Promise<number[]> {
  const found = await run<{ id: number }>(ctx.db, `${agenciesCalled('$1::text')} ORDER BY id LIMIT ${HOLDERS}`, [words])
  return found.map(({ id }) => id)
}

/**
 * Dossiers that the officer's agency helped to hand in elsewhere: where they stand and when they are due. Nothing of the applicant nor of
 * the officers at work on it, and no looking for people: of words only a whole code finds anything. Else as listRegister.
 */
export async function listSupported(
  ctx: Ctx,
  officer: Officer,
  filter: DossierFilter,
  page: PageAsked,
): Promise<DossierPage> {
  const looksForPeople = filter.text !== undefined && !('ref' in readSearch(filter.text))
  if (looksForPeople || registerScope(officer) === 'nothing') return { rows: [], next: null }
  const { rows, next } = await readPage(ctx, supportedStatement(officer, filter, page), page)
  return { rows: rows.map(statusOnly), next }
}

function statusOnly(row: ListedDossier): ListedDossier {
  const applicant = { ...row.applicant, name: '', idNumber: null, phone: null }
  return { ...row, applicant, holder: row.holder && { ...row.holder, name: null } }
}

async function readPage(ctx: Ctx, { text, values }: Statement, page: PageAsked): Promise<DossierPage> {
  return pageOf(await run<ListedDossier & { key: number }>(ctx.db, text, values), page.limit)
}

/** The statement of listRegister, for its plan test; `holders`: agencies one of which has it now. */
export function registerStatement(
  officer: Officer,
  filter: DossierFilter,
  page: PageAsked,
  holders?: readonly number[],
): Statement {
  return newestFirst(filter, page, $ => {
    const pieces = seen(officer, filter, $)
    if (!holders) return pieces
    const held = holders.map(id => `d.holder_agency_id = ${$(id, 'int')}`)
    return held.length === 0 ? ['false'] : pieces.flatMap(piece => held.map(whose => `${whose} AND ${piece}`))
  })
}

/** The statement of listSupported, for its plan test. */
export function supportedStatement({ agencyId }: Officer, filter: DossierFilter, page: PageAsked): Statement {
  return newestFirst(filter, page, $ => [
    `d.support_point_id = ANY (ARRAY(SELECT id FROM service_point WHERE agency_id = ${$(agencyId, 'int')}))`,
  ])
}

/** A page over pieces of the table that may overlap: each is read in order only as far as the page goes, and a dossier is shown once. */
function newestFirst(filter: DossierFilter, page: PageAsked, pieces: ($: Placeholder) => string[]): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const wanted = conditions(filter, $)
  if (page.cursor) wanted.push(`(${ENTERED}, d.id) < ${placeSql(readPlace(page.cursor), $)}`)
  const limit = $(page.limit + 1, 'int')
  const branches = pieces($).map(
    whose =>
      `(SELECT d.id, ${ENTERED} AS entered FROM dossier d
   WHERE ${[whose, ...wanted].join(' AND ')} ORDER BY ${ENTERED} DESC, d.id DESC LIMIT ${limit})`,
  )
  const text = `
SELECT ${listedColumns}, ${keySql('page.entered')} AS key
FROM (SELECT id, entered FROM (
  ${branches.join('\n  UNION\n  ')}
) found ORDER BY entered DESC, id DESC LIMIT ${limit}) page JOIN dossier d ON d.id = page.id ${listedJoins}
ORDER BY page.entered DESC, d.id DESC`
  return { text, values }
}

/**
 * The officer's part of the table: what their agency received, resolves, or has or had a part in. Browsing, each is read from an index of
 * its own; searching by words, one piece leaves the planner free to begin with the rarer of words and agency.
 */
function seen(officer: Officer, { text }: DossierFilter, $: Placeholder): string[] {
  if (registerScope(officer) === 'province') return ['true']
  const agency = $(officer.agencyId, 'int')
  // The index over partners holds only dossiers that have some.
  const partner = `d.partner_ids <> '{}' AND d.partner_ids @> ARRAY[${agency}]`
  const pieces = [`d.receiving_agency_id = ${agency}`, `d.competent_agency_id = ${agency}`, partner]
  return text ? [`(${pieces.map(piece => `(${piece})`).join(' OR ')})`] : pieces
}
