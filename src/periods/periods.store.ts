import type { LocalDate } from '#src/calendar/local-date.ts'
import { type Db, run } from '#src/platform/db.ts'
import type { DefinitionKey } from './definition.ts'
import type { SchemeTerms } from './period-scheme.ts'

/** What is in force ends the day before. Breaks `report_definition_in_force` when there is a later answer already. */
export async function replaceDefinition(
  db: Db,
  { key, answer, ground, from }: { key: DefinitionKey; answer: string; ground: string; from: LocalDate },
): Promise<void> {
  await run(
    db,
    'UPDATE report_definition SET valid_to = $2 WHERE key = $1 AND valid_from < $2 AND (valid_to IS NULL OR valid_to > $2)',
    [key, from],
  )
  const insert = 'INSERT INTO report_definition (key, answer, ground, valid_from) VALUES ($1, $2, $3, $4)'
  await run(db, insert, [key, answer, ground, from])
}

/** As replaceDefinition, of `period_scheme_in_force`. */
export async function replaceTerms(db: Db, code: string, terms: Omit<SchemeTerms, 'validTo'>): Promise<void> {
  const { name, startDay, kinds, submissionDays, ground, validFrom } = terms
  await run(
    db,
    'UPDATE period_scheme SET valid_to = $2 WHERE code = $1 AND valid_from < $2 AND (valid_to IS NULL OR valid_to > $2)',
    [code, validFrom],
  )
  await run(
    db,
    `INSERT INTO period_scheme (code, name_vi, name_en, start_day, kinds, submission_days, ground, valid_from)
     VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8)`,
    [code, ...name, startDay, kinds, submissionDays, ground, validFrom],
  )
}
