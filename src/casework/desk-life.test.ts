import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { receivePermit } from '#test/support/births-and-permits.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { dossierOf } from '#test/support/find-dossier.ts'
import {
  advanceTo,
  at,
  birthIntake,
  command,
  MONDAY,
  makeOffice,
  type Office,
  receiveBirth,
} from '#test/support/office.ts'
import { receiveDossier } from './receive-dossier.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())
beforeEach(() => office.clock.set(MONDAY))

const now = (local: string) => office.clock.set(at(local))

describe('a mistaken intake', () => {
  test('of another case has its term, papers and fees counted anew from the reception, on record with the reason', async () => {
    now('2026-03-02T10:00')
    const { code } = await receivePermit(office)
    now('2026-03-04T08:00')
    const corrected = await command(office.as('centre.intake'), code, 'correct', {
      case: 'sua-chua',
      components: [{ code: 'C1', originals: 1 }],
      reason: 'Hồ sơ sửa chữa, không phải xây mới',
    })
    expect(corrected.dueAt).toEqual(at('2026-03-09T10:00'))
    expect(await dossierOf(office, code)).toMatchObject({
      caseCode: 'sua-chua',
      receivedAt: at('2026-03-02T10:00'),
      originalDueAt: at('2026-03-23T10:00'),
      adjustments: [{ kind: 'correction', from: at('2026-03-23T10:00'), to: at('2026-03-09T10:00') }],
    })
  })

  test('keeps its case once someone works on it', async () => {
    const { code } = await receivePermit(office)
    await command(office.as('centre.intake'), code, 'forward')
    await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
    const late = command(office.as('centre.intake'), code, 'correct', { case: 'sua-chua', reason: 'Nhầm' })
    await expect(late).rejects.toMatchObject({ code: 'case-fixed', field: 'case' })
  })

  test('must still be complete, and must change something', async () => {
    const { code } = await receivePermit(office)
    const correct = (input: Record<string, unknown>) =>
      command(office.as('centre.intake'), code, 'correct', { reason: 'Nhầm', ...input })
    const incomplete = correct({ components: [{ code: 'C1', originals: 1 }] })
    await expect(incomplete).rejects.toMatchObject({ code: 'components-missing', field: 'components' })
    await expect(correct({})).rejects.toMatchObject({ code: 'nothing-to-correct' })
    await expect(correct({ case: 'khong-co' })).rejects.toMatchObject({ code: 'case-unknown' })
  })

  test('of a name changes the name and not the deadline', async () => {
    const { code, dueAt } = await receivePermit(office)
    const applicant = { name: 'Nguyễn Văn Ân', idNumber: '000190000009', phone: '0900000009' }
    const corrected = await command(office.as('centre.intake'), code, 'correct', { applicant, reason: 'Sai tên' })
    expect(corrected.dueAt).toEqual(dueAt)
    expect((await dossierOf(office, code)).applicant).toMatchObject(applicant)
  })
})

describe('a fee', () => {
  const copy = async (change: Record<string, unknown> = {}) => {
    const intake = birthIntake({ procedure: '2.000815', components: [{ code: 'C1', copies: 1 }], ...change })
    return (await receiveDossier(office.as('intake'), intake, randomUUID())).code
  }
  const collect = (code: string | null, input: Record<string, unknown> = {}) =>
    command(office.as('cashier'), code, 'collect-fee', { receipt: 'BL-0001', ...input })

  test('is collected whole, once, and on record with its receipt', async () => {
    const code = await copy()
    const short = collect(code, { amount: 19_999 })
    await expect(short).rejects.toMatchObject({ code: 'amount-differs', field: 'amount', params: { owed: 20_000 } })
    await collect(code, { amount: 20_000, method: 'transfer' })
    expect(await dossierOf(office, code)).toMatchObject({
      finance: 'paid',
      receipts: [{ number: 'BL-0001', amount: 20_000, method: 'transfer' }],
    })
    await expect(collect(code)).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('is not asked of those who are exempt, nor where there is none', async () => {
    const exempt = await copy({ feeExempt: true })
    expect((await dossierOf(office, exempt)).finance).toBe('exempt')
    await expect(collect(exempt)).rejects.toMatchObject({ code: 'wrong-state' })
    const free = (await receiveBirth(office.as('intake'))).code
    await expect(collect(free)).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('still owed does not hold back the result', async () => {
    const code = await copy()
    await advanceTo(office, code, 'closed')
    expect(await dossierOf(office, code)).toMatchObject({ state: 'closed', finance: 'due' })
  })
})
