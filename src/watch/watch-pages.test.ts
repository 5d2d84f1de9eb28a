import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from '../../test/support/office.ts'
import { detectDelays } from './detect-delays.ts'
import { draftApologies } from './draft-apologies.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let late: string
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = testApp(database.db)
  late = (await receiveBirth(office.as('intake'))).code as string
  await advanceTo(office, late, 'in-process')
  office.clock.set('2026-03-05T09:00:00+07:00')
  await detectDelays(office.system)
  await draftApologies(office.system)
})
afterAll(() => database.close())
beforeEach(() => app.clock.set('2026-03-05T09:00:00+07:00'))

const signedIn = (who: string): Promise<Client> => signedInAs(app, office.as(who).actor as Officer)
const send = async (who: string, method: string, path: string, body?: unknown) => {
  const headers = { Authorization: `Bearer ${await tokenFor(app, office.as(who).actor as Officer)}` }
  return client(app).send(method, path, body, headers)
}

describe('the pages', () => {
  test('show what is late and by whom, to the agency and to the province, and to no other agency', async () => {
    for (const who of ['leader', 'director']) {
      const { text } = await (await signedIn(who)).get('/canh-bao?xem=late')
      expect(text).toContain(`href="/ho-so/${late}"`)
      expect(text).toMatch(/Quá hạn từ 09:00 03\/03\/2026/u)
      expect(text).toContain('UBND xã Thanh Bình, vượt quy trình')
    }
    expect((await (await signedIn('b.leader')).get('/canh-bao')).text).not.toContain(late)
    expect((await (await signedIn('leader')).get('/canh-bao?xem=all')).text).toContain('Quá hạn')
  })

  test('lead the leader to the extension with everything filled in', async () => {
    const { text } = await (await signedIn('leader')).get('/xin-loi')
    expect(text).toContain(`/ho-so/${late}/lam/extend?until=2026-03-10&amp;reason=`)
    const filled = await (await signedIn('leader')).get(
      `/ho-so/${late}/lam/extend?until=2026-03-10&reason=L%C3%BD+do&other=x`,
    )
    expect(filled.text).toMatch(/value="2026-03-10"/u)
    expect(filled.text).toContain('>Lý do</textarea>')
    expect((await (await signedIn('control')).get('/xin-loi')).text).not.toContain('/lam/extend')
  })

  test('send a slip from chosen warnings, show it, take its answer', async () => {
    const director = await signedIn('director')
    const form = (await director.get(`/don-doc/moi?ho-so=${late}`)).text
    expect(form).toContain('<option value="H20.101"')
    expect(form).toContain('value="24"')
    expect(form).toContain('tình trạng lúc 09:00 05/03/2026')
    const own = (await (await signedIn('leader')).get(`/don-doc/moi?ho-so=${late}`)).text
    expect(own).toContain('Không có cơ quan nào khác')
    const wrong = await director.post('/don-doc', { dossiers: [late], to: 'H20.101', text: '' })
    expect([wrong.status, wrong.text.includes('Hãy nhập nội dung đôn đốc')]).toEqual([422, true])
    expect(wrong.text).toContain(late)
    const sent = await director.post('/don-doc', { dossiers: [late], to: 'H20.101', text: 'Dòng một\nDòng hai' })
    expect(sent.status).toBe(303)
    const leader = await signedIn('leader')
    const slip = (await leader.get(sent.location ?? '')).text
    expect(slip).toContain('1/2026/PĐĐ-H20.01')
    expect(slip).toContain('<p>Dòng hai</p>')
    expect(slip).toContain('tình trạng lúc 09:00 05/03/2026')
    expect(slip).toMatch(/Bước đang xử lý.*Hạn của bước.*Hẹn trả/su)
    expect(slip).toMatch(/Thẩm định.*Thanh Bình · từ 09:00 02\/03\/2026.*Quá hạn \d.*Quá hạn 2 ngày/su)
    const answered = await leader.post(`${sent.location}/tra-loi`, { answer: 'Trả trong ngày' })
    expect(answered.status).toBe(303)
    const again = await leader.post(`${sent.location}/tra-loi`, { answer: 'Trả trong tuần' })
    expect([again.status, again.location]).toEqual([303, sent.location])
    expect((await leader.get(sent.location ?? '')).text).not.toContain('Trả trong tuần')
    expect((await director.get(sent.location ?? '')).text).toContain('Đã trả lời')
    expect((await (await signedIn('b.leader')).get(sent.location ?? '')).status).toBe(404)
  })

  test('tell what is out of the ordinary in a period that makes sense', async () => {
    const control = await signedIn('control')
    expect((await control.get('/bat-thuong')).status).toBe(200)
    const wrong = await control.get('/bat-thuong?from=2026-03-05&to=2026-03-01')
    expect([wrong.status, wrong.text.includes('từ 1 đến 92 ngày')]).toEqual([422, true])
  })
})

describe('the API', () => {
  test('lists open warnings with their cause', async () => {
    const answer = await send('leader', 'GET', '/api/v1/alerts?view=late')
    expect(answer.json()).toMatchObject({
      items: [{ dossier: late, subject: 'dossier', late: true, open: true, cause: { agency: { code: 'H20.101' } } }],
      next: null,
    })
    const all = (await send('director', 'GET', '/api/v1/alerts?view=all&limit=2')).json() as {
      items: unknown[]
      next: string
    }
    expect([all.items.length, typeof all.next]).toEqual([2, 'string'])
  })

  test('sends one slip for one key and takes its answer', async () => {
    const body = { to: 'H20.101', dossiers: [late], text: 'Đề nghị báo cáo.', answerHours: 4 }
    const headers = {
      Authorization: `Bearer ${await tokenFor(app, office.as('control').actor as Officer)}`,
      'Idempotency-Key': 'slip-1-of-control',
    }
    const [one, two] = [1, 2].map(() => client(app).send('POST', '/api/v1/reminders', body, headers))
    const made = (await one)?.json() as { id: number }
    expect((await two)?.json()).toEqual(made)
    expect(made).toMatchObject({ answerBy: '2026-03-05T06:00:00.000Z', state: 'waiting', dossiers: [late] })
    const answered = await send('leader', 'POST', `/api/v1/reminders/${made.id}/answer`, { answer: 'Xong' })
    expect(answered.json()).toMatchObject({ state: 'answered', answer: { by: 'Cán bộ leader' } })
    const again = await send('leader', 'POST', `/api/v1/reminders/${made.id}/answer`, { answer: 'Xong' })
    expect([again.status, again.json()]).toMatchObject([409, { code: 'reminder-answered' }])
  })

  test('lists apologies, anomalies and rules, and changes a rule', async () => {
    const drafts = await send('leader', 'GET', '/api/v1/apology-drafts?state=open')
    expect(drafts.json()).toMatchObject({ items: [{ dossier: late, until: '2026-03-10' }] })
    expect((await send('leader', 'GET', '/api/v1/anomalies')).status).toBe(200)
    expect((await send('leader', 'GET', '/api/v1/anomalies?from=2025-01-01')).status).toBe(422)
    const rule = { moment: 'after', amount: 2, unit: 'hours', escalateTo: 'above', ground: '1/QĐ', from: '2026-03-09' }
    const changed = await send('control', 'PUT', '/api/v1/warning-rules/step-late-above', rule)
    expect(changed.json()).toMatchObject({
      items: [
        { amount: 16, validTo: '2026-03-09' },
        { amount: 2, validTo: null },
      ],
    })
    const rules = (await send('intake', 'GET', '/api/v1/warning-rules')).json() as { items: unknown[] }
    expect(rules.items).toHaveLength(13)
  })
})
