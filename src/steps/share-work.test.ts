import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assignRole } from '#src/accounts/assign-role.ts'
import { createAccount } from '#src/accounts/create-account.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { run } from '#src/platform/db.ts'
import type { Share } from '#src/processes/process.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { birthIntake, command, makeOffice, type Office, PASSWORD } from '#test/support/office.ts'
import { putInForce } from '#test/support/processes.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  // Four people at the work, two of them new.
  for (const username of ['specialist3', 'specialist4']) {
    const person = { kind: 'officer' as const, username, password: PASSWORD, name: `Cán bộ ${username}` }
    const { id } = await createAccount(office.system, person)
    await assignRole(office.system, { accountId: id, agency: 'H20.101', role: 'specialist' })
  }
})
afterAll(() => database.close())

/** The days follow each other: a version of a process ends when the next begins. */
let day = 1
function shared(share: Share) {
  day += 1
  return putInForce(office.system, {
    key: 'khai-sinh',
    procedure: '1.001193',
    validFrom: `2026-02-${String(day).padStart(2, '0')}`,
    process: {
      name: 'Đăng ký khai sinh, chia việc',
      start: 'tham-dinh',
      steps: [
        {
          ...{ kind: 'appraise', key: 'tham-dinh', name: 'Thẩm định', agency: { by: 'competent' }, role: 'specialist' },
          ...{ hours: 6, share, outcomes: [{ key: 'submitted', name: 'Trình', to: 'phat-hanh' }] },
        },
        {
          ...{
            kind: 'sign',
            key: 'phat-hanh',
            name: 'Phát hành',
            agency: { by: 'competent' },
            role: 'clerk',
            hours: 1,
          },
          outcomes: [{ key: 'ready', name: 'Có kết quả', to: 'end' }],
        },
      ],
    },
  })
}

const receive = () => receiveDossier(office.as('intake'), birthIntake(), randomUUID())

/** How many each of the four has in hand, sorted. */
async function loads(): Promise<number[]> {
  const found = await run<{ held: number }>(
    database.db,
    `SELECT count(d.id)::int AS held FROM assignment s LEFT JOIN dossier d ON d.holder_account_id = s.account_id
     WHERE s.role = 'specialist' AND s.agency_id = (SELECT id FROM agency WHERE code = 'H20.101')
     GROUP BY s.account_id ORDER BY held`,
    [],
  )
  return found.map(({ held }) => held)
}

beforeEach(async () => {
  await run(database.owner, `UPDATE dossier SET holder_account_id = NULL, holder_role = NULL`, [])
})

test('forty dossiers at once go to four people in turn: ten each, and nobody twice while another waits', async () => {
  await shared('round-robin')
  const received = await Promise.all(Array.from({ length: 40 }, receive))
  expect(await loads()).toEqual([10, 10, 10, 10])
  const turns = await run<{ who: number }>(
    database.db,
    `SELECT holder_account_id AS who FROM dossier WHERE id = ANY ($1::bigint[]) ORDER BY id`,
    [received.map(({ id }) => id)],
  )
  // Dossiers get their numbers within the turn, so their order is that of the turns.
  for (let i = 0; i + 4 <= turns.length; i += 1) {
    expect(new Set(turns.slice(i, i + 4).map(({ who }) => who)).size, `from ${i}`).toBe(4)
  }
})

test('whoever has least in hand gets the next one, at once or one after the other, until all have as much', async () => {
  await shared('by-hand')
  for (let i = 0; i < 7; i += 1) {
    const { code } = await receive()
    await command(office.as('leader'), code, 'assign', { assignee: i < 5 ? 'specialist' : 'specialist2' })
  }
  expect(await loads()).toEqual([0, 0, 2, 5])
  await shared('least-loaded')
  await Promise.all(Array.from({ length: 8 }, receive))
  expect(await loads()).toEqual([3, 3, 4, 5])
  await Promise.all(Array.from({ length: 9 }, receive))
  expect(await loads()).toEqual([6, 6, 6, 6])
})

test('a dossier that could not be given to anyone took nobody’s turn, and one with nobody there waits for the role', async () => {
  await shared('round-robin')
  const turns = async () =>
    (
      await run<{ turn: number | null }>(
        database.db,
        `SELECT last_turn AS turn FROM assignment WHERE role = 'specialist' ORDER BY id`,
        [],
      )
    ).map(({ turn }) => turn)
  const before = await turns()
  const id = randomUUID()
  const [one, two] = await Promise.all([
    receiveDossier(office.as('intake'), birthIntake(), id),
    receiveDossier(office.as('intake'), birthIntake(), id),
  ])
  expect(two.code).toBe(one.code)
  const after = await turns()
  expect(after.filter((turn, i) => turn !== before[i])).toHaveLength(1)
  expect((await loads()).reduce((sum, held) => sum + held, 0)).toBe(1)

  await run(database.owner, `UPDATE account SET active = false WHERE username LIKE 'specialist%'`, [])
  const { id: alone } = await receive()
  const [row] = await run<{ role: string; who: number | null }>(
    database.db,
    'SELECT holder_role AS role, holder_account_id AS who FROM dossier WHERE id = $1',
    [alone],
  )
  expect(row).toEqual({ role: 'specialist', who: null })
  await run(database.owner, `UPDATE account SET active = true WHERE username LIKE 'specialist%'`, [])
})
