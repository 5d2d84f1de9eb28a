import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { birthIn, receivePermit } from '#test/support/births-and-permits.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { dossierOf } from '#test/support/find-dossier.ts'
import { command, MONDAY, makeOffice, type Office } from '#test/support/office.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())
beforeEach(() => office.clock.set(MONDAY))

describe('a dossier the centre receives for a department', () => {
  test('is forwarded before it is assigned, and each agency does its own part', async () => {
    const { code } = await receivePermit(office)
    const early = command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
    await expect(early).rejects.toMatchObject({ code: 'wrong-state' })
    const notTheirs = command(office.as('so.specialist'), code, 'forward')
    await expect(notTheirs).rejects.toMatchObject({ kind: 'forbidden' })
    await command(office.as('centre.intake'), code, 'forward', { note: 'Chuyển theo phiếu kiểm soát' })
    const again = command(office.as('centre.intake'), code, 'forward')
    await expect(again).rejects.toMatchObject({ code: 'wrong-state' })
    const stranger = command(office.as('so.leader'), code, 'assign', { assignee: 'specialist' })
    await expect(stranger).rejects.toMatchObject({ code: 'assignee-unknown', field: 'assignee' })
    for (const [by, type, input] of [
      ['so.leader', 'assign', { assignee: 'so.specialist' }],
      ['so.specialist', 'appraise', { opinion: 'ineligible', note: 'Không phù hợp quy hoạch' }],
      ['so.specialist', 'submit-for-approval', {}],
      ['so.leader', 'approve', {}],
      ['so.clerk', 'sign-result', { number: '31/TB-SXD', signer: 'Cán bộ so.leader' }],
      ['so.clerk', 'result-ready', {}],
    ] as const) {
      await command(office.as(by), code, type, input)
    }
    expect(await dossierOf(office, code)).toMatchObject({
      result: { kind: 'refusal', number: '31/TB-SXD' },
      judgement: 'early',
    })
    await expect(command(office.as('so.clerk'), code, 'hand-over')).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await command(office.as('centre.intake'), code, 'hand-over')).state).toBe('closed')
  })

  test('is nothing a commune could see', async () => {
    const { code } = await receivePermit(office)
    for (const who of ['intake', 'leader', 'b.intake', 'admin', 'reform']) {
      const looks = command(office.as(who), code, 'note', { text: 'Xem' })
      await expect(looks, who).rejects.toMatchObject({ kind: 'not-found', code: 'dossier-not-found' })
    }
    const overseer = command(office.as('director'), code, 'note', { text: 'Xem' })
    await expect(overseer).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

test('who appraised a dossier does not approve it, in whatever role', async () => {
  const code = await birthIn(office, 'in-process')
  const both = {
    ...office.as('leader'),
    actor: { ...office.as('specialist').actor, role: 'leader' as const },
  } as ReturnType<Office['as']>
  await command(office.as('specialist'), code, 'appraise')
  await command(office.as('specialist'), code, 'submit-for-approval')
  await expect(command(both, code, 'approve')).rejects.toMatchObject({ code: 'wrong-state' })
  expect((await command(office.as('leader'), code, 'approve')).state).toBe('approved')
})

test('a dossier given to another specialist is appraised anew before it goes to the leader', async () => {
  const code = await birthIn(office, 'in-process')
  await command(office.as('specialist'), code, 'appraise')
  await command(office.as('leader'), code, 'assign', { assignee: 'specialist2' })
  const unseen = command(office.as('specialist2'), code, 'submit-for-approval')
  await expect(unseen).rejects.toMatchObject({ code: 'wrong-state' })
  await command(office.as('specialist2'), code, 'appraise')
  expect((await command(office.as('specialist2'), code, 'submit-for-approval')).state).toBe('pending-approval')
})
