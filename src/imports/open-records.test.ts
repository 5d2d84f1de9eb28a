import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError } from '#src/platform/config.ts'
import { columnNames } from './history-columns.ts'
import { openRecords } from './open-records.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-records-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function sentence(name: string, text: string): Promise<string> {
  if (text !== 'nothing') await writeFile(join(folder, name), text)
  try {
    for await (const _ of openRecords(join(folder, name)));
    return 'read'
  } catch (error) {
    return error instanceof ConfigError ? error.message : `crashed: ${error}`
  }
}

const header = columnNames.join(',')

test.each([
  ['empty', 'a.csv', '', 'is empty'],
  ['of other columns', 'b.csv', 'source_number,colour\n', 'not known: colour'],
  ['without what is needed', 'c.csv', 'source_number,agency\n', 'lacks columns: procedure'],
  ['with a quote nobody closed', 'd.csv', `${header}\n"1,`, 'cannot be read as CSV'],
  ['with such a quote far from its end', 'e.csv', `${header}\n"${'x,\n'.repeat(100_000)}`, 'Max Record Size'],
  ['not there', 'f.csv', 'nothing', 'cannot be opened'],
  ['a folder', '', 'nothing', 'cannot be opened'],
  ['no sheet', 'g.xlsx', header, 'cannot be read as xlsx'],
])('a file that is %s is refused as a whole, in a sentence', async (_, name, text, said) => {
  expect(await sentence(name, text)).toContain(said)
})

test('a file of a header alone has no rows', async () => {
  expect(await sentence('h.csv', `${header}\n`)).toBe('read')
})
