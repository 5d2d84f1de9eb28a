import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { receiveDossier } from './receive-dossier.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())
beforeEach(() => office.clock.set(MONDAY))

const at = (local: string) => new Date(`${local}:00+07:00`)
const now = (local: string) => office.clock.set(at(local))
const dossierOf = async (ref: string | null): Promise<Dossier> => {
  const found = await findDossier(office.system, ref ?? '')
  if (!found) throw new Error(`no dossier ${ref}`)
  return found
}
const DELAY = { reason: 'Cần xác minh tại nơi cư trú cũ' }
const NOTICE = { notice: 'TB 15/2026', ground: 'Khoản 3 Điều 13 Nghị định 101/2024/NĐ-CP' }

/** A birth registration received on Monday at 09:00 and due on Tuesday at 09:00, in this state. */
async function birth(state: string): Promise<string> {
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, state)
  return code as string
}

const permit = (change: Record<string, unknown> = {}) =>
  receiveDossier(
    office.as('centre.intake'),
    birthIntake({
      procedure: '1.009994',
      components: [
        { code: 'C1', originals: 1 },
        { code: 'C2', originals: 1 },
      ],
      ...change,
    }),
    randomUUID(),
  )

describe('an extension', () => {
  const extend = (code: string, until: string) => command(office.as('leader'), code, 'extend', { until, ...DELAY })

  test('into a year nobody means is a slip of the pen', async () => {
    const code = await birth('in-process')
    await expect(extend(code, '2062-03-06')).rejects.toMatchObject({ code: 'until-too-late', field: 'until' })
    expect((await extend(code, '2028-02-29')).dueAt).toEqual(at('2028-02-29T17:00'))
  })

  test('puts the promise off to the close of a working day, with an apology on record, and keeps the first promise', async () => {
    const code = await birth('in-process')
    expect((await extend(code, '2026-03-06')).dueAt).toEqual(at('2026-03-06T17:00'))
    expect(await dossierOf(code)).toMatchObject({
      originalDueAt: at('2026-03-03T09:00'),
      adjustments: [{ kind: 'extension', from: at('2026-03-03T09:00'), to: at('2026-03-06T17:00'), ...DELAY }],
    })
    const form = await database.db
      .selectFrom('dossier_event')
      .select('form')
      .where('type', '=', 'extended')
      .executeTakeFirst()
    expect(form?.form).toBe('04')
  })

  test('is granted once', async () => {
    const code = await birth('in-process')
    await extend(code, '2026-03-06')
    await expect(extend(code, '2026-03-10')).rejects.toMatchObject({ kind: 'conflict', code: 'extension-used-up' })
    expect((await dossierOf(code)).dueAt).toEqual(at('2026-03-06T17:00'))
  })

  test('goes to a working day later than the present promise', async () => {
    const code = await birth('in-process')
    await expect(extend(code, '2026-03-07')).rejects.toMatchObject({ code: 'until-not-working-day', field: 'until' })
    await expect(extend(code, '2026-03-02')).rejects.toMatchObject({ code: 'until-not-later', field: 'until' })
    expect((await extend(code, '2026-03-03')).dueAt).toEqual(at('2026-03-03T17:00'))
  })

  test('granted in the evening cannot promise the closing time that has passed', async () => {
    const code = await birth('in-process')
    now('2026-03-04T17:00')
    await expect(extend(code, '2026-03-04')).rejects.toMatchObject({ code: 'until-not-later' })
    now('2026-03-04T16:59')
    expect((await extend(code, '2026-03-04')).dueAt).toEqual(at('2026-03-04T17:00'))
  })

  test.each([
    ['one working day before the deadline is in time', '2026-03-20T10:00', false],
    ['a minute later is late, and marked so', '2026-03-20T10:01', true],
    ['after the deadline is late too', '2026-03-24T08:00', true],
  ])('an apology sent %s', async (_, sent, late) => {
    now('2026-03-02T10:00')
    const { code } = await permit()
    expect((await dossierOf(code)).dueAt).toEqual(at('2026-03-23T10:00'))
    now(sent)
    await command(office.as('centre.intake'), code, 'forward')
    await command(office.as('so.leader'), code, 'extend', { until: '2026-03-31', ...DELAY })
    const event = await database.db
      .selectFrom('dossier_event')
      .innerJoin('dossier', 'dossier.id', 'dossier_event.dossier_id')
      .select('payload')
      .where('dossier.code', '=', code)
      .where('type', '=', 'extended')
      .executeTakeFirstOrThrow()
    expect(event.payload).toMatchObject({ lateNotice: late })
  })
})

describe('a pause with legal ground', () => {
  test('for a financial obligation moves the deadline by exactly the working time it took', async () => {
    const code = await birth('in-process')
    now('2026-03-02T10:20')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    expect(await dossierOf(code)).toMatchObject({ state: 'financial-obligation', pausedAt: at('2026-03-02T10:20') })
    now('2026-03-06T15:05')
    const resumed = await command(office.as('cashier'), code, 'resume', { evidence: 'GNT 0012' })
    // 80 minutes were used up on Monday; of the other 400, 115 fit into Friday afternoon and the rest follow on Monday.
    expect(resumed.dueAt).toEqual(at('2026-03-09T13:45'))
    expect((await dossierOf(code)).adjustments).toMatchObject([
      { kind: 'pause', reason: 'financial-obligation', legalGround: NOTICE.ground, to: at('2026-03-09T13:45') },
    ])
  })

  test('over a night costs the office nothing and gives it nothing', async () => {
    const code = await birth('in-process')
    now('2026-03-02T17:00')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    now('2026-03-03T07:30')
    const resumed = await command(office.as('specialist'), code, 'resume', { evidence: 'GNT 0013' })
    expect(resumed.dueAt).toEqual(at('2026-03-03T09:00'))
  })

  test('needs the notice and its ground, from the specialist who works on it', async () => {
    const code = await birth('in-process')
    const colleague = command(office.as('specialist2'), code, 'pause', NOTICE)
    await expect(colleague).rejects.toMatchObject({ code: 'wrong-state' })
    const leader = command(office.as('leader'), code, 'pause', NOTICE)
    await expect(leader).rejects.toMatchObject({ kind: 'forbidden' })
    const groundless = async () => command(office.as('specialist'), code, 'pause', { notice: 'TB 15/2026' })
    await expect(groundless()).rejects.toMatchObject({ name: 'ZodError' })
  })

  test('after an extension moves the new promise, to the second', async () => {
    const code = await birth('in-process')
    await command(office.as('leader'), code, 'extend', { until: '2026-03-06', ...DELAY })
    office.clock.set('2026-03-05T15:59:31+07:00')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    office.clock.set('2026-03-06T08:29:41+07:00')
    const once = await command(office.as('specialist'), code, 'resume', { evidence: 'GNT 0014' })
    // One hour and 29 seconds of Thursday and 59 minutes 41 seconds of Friday stood still.
    expect(once.dueAt).toEqual(new Date('2026-03-09T09:30:10+07:00'))
    expect((await dossierOf(code)).originalDueAt).toEqual(at('2026-03-03T09:00'))
  })

  test('ends when the dossier ends', async () => {
    const code = await birth('in-process')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    now('2026-03-03T10:00')
    await command(office.as('intake'), code, 'withdraw', { reason: 'Người nộp xin rút' })
    expect(await dossierOf(code)).toMatchObject({
      state: 'withdrawn',
      pausedAt: null,
      pauses: [{ from: at('2026-03-02T09:00'), to: at('2026-03-03T10:00') }],
    })
  })
})

describe('a dossier due on Tuesday at 09:00', () => {
  const signed = () => birth('signed')

  test.each([
    ['Monday 17:00', '2026-03-02T17:00:00.000', 'early'],
    ['Monday 23:59:59', '2026-03-02T23:59:59.999', 'early'],
    ['Tuesday 00:00', '2026-03-03T00:00:00.000', 'on-time'],
    ['Tuesday 08:59', '2026-03-03T08:59:00.000', 'on-time'],
    ['Tuesday 09:00 sharp', '2026-03-03T09:00:00.000', 'on-time'],
    ['Tuesday 09:01', '2026-03-03T09:01:00.000', 'late'],
  ])('whose result is ready on %s is judged', async (_, ready, judgement) => {
    const code = await signed()
    office.clock.set(`${ready}+07:00`)
    await command(office.as('clerk'), code, 'result-ready')
    expect(await dossierOf(code)).toMatchObject({ judgement, readyAt: new Date(`${ready}+07:00`) })
  })

  test('is not judged again when the result is collected weeks later', async () => {
    const code = await signed()
    await command(office.as('clerk'), code, 'result-ready')
    now('2026-04-20T09:00')
    await command(office.as('intake'), code, 'hand-over', { collector: 'Trần Thị Bé', relation: 'vợ' })
    expect(await dossierOf(code)).toMatchObject({
      judgement: 'early',
      state: 'closed',
      readyAt: at('2026-03-02T09:00'),
    })
  })

  test('is judged by the extended promise, not the first one', async () => {
    const code = await birth('in-process')
    await command(office.as('leader'), code, 'extend', { until: '2026-03-05', ...DELAY })
    for (const [by, type, input] of [
      ['specialist', 'appraise', {}],
      ['specialist', 'submit-for-approval', {}],
      ['leader', 'approve', {}],
      ['clerk', 'sign-result', { number: '9/GKS', signer: 'Cán bộ leader' }],
    ] as const) {
      await command(office.as(by), code, type, input)
    }
    now('2026-03-05T16:30')
    await command(office.as('clerk'), code, 'result-ready')
    expect(await dossierOf(code)).toMatchObject({ judgement: 'on-time', originalDueAt: at('2026-03-03T09:00') })
  })
})

test('a dossier of a procedure without a term is never early or late', async () => {
  const intake = birthIntake({ procedure: '2.000815', components: [{ code: 'C1', copies: 1 }] })
  const { code, dueAt } = await receiveDossier(office.as('intake'), intake, randomUUID())
  expect(dueAt).toBeNull()
  const extend = command(office.as('leader'), code, 'extend', { until: '2026-03-06', ...DELAY })
  await expect(extend).rejects.toMatchObject({ code: 'wrong-state' })
  await advanceTo(office, code, 'result-ready')
  expect((await dossierOf(code)).judgement).toBe('no-term')
})

describe('a mistaken intake', () => {
  test('of another case has its term, papers and fees counted anew from the reception, on record with the reason', async () => {
    now('2026-03-02T10:00')
    const { code } = await permit()
    now('2026-03-04T08:00')
    const corrected = await command(office.as('centre.intake'), code, 'correct', {
      case: 'sua-chua',
      components: [{ code: 'C1', originals: 1 }],
      reason: 'Hồ sơ sửa chữa, không phải xây mới',
    })
    expect(corrected.dueAt).toEqual(at('2026-03-09T10:00'))
    expect(await dossierOf(code)).toMatchObject({
      caseCode: 'sua-chua',
      receivedAt: at('2026-03-02T10:00'),
      originalDueAt: at('2026-03-23T10:00'),
      adjustments: [{ kind: 'correction', from: at('2026-03-23T10:00'), to: at('2026-03-09T10:00') }],
    })
  })

  test('keeps its case once someone works on it', async () => {
    const { code } = await permit()
    await command(office.as('centre.intake'), code, 'forward')
    await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
    const late = command(office.as('centre.intake'), code, 'correct', { case: 'sua-chua', reason: 'Nhầm' })
    await expect(late).rejects.toMatchObject({ code: 'case-fixed', field: 'case' })
  })

  test('must still be complete, and must change something', async () => {
    const { code } = await permit()
    const correct = (input: Record<string, unknown>) =>
      command(office.as('centre.intake'), code, 'correct', { reason: 'Nhầm', ...input })
    const incomplete = correct({ components: [{ code: 'C1', originals: 1 }] })
    await expect(incomplete).rejects.toMatchObject({ code: 'components-missing', field: 'components' })
    await expect(correct({})).rejects.toMatchObject({ code: 'nothing-to-correct' })
    await expect(correct({ case: 'khong-co' })).rejects.toMatchObject({ code: 'case-unknown' })
  })

  test('of a name changes the name and not the deadline', async () => {
    const { code, dueAt } = await permit()
    const applicant = { name: 'Nguyễn Văn Ân', idNumber: '000190000009', phone: '0900000009' }
    const corrected = await command(office.as('centre.intake'), code, 'correct', { applicant, reason: 'Sai tên' })
    expect(corrected.dueAt).toEqual(dueAt)
    expect((await dossierOf(code)).applicant).toMatchObject(applicant)
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
    expect(await dossierOf(code)).toMatchObject({
      finance: 'paid',
      receipts: [{ number: 'BL-0001', amount: 20_000, method: 'transfer' }],
    })
    await expect(collect(code)).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('is not asked of those who are exempt, nor where there is none', async () => {
    const exempt = await copy({ feeExempt: true })
    expect((await dossierOf(exempt)).finance).toBe('exempt')
    await expect(collect(exempt)).rejects.toMatchObject({ code: 'wrong-state' })
    const free = (await receiveBirth(office.as('intake'))).code
    await expect(collect(free)).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('still owed does not hold back the result', async () => {
    const code = await copy()
    await advanceTo(office, code, 'closed')
    expect(await dossierOf(code)).toMatchObject({ state: 'closed', finance: 'due' })
  })
})

describe('a dossier the centre receives for a department', () => {
  test('is forwarded before it is assigned, and each agency does its own part', async () => {
    const { code } = await permit()
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
    expect(await dossierOf(code)).toMatchObject({
      result: { kind: 'refusal', number: '31/TB-SXD' },
      judgement: 'early',
    })
    await expect(command(office.as('so.clerk'), code, 'hand-over')).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await command(office.as('centre.intake'), code, 'hand-over')).state).toBe('closed')
  })

  test('is nothing a commune could see', async () => {
    const { code } = await permit()
    for (const who of ['intake', 'leader', 'b.intake', 'admin', 'reform']) {
      const looks = command(office.as(who), code, 'note', { text: 'Xem' })
      await expect(looks, who).rejects.toMatchObject({ kind: 'not-found', code: 'dossier-not-found' })
    }
    const overseer = command(office.as('director'), code, 'note', { text: 'Xem' })
    await expect(overseer).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

test('who appraised a dossier does not approve it, in whatever role', async () => {
  const code = await birth('in-process')
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
  const code = await birth('in-process')
  await command(office.as('specialist'), code, 'appraise')
  await command(office.as('leader'), code, 'assign', { assignee: 'specialist2' })
  const unseen = command(office.as('specialist2'), code, 'submit-for-approval')
  await expect(unseen).rejects.toMatchObject({ code: 'wrong-state' })
  await command(office.as('specialist2'), code, 'appraise')
  expect((await command(office.as('specialist2'), code, 'submit-for-approval')).state).toBe('pending-approval')
})
