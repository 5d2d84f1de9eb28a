import type { Cells, ColumnName } from './history-columns.ts'

/** One thing wrong with a row. `column` null: with the row as a whole. */
export type RowProblem = { column: ColumnName | null; code: ProblemCode; value: string }
export type ProblemCode = keyof typeof says

const says = {
  missing: 'is missing',
  'too-long': 'is too long',
  'not-text': 'has characters that are no text: save the file as UTF-8',
  'agency-unknown': 'is no agency here',
  'procedure-unknown': 'is no procedure of the catalogue',
  'not-a-choice': 'is none of the values it may have',
  'not-an-id': 'is no ID number or tax code',
  'not-a-phone': 'is no phone number',
  'not-an-instant': 'is no date or date and time from 2000 to 2199',
  'not-a-pause': 'is no pause such as "supplement 2019-03-05..2019-03-07"',
  'not-a-number': 'is no whole number in range',
  'in-the-future': 'lies in the future',
  'out-of-order': 'lies before what must have come first, or after the end',
  'does-not-belong': 'does not go with the rest of the row',
  'still-open': 'has neither a result nor another end: dossiers under way are received here, not imported',
  'too-many-cells': 'has more cells than the header',
  'code-taken': 'is the code of another dossier',
  changed: 'is there already from an earlier import or row, with other contents; nothing was changed',
} as const

/** `due_at: "31/02/2019" is no date or date and time (not-an-instant)` */
export function problemText({ column, code, value }: RowProblem): string {
  const what = [column && `${column}:`, value && JSON.stringify(value)].filter(Boolean).join(' ')
  return `${what || 'the row'} ${says[code]} (${code})`
}

/** Collects what is wrong with a row while it is read; a value that could not be read is undefined. */
export type Reading = { cells: Cells; problems: RowProblem[] }

export function wrong(reading: Reading, column: ColumnName, code: ProblemCode, value?: string): undefined {
  reading.problems.push({ column, code, value: value ?? reading.cells[column] ?? '' })
  return undefined
}

/** One of `choices`; the first where the cell is empty. */
export function choice<T extends string>(reading: Reading, column: ColumnName, choices: readonly [T, ...T[]]): T {
  const text = reading.cells[column]?.toLowerCase() ?? choices[0]
  const found = choices.find(one => one === text)
  if (!found) wrong(reading, column, 'not-a-choice')
  return found ?? choices[0]
}
