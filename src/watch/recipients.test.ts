import { afterAll, beforeAll, expect, test } from 'vitest'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import type { Officer, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Escalation } from '#src/warnings/warning.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { findRecipients } from './recipient.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

const officer = (who: string) => office.as(who).actor as Officer
const names = [
  'specialist',
  'specialist2',
  'leader',
  'leader2',
  'b.specialist',
  'b.leader',
  'director',
  'clerk',
] as const

/** Who is told of work of this role at the agency of `where`, by name or of anyone there. */
async function told(to: Escalation, where: string, role: Role | null, who?: string): Promise<string[]> {
  const accountId = who === undefined ? null : officer(who).accountId
  const [found = []] = await findRecipients(office.system, [{ to, agencyId: officer(where).agencyId, role, accountId }])
  return names.filter(name => found.includes(officer(name).accountId))
}

test('whoever has the work is told, by name or all of the role there', async () => {
  expect(await told('holder', 'leader', 'specialist', 'specialist')).toEqual(['specialist'])
  expect(await told('holder', 'leader', 'specialist')).toEqual(['specialist', 'specialist2'])
})

test('who stands in for them is told with them, while they do', async () => {
  await delegateRole(office.as('leader'), {
    assignment: officer('specialist2').assignmentId,
    substitute: 'clerk',
    ground: '12/QĐ-UBND',
    until: '2026-03-03T17:00:00+07:00',
  })
  expect(await told('holder', 'leader', 'specialist', 'specialist2')).toEqual(['specialist2', 'clerk'])
  office.clock.set('2026-03-04T09:00:00+07:00')
  expect(await told('holder', 'leader', 'specialist', 'specialist2')).toEqual(['specialist2'])
})

test('where they have left or nobody has that role, the head of the agency is; without one, the director of the centre', async () => {
  const { assignmentId } = officer('specialist2')
  await run(database.owner, `UPDATE assignment SET valid_to = '2026-03-03' WHERE id = $1`, [assignmentId])
  expect(await told('holder', 'leader', 'specialist', 'specialist2')).toEqual(['leader', 'leader2'])
  expect(await told('holder', 'b.leader', 'clerk')).toEqual(['b.leader'])
  // A dossier waits for one opened at that agency: nobody there has this one in hand.
  expect(await told('holder', 'b.leader', null)).toEqual(['b.leader'])
  expect(await told('leader', 'admin', null)).toEqual(['director'])
  expect(await told('above', 'leader', null)).toEqual(['director'])
})
