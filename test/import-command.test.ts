import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { makeOffice } from './support/office.ts'
import { pastLines } from './support/past-dossiers.ts'
import { runBuilt } from './support/start.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-import-command-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const start = (...args: string[]) =>
  runBuilt('cli', { DATABASE_URL: database.url, DATA_DIR: folder, LOG_LEVEL: 'silent' }, [
    'import',
    'dossiers',
    ...args,
  ])

async function say(...args: string[]): Promise<{ code: number | null; output: string }> {
  const cli = await start(...args)
  const code = await cli.ended
  return { code, output: cli.output() }
}

test('the command line lists the columns and prints a file to fill in, which it takes', async () => {
  const help = await say('--help')
  expect(help).toMatchObject({ code: 0, output: expect.stringMatching(/source_number \* .+\n[\s\S]+received_at \*/u) })
  const template = await say('--template')
  await writeFile(join(folder, 'template.csv'), template.output)
  const dry = await say(join(folder, 'template.csv'), '--check')
  expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('2 would be imported') })
  const done = await say(join(folder, 'template.csv'), '--source', 'mau')
  expect(done).toMatchObject({
    code: 0,
    output: expect.stringContaining('2 rows read: 2 imported, 0 were there already, 0 refused.'),
  })
})

test('what is refused is said by row, and the exit code tells scripts', async () => {
  const file = join(folder, 'wrong.csv')
  await writeFile(
    file,
    'source_number,agency,procedure,channel,applicant_name,received_at\n1,H99,1.001193,counter,A,31/02/2019\n',
  )
  const { code, output } = await say(file)
  expect(code).toBe(1)
  expect(output).toContain('row 2: agency: "H99" is no agency here (agency-unknown)')
  expect(output).toContain(
    'row 2: received_at: "31/02/2019" is no date or date and time from 2000 to 2199 (not-an-instant)',
  )
  expect(await say()).toMatchObject({ code: 1, output: 'Name the file to import.\n' })
  expect(await say(file, 'second.csv')).toMatchObject({ code: 1, output: expect.stringContaining("'second.csv'") })
})

test('an import killed on the way goes on where it was, and every dossier is there once', async () => {
  const file = join(folder, 'years.csv')
  const ends = { early: 1_500, onTime: 2_300, late: 100, open: 100 }
  const days = { from: '2019-01-01', to: '2019-12-31' }
  const place = { agencies: ['H20.101', 'H20.102'], procedures: ['1.001193'], channels: {} }
  await writeFile(file, [...pastLines({ name: 'y', ...days, ...place, received: 4_000, ends })].join(''))
  const first = await start(file, '--source', 'years')
  await first.printed('1000 rows read')
  await first.stop('SIGKILL')
  const again = await say(file, '--source', 'years')
  const [, imported = '', known = ''] =
    /4000 rows read: (\d+) imported, (\d+) were there already/u.exec(again.output) ?? []
  expect(Number(imported) + Number(known)).toBe(4_000)
  expect(Number(known)).toBeGreaterThan(0)
  expect(Number(imported)).toBeGreaterThan(0)
  const [sum] = await run<object>(
    database.db,
    `SELECT count(*)::int AS dossiers, count(DISTINCT command_id)::int AS numbers FROM dossier_event
     WHERE actor = 'system:import' AND seq = 1 AND command_id LIKE 'years/%'`,
    [],
  )
  expect(sum).toEqual({ dossiers: 4_000, numbers: 4_000 })
}, 60_000)
