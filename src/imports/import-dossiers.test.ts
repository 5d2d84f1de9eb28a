import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import { sumFacts } from '#src/facts/fact-sums.query.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { type Cells, columnNames, columnsHelp, neededColumns, templateRows } from './history-columns.ts'
import { importDossiers } from './import-dossiers.ts'
import type { RowProblem } from './row-problem.ts'

let database: TestDatabase
let office: Office
let folder: string
/** Another system for each test, so that none meets the dossiers of another. */
let source = 0

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-import-'))
})
beforeEach(() => {
  source += 1
  office.clock.set(MONDAY)
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const granted: Cells = {
  source_number: '1',
  agency: 'H20.101',
  procedure: '1.001193',
  channel: 'counter',
  applicant_name: 'Nguyễn Văn A',
  received_at: '2019-03-04 08:15',
  due_at: '2019-03-06 17:00',
  ready_at: '2019-03-05 10:00',
  handed_over_at: '2019-03-06 08:00',
}

const quoted = (text = '') => (/[",;\n]/u.test(text) ? `"${text}"` : text)

async function csvOf(rows: readonly Cells[], columns: readonly string[] = columnNames): Promise<string> {
  const file = join(folder, `${source}.csv`)
  const lines = rows.map(row => columns.map(column => quoted(row[column as keyof Cells])).join(','))
  await writeFile(file, [columns.join(','), ...lines].join('\r\n'))
  return file
}

async function importFile(file: string, check = false) {
  const refused: [row: number, problems: string[]][] = []
  const tell = (row: number, problems: readonly RowProblem[]) =>
    void refused.push([row, problems.map(({ column, code }) => `${column}: ${code}`)])
  const report = await importDossiers(office.system, { file, source: `s${source}`, check }, { refused: tell })
  return { ...report, rows: refused }
}
const importRows = async (rows: readonly Cells[], check = false) => importFile(await csvOf(rows), check)

async function imported(number: string) {
  const [found] = await run<{ id: number }>(
    database.db,
    `SELECT dossier_id AS id FROM dossier_event WHERE actor = 'system:import' AND command_id = $1 AND seq = 1`,
    [`s${source}/${number}`],
  )
  return readDossier(office.as('director'), `D${found?.id}`, 'page')
}

test('a past dossier comes in with its own times, judged as it was promised, marked with where it comes from', async () => {
  expect(await importRows([granted])).toMatchObject({ read: 1, imported: 1, known: 0, refused: 0 })
  const { dossier, events, chainIntact } = await imported('1')
  expect(events.map(({ type, at }) => [type, at.toISOString()])).toEqual([
    ['received', '2019-03-04T01:15:00.000Z'],
    ['result-ready', '2019-03-05T03:00:00.000Z'],
    ['handed-over', '2019-03-06T01:00:00.000Z'],
  ])
  expect(events.map(event => event.recordedAt?.toISOString())).toEqual(Array(3).fill('2026-03-02T02:00:00.000Z'))
  expect(events[0]?.payload).toMatchObject({ imported: { source: `s${source}`, number: '1', file: `${source}.csv` } })
  expect(dossier).toMatchObject({ state: 'closed', judgement: 'early', code: 'H20.101.I-190304-0001' })
  expect(chainIntact).toBe(true)
})

test('pauses, an extension, a refusal and a fee become the events they would have been', async () => {
  const row: Cells = {
    ...granted,
    due_at: '2019-03-15',
    due_before_extension: '11/3/2019',
    extended_at: '2019-03-08',
    pauses: 'supplement 2019-03-05 09:00..2019-03-07 14:00; obligation 12/03/2019 8:00..12/03/2019 9:30',
    outcome: 'refused',
    ready_at: '2019-03-18 09:30',
    handed_over_at: '',
    handed_over_how: 'post',
    fee: '50000',
    fee_method: 'transfer',
  }
  expect(await importRows([row])).toMatchObject({ imported: 1 })
  const { dossier, events } = await imported('1')
  expect(events.map(({ type }) => type)).toEqual([
    'received',
    'fee-collected',
    'supplement-requested',
    'supplement-answered',
    'extended',
    'financial-obligation-notified',
    'financial-obligation-met',
    'result-signed',
    'result-ready',
    'handed-over',
  ])
  expect(dossier).toMatchObject({ judgement: 'late', finance: 'paid', extensions: 1, result: { kind: 'refusal' } })
  expect(dossier.originalDueAt?.toISOString()).toBe('2019-03-11T10:00:00.000Z')
  expect(dossier.dueAt?.toISOString()).toBe('2019-03-15T10:00:00.000Z')
  expect(dossier.handOver).toMatchObject({ at: dossier.readyAt, method: 'post' })
})

test('a day alone is a time of it: reception in the morning, the due time at closing, the rest in the afternoon', async () => {
  const days: Cells = {
    ...granted,
    received_at: '2019-03-04',
    due_at: '2019-03-05',
    ready_at: '2019-03-05',
    handed_over_at: '',
  }
  const sameDay: Cells = { ...days, source_number: '2', received_at: '2019-03-05 16:40' }
  expect(await importRows([days, sameDay])).toMatchObject({ imported: 2 })
  const { dossier } = await imported('1')
  expect([dossier.receivedAt, dossier.dueAt, dossier.readyAt].map(at => at?.toISOString())).toEqual([
    '2019-03-04T01:00:00.000Z',
    '2019-03-05T10:00:00.000Z',
    '2019-03-05T09:00:00.000Z',
  ])
  expect(dossier.judgement).toBe('on-time')
  expect((await imported('2')).dossier.readyAt?.toISOString()).toBe('2019-03-05T09:40:00.000Z')
})

test('a dossier withdrawn while it was paused ends with its pause, without a judgement', async () => {
  const { ready_at: _, handed_over_at: __, ...rest } = granted
  const row: Cells = {
    ...rest,
    outcome: 'withdrawn',
    ended_at: '2019-03-20',
    pauses: 'supplement 2019-03-05..',
    note: 'Chuyển nơi ở',
  }
  expect(await importRows([row])).toMatchObject({ imported: 1, rows: [] })
  const { dossier } = await imported('1')
  expect(dossier).toMatchObject({ state: 'withdrawn', endReason: 'Chuyển nơi ở', judgement: null })
  expect(dossier.pauses[0]?.to).toEqual(dossier.closedAt)
})

test('every problem of every row is told, by line and column, and a dry run writes nothing', async () => {
  const rows: Cells[] = [
    granted,
    { ...granted, source_number: '2', agency: 'H99', procedure: '9.999999', channel: 'bus', received_at: '31/02/2019' },
    { ...granted, source_number: '3', ready_at: '', handed_over_at: '' },
    { ...granted, source_number: '4', ready_at: '2019-03-01', applicant_id: '12', fee: '1.5' },
    { ...granted, source_number: '5', ready_at: '2027-01-01' },
    { ...granted, source_number: '', applicant_name: 'A\u0000', due_at: '2019-03-01' },
    { ...granted, source_number: '7', outcome: 'stopped', ended_at: '2019-03-05' },
    { ...granted, source_number: '8', pauses: 'supplement yesterday..today', due_at: '1919-03-06' },
    { ...granted, source_number: '1', channel: 'online' },
  ]
  const expected = [
    [
      3,
      [
        'agency: agency-unknown',
        'received_at: not-an-instant',
        'procedure: procedure-unknown',
        'channel: not-a-choice',
      ],
    ],
    [4, ['null: still-open']],
    [5, ['ready_at: out-of-order', 'applicant_id: not-an-id', 'fee: not-a-number']],
    [6, ['ready_at: in-the-future']],
    [7, ['applicant_name: not-text', 'source_number: missing', 'due_at: out-of-order']],
    [8, ['ready_at: does-not-belong', 'handed_over_at: does-not-belong']],
    [9, ['due_at: not-an-instant', 'pauses: not-a-pause']],
    [10, ['source_number: changed']],
  ]
  const before = await run(database.db, 'SELECT count(*) FROM dossier_event', [])
  const dry = await importRows(rows, true)
  expect(await run(database.db, 'SELECT count(*) FROM dossier_event', [])).toEqual(before)
  expect(dry.rows).toEqual(expected)
  expect(dry).toMatchObject({ read: 9, imported: 1, refused: 8 })
  const { rows: told, ...report } = await importRows(rows)
  expect(told).toEqual(expected)
  expect(report).toMatchObject({ read: 9, imported: 1, refused: 8 })
})

test('the same file again changes nothing, a longer one adds only what is new, a changed row is told', async () => {
  const second = { ...granted, source_number: '2' }
  expect(await importRows([granted, second, granted])).toMatchObject({ imported: 2, known: 1 })
  expect(await importRows([granted, second])).toMatchObject({ imported: 0, known: 2, refused: 0 })
  const longer = [granted, { ...second, channel: 'online' }, { ...granted, source_number: '3' }]
  expect(await importRows(longer)).toMatchObject({
    imported: 1,
    known: 1,
    refused: 1,
    rows: [[3, ['source_number: changed']]],
  })
  expect((await imported('2')).dossier.channel).toBe('counter')
})

test('two imports of one file at the same time bring every dossier in once', async () => {
  const rows = Array.from({ length: 1500 }, (_, i) => ({ ...granted, source_number: String(i) }))
  const file = await csvOf(rows)
  const reports = await Promise.all([importFile(file), importFile(file)])
  expect(reports.map(({ read, refused }) => [read, refused])).toEqual([
    [1500, 0],
    [1500, 0],
  ])
  expect(reports.reduce((sum, { imported }) => sum + imported, 0)).toBe(1500)
})

test('an import that broke off goes on where it was', async () => {
  const rows = Array.from({ length: 2500 }, (_, i) => ({ ...granted, source_number: String(i) }))
  const file = await csvOf(rows)
  const asked = { file, source: `s${source}`, check: false }
  const stop = () => {
    throw new Error('the power failed')
  }
  await expect(importDossiers(office.system, asked, { progress: stop })).rejects.toThrow('the power failed')
  expect(await importFile(file)).toMatchObject({ read: 2500, imported: 1500, known: 1000 })
})

test('a code of the national shape is kept where no desk of ours numbered that day, and no two dossiers share one', async () => {
  await receiveBirth(office.as('intake'))
  office.clock.set('2026-03-09T09:00:00+07:00')
  const live: Cells = { ...granted, code: 'H20.101-260302-0001' }
  const old: Cells = { ...granted, source_number: '2', code: 'H20.101-190304-0017' }
  const report = await importRows([
    live,
    old,
    { ...old, source_number: '3' },
    { ...granted, source_number: '4', code: 'HS/12' },
  ])
  expect(report).toMatchObject({ imported: 3, rows: [[4, ['code: code-taken']]] })
  expect((await imported('2')).dossier.code).toBe('H20.101-190304-0017')
  const { dossier, events } = await imported('1')
  expect(dossier.code).toMatch(/^H20\.101\.I-190304-\d{4}$/u)
  expect(events[0]?.payload).toMatchObject({ imported: { code: 'H20.101-260302-0001' } })
})

test('a sheet says the same as a CSV file, with semicolons or tabs too', async () => {
  const names = Object.keys(granted)
  const file = join(folder, `${source}.xlsx`)
  const cells = names.map(name => {
    const text = granted[name as keyof Cells] ?? ''
    return name === 'ready_at' ? new Date('2019-03-05T10:00:00Z') : text
  })
  await writeFile(file, await writeXlsx({ sheets: [{ name: 'Hồ sơ', rows: [names, cells] }] }))
  expect(await importFile(file)).toMatchObject({ imported: 1, rows: [] })
  await writeFile(join(folder, 'tabs.csv'), `\uFEFF${names.join('\t')}\n${Object.values(granted).join('\t')}\n\n`)
  await writeFile(join(folder, 'semi.csv'), `${names.join(';')}\n${Object.values(granted).join(';')}\n`)
  expect(await importFile(join(folder, 'tabs.csv'))).toMatchObject({ known: 1, refused: 0 })
  expect(await importFile(join(folder, 'semi.csv'))).toMatchObject({ known: 1, refused: 0 })
})

test('the template is a file that can be imported', async () => {
  const [header = [], ...rows] = templateRows()
  const cells = rows.map(row => Object.fromEntries(header.map((name, i) => [name, row[i]])) as Cells)
  expect(await importFile(await csvOf(cells))).toMatchObject({ imported: 2, rows: [] })
})

test('reports count what was imported when it happened, and the ledger is whole', async () => {
  const year = { from: new Date('2018-12-31T17:00:00Z'), until: new Date('2019-12-31T17:00:00Z') }
  const [sums] = await sumFacts(office.system, { ...year, by: [], agencies: null })
  const [{ n } = { n: 0 }] = await run<{ n: number }>(
    database.db,
    `SELECT count(*)::int AS n FROM dossier_event WHERE actor = 'system:import' AND seq = 1`,
    [],
  )
  expect(sums?.tally).toMatchObject({ carried: 0, received: n, open: 0, withdrawn: 1 })
  expect((await checkLedger(office.system)).faults).toEqual([])
})

test('the manual lists every column as the command line does', async () => {
  const manual = await readFile('docs/operations.md', 'utf8')
  const listed = [...manual.matchAll(/^\| `(\w+)`( \*)? \| (.+) \|$/gmu)].map(([, name, must, says]) => [
    name,
    must,
    says,
  ])
  const known = new Set<string>(columnNames)
  expect(listed.filter(([name = '']) => known.has(name)).map(([name, must]) => name + (must ?? ''))).toEqual(
    columnNames.map(name => name + (neededColumns.includes(name) ? ' *' : '')),
  )
  for (const [name = '', , says = ''] of listed) if (known.has(name)) expect(columnsHelp()).toContain(says)
})
