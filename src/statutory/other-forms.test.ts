import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Definitions, usualDefinitions } from '#src/periods/definition.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { AskedParams } from '#src/reports/asked.ts'
import type { ReportTable, TableKind } from '#src/reports/report.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { definitionNotes } from './definition-notes.ts'
import { ii06a } from './ii06a.query.ts'
import { ii07b } from './ii07b.query.ts'
import { form07a, internal } from './other-forms.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  office.clock.set(MONDAY)
  const receive = async (change = {}, by = 'intake') => (await receiveBirth(office.as(by), change)).code
  const permit = { procedure: '1.009994', components: ['C1', 'C2'].map(code => ({ code, originals: 1 })) }
  const [solved, withdrawn, waiting] = [await receive(), await receive(), await receive()]
  await receive(permit)
  await receive({}, 'b.intake')
  await advanceTo(office, waiting, 'in-process')
  office.clock.set('2026-03-03T08:30:00+07:00')
  await advanceTo(office, solved, 'closed')
  await command(office.as('intake'), withdrawn, 'withdraw', { reason: 'Theo đề nghị của người nộp' })
  const missing = { items: [{ component: 'C1' }], reason: 'Mờ, không đọc được' }
  await command(office.as('specialist'), waiting, 'request-supplement', missing)
  office.clock.set('2026-04-02T08:00:00+07:00')
})
afterAll(() => database.close())

async function read(who: string, kind: TableKind, params: AskedParams = {}): Promise<ReportTable> {
  const ctx = office.as(who)
  const march = { from: '2026-03-01', to: '2026-03-31' }
  return kind.read(ctx, await getAsked(ctx, kind, { ...march, ...params }, ctx.actor as Officer))
}

const rowsOf = ({ rows }: ReportTable) => Object.fromEntries(rows.map(({ key, cells }) => [key, cells]))

test('form II.06a by field stands in the order of the alphabet, each dossier in its field', async () => {
  const table = await read('director', ii06a)
  expect(table.rows.map(({ label }) => label)).toEqual(['Hoạt động xây dựng', 'Hộ tịch'])
  expect(rowsOf(table)['ho-tich']).toEqual({
    ...{ c3: 4, c4: 0, c5: 4, c6: 0, c7: 2, c8: 0, c9: 2, c10: 0, c11: 2, c12: 1, c13: 1 },
  })
  expect(table.total?.cells).toMatchObject({ c3: 5, c7: 2, c11: 3, c12: 1, c13: 2 })
})

test('by agency a dossier counts where it is resolved, wherever it was received', async () => {
  const table = await read('director', ii06a, { by: 'agency' })
  expect(table.rows.map(({ key, cells }) => [key, cells.c3])).toEqual([
    ['H20.101', 3],
    ['H20.102', 1],
    ['H20.11', 1],
  ])
})

test('narrowed to a procedure or a field the columns still add up', async () => {
  expect((await read('control', ii06a, { procedure: '1.009994' })).total?.cells).toMatchObject({ c3: 1, c7: 0, c11: 1 })
  expect((await read('control', ii06a, { field: 'ho-tich', by: 'agency' })).total?.cells).toMatchObject({ c3: 4 })
})

test('a leader reads the numbers of their agency alone', async () => {
  expect((await read('b.leader', ii06a)).total?.cells).toMatchObject({ c3: 1, c11: 1 })
})

test('internal columns tell apart what the form does not', async () => {
  const { total } = await read('director', internal)
  expect(total?.cells).toMatchObject({ c3: 5, paused_supplement: 1, withdrawn: 1, stopped: 0, supplement_requested: 1 })
})

test('the older form says the same numbers in its own columns', async () => {
  const { total, columns } = await read('director', form07a)
  expect(total?.cells).toEqual({
    ...{ total: 5, carried: 0, received: 5, solved: 2, inTime: 2, late: 0, open: 3, notDue: 1, overdue: 2 },
    ...{ supplement: 1, returned: 1 },
  })
  expect(columns.map(({ number }) => number).join('')).toBe('(3)(4)(5)(6)(7)(8)(9)(10)(11)(12)(13)')
})

test('form II.07b counts procedures by level, those of communes once, and internal processes in force on the last day', async () => {
  const before = await read('director', ii07b)
  expect(before.total?.cells).toEqual({
    ...{ c3: 3, c4: 1, c5: null, c6: 2, c7: 3, c8: 1, c9: null, c10: 2, c11: 0, c12: 0, c13: null, c14: 0 },
  })
  expect(before.rows.map(({ key, cells }) => [key, cells.c3])).toEqual([
    ['H20.11', 1],
    ['cap-xa', 2],
  ])
  await putInForce(office.system, {
    key: 'cap-phep',
    procedure: '1.009994',
    process: permitProcess,
    validFrom: '2026-04-01',
  })
  const april = { from: '2026-04-01', to: '2026-04-30' }
  expect((await read('director', ii07b, april)).total?.cells).toMatchObject({ c11: 1, c12: 1, c14: 0 })
  expect((await read('director', ii07b)).total?.cells, 'not in force then').toEqual(before.total?.cells)
  expect((await read('leader', ii07b)).rows.map(({ key, cells }) => [key, cells.c3])).toEqual([['cap-xa', 2]])
  expect((await read('so.leader', ii07b)).total?.cells).toMatchObject({ c3: 1, c4: 1, c6: 0 })
})

test('where there are no dossiers the total says 0 and does not fall silent', async () => {
  const { rows, total } = await read('director', ii06a, { from: '2026-01-01', to: '2026-01-31' })
  expect(rows).toEqual([])
  expect(new Set(Object.values(total?.cells ?? {}))).toEqual(new Set([0]))
})

test('a table counted in another way than usual says so', async () => {
  const ctx = office.as('director')
  const march = { from: '2026-03-01', to: '2026-03-31' }
  const asked = await getAsked(ctx, form07a, march, ctx.actor as Officer)
  const usual = await form07a.read(ctx, asked)
  const other = await form07a.read(ctx, { ...asked, definitions: { ...asked.definitions, extension: 'original' } })
  expect(other.notes?.slice(usual.notes?.length)).toEqual([
    expect.arrayContaining([expect.stringContaining('gia hạn')]),
  ])
})

test('where two unusual ways meet in one dossier the table says by which it goes', () => {
  const said = (change: Partial<Definitions>) => definitionNotes({ ...usualDefinitions, ...change }).length
  expect([said({}), said({ late: 'by-day' }), said({ noTerm: 'early', late: 'by-day' })]).toEqual([0, 1, 2])
  expect(said({ late: 'by-day', extension: 'original' })).toBe(3)
  expect(said({ withdrawn: 'by-deadline', late: 'by-day' })).toBe(3)
  expect(said({ withdrawn: 'by-deadline', paused: 'by-deadline' })).toBe(2)
})
