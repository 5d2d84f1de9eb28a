import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { birthIn, receivePermit } from '#test/support/births-and-permits.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { dossierOf } from '#test/support/find-dossier.ts'
import { advanceTo, at, birthIntake, command, MONDAY, makeOffice, type Office } from '#test/support/office.ts'
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
const DELAY = { reason: 'Cần xác minh tại nơi cư trú cũ' }
const NOTICE = { notice: 'TB 15/2026', ground: 'Khoản 3 Điều 13 Nghị định 101/2024/NĐ-CP' }

describe('an extension', () => {
  const extend = (code: string, until: string) => command(office.as('leader'), code, 'extend', { until, ...DELAY })

  test('into a year nobody means is a slip of the pen', async () => {
    const code = await birthIn(office, 'in-process')
    await expect(extend(code, '2062-03-06')).rejects.toMatchObject({ code: 'until-too-late', field: 'until' })
    expect((await extend(code, '2028-02-29')).dueAt).toEqual(at('2028-02-29T17:00'))
  })

  test('puts the promise off to the close of a working day, with an apology on record, and keeps the first promise', async () => {
    const code = await birthIn(office, 'in-process')
    expect((await extend(code, '2026-03-06')).dueAt).toEqual(at('2026-03-06T17:00'))
    expect(await dossierOf(office, code)).toMatchObject({
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
    const code = await birthIn(office, 'in-process')
    await extend(code, '2026-03-06')
    await expect(extend(code, '2026-03-10')).rejects.toMatchObject({ kind: 'conflict', code: 'extension-used-up' })
    expect((await dossierOf(office, code)).dueAt).toEqual(at('2026-03-06T17:00'))
  })

  test('goes to a working day later than the present promise', async () => {
    const code = await birthIn(office, 'in-process')
    await expect(extend(code, '2026-03-07')).rejects.toMatchObject({ code: 'until-not-working-day', field: 'until' })
    await expect(extend(code, '2026-03-02')).rejects.toMatchObject({ code: 'until-not-later', field: 'until' })
    expect((await extend(code, '2026-03-03')).dueAt).toEqual(at('2026-03-03T17:00'))
  })

  test('granted in the evening cannot promise the closing time that has passed', async () => {
    const code = await birthIn(office, 'in-process')
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
    const { code } = await receivePermit(office)
    expect((await dossierOf(office, code)).dueAt).toEqual(at('2026-03-23T10:00'))
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
    const code = await birthIn(office, 'in-process')
    now('2026-03-02T10:20')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    expect(await dossierOf(office, code)).toMatchObject({
      state: 'financial-obligation',
      pausedAt: at('2026-03-02T10:20'),
    })
    now('2026-03-06T15:05')
    const resumed = await command(office.as('cashier'), code, 'resume', { evidence: 'GNT 0012' })
    // 80 minutes were used up on Monday; of the other 400, 115 fit into Friday afternoon and the rest follow on Monday.
    expect(resumed.dueAt).toEqual(at('2026-03-09T13:45'))
    expect((await dossierOf(office, code)).adjustments).toMatchObject([
      { kind: 'pause', reason: 'financial-obligation', legalGround: NOTICE.ground, to: at('2026-03-09T13:45') },
    ])
  })

  test('over a night costs the office nothing and gives it nothing', async () => {
    const code = await birthIn(office, 'in-process')
    now('2026-03-02T17:00')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    now('2026-03-03T07:30')
    const resumed = await command(office.as('specialist'), code, 'resume', { evidence: 'GNT 0013' })
    expect(resumed.dueAt).toEqual(at('2026-03-03T09:00'))
  })

  test('needs the notice and its ground, from the specialist who works on it', async () => {
    const code = await birthIn(office, 'in-process')
    const colleague = command(office.as('specialist2'), code, 'pause', NOTICE)
    await expect(colleague).rejects.toMatchObject({ code: 'wrong-state' })
    const leader = command(office.as('leader'), code, 'pause', NOTICE)
    await expect(leader).rejects.toMatchObject({ kind: 'forbidden' })
    const groundless = async () => command(office.as('specialist'), code, 'pause', { notice: 'TB 15/2026' })
    await expect(groundless()).rejects.toMatchObject({ name: 'ZodError' })
  })

  test('after an extension moves the new promise, to the second', async () => {
    const code = await birthIn(office, 'in-process')
    await command(office.as('leader'), code, 'extend', { until: '2026-03-06', ...DELAY })
    office.clock.set('2026-03-05T15:59:31+07:00')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    office.clock.set('2026-03-06T08:29:41+07:00')
    const once = await command(office.as('specialist'), code, 'resume', { evidence: 'GNT 0014' })
    // One hour and 29 seconds of Thursday and 59 minutes 41 seconds of Friday stood still.
    expect(once.dueAt).toEqual(new Date('2026-03-09T09:30:10+07:00'))
    expect((await dossierOf(office, code)).originalDueAt).toEqual(at('2026-03-03T09:00'))
  })

  test('ends when the dossier ends', async () => {
    const code = await birthIn(office, 'in-process')
    await command(office.as('specialist'), code, 'pause', NOTICE)
    now('2026-03-03T10:00')
    await command(office.as('intake'), code, 'withdraw', { reason: 'Người nộp xin rút' })
    expect(await dossierOf(office, code)).toMatchObject({
      state: 'withdrawn',
      pausedAt: null,
      pauses: [{ from: at('2026-03-02T09:00'), to: at('2026-03-03T10:00') }],
    })
  })
})

describe('a dossier due on Tuesday at 09:00', () => {
  const signed = () => birthIn(office, 'signed')

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
    expect(await dossierOf(office, code)).toMatchObject({ judgement, readyAt: new Date(`${ready}+07:00`) })
  })

  test('is not judged again when the result is collected weeks later', async () => {
    const code = await signed()
    await command(office.as('clerk'), code, 'result-ready')
    now('2026-04-20T09:00')
    await command(office.as('intake'), code, 'hand-over', { collector: 'Trần Thị Bé', relation: 'vợ' })
    expect(await dossierOf(office, code)).toMatchObject({
      judgement: 'early',
      state: 'closed',
      readyAt: at('2026-03-02T09:00'),
    })
  })

  test('is judged by the extended promise, not the first one', async () => {
    const code = await birthIn(office, 'in-process')
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
    expect(await dossierOf(office, code)).toMatchObject({ judgement: 'on-time', originalDueAt: at('2026-03-03T09:00') })
  })
})

test('a dossier of a procedure without a term is never early or late', async () => {
  const intake = birthIntake({ procedure: '2.000815', components: [{ code: 'C1', copies: 1 }] })
  const { code, dueAt } = await receiveDossier(office.as('intake'), intake, randomUUID())
  expect(dueAt).toBeNull()
  const extend = command(office.as('leader'), code, 'extend', { until: '2026-03-06', ...DELAY })
  await expect(extend).rejects.toMatchObject({ code: 'wrong-state' })
  await advanceTo(office, code, 'result-ready')
  expect((await dossierOf(office, code)).judgement).toBe('no-term')
})
