import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { passedSteps } from '#src/drawings/passed-steps.ts'
import type { Citizen, Ctx } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { standardProcess } from '#test/support/standard-process.ts'
import { findTrackedProcess } from './tracked-process.query.ts'
import { bySecret } from './tracking.query.ts'

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
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
  office.clock.set(MONDAY)
})
afterAll(() => database.close())

const OWN = { applicant: { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' } }
const LINK = 'Xem hồ sơ đang ở bước nào trong quy trình'

type Slip = { code: string; secret: string }

async function received(state?: string, change = {}): Promise<Slip> {
  const { code, trackingSecret: secret } = await receiveBirth(office.as('intake'), change)
  if (state) await advanceTo(office, code, state)
  return { code: code as string, secret }
}
const pathOf = ({ code, secret }: Slip) => `/tra-cuu/${code}/quy-trinh?m=${secret}`
const shown = async (slip: Slip) => (await client(app).get(pathOf(slip))).text
const viewsOf = ({ code }: Slip) =>
  run<{ actor: string; via: string }>(
    database.db,
    'SELECT v.actor, v.via FROM dossier_view v JOIN dossier d ON d.id = v.dossier_id WHERE d.code = $1',
    [code],
  )

describe('the process of a dossier, drawn for its citizen', () => {
  test('highlights the step it is at and ticks those behind it, under the names of its agencies', async () => {
    const slip = await received('pending-approval')
    const text = await shown(slip)
    expect(text).toContain('Hồ sơ đang ở bước <strong>Phê duyệt</strong>, tại UBND xã Thanh Bình.')
    expect(text).toContain('<b>Phê duyệt</b> — đang ở bước này')
    expect(text).toContain('<b>Thẩm định</b> — đã qua')
    expect(text).not.toContain('<b>Ký số, phát hành</b> —')
    expect(text.split('process-frame')).toHaveLength(2)
    expect(text).toContain('Bộ phận một cửa, UBND xã')
    expect(text).toContain(`href="/tra-cuu/${slip.code}?m=${slip.secret}"`)
    expect(text).not.toMatch(/Cán bộ (?!tiếp nhận)|% thời hạn|<script/u)
  })

  test('names the agencies of its process, and no formula', async () => {
    const { code, trackingSecret: secret } = await receiveBirth(office.as('centre.intake'), {
      procedure: '1.009994',
      components: ['C1', 'C2'].map(code => ({ code, originals: 1 })),
    })
    const text = await shown({ code: code as string, secret })
    for (const name of ['Sở Xây dựng', 'UBND xã Tân Long']) expect(text).toContain(name)
    expect(text).not.toMatch(/H20\.\d+<|<code>/u)
  })

  test('does not tell that work was sent back inside the office', async () => {
    const slip = await received('pending-approval')
    await command(office.as('leader'), slip.code, 'reject-back', { reason: 'Thiếu căn cứ' })
    const text = await shown(slip)
    expect(text).toContain('<b>Thẩm định</b> — đang ở bước này')
    expect(text).not.toContain('<b>Phê duyệt</b> — đã qua')
  })

  test('ends with every step passed and the state it ended in', async () => {
    const slip = await received('closed')
    const text = await shown(slip)
    expect(text).toContain('Hồ sơ không còn ở bước nào.')
    expect(text).not.toContain('process-frame')
    expect(text).toContain('<b>Phê duyệt</b> — đã qua')
    const tracking = await client(app).get(`/tra-cuu/${slip.code}?m=${slip.secret}`)
    expect(tracking.text).toContain('Xem hồ sơ đã qua những bước nào của quy trình')
  })

  test('is linked to from its page, and kept by no browser', async () => {
    const slip = await received()
    const tracking = await client(app).get(`/tra-cuu/${slip.code}?m=${slip.secret}`)
    expect(tracking.text).toContain(`<a href="${pathOf(slip)}">${LINK}</a>`)
    expect((await client(app).get(pathOf(slip))).headers.get('Cache-Control')).toContain('no-store')
  })

  test('is not found by a wrong secret, as the dossier is not, and only what is found is logged', async () => {
    const slip = await received()
    const wrong = { ...slip, secret: 'AAAAAAAA' }
    const [picture, tracking] = [
      await client(app).get(pathOf(wrong)),
      await client(app).get(`/tra-cuu/${slip.code}?m=AAAAAAAA`),
    ]
    expect(picture.status).toBe(404)
    expect(picture.text).toContain('Mã hồ sơ hoặc mã tra cứu chưa đúng')
    expect(picture.text.replace('%2Fquy-trinh', '')).toBe(tracking.text)
    const half = await client(app).get(`/tra-cuu/${slip.code}/quy-trinh`)
    expect(half.text).toContain(`value="${slip.code}"`)
    expect(await viewsOf(slip)).toEqual([])
    await shown(slip)
    expect(await viewsOf(slip)).toEqual([{ actor: 'visitor', via: 'track' }])
  })

  test('is known only once it has been received', async () => {
    const online = birthIntake({ channel: 'online' })
    const { code, trackingSecret: secret } = await submitDossier(office.as('intake'), online, crypto.randomUUID())
    const slip = { code: code as string, secret }
    expect(await shown(slip)).toContain('Quy trình được xác định khi hồ sơ được tiếp nhận.')
    const tracking = await client(app).get(`/tra-cuu/${slip.code}?m=${slip.secret}`)
    expect(tracking.text).not.toContain(pathOf(slip))
    expect(tracking.text).toContain('href="/thu-tuc/1.001193/quy-trinh"')
  })

  test('is one round trip a view', async () => {
    const slip = await received()
    const visitor: Ctx = { ...office.system, actor: { kind: 'visitor' } }
    await findTrackedProcess(visitor, bySecret(visitor, slip))
    let trips = 0
    const db = new Proxy(database.db, {
      get: (target, key) => {
        if (key === 'executeQuery') trips += 1
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }) as Db
    expect(await findTrackedProcess({ ...visitor, db }, bySecret(visitor, slip))).toBeDefined()
    expect(trips).toBe(1)
  })
})

describe('a signed-in citizen', () => {
  test('sees it of their own dossiers without the secret, and of no other', async () => {
    const [mine, other] = [await received('in-process', OWN), await received()]
    const path = `/cua-toi/${mine.code}/quy-trinh`
    expect((await citizen.get(`/cua-toi/${mine.code}`)).text).toContain(`<a href="${path}">${LINK}</a>`)
    const { text } = await citizen.get(path)
    expect(text).toContain('Hồ sơ đang ở bước <strong>Thẩm định</strong>')
    expect(text).toContain(`href="/cua-toi/${mine.code}"`)
    expect((await citizen.get(`/cua-toi/${other.code}/quy-trinh`)).status).toBe(404)
    expect((await citizen.get('/cua-toi/D999999/quy-trinh')).status).toBe(404)
    expect(await viewsOf(other)).toEqual([])
  })
})

describe('the steps behind a dossier', () => {
  test('are those it left, but for what lies ahead again', () => {
    const left = ['chuyen-ho-so', 'phan-cong', 'tham-dinh', 'phe-duyet']
    expect([...passedSteps(standardProcess(), left, 'tham-dinh')]).toEqual(['chuyen-ho-so', 'phan-cong'])
    expect([...passedSteps(standardProcess(), left, null)]).toEqual(left)
  })
})
