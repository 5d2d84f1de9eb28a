import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storePaper } from '#src/papers/store-paper.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'

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

const sit = (username: string): Promise<Client> => signedInAs(app, office.as(username).actor as Officer)
const PDF = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

async function received(change: Record<string, unknown> = {}): Promise<string> {
  office.clock.set(MONDAY)
  return (await receiveBirth(office.as('intake'), change)).code ?? ''
}

describe('the dossier page', () => {
  test('explains the due time day by day', async () => {
    const page = await (await sit('leader')).get(`/ho-so/${await received()}`)
    expect(page.text).toContain('Vì sao là 09:00 03/03/2026?')
    expect(page.text).toContain('Thứ Hai 02/03/2026')
    expect(page.text).toContain('tiếp nhận 09:00')
    expect(page.text).toContain('hết hạn 09:00')
  })

  test('names the year whose calendar is missing', async () => {
    office.clock.set('2026-12-31T16:00:00+07:00')
    const { code } = await receiveBirth(office.as('intake'))
    const page = await (await sit('leader')).get(`/ho-so/${code}`)
    expect(page.text).toContain('Hạn tạm tính')
    expect(page.text).toContain('2027')
  })

  test('tells the ledger with who did what, and that its chain holds', async () => {
    const code = await received()
    await command(office.as('intake'), code, 'note', { text: 'Người nộp hẹn quay lại' })
    const page = await (await sit('leader')).get(`/ho-so/${code}`)
    expect(page.text).toContain('Người nộp hẹn quay lại')
    expect(page.text).toContain('Chuỗi băm khớp đến 02/03 09:00')
  })

  test('says so when a byte of the ledger was changed by hand', async () => {
    const code = await received()
    const { id } = await database.db
      .selectFrom('dossier')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    await database.owner
      .updateTable('dossier_event')
      .set({ actor: 'officer:999' })
      .where('dossier_id', '=', id)
      .execute()
    expect((await (await sit('leader')).get(`/ho-so/${code}`)).text).toContain('Chuỗi băm KHÔNG khớp')
  })

  test('hides most of the ID number until asked', async () => {
    const page = await (await sit('leader')).get(`/ho-so/${await received()}`)
    expect(page.text).toContain('000••••••001')
  })

  test('offers the next step first, and what is seldom done behind a menu', async () => {
    const code = await received()
    const leader = await (await sit('leader')).get(`/ho-so/${code}`)
    expect(leader.text).toMatch(/class="button button-primary"[^>]*>Phân công</u)
    await advanceTo(office, code, 'in-process')
    const specialist = await (await sit('specialist')).get(`/ho-so/${code}`)
    expect(specialist.text).toMatch(/class="button button-primary"[^>]*>Ghi kết quả thẩm định</u)
    await command(office.as('specialist'), code, 'appraise', {})
    const again = await (await sit('specialist')).get(`/ho-so/${code}`)
    expect(again.text).toMatch(/class="button button-primary"[^>]*>Trình duyệt</u)
    expect((await (await sit('director')).get(`/ho-so/${code}`)).text).not.toContain('button-primary')
  })
})

describe('every opening is on record', () => {
  test('page, form and paper, with who and when', async () => {
    const paper = await storePaper(office.as('intake'), { blobs: app.services.blobs, name: 'quét.pdf', bytes: PDF })
    const code = await received({ papers: [{ id: paper.id, component: 'C2' }] })
    const leader = await sit('leader')
    await leader.get(`/ho-so/${code}`)
    await leader.get(`/ho-so/${code}/phieu/01.pdf`)
    await leader.get(`/ho-so/${code}/giay-to/${paper.id}`)
    const list = await (await sit('intake')).get(`/ho-so/${code}/luot-xem`)
    for (const what of ['Cán bộ leader', 'Trang hồ sơ', 'Mẫu 01', 'Tệp giấy tờ']) expect(list.text).toContain(what)
  })

  test('the list of views goes on page by page', async () => {
    const code = await received()
    const leader = await sit('leader')
    for (let i = 0; i < 51; i++) await leader.get(`/ho-so/${code}`)
    const first = await leader.get(`/ho-so/${code}/luot-xem`)
    const next = /href="([^"]*truoc=\d+)"/u.exec(first.text)?.[1] ?? ''
    const second = await leader.get(next)
    expect(second.text.match(/Trang hồ sơ/gu)).toHaveLength(1)
    expect(second.text).not.toContain('truoc=')
  })
})

describe('a paper', () => {
  test('is sent as a download that cannot run', async () => {
    const paper = await storePaper(office.as('intake'), {
      blobs: app.services.blobs,
      name: 'giấy "lạ".pdf',
      bytes: PDF,
    })
    const code = await received({ papers: [{ id: paper.id }] })
    const answer = await (await sit('leader')).get(`/ho-so/${code}/giay-to/${paper.id}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="giay la\.pdf"; filename\*=UTF-8''gi/u,
    )
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox')
  })

  test('of another dossier is not found', async () => {
    const paper = await storePaper(office.as('intake'), { blobs: app.services.blobs, name: 'a.pdf', bytes: PDF })
    await received({ papers: [{ id: paper.id }] })
    const other = await received()
    expect((await (await sit('leader')).get(`/ho-so/${other}/giay-to/${paper.id}`)).status).toBe(404)
  })
})

describe('forms', () => {
  test('exist when what they record has happened, and are nowhere before', async () => {
    const code = await received()
    const leader = await sit('leader')
    const statuses = async () => {
      const answers = await Promise.all(
        ['01', '02', '03', '04', '05', '06', '07'].map(n => leader.get(`/ho-so/${code}/phieu/${n}.pdf`)),
      )
      return answers.map(answer => answer.status)
    }
    expect(await statuses()).toEqual([200, 404, 404, 404, 404, 200, 200])
    await advanceTo(office, code, 'in-process')
    await command(office.as('specialist'), code, 'request-supplement', {
      items: [{ component: 'C3' }],
      reason: 'Thiếu',
    })
    await command(office.as('leader'), code, 'stop', { reason: 'Theo đề nghị', ground: 'Điều 9' })
    expect(await statuses()).toEqual([200, 200, 404, 404, 200, 200, 200])
    expect((await leader.get(`/ho-so/${code}/phieu/02.pdf?lan=1`)).status).toBe(200)
    expect((await leader.get(`/ho-so/${code}/phieu/02.pdf?lan=2`)).status).toBe(404)
  })

  test('are those of the set in force on the day of reception', async () => {
    office.clock.set('2025-06-16T09:00:00+07:00')
    const { code } = await receiveBirth(office.as('intake'))
    office.clock.set(MONDAY)
    const answer = await (await sit('intake')).get(`/ho-so/${code}`)
    expect(answer.text).toContain('/phieu/05.pdf')
    expect(answer.text).not.toContain('/phieu/07.pdf')
  })

  test('open in the browser under a name that says what they are', async () => {
    const code = await received()
    const slip = await (await sit('intake')).get(`/ho-so/${code}/phieu/01.pdf`)
    expect(slip.headers.get('Content-Type')).toBe('application/pdf')
    expect(slip.headers.get('Content-Disposition')).toContain(`inline; filename="${code}-mau-01.pdf"`)
  })
})
