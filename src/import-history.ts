import { columnsHelp, templateRows } from '#src/imports/history-columns.ts'
import { importDossiers } from '#src/imports/import-dossiers.ts'
import { problemText } from '#src/imports/row-problem.ts'
import { ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'

type Asked = { file: string | undefined; source: string | undefined; check: boolean }

/** Imports from the command line, telling every refused row and how far it has come. Throws ConfigError when any row was refused. */
export async function importHistory(ctx: Ctx, { file, source, check }: Asked): Promise<void> {
  if (!file) throw new ConfigError('Name the file to import.')
  const { read, imported, known, refused } = await importDossiers(
    ctx,
    { file, source: source ?? 'history', check },
    {
      refused: (row, problems) => {
        for (const problem of problems) console.log(`row ${row}: ${problemText(problem)}`)
      },
      progress: ({ read }) => console.error(`${read} rows read`),
    },
  )
  const sum = check ? `${imported} would be imported` : `${imported} imported`
  console.log(`${read} rows read: ${sum}, ${known} were there already, ${refused} refused.`)
  if (refused)
    throw new ConfigError(
      check ? 'Mend the file, or import the rest.' : 'Mend the refused rows and import the file again.',
    )
}

/** What `import dossiers --help` adds to its usage. */
export const historyHelp = () => `Columns, named in the first row in any order (* needed):
${columnsHelp()}

Instants are local: 2019-03-04 08:15, 04/03/2019 08:15, or the day alone.
Every event keeps its own time, dossiers without an end are refused: docs/operations.md`

/** A file to be filled in, with two rows as examples. */
export function printTemplate(): void {
  for (const row of templateRows()) console.log(row.map(text => (/[",;]/u.test(text) ? `"${text}"` : text)).join(','))
}
