import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { foldFacts } from '#src/facts/fold-facts.ts'
import { RecordGuidance } from '#src/guidance/guidance.ts'
import { recordGuidance } from '#src/guidance/record-guidance.ts'
import type { Citizen, Officer } from '#src/platform/ctx.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { AskedParams } from '#src/reports/asked.ts'
import type { ReportKind, ReportPage, ReportTable, TableKind } from '#src/reports/report.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { internal } from '#src/statutory/other-forms.query.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { apologies } from './apologies.query.ts'
import { fees } from './fees.query.ts'
import { guidanceReport } from './guidance-report.query.ts'
import { lateWithoutApology } from './late-dossiers.query.ts'
import { postHome } from './post-home.query.ts'
import { refusalReasons } from './refusal-reasons.query.ts'
import { supplementReasons } from './supplement-reasons.query.ts'
import { unfiledResults } from './unfiled-results.query.ts'

let database: TestDatabase
let office: Office
let silent: string

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await makeMarch()
}, 60_000)
afterAll(() => database.close())

const MARCH = { from: '2026-03-01', to: '2026-03-31' }
const askedOf = (kind: ReportKind, params: AskedParams = {}, who = 'control') => {
  const { role, agencyId } = office.as(who).actor as Officer
  return getAsked(office.as(who), kind, { ...MARCH, ...params }, { role, agencyId })
}
const read = async (kind: TableKind, params: AskedParams = {}, who = 'control') =>
  kind.read(office.as(who), await askedOf(kind, params, who))
const rowsOf = ({ rows }: ReportTable) => Object.fromEntries(rows.map(({ label, cells }) => [label, cells]))
const code = async (answer: Promise<{ code: string | null }>) => (await answer).code ?? ''

/** A month at a commune: papers asked for again, refusals, fees, post, and three dossiers that become late. */
async function makeMarch(): Promise<void> {
  await supplements()
  await refusals()
  await fee()
  await delays()
  office.clock.set('2026-04-01T08:00:00+07:00')
}

async function supplements(): Promise<void> {
  const [leader, specialist] = [office.as('leader'), office.as('specialist')]
  const ask = (ref: string, component: string, reason: string) =>
    command(specialist, ref, 'request-supplement', { items: [{ component, note: 'Bản rõ nét' }], reason })
  for (const reason of ['Giấy chứng sinh bị mờ', 'giấy chứng sinh bị MỜ']) {
    const ref = await code(receiveBirth(office.as('intake')))
    await command(leader, ref, 'assign', { assignee: 'specialist' })
    await ask(ref, 'C2', reason)
    await command(office.as('intake'), ref, 'answer-supplement')
    await advanceToReady(ref)
  }
  const intake = { ...birthIntake(), channel: 'online' as const, receivingPoint: 'H20.101' }
  const { name, idNumber, phone } = office.citizen.actor as Citizen
  const online = { ...intake, applicant: { ...intake.applicant, name, idNumber, phone } }
  const submitted = await submitDossier(office.citizen, online, randomUUID())
  await command(office.as('intake'), submitted.code, 'request-supplement', {
    items: [{ note: 'Giấy tờ khác' }],
    reason: 'Thiếu giấy tờ',
  })
  office.clock.set('2026-03-02T09:30:00+07:00')
}

async function advanceToReady(ref: string): Promise<void> {
  for (const [by, type, input] of [
    ['specialist', 'appraise', {}],
    ['specialist', 'submit-for-approval', {}],
    ['leader', 'approve', {}],
    ['clerk', 'sign-result', { number: '12/GKS', signer: 'Cán bộ leader' }],
    ['clerk', 'result-ready', {}],
    ['intake', 'hand-over', { method: 'post' }],
  ] as const) {
    await command(office.as(by), ref, type, input)
  }
}

async function refusals(): Promise<void> {
  for (const reason of ['Không thuộc thẩm quyền', 'không thuộc thẩm quyền', 'Giấy tờ giả']) {
    await refuseAtCounter(office.as('intake'), { intake: birthIntake(), reason }, randomUUID())
  }
}

async function fee(): Promise<void> {
  const copy = { procedure: '2.000815', components: [{ code: 'C1', originals: 1 }] }
  const receive = (more: object = {}, by = 'intake') =>
    receiveDossier(office.as(by), birthIntake({ ...copy, ...more }), randomUUID())
  const paid = await receive()
  await command(office.as('cashier'), paid.code, 'collect-fee', { receipt: 'BL-01', method: 'transfer' })
  const other = await receive()
  await command(office.as('cashier'), other.code, 'collect-fee', { receipt: 'BL-02' })
  await receive({ channel: 'post' }, 'postal')
  await receive({ feeExempt: true })
}

async function delays(): Promise<void> {
  office.clock.set('2026-03-09T09:00:00+07:00')
  const [told, late, kept] = [receiveBirth, receiveBirth, receiveBirth].map(receive => receive(office.as('intake')))
  const until = { until: '2026-03-11', reason: 'Hệ thống gián đoạn' }
  await command(office.as('leader'), await code(kept as never), 'extend', until)
  office.clock.set('2026-03-12T09:00:00+07:00')
  silent = await code(late as never)
  await command(office.as('leader'), await code(told as never), 'extend', { ...until, until: '2026-03-13' })
  await advanceTo(office, await code(told as never), 'result-ready')
}

describe('supplements', () => {
  test('are counted by paper as the procedure names it, each request once in the total', async () => {
    const table = await read(supplementReasons)
    expect(rowsOf(table)).toMatchObject({
      'Giấy chứng sinh': { requests: 2, appraisal: 2, intake: 0, dossiers: 2 },
      'Nội dung khác ngoài thành phần hồ sơ': { requests: 1, intake: 1, appraisal: 0 },
    })
    expect(table.total?.cells).toEqual({ requests: 3, intake: 1, appraisal: 2, dossiers: 3, repeated: 0 })
    expect(table.total?.hrefs?.appraisal).toContain('/bao-cao/ho-so?o=supplement_requested')
  })

  test('for the same reason stand together however it was typed', async () => {
    const rows = rowsOf(await read(supplementReasons, { by: 'reason' }))
    expect(Object.values(rows).map(cells => cells.requests)).toEqual([2, 1])
  })

  test('agree with what the facts count during appraisal', async () => {
    const table = await read(internal)
    expect(table.total?.cells).toMatchObject({ supplement_requested: 2, refused_at_intake: 3 })
  })
})

test('refusals are counted by reason, with those of the agency only for its leader', async () => {
  expect(rowsOf(await read(refusalReasons))).toMatchObject({
    'Giấy tờ giả': { refused: 1 },
  })
  const table = await read(refusalReasons)
  expect(table.rows.map(({ cells }) => cells.refused)).toEqual([2, 1])
  expect(table.total?.cells).toMatchObject({ refused: 3, online: 0, atDoor: 3 })
  expect((await read(refusalReasons, {}, 'b.leader')).total?.cells).toMatchObject({ refused: 0 })
})

test('fees are owed, paid and exempted by kind, and collected by way of payment', async () => {
  const table = await read(fees, { by: 'field' })
  expect(rowsOf(table)).toEqual({
    'Chứng thực': {
      ...{ dossiers: 4, phi: 0, lePhi: 60_000, owed: 60_000, exempt: 20_000, paid: 40_000, unpaid: 20_000 },
      ...{ receipts: 2, cash: 20_000, transfer: 20_000, card: 0, collected: 40_000 },
    },
  })
  expect(table.total?.cells).toEqual(table.rows[0]?.cells)
  const before = await read(fees, { to: '2026-03-01' })
  expect(before.total?.cells).toMatchObject({ owed: 0, collected: 0 })
})

test('what came by post and was sent back by post is counted at the desk that received it', async () => {
  const table = await read(postHome, { by: 'servicePoint' })
  expect(table.rows.length).toBeGreaterThan(0)
  expect(table.total?.cells).toMatchObject({ received: 9, post: 1, home: 0, returned: 2, byPost: 2 })
  const all = await read(ii06a)
  expect((all.total?.cells.c4 as number) + (all.total?.cells.c5 as number)).toBe(9)
})

test('guidance is counted by service point, way and topic', async () => {
  office.clock.set('2026-03-20T08:00:00+07:00')
  for (const [by, channel] of [
    ['intake', 'counter'],
    ['intake', 'call-in'],
    ['b.intake', 'counter'],
  ] as const) {
    await recordGuidance(office.as(by), RecordGuidance.parse({ channel, topic: 'fees' }))
  }
  office.clock.set('2026-04-01T08:00:00+07:00')
  const table = await read(guidanceReport)
  expect(table.rows.map(({ label, cells }) => [label, cells.total])).toEqual([
    ['Bộ phận một cửa, UBND xã Thanh Bình', 2],
    ['Bộ phận một cửa, UBND xã Tân Long', 1],
  ])
  expect(table.total?.cells).toMatchObject({ total: 3, counter: 2, 'call-in': 1, 'topic-fees': 3 })
  expect(rowsOf(await read(guidanceReport, { by: 'channel' }, 'leader'))).toMatchObject({ 'Trực tiếp': { total: 1 } })
})

test('results without their signed file are listed page by page, as many as are counted', async () => {
  const ctx = office.as('control')
  const asked = await askedOf(unfiledResults)
  const whole = await unfiledResults.page(ctx, asked, { after: null, limit: 50 })
  expect(whole.rows.length).toBeGreaterThan(2)
  expect(await unfiledResults.count(ctx, asked)).toBe(whole.rows.length)
  const found: string[] = []
  let after: string | null = null
  do {
    const page: ReportPage = await unfiledResults.page(ctx, asked, { after, limit: 1 })
    found.push(...page.rows.map(({ key }) => key))
    after = page.next
  } while (after)
  expect(found).toEqual(whole.rows.map(({ key }) => key))
})

describe('apologies', () => {
  test('are held against the dossiers that became late, before and after the facts are folded', async () => {
    const expected = { late: 3, apologised: 2, silent: 1, issued: 2, solvedLate: 0 }
    expect((await read(apologies)).total?.cells).toMatchObject(expected)
    await foldFacts(office.system)
    const table = await read(apologies)
    expect(table.total?.cells).toMatchObject(expected)
    expect(rowsOf(table)['UBND xã Thanh Bình']).toMatchObject(expected)
    expect(table.total?.hrefs).toMatchObject({ issued: expect.stringContaining('o=extended') })
  })

  test('missing are listed one by one, as many as the number says', async () => {
    const asked = await askedOf(lateWithoutApology)
    expect(await lateWithoutApology.count(office.as('control'), asked)).toBe(1)
    const page = await lateWithoutApology.page(office.as('control'), asked, { after: null, limit: 50 })
    expect(page).toMatchObject({ rows: [{ label: silent, hrefs: { label: `/ho-so/${silent}` } }], next: null })
    const foreign = lateWithoutApology.page(office.as('control'), asked, { after: '7-x', limit: 10 })
    await expect(foreign).rejects.toMatchObject({ code: 'cursor-unusable' })
    const elsewhere = await askedOf(lateWithoutApology, { by: 'own' })
    expect(await lateWithoutApology.count(office.as('control'), elsewhere)).toBe(0)
  })

  test('as of an earlier instant are those issued by then', async () => {
    const early = await read(apologies, { asOf: '2026-03-11T08:00:00+07:00' })
    expect(early.total?.cells).toMatchObject({ late: 2, apologised: 0, silent: 2, issued: 1 })
    const asked = await askedOf(lateWithoutApology, { asOf: '2026-03-11T08:00:00+07:00' })
    const first = await lateWithoutApology.page(office.as('control'), asked, { after: null, limit: 1 })
    const second = await lateWithoutApology.page(office.as('control'), asked, { after: first.next, limit: 1 })
    expect(new Set([...first.rows, ...second.rows].map(({ key }) => key)).size).toBe(2)
    expect(second.next).toBeNull()
  })
})
