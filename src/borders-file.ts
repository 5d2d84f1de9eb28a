import { readFile } from 'node:fs/promises'
import { importBorders } from '#src/dashboards/import-borders.ts'
import { ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'

/** `cli import borders`. Throws ConfigError, hence exit code 1, when the file cannot be read or a feature of it does not fit. */
export async function importBordersFile(ctx: Ctx, path: string | undefined, check: boolean): Promise<void> {
  if (!path) throw new ConfigError('Which file? import borders <file.json> [--check]')
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new ConfigError(`Cannot read ${path}: ${error.message}`)
  })
  const { borders, points, faults, without } = await importBorders(ctx, { text, check })
  for (const fault of faults) console.log(fault)
  if (without.length) console.log(`Without a border in this file, drawn as tiles: ${without.join(', ')}.`)
  if (faults.length) throw new ConfigError(`Nothing imported: ${faults.length} features do not fit.`)
  if (borders === 0) throw new ConfigError('Nothing imported: the file has no features.')
  console.log(`${check ? 'Checked, nothing written' : 'Imported'}: ${borders} borders of ${points} points.`)
}
