import { addDays, type LocalDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, Words } from '#src/reports/report.ts'
import { addEntered, type EnteredValue, enteredSums } from './entered-value.ts'
import { listEntered, listIndexSets } from './indicator-set.query.ts'
import { type IndexKey, type IndexSet, setInForce } from './indicator-set.ts'
import type { Measures } from './measure.ts'
import { getMeasureBase, type MeasureBase, measuresOf, type ScoredAgency } from './measures.query.ts'
import { type EnteredSum, type SetScore, scoreSet } from './score.ts'

/** The parts of what is asked of a report that a score depends on. */
export type AskedScores = Pick<
  Asked,
  'from' | 'to' | 'begins' | 'until' | 'asOf' | 'agency' | 'agencies' | 'definitions'
>

/** An agency with all below it. */
export type Standing = {
  agency: ScoredAgency
  measures: Measures
  entered: Map<string, EnteredSum>
  score: SetScore
  /** From 1; equals share it. Null for the whole and for agencies that have nothing to be scored by. */
  rank: number | null
}

/** `whole`: of the agency asked for. `ranked`: each agency in it, the best first. `values`: what was entered, the first said first. */
export type Standings = { set: IndexSet; whole: Standing; ranked: Standing[]; values: EnteredValue[] }

/**
 * The agencies a table shows: all that have dossiers or numbers entered, and what is to be said of the others. The only one is there in any
 * case, but first of one is no rank.
 */
export function shownOf({ ranked }: Standings): { shown: Standing[]; notes: readonly Words[] } {
  if (ranked.length === 1) return { shown: ranked.map(one => ({ ...one, rank: null })), notes: [] }
  const shown = ranked.filter(({ rank, entered }) => rank !== null || entered.size > 0)
  const left = ranked.length - shown.length
  const note: Words = [
    `${left} cơ quan chưa có hồ sơ trong kỳ nên không có trong bảng.`,
    left === 1
      ? '1 agency had no dossiers in the period and is left out.'
      : `${left} agencies had no dossiers in the period and are left out.`,
  ]
  return { shown, notes: left > 0 ? [note] : [] }
}

type Placed = ScoredAgency & { validFrom: LocalDate; validTo: LocalDate | null }

/** The scores of the agencies asked for, by the version of the set in force on the last day of the period. */
export async function getStandings(ctx: Ctx, key: IndexKey, asked: AskedScores): Promise<Standings> {
  const { from, to, begins, until, agencies, definitions } = asked
  const said = asked.asOf ?? ctx.clock.now()
  const [sets, values, all, base] = await Promise.all([
    listIndexSets(ctx, key),
    listEntered(ctx, { key, from, to, agencies, said }),
    listPlaced(ctx, agencies),
    getMeasureBase(ctx, { begins, until, to, said, agencies, definitions }, key === 'chin-chi-so'),
  ])
  const set = setInForce(sets, key, to)
  const standing = standingIn({ set, values, base, from, to })
  const root = all.find(({ id }) => id === asked.agency.id)
  if (!root) throw new Error(`agency ${asked.agency.id} is not among those asked for`)
  const existing = all.filter(one => one.validFrom < addDays(to, 1) && (!one.validTo || one.validTo > from))
  const each = existing
    .filter(one => one.kind !== 'postal' && (one.id !== root.id || all.length === 1))
    .map(one => standing(one, subtreeOf(all, one)))
  return { set, whole: standing(root, all), ranked: ranked(each), values }
}

type Ground = { set: IndexSet; values: readonly EnteredValue[]; base: MeasureBase; from: LocalDate; to: LocalDate }

function standingIn({ set, values, base, from, to }: Ground) {
  const byAgency = Map.groupBy(values, ({ agencyId }) => agencyId)
  const sums = new Map([...byAgency].map(([id, said]) => [id, enteredSums(said, { from, to })]))
  return (agency: ScoredAgency, members: readonly ScoredAgency[]): Standing => {
    const measures = measuresOf(base, members)
    const entered = addEntered(members.flatMap(({ id }) => sums.get(id) ?? []))
    return { agency, measures, entered, score: scoreSet(set.definition, measures, entered), rank: null }
  }
}

/** Every agency there is or was, or those of these numbers. */
function listPlaced(ctx: Ctx, agencies: readonly number[] | null): Promise<Placed[]> {
  return run<Placed>(
    ctx.db,
    `SELECT id, code, name, short_name AS "shortName", kind, parent_id AS "parentId", valid_from AS "validFrom", valid_to AS "validTo"
     FROM agency WHERE $1::int[] IS NULL OR id = ANY ($1) ORDER BY code LIMIT 20000`,
    [agencies],
  )
}

function subtreeOf(all: readonly Placed[], top: Placed): Placed[] {
  const found = [top]
  // The list grows while it is walked; nothing is its own parent twice, or it is found only once.
  for (const one of found) found.push(...all.filter(child => child.parentId === one.id && !found.includes(child)))
  return found
}

/** Those without dossiers in the period stand last, without a rank, a total or a band: what is published is not yet a service. */
function ranked(each: readonly Standing[]): Standing[] {
  const isScored = ({ score, measures }: Standing) => score.total !== null && measures.received + measures.solved > 0
  const scored = each.filter(isScored).sort((a, b) => (b.score.total ?? 0) - (a.score.total ?? 0))
  const ranks = scored.map(one => ({
    ...one,
    rank: 1 + scored.findIndex(({ score }) => score.total === one.score.total),
  }))
  const others = each.filter(one => !isScored(one))
  return [...ranks, ...others.map(one => ({ ...one, score: { ...one.score, total: null, band: null } }))]
}
