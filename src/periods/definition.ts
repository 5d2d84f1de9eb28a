/**
 * How dossiers are put into the columns of statutory reports where the texts leave it open or await confirmation. Each choice is in force
 * for a time; a report goes by those in force on the last day of its period. Each moves dossiers by itself: one that two of them would move
 * goes by what src/statutory/definition-notes.ts says under the table.
 */
export type Definitions = {
  /** Withdrawn or stopped after reception, among what was solved: on time as practice has it, or by the deadline like a result. */
  withdrawn: 'on-time' | 'by-deadline'
  /** Clock stopped at the end of the period, among what is open: in time as practice has it, or overdue if it was when the clock stopped. */
  paused: 'in-time' | 'by-deadline'
  /** Late from the minute after the due time, or only from the day after the due day. */
  late: 'by-minute' | 'by-day'
  /** After an extension validly granted: judged by the new promise, or by the first. */
  extension: 'extended' | 'original'
  /** Solved without any published term. */
  noTerm: 'on-time' | 'early'
}

export const usualDefinitions: Definitions = {
  withdrawn: 'on-time',
  paused: 'in-time',
  late: 'by-minute',
  extension: 'extended',
  noTerm: 'on-time',
}

export const definitionKeys = ['withdrawn', 'paused', 'late', 'extension', 'no-term'] as const
export type DefinitionKey = (typeof definitionKeys)[number]

/** An answer in force from a local day until just before another. */
export type DefinitionPeriod = {
  key: DefinitionKey
  answer: string
  ground: string
  validFrom: string
  validTo: string | null
}

/** Of the answers in force on one day; the usual where there is none. */
export function definitionsOf(answers: readonly Pick<DefinitionPeriod, 'key' | 'answer'>[]): Definitions {
  const said = Object.fromEntries(answers.map(({ key, answer }) => [key === 'no-term' ? 'noTerm' : key, answer]))
  return { ...usualDefinitions, ...said }
}
