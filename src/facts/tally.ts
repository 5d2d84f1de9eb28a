import { type Measure, measures } from '#src/dossiers/fact.ts'

/**
 * Dossiers over a period, counted (see src/dossiers/fact.ts for what each count means): those open when it began (`carried`), what
 * happened within it, and how things stood at its end. `carried + received = early + on_time + late + no_term + withdrawn + stopped + open`.
 */
export const tallyKeys = ['carried', ...measures, 'received_online', 'open'] as const
export type TallyKey = (typeof tallyKeys)[number]
export type Tally = Record<TallyKey, number>

export const noTally: Readonly<Tally> = Object.fromEntries(tallyKeys.map(key => [key, 0])) as Tally

/** The tallies of several groups of dossiers as one. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (key: TallyKey) => tallies.reduce((total, tally) => total + tally[key], 0)
  return Object.fromEntries(tallyKeys.map(key => [key, sum(key)])) as Tally
}

const ended: readonly Measure[] = ['early', 'on_time', 'late', 'no_term', 'withdrawn', 'stopped']
const stocks = new Set<string>([
  'overdue',
  'paused_supplement',
  'paused_obligation',
  'paused_overdue',
  'in_time_by_extension',
])

/** Each count as signed measures, at the beginning of the period, at its end, or at its end less its beginning. */
export type Part = {
  of: 'opening' | 'closing' | 'change'
  plus: readonly Measure[]
  minus: readonly Measure[]
  online?: true
}

export function partOf(key: TallyKey): Part {
  if (key === 'carried') return { of: 'opening', plus: ['received'], minus: ended }
  if (key === 'open') return { of: 'closing', plus: ['received'], minus: ended }
  if (key === 'received_online') return { of: 'change', plus: ['received'], minus: [], online: true }
  return { of: stocks.has(key) ? 'closing' : 'change', plus: measures.filter(measure => measure === key), minus: [] }
}
