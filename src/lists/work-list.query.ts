import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { actingAccount } from '#src/dossiers/holder.ts'
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
export const workViews = [
  'all',
  'overdue',
  'today',
  'unassigned',
  'asked',
  'submitted',
  'supplement',
  'paused',
  'hand-over',
] as const
export type WorkView = (typeof workViews)[number]
export type WorkCounts = Record<WorkView, number>

/**
 * Why a dossier is on the list: it waits for the officer's desk, for the officer by name, for an opinion while another agency has it, for
 * papers that may be brought to the desk, or for a leader to name somebody.
 */
export type Turn = 'desk' | 'own' | 'asked' | 'awaited' | 'unassigned'
/** `isAsked`: no more than an opinion is wanted. `isOpen`: anyone of the role there may take it. `atWork`: its step's clock runs, and no leader's word is waited for. */
export type WorkRow = ListedDossier & { turn: Turn; isAsked: boolean; isOpen: boolean; atWork: boolean }

/** `counts` are exact unless `countedAll` is false: no more than COUNTED dossiers are looked at for them. */
export type WorkPage = Omit<DossierPage, 'rows'> & {
  rows: WorkRow[]
  counts: WorkCounts
  countedAll: boolean
  /** Notices the officer has not read, to a hundred. */
  unread: number
}

/** Counting stops here; a desk with more in hand needs no exact number to see that it is behind. */
export const COUNTED = 5_000

/** What is to be resolved by its due time, what has none, results that wait; the indexes of migration 0007 hold this expression. */
export const DUE_ORDER = `(CASE WHEN d.ready_at IS NULL THEN coalesce(d.due_at, '2200-01-01 00:00:00Z'::timestamptz) ELSE 'infinity' END)`

/** The post and home visitors work on the desk's list: they are its arms. */
export function workRole(role: Role): Role {
  return role === 'postal' || role === 'home' ? 'intake' : role
}

export type WorkAsked = { view?: WorkView | undefined; filter?: DossierFilter | undefined; page: PageAsked }

/**
 * What waits for this officer in their present assignment, or for the one in whose place they stand: their own, their desk's, and opinions
 * asked of them while another agency has the dossier; most urgent first, with the numbers of every view. Views of their own: for a desk
 * the papers it may be brought though the specialist holds the dossier, for a leader the specialists' work that nobody has by name.
 * One statement. Throws Refusal on a cursor it did not give.
 */
export async function listWork(ctx: Ctx, officer: Officer, asked: WorkAsked): Promise<WorkPage> {
  const { text, values } = workStatement(officer, ctx.clock.now(), asked)
  type Found = WorkCounts & { unread: number } & WorkRow & { key: number | null; id: number | null }
  const found = await run<Found>(ctx.db, text, values)
  const counts = Object.fromEntries(workViews.map(view => [view, found[0]?.[view] ?? 0])) as WorkCounts
  const listed = found
    .filter(row => row.id !== null)
    .map(row => Object.fromEntries(Object.entries(row).filter(notCount)))
  const page = pageOf(listed as (WorkRow & { key: number | null })[], asked.page.limit)
  return { ...page, counts, countedAll: counts.all < COUNTED, unread: found[0]?.unread ?? 0 }
}

const notCount = ([name]: [string, unknown]) => name !== 'unread' && !(workViews as readonly string[]).includes(name)

const IN_HAND: readonly Turn[] = ['desk', 'own', 'asked']
/** Which lists a view is made of. */
const listsOf: Partial<Record<WorkView, readonly Turn[]>> = {
  supplement: [...IN_HAND, 'awaited'],
  unassigned: ['unassigned'],
}

/** The statement of listWork, for its plan test. */
export function workStatement(officer: Officer, now: Date, { view = 'all', filter = {}, page }: WorkAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const lists = whoseWork(officer, $)
  const at = $(now, 'timestamptz')
  const tomorrow = $(startOfLocalDay(addDays(localDate(now), 1)), 'timestamptz')
  const more = conditions(filter, $)
  if (page.cursor) more.push(`(${DUE_ORDER}, d.id) > ${placeSql(readPlace(page.cursor), $)}`)
  const limit = $(page.limit + 1, 'int')
  const pieces = (turns: readonly Turn[], piece: (turn: Turn, whose: string) => string) =>
    turns.flatMap(turn => lists[turn].map(whose => piece(turn, whose))).join('\n  UNION ALL\n  ')
  const rows = pieces(listsOf[view] ?? IN_HAND, (turn, whose) => {
    const wanted = [whose, ...(turn === 'awaited' ? [] : [viewCondition(view, { at, tomorrow, ...lists })]), ...more]
    return `(SELECT d.*, '${turn}' AS turn FROM dossier d WHERE ${wanted.join(' AND ')}
   ORDER BY ${DUE_ORDER}, d.id LIMIT ${limit})`
  })
  const counting = pieces([...IN_HAND, 'awaited', 'unassigned'], (turn, whose) => {
    const columns = `d.state, d.due_at, d.paused_at, d.ready_at, d.asked, '${turn}' AS turn`
    return `(SELECT ${columns} FROM dossier d WHERE ${whose} LIMIT ${COUNTED})`
  })
  const text = `
WITH counted AS (
  SELECT ${workViews.map(one => `(${numberOf(one, { at, tomorrow, ...lists })})::int AS "${one}"`).join(',\n         ')}
  FROM (
  ${counting}
  ) d
), page AS (
  SELECT d.*, ${DUE_ORDER} AS sort FROM (
  ${rows}
  ) d ORDER BY sort, d.id LIMIT ${limit}
)
SELECT counted.*, ${unread(officer, $)} AS unread, listed.* FROM counted LEFT JOIN (
  SELECT ${listedColumns}, ${workColumns(lists)}, d.sort, ${keySql('d.sort')} AS key FROM page d ${listedJoins}
) listed ON true
ORDER BY listed.sort, listed.id`
  return { text, values }
}

function numberOf(view: WorkView, asked: ViewAsked): string {
  const turns = listsOf[view] ?? IN_HAND
  const awaited = turns.includes('awaited') ? ` OR d.turn = 'awaited'` : ''
  const isOn = `d.turn IN (${turns.map(turn => `'${turn}'`).join(', ')})`
  return `least(count(*) FILTER (WHERE ${isOn} AND (${viewCondition(view, asked)}${awaited})), ${COUNTED})`
}

const workColumns = ({ isOpen, isAsked }: Lists) => `d.turn, ${isOpen} AS "isOpen", ${isAsked} AS "isAsked",
  (d.step_key IS NOT NULL AND d.paused_at IS NULL AND jsonb_typeof(d.detail -> 'supplementProposal') IS DISTINCT FROM 'object') AS "atWork"`

/** Beside the bell. */
const unread = ({ accountId }: Officer, $: Placeholder) =>
  `(SELECT count(*)::int FROM (SELECT FROM officer_notice WHERE account_id = ${$(accountId, 'int')} AND read_at IS NULL LIMIT 100) n)`

type Lists = Record<Turn, string[]> & { isOpen: string; isAsked: string }

/**
 * Conditions on `d`, by why a dossier is on the list; those of one officer never overlap but for "awaited" and "unassigned", which are
 * views of their own. Papers asked for during appraisal are in the specialist's hand and come to where the dossier was received, or to the
 * desk that took the whole matter in (the rule is that of `place: 'receiving'`, dossiers/command.ts; the indexes are of migrations 0009
 * and 0014); `asked` is written by askedOf (dossiers/holder.ts).
 */
function whoseWork(officer: Officer, $: Placeholder): Lists {
  const role = workRole(officer.role)
  const account = actingAccount(officer)
  const agency = $(officer.agencyId, 'int')
  const inHand = `d.holder_agency_id = ${agency} AND d.holder_role = ${$(role, 'text')}`
  const desk = `${inHand} AND d.holder_account_id IS NULL`
  const own = `${inHand} AND d.holder_account_id = ${$(account, 'int')}`
  const anyone = $([`${officer.agencyId}:${role}`], 'text[]')
  const named = $([`${officer.agencyId}:${role}:${account}`], 'text[]')
  const asked = `d.asked <> '{}' AND d.asked && (${anyone} || ${named})`
  const notInHand = `(${desk}) IS NOT TRUE AND (${own}) IS NOT TRUE`
  const awaited = `d.receiving_agency_id = ${agency} AND d.state = 'supplement-requested' AND ${notInHand}`
  const family = `d.parent_id IS NOT NULL AND d.state = 'supplement-requested' AND d.receiving_agency_id <> ${agency}
    AND d.detail -> 'relatives' @> to_jsonb(${agency}) AND ${notInHand}`
  return {
    desk: [desk],
    own: [own],
    asked: [`${asked} AND ${notInHand}`],
    awaited: role === 'intake' ? [awaited, family] : ['false'],
    unassigned: role === 'leader' ? unassigned(officer.agencyId, agency, $) : ['false'],
    isAsked: `(${asked})`,
    isOpen: `(d.turn = 'desk' OR d.turn = 'asked' AND d.asked && ${anyone})`,
  }
}

/** Steps and opinions of an agency's specialists that nobody has by name. */
export function unassigned(agencyId: number, agency: string, $: Placeholder): string[] {
  const nobodys = `d.holder_agency_id = ${agency} AND d.holder_role = 'specialist' AND d.holder_account_id IS NULL`
  const asked = `d.asked <> '{}' AND d.asked @> ${$([`${agencyId}:specialist`], 'text[]')}`
  return [nobodys, `${asked} AND (${nobodys}) IS NOT TRUE`]
}

type ViewAsked = { at: string; tomorrow: string; isAsked: string }

/** Over columns state, due_at, paused_at, ready_at and asked of `d`. Whether a paused dossier is late was settled when it was paused. */
function viewCondition(view: WorkView, { at: now, tomorrow, isAsked }: ViewAsked): string {
  const views: Record<WorkView, string> = {
    all: 'true',
    unassigned: 'true',
    asked: isAsked,
    overdue: `(${DUE_ORDER} < ${now} AND (d.paused_at IS NULL OR d.paused_at > d.due_at))`,
    today: `(${DUE_ORDER} >= ${now} AND ${DUE_ORDER} < ${tomorrow} AND d.paused_at IS NULL)`,
    submitted: `d.state = 'submitted'`,
    supplement: `d.state IN ('supplement-at-intake', 'supplement-requested')`,
    paused: 'd.paused_at IS NOT NULL',
    'hand-over': `d.state = 'result-ready'`,
  }
  return views[view]
}
