import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Citizen } from '#src/platform/ctx.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { receiveDossier } from './receive-dossier.ts'
import { requestSupplementAtCounter } from './request-supplement.ts'
import { submitDossier } from './submit-dossier.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())
beforeEach(() => office.clock.set(MONDAY))

const at = (local: string) => new Date(`${local}:00+07:00`)
const dossierOf = async (ref: string | null): Promise<Dossier> => {
  const found = await findDossier(office.system, ref ?? '')
  if (!found) throw new Error(`no dossier ${ref}`)
  return found
}
const MISSING = { items: [{ component: 'C3' }], reason: 'Thiếu văn bản ủy quyền' }
const GROUND = { legalGround: 'Điểm b khoản 3 Điều 17 Nghị định 61/2018/NĐ-CP' }

async function inProcess(change: Record<string, unknown> = {}): Promise<string> {
  const { code } = await receiveBirth(office.as('intake'), change)
  await advanceTo(office, code, 'in-process')
  return code as string
}

/** Asked for once and answered, so that any further request is the second of its stage. */
async function supplementedOnce(): Promise<string> {
  const code = await inProcess()
  await command(office.as('specialist'), code, 'request-supplement', MISSING)
  await command(office.as('intake'), code, 'answer-supplement', { components: [{ code: 'C3', copies: 1 }] })
  return code
}

const ONLINE = { channel: 'online', receivingPoint: 'H20.101' }
const submit = (change: Record<string, unknown>) => submitDossier(office.citizen, birthIntake(change), randomUUID())
const submitted = () => submit({ ...ONLINE, applicant: ownName() })
const ownName = () => {
  const { name, idNumber, phone } = office.citizen.actor as Citizen
  return { name, idNumber, phone }
}

describe('a supplement during appraisal', () => {
  test('goes out at once the first time, with every missing paper in one list, and stops the clock', async () => {
    const code = await inProcess()
    const items = [{ component: 'C2', note: 'bản rõ nét' }, { component: 'C3' }]
    await command(office.as('specialist'), code, 'request-supplement', { items, reason: 'Giấy chứng sinh bị mờ' })
    const dossier = await dossierOf(code)
    expect(dossier).toMatchObject({ state: 'supplement-requested', pausedAt: at('2026-03-02T09:00') })
    expect(dossier.supplements).toMatchObject([
      {
        stage: 'appraisal',
        items: [
          { component: 'C2', note: 'bản rõ nét' },
          { component: 'C3', note: '' },
        ],
        approvedBy: null,
        answeredAt: null,
      },
    ])
    const again = command(office.as('specialist'), code, 'request-supplement', MISSING)
    await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'wrong-state' })
  })

  test('is asked for a second time only with its legal ground', async () => {
    const code = await supplementedOnce()
    const bare = command(office.as('specialist'), code, 'request-supplement', MISSING)
    await expect(bare).rejects.toMatchObject({ code: 'second-supplement-needs-ground', field: 'legalGround' })
    expect((await dossierOf(code)).supplements).toHaveLength(1)
  })

  test('goes out a second time only when a leader approves, and the clock runs until then', async () => {
    const code = await supplementedOnce()
    await command(office.as('specialist'), code, 'request-supplement', { ...MISSING, ...GROUND })
    expect(await dossierOf(code)).toMatchObject({ state: 'in-process', pausedAt: null })
    const byHimself = command(office.as('specialist'), code, 'approve-supplement')
    await expect(byHimself).rejects.toMatchObject({ kind: 'forbidden' })
    const goesOn = command(office.as('specialist'), code, 'appraise')
    await expect(goesOn).rejects.toMatchObject({ code: 'wrong-state' })
    office.clock.set('2026-03-02T10:15:00+07:00')
    await command(office.as('leader'), code, 'approve-supplement')
    const dossier = await dossierOf(code)
    expect(dossier).toMatchObject({ state: 'supplement-requested', pausedAt: at('2026-03-02T10:15') })
    expect(dossier.supplements[1]).toMatchObject({
      ...GROUND,
      approvedBy: 'Cán bộ leader',
      items: [{ component: 'C3' }],
    })
  })

  test('declined by the leader goes on without it, and may be proposed again', async () => {
    const code = await supplementedOnce()
    await command(office.as('specialist'), code, 'request-supplement', { ...MISSING, ...GROUND })
    await command(office.as('leader'), code, 'decline-supplement', { reason: 'Giấy tờ này đã có trong hồ sơ' })
    expect(await dossierOf(code)).toMatchObject({ state: 'in-process', supplementProposal: null, pausedAt: null })
    const proposed = await command(office.as('specialist'), code, 'request-supplement', { ...MISSING, ...GROUND })
    expect(proposed.state).toBe('in-process')
  })

  test('is counted per stage: what was asked for before reception does not use it up', async () => {
    const { code } = await submitted()
    await command(office.as('intake'), code, 'request-supplement', MISSING)
    await command(office.as('intake'), code, 'answer-supplement', { components: [{ code: 'C3', originals: 1 }] })
    await command(office.as('intake'), code, 'receive')
    await advanceTo(office, code, 'in-process')
    const asked = await command(office.as('specialist'), code, 'request-supplement', MISSING)
    expect(asked.state).toBe('supplement-requested')
    expect((await dossierOf(code)).supplements.map(s => s.stage)).toEqual(['intake', 'appraisal'])
  })

  test('leaves papers brought again in their place on the list, and puts new ones after', async () => {
    const { code } = await submitted()
    const codes = async () => (await dossierOf(code)).components.map(line => line.code)
    const [first, ...others] = await codes()
    await command(office.as('intake'), code, 'request-supplement', MISSING)
    const components = [
      { code: 'C3', originals: 1 },
      { code: first, copies: 2 },
    ]
    await command(office.as('intake'), code, 'answer-supplement', { components })
    expect(await codes()).toEqual([first, ...others.filter(one => one !== 'C3'), 'C3'])
  })

  test('asks only for papers of the published list; anything else says in words what and why', async () => {
    const code = await inProcess()
    const ask = (items: unknown[]) =>
      command(office.as('specialist'), code, 'request-supplement', { items, reason: 'Thiếu' })
    await expect(ask([{ component: 'C3' }, { component: 'C9' }])).rejects.toMatchObject({
      code: 'component-unknown',
      field: 'items.1.component',
    })
    await expect(ask([{}])).rejects.toMatchObject({ code: 'item-needs-note', field: 'items.0.note' })
    expect(await dossierOf(code)).toMatchObject({ state: 'in-process', supplements: [] })
    expect((await ask([{ note: 'Kê khai lại mục 3 của tờ khai' }])).state).toBe('supplement-requested')
  })

  test('cannot be due before the day it is sent, by Vietnam’s calendar', async () => {
    office.clock.set('2026-03-03T06:30:00+07:00')
    const code = await inProcess()
    const ask = (answerBy: string) =>
      command(office.as('specialist'), code, 'request-supplement', { ...MISSING, answerBy })
    await expect(ask('2026-03-02')).rejects.toMatchObject({ code: 'answer-by-past', field: 'answerBy' })
    expect((await ask('2026-03-03')).state).toBe('supplement-requested')
  })

  test('is asked for by the specialist who works on the dossier, nobody else', async () => {
    const code = await inProcess()
    const colleague = command(office.as('specialist2'), code, 'request-supplement', MISSING)
    await expect(colleague).rejects.toMatchObject({ code: 'wrong-state' })
    const desk = command(office.as('intake'), code, 'request-supplement', MISSING)
    await expect(desk).rejects.toMatchObject({ code: 'wrong-state' })
    const leader = command(office.as('leader'), code, 'request-supplement', MISSING)
    await expect(leader).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('is answered under the same code and without paying again', async () => {
    const intake = birthIntake({ procedure: '2.000815', components: [{ code: 'C1', copies: 1 }] })
    const { code } = await receiveDossier(office.as('intake'), intake, randomUUID())
    await command(office.as('cashier'), code, 'collect-fee', { receipt: 'BL-0001' })
    await command(office.as('leader'), code, 'assign', { assignee: 'specialist' })
    await command(office.as('specialist'), code, 'request-supplement', { items: [{ component: 'C1' }], reason: 'Mờ' })
    const answered = await command(office.as('intake'), code, 'answer-supplement', {
      components: [{ code: 'C1', originals: 2 }],
    })
    expect(answered).toMatchObject({ code, state: 'in-process' })
    const dossier = await dossierOf(code)
    expect(dossier).toMatchObject({ finance: 'paid', components: [{ code: 'C1', originals: 2, copies: 0 }] })
    expect(dossier.supplements[0]?.answeredAt).toEqual(at('2026-03-02T09:00'))
    const twice = command(office.as('cashier'), code, 'collect-fee', { receipt: 'BL-0002' })
    await expect(twice).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('what is brought must be on the list too', async () => {
    const code = await inProcess()
    await command(office.as('specialist'), code, 'request-supplement', MISSING)
    const odd = command(office.as('intake'), code, 'answer-supplement', { components: [{ code: 'C9', originals: 1 }] })
    await expect(odd).rejects.toMatchObject({ code: 'component-unknown', field: 'components.0.code' })
    const twice = command(office.as('intake'), code, 'answer-supplement', {
      components: [
        { code: 'C3', originals: 1 },
        { code: 'C3', copies: 1 },
      ],
    })
    await expect(twice).rejects.toMatchObject({ code: 'component-twice' })
    expect((await dossierOf(code)).state).toBe('supplement-requested')
  })
})

describe('a supplement before reception', () => {
  test('at the counter starts no clock and uses up no number', async () => {
    office.clock.set('2026-03-10T09:00:00+07:00')
    const incomplete = birthIntake({ components: [{ code: 'C1', originals: 1 }] })
    const supplement = { items: [{ component: 'C2' }], reason: 'Chưa có giấy chứng sinh' }
    const turnedBack = await requestSupplementAtCounter(
      office.as('intake'),
      { intake: incomplete, supplement },
      randomUUID(),
    )
    expect(turnedBack).toMatchObject({ code: null, state: 'supplement-at-intake', receivedAt: null, dueAt: null })
    const other = await receiveBirth(office.as('intake'))
    expect(other.code).toBe('H20.101-260310-0001')
    const ref = `D${turnedBack.id}`
    office.clock.set('2026-03-12T14:00:00+07:00')
    const components = [
      { code: 'C1', originals: 1 },
      { code: 'C2', originals: 1 },
    ]
    const received = await command(office.as('intake'), ref, 'receive', { components })
    expect(received).toMatchObject({
      code: 'H20.101-260312-0001',
      state: 'received',
      receivedAt: at('2026-03-12T14:00'),
    })
    expect(received.dueAt).toEqual(at('2026-03-13T14:00'))
  })

  test('after an online submission keeps its code, starts no clock, and lets it be received once the papers are there', async () => {
    const { code } = await submitted()
    expect(code).toMatch(/^H20\.101-260302-\d{4}$/u)
    const asked = await command(office.as('intake'), code, 'request-supplement', MISSING)
    expect(asked).toMatchObject({ code, state: 'supplement-at-intake', dueAt: null })
    expect((await dossierOf(code)).pausedAt).toBeNull()
    const answered = await command(office.as('intake'), code, 'answer-supplement', {
      components: [{ code: 'C3', originals: 1 }],
    })
    expect(answered).toMatchObject({ code, state: 'submitted', dueAt: null })
    office.clock.set('2026-03-04T10:00:00+07:00')
    const received = await command(office.as('intake'), code, 'receive')
    expect(received).toMatchObject({ code, state: 'received', dueAt: at('2026-03-05T10:00') })
    expect((await dossierOf(code)).components.map(c => c.code)).toEqual(['C1', 'C2', 'C3'])
  })

  test('a second time waits for the leader of the desk, and nothing is received meanwhile', async () => {
    const { code } = await submitted()
    await command(office.as('intake'), code, 'request-supplement', MISSING)
    await command(office.as('intake'), code, 'answer-supplement')
    await command(office.as('intake'), code, 'request-supplement', { ...MISSING, ...GROUND })
    await expect(command(office.as('intake'), code, 'receive')).rejects.toMatchObject({ code: 'wrong-state' })
    const asked = await command(office.as('leader'), code, 'approve-supplement')
    expect(asked).toMatchObject({ state: 'supplement-at-intake', dueAt: null })
  })

  test('refused in the meantime leaves nothing waiting for a leader', async () => {
    const { code } = await submitted()
    await command(office.as('intake'), code, 'request-supplement', MISSING)
    await command(office.as('intake'), code, 'answer-supplement')
    await command(office.as('intake'), code, 'request-supplement', { ...MISSING, ...GROUND })
    await command(office.as('intake'), code, 'refuse', { reason: 'Không thuộc thẩm quyền' })
    expect(await dossierOf(code)).toMatchObject({ state: 'refused-at-intake', supplementProposal: null })
  })

  test('a fee paid with an online submission is not asked for again at reception', async () => {
    const { code } = await submit({
      ...ONLINE,
      procedure: '2.000815',
      applicant: ownName(),
      components: [{ code: 'C1', copies: 1 }],
    })
    await command(office.as('cashier'), code, 'collect-fee', { receipt: 'BL-0009', method: 'transfer' })
    await command(office.as('intake'), code, 'receive')
    expect((await dossierOf(code)).finance).toBe('paid')
  })
})

describe('a citizen', () => {
  test('files for themselves or as the representative, not in a stranger’s name', async () => {
    await expect(submit(ONLINE)).rejects.toMatchObject({ code: 'not-in-your-name', field: 'applicant.idNumber' })
    const { phone: _, ...representative } = ownName()
    expect((await submit({ ...ONLINE, representative })).state).toBe('submitted')
    expect((await submitted()).state).toBe('submitted')
  })

  test('does not waive their own fee', async () => {
    const waived = submit({ ...ONLINE, applicant: ownName(), procedure: '2.000815', components: [], feeExempt: true })
    await expect(waived).rejects.toMatchObject({ code: 'exemption-not-yours', field: 'feeExempt' })
  })
})

test('an answer by a clock that runs behind the one that asked ends the pause where it began', async () => {
  const code = await inProcess()
  const { dueAt } = await dossierOf(code)
  office.clock.set('2026-03-02T10:00:00+07:00')
  await command(office.as('specialist'), code, 'request-supplement', MISSING)
  office.clock.set('2026-03-02T09:59:59+07:00')
  const answered = await command(office.as('intake'), code, 'answer-supplement', {})
  expect(answered).toMatchObject({ state: 'in-process', dueAt })
  expect((await dossierOf(code)).pauses).toMatchObject([{ from: at('2026-03-02T10:00'), to: at('2026-03-02T10:00') }])
})
