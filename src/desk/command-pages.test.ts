import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '#src/casework/commands.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'

let database: TestDatabase
let office: Office
let app: TestApp
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  // Sessions are opened by the clock that the application reads.
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
})
afterAll(() => database.close())

function sit(username: string): Promise<Client> {
  return signedInAs(app, office.as(username).actor as Officer)
}

/** Opens a command's page as this officer, and posts it with what the page holds and what is typed over it. */
async function carryOut(username: string, ref: string, type: string, typed: Record<string, string> = {}) {
  const client = await sit(username)
  const path = `/ho-so/${ref}/lam/${type}`
  const shown = await client.get(path)
  expect(shown.status, `${username} opens ${type}: ${shown.text.slice(-600)}`).toBe(200)
  return client.post(path, { ...fieldsOf(shown.text), ...typed })
}

async function received(change: Record<string, unknown> = {}): Promise<string> {
  office.clock.set(MONDAY)
  return (await receiveBirth(office.as('intake'), change)).code ?? ''
}

test('a dossier goes from the desk to the result through plain pages, without script', async () => {
  const code = await received()
  const steps: [by: string, type: string, typed: Record<string, string>][] = [
    ['leader', 'assign', { assignee: 'specialist' }],
    ['specialist', 'appraise', { note: 'Đủ giấy tờ' }],
    ['specialist', 'submit-for-approval', {}],
    ['leader', 'approve', {}],
    ['clerk', 'sign-result', { number: '12/GKS' }],
    ['clerk', 'result-ready', {}],
    ['intake', 'hand-over', {}],
  ]
  for (const [by, type, typed] of steps) {
    const answer = await carryOut(by, code, type, typed)
    expect([type, answer.status, answer.location]).toEqual([type, 303, `/ho-so/${code}?xong=${type}`])
  }
  expect((await (await sit('intake')).get(`/ho-so/${code}?xong=no-such`)).status).toBe(200)
  const page = await (await sit('intake')).get(`/ho-so/${code}?xong=hand-over`)
  expect(page.text).toContain('Đã ghi nhận: Trả kết quả')
  expect(page.text).toContain('12/GKS')
  expect(page.text).toContain('Trước hạn')
})

describe('every command has a page', () => {
  const states: [username: string, type: string, state: string, change?: Record<string, unknown>][] = [
    ['intake', 'correct', 'received'],
    ['intake', 'withdraw', 'received'],
    ['intake', 'note', 'received'],
    ['leader', 'extend', 'in-process'],
    ['leader', 'stop', 'in-process'],
    ['specialist', 'request-supplement', 'in-process'],
    ['specialist', 'pause', 'in-process'],
    ['leader', 'reject-back', 'pending-approval'],
  ]
  test.each(states)('%s opens %s', async (username, type, state) => {
    const code = await received()
    if (state !== 'received') await advanceTo(office, code, state)
    const page = await (await sit(username)).get(`/ho-so/${code}/lam/${type}`)
    expect(page.status).toBe(200)
    const label = commands.find(one => one.type === type)?.label[0] ?? '?'
    expect(page.text).toContain(`<h1>${label}</h1>`)
  })
})

test('a supplement stops the clock, its answer through the desk moves the due time by the pause', async () => {
  const code = await received()
  await advanceTo(office, code, 'in-process')
  office.clock.set('2026-03-02T10:00:00+07:00')
  const asked = await carryOut('specialist', code, 'request-supplement', {
    'items.C3.component': 'C3',
    'items.C2.note': 'Bản đã nộp mờ',
    reason: 'Chưa đủ căn cứ',
  })
  expect(asked.status).toBe(303)
  const paused = await (await sit('intake')).get(`/ho-so/${code}`)
  expect(paused.text).toContain('Tạm dừng')
  expect(paused.text).toContain('Giấy chứng sinh: Bản đã nộp mờ')
  office.clock.set('2026-03-04T10:00:00+07:00')
  const answered = await carryOut('intake', code, 'answer-supplement', { 'components.C3.originals': '1' })
  expect(answered.status).toBe(303)
  const page = await (await sit('intake')).get(`/ho-so/${code}`)
  expect(page.text).toContain('Hạn ban đầu: 09:00 03/03/2026')
  expect(page.text).toContain('Hạn trả 09:00 05/03/2026')
})

test('a further request for supplement waits for a leader', async () => {
  const code = await received()
  await advanceTo(office, code, 'in-process')
  const ask = { 'items.C3.component': 'C3', reason: 'Thiếu' }
  await carryOut('specialist', code, 'request-supplement', ask)
  await carryOut('intake', code, 'answer-supplement', { 'components.C3.originals': '1' })
  const groundless = await carryOut('specialist', code, 'request-supplement', ask)
  expect(groundless.status).toBe(422)
  expect(groundless.text).toContain('căn cứ pháp lý')
  expect((await carryOut('specialist', code, 'request-supplement', { ...ask, legalGround: 'Điều 9' })).status).toBe(303)
  expect((await carryOut('leader', code, 'decline-supplement', { reason: 'Đã đủ' })).status).toBe(303)
  await carryOut('specialist', code, 'request-supplement', { ...ask, legalGround: 'Điều 9' })
  expect((await carryOut('leader', code, 'approve-supplement')).status).toBe(303)
})

test('waiting for payment stops the clock until the receipt is there', async () => {
  const code = await received()
  await advanceTo(office, code, 'in-process')
  const paused = await carryOut('specialist', code, 'pause', {
    notice: '12/TB',
    ground: 'Luật Đất đai',
    amount: '1.500.000',
  })
  expect(paused.status).toBe(303)
  expect((await (await sit('leader')).get(`/ho-so/${code}`)).text).toContain('1.500.000')
  expect((await carryOut('specialist', code, 'resume', { evidence: 'GNT 5' })).status).toBe(303)
})

test('an apology puts the deadline off and keeps the first promise in sight', async () => {
  const code = await received()
  await advanceTo(office, code, 'in-process')
  const sunday = await carryOut('leader', code, 'extend', { until: '2026-03-08', reason: 'Mất điện' })
  expect(sunday.status).toBe(422)
  expect(sunday.text).toContain('Ngày hẹn lại phải là ngày làm việc')
  expect(sunday.text).toContain('Mất điện')
  expect((await carryOut('leader', code, 'extend', { until: '2026-03-05', reason: 'Mất điện' })).status).toBe(303)
  const page = await (await sit('leader')).get(`/ho-so/${code}`)
  expect(page.text).toContain('Hạn ban đầu: 09:00 03/03/2026')
  expect(page.text).toContain('Hạn trả 17:00 05/03/2026')
})

test('a correction records only what was wrong, and refuses a number that cannot be', async () => {
  const code = await received()
  const wrong = await carryOut('intake', code, 'correct', { 'applicant.idNumber': '123', reason: 'Gõ nhầm' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Số giấy tờ không đúng')
  const right = await carryOut('intake', code, 'correct', { 'applicant.name': 'Nguyễn Văn Anh', reason: 'Gõ nhầm' })
  expect(right.status).toBe(303)
  const event = await database.db
    .selectFrom('dossier_event')
    .select('payload')
    .where('type', '=', 'corrected')
    .executeTakeFirstOrThrow()
  expect(Object.keys((event.payload as unknown as { changes: object }).changes)).toEqual(['applicant'])
  const unchanged = await carryOut('intake', code, 'correct', { reason: 'Không có gì' })
  expect(unchanged.status).toBe(422)
  expect(unchanged.text).toContain('Chưa có thông tin nào được đính chính')
})

describe('two officers at one dossier', () => {
  test('the later one is told who did what, keeps what was typed, and can go on', async () => {
    const code = await received()
    await advanceTo(office, code, 'in-process')
    const client = await sit('specialist')
    const path = `/ho-so/${code}/lam/appraise`
    const fields = { ...fieldsOf((await client.get(path)).text), note: 'Ý kiến dài đã gõ' }
    await command(office.as('intake'), code, 'note', { text: 'Người nộp vừa gọi điện' })
    const conflict = await client.post(path, fields)
    expect(conflict.status).toBe(409)
    expect(conflict.text).toContain('Cán bộ intake')
    expect(conflict.text).toContain('Người nộp vừa gọi điện')
    expect(conflict.text).toContain('Ý kiến dài đã gõ')
    const again = await client.post(path, { ...fieldsOf(conflict.text) })
    expect(again.status).toBe(303)
  })

  test('a step that is no longer possible says so and offers no button', async () => {
    const code = await received()
    await advanceTo(office, code, 'pending-approval')
    const leader = await sit('leader')
    const path = `/ho-so/${code}/lam/approve`
    const fields = fieldsOf((await leader.get(path)).text)
    await command(office.as('leader2'), code, 'approve', {})
    const late = await leader.post(path, fields)
    expect(late.status).toBe(409)
    expect(late.text).toContain('không còn làm được')
  })

  test('one press repeated is one press', async () => {
    const code = await received()
    const client = await sit('leader')
    const path = `/ho-so/${code}/lam/assign`
    const fields = { ...fieldsOf((await client.get(path)).text), assignee: 'specialist' }
    const answers = await Promise.all([1, 2, 3].map(() => client.post(path, fields)))
    expect(answers.map(answer => answer.status)).toEqual([303, 303, 303])
    const row = await database.db.selectFrom('dossier').select('version').where('code', '=', code).executeTakeFirst()
    expect(row?.version).toBe(2)
  })
})

describe('who may not', () => {
  test('an officer of another commune finds nothing, by any address, and leaves no trace', async () => {
    const code = await received()
    const stranger = await sit('b.leader')
    for (const rest of ['', '/luot-xem', '/lam/assign', '/phieu/01.pdf', '/da-tiep-nhan', `/giay-to/${randomUUID()}`]) {
      expect((await stranger.get(`/ho-so/${code}${rest}`)).status, rest).toBe(404)
    }
    const views = await database.db
      .selectFrom('dossier_view')
      .selectAll()
      .where('actor', '=', actorOf('b.leader'))
      .execute()
    expect(views).toEqual([])
  })

  test('another role of the same agency is told it is not theirs', async () => {
    const code = await received()
    const clerk = await sit('clerk')
    const path = `/ho-so/${code}/lam/assign`
    expect((await clerk.get(path)).status).toBe(403)
    const fields = { assignee: 'specialist', commandId: randomUUID(), version: '1' }
    expect((await clerk.post(path, fields)).status).toBe(403)
  })

  test('a command that does not exist is a page that does not exist', async () => {
    const code = await received()
    expect((await (await sit('leader')).get(`/ho-so/${code}/lam/delete`)).status).toBe(404)
  })
})

function actorOf(username: string): string {
  return `officer:${(office.as(username).actor as Officer).accountId}`
}
