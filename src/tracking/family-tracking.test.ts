import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Citizen } from '#src/platform/ctx.ts'
import { translator } from '#src/platform/text.ts'
import { readBook } from '#src/reports/tracking-book.query.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { workOff } from '#test/support/jobs.ts'
import { command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { interconnectedProcess, permitProcess, putInForce } from '#test/support/processes.ts'
import { listOwnDossiers } from './own-dossiers.query.ts'
import { findTracked } from './tracking.query.ts'
import { type Tracking, trackingOf } from './tracking.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let citizen: Client
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
  const { accountId } = office.citizen.actor as Citizen
  citizen = await signedInAs(app, { accountId, assignmentId: null })
  await putInForce(office.system, { key: 'lien-thong', procedure: '1.001193', process: interconnectedProcess() })
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
})
afterAll(() => database.close())

const OWN = { applicant: { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' } }

type Slip = { code: string; secret: string }
type Told = { slip: Slip; tracking: Tracking; permit: string; copy: string }

async function track(slip: Slip): Promise<Tracking> {
  const found = await findTracked({ ...office.system, actor: { kind: 'visitor' } }, slip)
  if (!found) throw new Error(`${slip.code} is not found`)
  return trackingOf(found.facts, { ...found, now: office.clock.now() }, translator('vi'))
}

/** A birth registered at 10:00, its permit now waited for at the department. */
async function interconnected(): Promise<Told> {
  office.clock.set(MONDAY)
  const { code, trackingSecret: secret } = await receiveBirth(office.as('intake'), OWN)
  office.clock.set('2026-03-02T10:00:00+07:00')
  await command(office.as('specialist'), code, 'complete-step', { outcome: 'da-dang-ky' })
  await workOff(office.system)
  const slip = { code: code as string, secret }
  const tracking = await track(slip)
  const [copy, permit] = tracking.children.map(child => child.code as string)
  return { slip, tracking, permit: permit as string, copy: copy as string }
}

describe('an interconnected dossier is told to its citizen as one', () => {
  test('with who holds it now, since when and for what, and each part at another agency', async () => {
    const { slip, tracking } = await interconnected()
    const since = new Date('2026-03-02T10:00:00+07:00')
    expect(tracking).toMatchObject({
      code: slip.code,
      where: 'Sở Xây dựng',
      since,
      step: 'Cấp giấy phép tại Sở Xây dựng',
      children: [
        { agency: 'UBND xã Tân Long', where: 'UBND xã Tân Long', state: 'received' },
        { agency: 'Sở Xây dựng', where: 'Sở Xây dựng', since, step: 'Phân công thụ lý' },
      ],
    })
    const { text } = await client(app).get(`/tra-cuu/${slip.code}?m=${slip.secret}`)
    expect(text).toContain('Sở Xây dựng, từ 10:00 02/03/2026')
    expect(text).toContain('Phần việc ở cơ quan khác')
    expect(text).not.toContain('Cán bộ')
  })

  test('by one history over all agencies, in the order things happened', async () => {
    const { slip, permit } = await interconnected()
    await command(office.as('so.leader'), permit, 'assign', { assignee: 'so.specialist' })
    const field = { outcome: 'kiem-tra' }
    office.clock.set('2026-03-02T14:00:00+07:00')
    await command(office.as('so.specialist'), permit, 'complete-step', field)
    const { history } = await track(slip)
    expect(history.map(({ text, code }) => [text, code])).toEqual([
      ['UBND xã Thanh Bình tiếp nhận, cấp giấy hẹn', null],
      ['UBND xã Thanh Bình xong bước “Đăng ký khai sinh”', null],
      [expect.stringMatching(/^Mở hồ sơ liên thông: Chứng thực bản sao từ bản chính, H20\.102-/u), null],
      [expect.stringMatching(/^Mở hồ sơ liên thông: Cấp giấy phép xây dựng mới, H20\.11-/u), null],
      ['Sở Xây dựng giao chuyên viên giải quyết', permit],
      ['Sở Xây dựng xong bước “Thẩm định hồ sơ”', permit],
    ])
    const api = await client(app).get(`/api/v1/track/${slip.code}?secret=${slip.secret}`)
    expect(api.json()).toMatchObject({ children: [{}, { code: permit, where: 'UBND xã Thanh Bình' }] })
  })

  test('by whatever code of it they type, with the one tracking code of their slip', async () => {
    const { slip, permit } = await interconnected()
    expect((await track({ code: permit, secret: slip.secret })).code).toBe(slip.code)
    const { status, text } = await citizen.get(`/cua-toi/${permit}`)
    expect([status, text.includes(slip.code)]).toEqual([200, true])
  })

  test('once among their own dossiers, and once in the tracking book', async () => {
    const { slip, permit, copy } = await interconnected()
    const { dossiers } = await listOwnDossiers(office.citizen, office.citizen.actor as Citizen, null)
    const codes = dossiers.map(({ code }) => code)
    expect(codes).toContain(slip.code)
    expect(codes.filter(code => code === permit || code === copy)).toEqual([])
    const agencies = await database.db.selectFrom('agency').select('id').execute()
    const booked: string[] = []
    for (const { id } of agencies) {
      for await (const batch of readBook(office.system, { agencyId: id, from: '2026-03-02', to: '2026-03-02' })) {
        booked.push(...batch.map(({ code }) => code))
      }
    }
    expect(booked).toContain(slip.code)
    expect(booked.filter(code => code === permit || code === copy)).toEqual([])
  })

  test('with what another agency needs from them, to be brought to the door they know', async () => {
    const { slip, permit } = await interconnected()
    await command(office.as('so.leader'), permit, 'assign', { assignee: 'so.specialist' })
    await command(office.as('so.specialist'), permit, 'request-supplement', {
      items: [{ component: 'C2' }],
      reason: 'Chưa có bản vẽ',
    })
    const asked = await track(slip)
    expect(asked.next).toContain('mang các giấy tờ dưới đây đến Bộ phận một cửa, UBND xã Thanh Bình')
    expect(asked.supplement).toMatchObject({ reason: 'Chưa có bản vẽ', items: [{ name: 'Bản vẽ thiết kế xây dựng' }] })
    const brought = { components: [{ code: 'C2', originals: 1 }] }
    await command(office.as('intake'), permit, 'answer-supplement', brought)
    expect((await track(slip)).supplement).toBeNull()
  })
})

/** A certified copy begins with the opinions of both communes. */
const askedFirst = {
  ...permitProcess,
  start: 'y-kien',
  steps: permitProcess.steps.filter(({ key }) => key !== 'chuyen' && key !== 'phan-cong'),
}

test('agencies asked for an opinion are named, since when and who has answered, never their officers', async () => {
  office.clock.set(MONDAY)
  await putInForce(office.system, { key: 'chung-thuc', procedure: '2.000815', process: askedFirst })
  const copy = { procedure: '2.000815', components: [{ code: 'C1', originals: 1 }] }
  const { code, trackingSecret: secret } = await receiveBirth(office.as('intake'), copy)
  office.clock.set('2026-03-02T15:00:00+07:00')
  await command(office.as('b.specialist'), code, 'give-opinion', { answer: 'agree' })
  const tracking = await track({ code: code as string, secret })
  const since = new Date(MONDAY)
  const answeredAt = new Date('2026-03-02T15:00:00+07:00')
  expect(tracking).toMatchObject({
    where: 'UBND xã Thanh Bình',
    since,
    asked: [
      { agency: 'UBND xã Thanh Bình', since, answeredAt: null },
      { agency: 'UBND xã Tân Long', since, answeredAt },
    ],
  })
  expect(tracking.asked[0]?.until).toEqual(new Date('2026-03-03T09:00:00+07:00'))
  expect(tracking.history.map(({ text }) => text)).toContain('UBND xã Tân Long đã cho ý kiến')
})
