import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTallies, noTally, type Tally } from '#src/facts/tally.ts'
import { type Definitions, usualDefinitions } from '#src/periods/definition.ts'
import { cells, partsOf, termsOf } from './cell.ts'
import { type Ii06aRow, ii06aColumns, ii06aKeys, ii06aRow, ii06aTerms } from './ii06a.ts'

/** Whether the row fulfils the identities of the form. */
function holdsUp(r: Ii06aRow): boolean {
  return (
    r.c3 === r.c4 + r.c5 + r.c6 &&
    r.c3 === r.c7 + r.c11 &&
    r.c7 === r.c8 + r.c9 + r.c10 &&
    r.c11 === r.c12 + r.c13 &&
    ii06aKeys.every(key => r[key] >= 0)
  )
}

const everyDefinition: Definitions[] = (['on-time', 'by-deadline'] as const).flatMap(withdrawn =>
  (['in-time', 'by-deadline'] as const).flatMap(paused =>
    (['by-minute', 'by-day'] as const).flatMap(late =>
      (['extended', 'original'] as const).flatMap(extension =>
        (['on-time', 'early'] as const).map(noTerm => ({ withdrawn, paused, late, extension, noTerm })),
      ),
    ),
  ),
)

const some = fc.nat(50)
/** As ledgers give them: parts within what they are part of, and what is open is what came and did not end. */
const tallies: fc.Arbitrary<Tally> = fc
  .record({
    ...{
      online: some,
      offline: some,
      early: some,
      on_time: some,
      late: some,
      no_term: some,
      withdrawn: some,
      stopped: some,
    },
    ...{
      overdue: some,
      paused_supplement: some,
      paused_obligation: some,
      in_time_by_extension: some,
      inTime: some,
      share: some,
    },
  })
  .map(({ online, offline, inTime, share, ...n }) => {
    const open = n.overdue + n.paused_supplement + n.paused_obligation + n.in_time_by_extension + inTime
    const ended = n.early + n.on_time + n.late + n.no_term + n.withdrawn + n.stopped
    const received = Math.min(online + offline, ended + open)
    const part = (of: number) => Math.floor((of * share) / 50)
    return {
      ...noTally,
      ...n,
      ...{ open, received, carried: ended + open - received, received_online: Math.min(online, received) },
      late_same_day: part(n.late),
      early_by_extension: part(n.early),
      on_time_by_extension: part(n.on_time),
      ended_late: part(n.withdrawn + n.stopped),
      paused_overdue: part(n.paused_supplement + n.paused_obligation),
    }
  })

test('the identities of form II.06a hold, and no cell is below zero, whatever the definitions', () => {
  fc.assert(
    fc.property(tallies, tally => {
      for (const definitions of everyDefinition) {
        const row = ii06aRow(tally, definitions)
        expect(holdsUp(row), JSON.stringify({ row, definitions })).toBe(true)
        expect(row.c11).toBe(tally.open)
        expect(row.c6).toBe(tally.carried)
      }
    }),
  )
})

test('the cells of the total are the sums of the rows’ cells', () => {
  fc.assert(
    fc.property(fc.array(tallies, { maxLength: 5 }), fc.constantFrom(...everyDefinition), (rows, definitions) => {
      const total = ii06aRow(addTallies(rows), definitions)
      for (const key of ii06aKeys) {
        expect(total[key]).toBe(rows.reduce((sum, tally) => sum + ii06aRow(tally, definitions)[key], 0))
      }
    }),
  )
})

test('a definition moves dossiers between neighbours: late by the hour counts as on time when lateness is counted by days', () => {
  const tally = { ...noTally, received: 10, early: 2, on_time: 3, late: 5, late_same_day: 4 }
  expect(ii06aRow(tally, usualDefinitions)).toMatchObject({ c8: 2, c9: 3, c10: 5 })
  expect(ii06aRow(tally, { ...usualDefinitions, late: 'by-day' })).toMatchObject({ c8: 2, c9: 7, c10: 1 })
})

test('an extension no longer helps when the first promise is what counts', () => {
  const tally = {
    ...noTally,
    received: 9,
    early: 2,
    early_by_extension: 1,
    on_time: 3,
    on_time_by_extension: 2,
    open: 4,
  }
  const open = { ...tally, overdue: 1, in_time_by_extension: 2 }
  expect(ii06aRow(open, usualDefinitions)).toMatchObject({ c8: 2, c9: 3, c10: 0, c12: 3, c13: 1 })
  const byFirst = ii06aRow(open, { ...usualDefinitions, extension: 'original' })
  expect(byFirst).toMatchObject({ c8: 1, c9: 1, c10: 3, c12: 1, c13: 3 })
})

test('a row that does not add up is told from one that does', () => {
  const row = ii06aRow({ ...noTally, received: 3, late: 1, open: 2 }, usualDefinitions)
  expect(holdsUp(row)).toBe(true)
  for (const key of ii06aKeys) expect(holdsUp({ ...row, [key]: row[key] + 1 })).toBe(false)
})

test('the form’s eleven columns are numbered as it prints them', () => {
  expect(ii06aColumns.map(({ number }) => number).join('')).toBe('(3)(4)(5)(6)(7)(8)(9)(10)(11)(12)(13)')
  expect(ii06aColumns.map(({ key }) => key)).toEqual(ii06aKeys)
})

test('every number has a list: one part, but for those that add what stood to what came', () => {
  for (const definitions of everyDefinition) {
    for (const cell of cells) {
      const parts = partsOf(termsOf(cell, definitions))
      expect(parts, cell).toHaveLength(cell === 'c3' ? 2 : 1)
    }
    expect(Object.keys(ii06aTerms(definitions))).toEqual([...ii06aKeys])
  }
})
