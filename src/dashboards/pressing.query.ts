import { addDays, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { sightOf } from '#src/dossiers/sight.ts'
import {
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
} from '#src/lists/dossier-list.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { StepKind } from '#src/processes/process.ts'
import { SOON_DAYS } from './dashboard.ts'

/** A live number of a dashboard, to list what it counts. */
export type Pressing =
  | { view: 'overdue' | 'due-today' | 'due-soon' | 'waiting' }
  /** `late` null: whether or not the step's time is over. */
  | { view: 'step'; kind: StepKind; late: boolean | null }
  | { view: 'officer'; accountId: number; late: boolean }

/** `agencies`: null is the whole province. */
export type PressingAsked = { pressing: Pressing; agencies: readonly number[] | null; page: PageAsked }

/** The dossiers behind a number of a dashboard that this officer may see, most urgent first. Throws Refusal on a cursor it did not give. */
export async function listPressing(ctx: Ctx, officer: Officer, asked: PressingAsked): Promise<DossierPage> {
  const { text, values } = pressingStatement(officer, ctx.clock.now(), asked)
  return pageOf(await run<ListedDossier & { key: number | null }>(ctx.db, text, values), asked.page.limit)
}

/** The statement of listPressing, for its plan test. */
export function pressingStatement(officer: Officer, now: Date, { pressing, agencies, page }: PressingAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const { sort, where } = conditionOf(pressing, now, $)
  const wanted = [...where, ...seenBy(officer, $)]
  if (agencies) wanted.push(`d.${whose(pressing)} = ANY (${$(agencies, 'int[]')})`)
  if (page.cursor) wanted.push(`(${sort}, d.id) > ${placeSql(readPlace(page.cursor), $)}`)
  const text = `
SELECT ${listedColumns}, ${keySql('d.sort')} AS key FROM (
  SELECT d.*, ${sort} AS sort FROM dossier d WHERE ${wanted.join(' AND ')} ORDER BY ${sort}, d.id LIMIT ${$(page.limit + 1, 'int')}
) d ${listedJoins} ORDER BY d.sort, d.id`
  return { text, values }
}

/** At which of its agencies a dossier counts. */
function whose({ view }: Pressing): string {
  if (view === 'waiting') return 'receiving_agency_id'
  return view === 'officer' ? 'holder_agency_id' : 'competent_agency_id'
}

const RUNNING = 'd.due_at IS NOT NULL AND d.ready_at IS NULL AND d.closed_at IS NULL AND d.paused_at IS NULL'
/** What has no due time comes last. */
const BY_DUE = `coalesce(d.due_at, 'infinity')`

function conditionOf(pressing: Pressing, now: Date, $: Placeholder): { sort: string; where: string[] } {
  const counted = 'd.parent_id IS NULL'
  const at = (instant: Date) => $(instant, 'timestamptz')
  const endOf = (days: number) => at(startOfLocalDay(addDays(localDate(now) satisfies LocalDate, days)))
  switch (pressing.view) {
    case 'overdue':
      return { sort: 'd.due_at', where: [RUNNING, counted, `d.due_at < ${at(now)}`] }
    case 'due-today':
    case 'due-soon': {
      const until = endOf(pressing.view === 'due-today' ? 1 : SOON_DAYS)
      return { sort: 'd.due_at', where: [RUNNING, counted, `d.due_at >= ${at(now)}`, `d.due_at < ${until}`] }
    }
    case 'waiting':
      return { sort: 'd.submitted_at', where: [`d.state = 'submitted'`] }
    case 'step': {
      const steps = `SELECT v.id, s ->> 'key' FROM process_version v, jsonb_array_elements(v.expanded -> 'steps') s
        WHERE s ->> 'kind' = ${$(pressing.kind, 'text')}`
      const late = () => `d.paused_at IS NULL AND d.step_due_at < ${at(now)}`
      const pace = pressing.late === null ? [] : [pressing.late ? late() : `(${late()}) IS NOT TRUE`]
      return {
        sort: BY_DUE,
        where: ['d.step_key IS NOT NULL', counted, `(d.process_version_id, d.step_key) IN (${steps})`, ...pace],
      }
    }
    case 'officer': {
      const late = pressing.late ? [RUNNING, `d.due_at < ${at(now)}`] : []
      return { sort: BY_DUE, where: [`d.holder_account_id = ${$(pressing.accountId, 'int')}`, ...late] }
    }
  }
}

function seenBy(officer: Officer, $: Placeholder): string[] {
  const { all, agencyId } = sightOf(officer)
  if (all) return []
  if (agencyId === null) return ['false']
  const agency = $(agencyId, 'int')
  return [`(${agency} IN (d.receiving_agency_id, d.competent_agency_id) OR d.partner_ids @> ARRAY[${agency}])`]
}
