import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx, Officer, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import {
  conditions,
  type DossierFilter,
  type DossierPage,
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

/** Views of the work list, each a condition on the dossiers in hand. */
export const workViews = ['all', 'overdue', 'today', 'submitted', 'supplement', 'paused', 'hand-over'] as const
export type WorkView = (typeof workViews)[number]
export type WorkCounts = Record<WorkView, number>

/** `counts` are exact unless `countedAll` is false: no more than COUNTED dossiers are looked at for them. */
export type WorkPage = DossierPage & { counts: WorkCounts; countedAll: boolean }

/** Counting stops here; a desk with more in hand needs no exact number to see that it is behind. */
export const COUNTED = 5_000

/** What is to be resolved by its due time, what has none, results that wait; the indexes of migration 0007 hold this expression. */
const KEY = `(CASE WHEN d.ready_at IS NULL THEN coalesce(d.due_at, '2200-01-01 00:00:00Z'::timestamptz) ELSE 'infinity' END)`

/** The post and home visitors work on the desk's list: they are its arms. */
export function workRole(role: Role): Role {
  return role === 'postal' || role === 'home' ? 'intake' : role
}

export type WorkAsked = { view?: WorkView | undefined; filter?: DossierFilter | undefined; page: PageAsked }

/**
 * What waits for this officer in their present assignment: their own and their desk's, most urgent first, with the numbers of every view.
 * Supplements include, for a desk, those it waits for though the specialist holds the dossier.
 * One statement. Throws Refusal on a cursor it did not give.
 */
export async function listWork(ctx: Ctx, officer: Officer, asked: WorkAsked): Promise<WorkPage> {
  const { text, values } = workStatement(officer, ctx.clock.now(), asked)
  const found = await run<WorkCounts & ListedDossier & { key: number | null; id: number | null }>(ctx.db, text, values)
  const counts = Object.fromEntries(workViews.map(view => [view, found[0]?.[view] ?? 0])) as WorkCounts
  const listed = found
    .filter(row => row.id !== null)
    .map(row => Object.fromEntries(Object.entries(row).filter(notCount)))
  const page = pageOf(listed as (ListedDossier & { key: number | null })[], asked.page.limit)
  return { ...page, counts, countedAll: counts.all < COUNTED }
}

const notCount = ([name]: [string, unknown]) => !(workViews as readonly string[]).includes(name)

/** The statement of listWork, for its plan test. */
export function workStatement(officer: Officer, now: Date, { view = 'all', filter = {}, page }: WorkAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const { desk, own, awaited } = whoseWork(officer, $)
  const at = $(now, 'timestamptz')
  const tomorrow = $(startOfLocalDay(addDays(localDate(now), 1)), 'timestamptz')
  const inView = [desk, own].map(whose => `${whose} AND ${viewCondition(view, at, tomorrow)}`)
  const listed = view === 'supplement' ? [...inView, awaited] : inView
  const more = conditions(filter, $)
  if (page.cursor) more.push(`(${KEY}, d.id) > ${placeSql(readPlace(page.cursor), $)}`)
  const limit = $(page.limit + 1, 'int')
  const each = (sources: string[], columns: string, end: string) =>
    sources.map(whose => `(SELECT ${columns} FROM dossier d WHERE ${whose}${end})`).join('\n  UNION ALL\n  ')
  const numberOf = (one: WorkView) => `count(*) FILTER (WHERE ${viewCondition(one, at, tomorrow)})`
  const numbers = Object.fromEntries(workViews.map(one => [one, numberOf(one)]))
  numbers.supplement += ' + (SELECT count(*) FROM awaited)'
  const text = `
WITH in_hand AS (
  SELECT d.* FROM (
  ${each([desk, own], 'd.state, d.due_at, d.paused_at, d.ready_at', ` LIMIT ${COUNTED}`)}
  ) d LIMIT ${COUNTED}
), awaited AS (
  SELECT FROM dossier d WHERE ${awaited} LIMIT ${COUNTED}
), counted AS (
  SELECT ${workViews.map(one => `(${numbers[one]})::int AS "${one}"`).join(',\n         ')}
  FROM in_hand d
), page AS (
  SELECT d.*, ${KEY} AS sort FROM (
  ${each(listed, 'd.*', `${more.map(one => ` AND ${one}`).join('')}\n   ORDER BY ${KEY}, d.id LIMIT ${limit}`)}
  ) d ORDER BY sort, d.id LIMIT ${limit}
)
SELECT counted.*, listed.* FROM counted LEFT JOIN (
  SELECT ${listedColumns}, d.sort, ${keySql('d.sort')} AS key FROM page d ${listedJoins}
) listed ON true
ORDER BY listed.sort, listed.id`
  return { text, values }
}

/**
 * Conditions on `d`: what waits for the officer's desk, for the officer, and the papers their desk may be brought. Those asked for
 * during appraisal come to where the dossier was received, and are in the specialist's hand; the index is of migration 0009.
 */
function whoseWork(officer: Officer, $: Placeholder): Record<'desk' | 'own' | 'awaited', string> {
  const role = workRole(officer.role)
  const agency = $(officer.agencyId, 'int')
  const inHand = `d.holder_agency_id = ${agency} AND d.holder_role = ${$(role, 'text')}`
  return {
    desk: `${inHand} AND d.holder_account_id IS NULL`,
    own: `${inHand} AND d.holder_account_id = ${$(officer.accountId, 'int')}`,
    awaited: role === 'intake' ? `d.receiving_agency_id = ${agency} AND d.state = 'supplement-requested'` : 'false',
  }
}

/** Over columns state, due_at, paused_at and ready_at of `d`. Whether a paused dossier is late was settled when it was paused. */
function viewCondition(view: WorkView, now: string, tomorrow: string): string {
  const views: Record<WorkView, string> = {
    all: 'true',
    overdue: `(${KEY} < ${now} AND (d.paused_at IS NULL OR d.paused_at > d.due_at))`,
    today: `(${KEY} >= ${now} AND ${KEY} < ${tomorrow} AND d.paused_at IS NULL)`,
    submitted: `d.state = 'submitted'`,
    supplement: `d.state IN ('supplement-at-intake', 'supplement-requested')`,
    paused: 'd.paused_at IS NOT NULL',
    'hand-over': `d.state = 'result-ready'`,
  }
  return views[view]
}
