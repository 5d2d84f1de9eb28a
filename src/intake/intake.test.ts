import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
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

const sit = (username: string): Promise<Client> => signedInAs(app, office.as(username).actor as Officer)

const person = {
  'applicant.name': 'Nguyễn Thị Sen',
  'applicant.idNumber': '087 190 001 234',
  'applicant.phone': '0912 345 678',
}
const PDF = new File(['%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'], 'giay-chung-sinh.pdf', {
  type: 'application/pdf',
})

async function openPage(client: Client, query = 'thu-tuc=1.001193'): Promise<Record<string, string>> {
  office.clock.set(MONDAY)
  const shown = await client.get(`/tiep-nhan?${query}`)
  expect(shown.status).toBe(200)
  return fieldsOf(shown.text)
}

async function dossiers(): Promise<number> {
  const rows = await database.db.selectFrom('dossier').select('id').execute()
  return rows.length
}

describe('the procedure', () => {
  test('is found by typing without accents, and by the island alike', async () => {
    const client = await sit('intake')
    expect((await client.get('/tiep-nhan?q=dang+ky+khai+sinh')).text).toContain('/tiep-nhan?thu-tuc=1.001193')
    const picks = (await client.get('/tiep-nhan/thu-tuc.json?q=khai+sinh')).json() as { code: string }[]
    expect(picks[0]?.code).toBe('1.001193')
  })

  test('that does not exist leads back to the search', async () => {
    const client = await sit('intake')
    expect((await client.get('/tiep-nhan?thu-tuc=9.999999')).text).toContain('Không tìm thấy thủ tục')
  })
})

describe('one press receives', () => {
  test('and shows code, due time, slip and the way to the next person', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const answer = await client.post('/tiep-nhan', { ...fields, ...person, do: 'tiep-nhan' })
    expect(answer.status).toBe(303)
    const done = await client.get(answer.location ?? '')
    expect(done.text).toMatch(/class="code-large">H20\.101-260302-\d{4}</u)
    expect(done.text).toContain('09:00 03/03/2026')
    expect(done.text).toContain('/phieu/01.pdf')
    const row = await database.db.selectFrom('dossier').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()
    expect(row).toMatchObject({ applicant_id_number: '087190001234', applicant_phone: '0912345678', state: 'received' })
  })

  test('pressed twice, with a scan, makes one dossier', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const before = await dossiers()
    const sent = { ...fields, ...person, do: 'tiep-nhan', 'scan.C2': PDF }
    const answers = await Promise.all([client.post('/tiep-nhan', sent), client.post('/tiep-nhan', sent)])
    expect(answers.map(answer => answer.status)).toEqual([303, 303])
    expect(answers[0]?.location).toBe(answers[1]?.location)
    expect(await dossiers()).toBe(before + 1)
  })

  test('an earlier page filled in again for the next person is asked about, and then received', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    await client.post('/tiep-nhan', { ...fields, ...person, do: 'tiep-nhan' })
    const next = {
      ...fields,
      ...person,
      'applicant.name': 'Trần Văn Hai',
      'applicant.idNumber': '087190009999',
      do: 'tiep-nhan',
    }
    const asked = await client.post('/tiep-nhan', next)
    expect(asked.status).toBe(409)
    expect(asked.text).toContain('Trần Văn Hai')
    const again = await client.post('/tiep-nhan', { ...fieldsOf(asked.text), do: 'tiep-nhan' })
    expect(again.status).toBe(303)
  })
})

describe('what is wrong', () => {
  test('is said at the field, with everything typed kept and uploaded files kept too', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const wrong = await client.post('/tiep-nhan', {
      ...fields,
      ...person,
      'applicant.idNumber': '12',
      'scan.C2': PDF,
      do: 'tiep-nhan',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('href="#f-applicant-idNumber"')
    expect(wrong.text).toContain('Nguyễn Thị Sen')
    expect(wrong.text).toContain('Đã tải lên: giay-chung-sinh.pdf')
    const right = await client.post('/tiep-nhan', {
      ...fieldsOf(wrong.text),
      'applicant.idNumber': '087190001234',
      do: 'tiep-nhan',
    })
    expect(right.status).toBe(303)
    const page = await client.get((right.location ?? '').replace('/da-tiep-nhan', ''))
    expect(page.text).toContain('giay-chung-sinh.pdf')
  })

  test('a count below nothing', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const { status, text } = await client.post('/tiep-nhan', {
      ...fields,
      ...person,
      'components.C2.originals': '-1',
      do: 'tiep-nhan',
    })
    expect(status).toBe(422)
    expect(text).toContain('Nhỏ nhất là 0.')
  })

  test('a required paper that is not there', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const before = await dossiers()
    const answer = await client.post('/tiep-nhan', {
      ...fields,
      ...person,
      'components.C2.originals': '',
      do: 'tiep-nhan',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Còn thiếu giấy tờ bắt buộc: Giấy chứng sinh')
    expect(await dossiers()).toBe(before)
  })

  test('a file that is not what its name says', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const lie = new File(['MZ not a scan'], 'quet.pdf', { type: 'application/pdf' })
    const answer = await client.post('/tiep-nhan', { ...fields, ...person, 'scan.C1': lie, do: 'tiep-nhan' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-scan-C1"')
  })

  test('a number that is no number', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const answer = await client.post('/tiep-nhan', {
      ...fields,
      ...person,
      'components.C1.originals': 'hai',
      do: 'tiep-nhan',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-components-C1-originals"')
  })
})

describe('a person known at this desk', () => {
  const known = {
    kind: 'citizen',
    name: 'Lê Văn Quen',
    idNumber: '087190007777',
    phone: '0907000777',
    address: 'Ấp Tân Đông',
  }

  test('is filled in by ID number, with where it comes from, and an earlier dossier of the same procedure is pointed at', async () => {
    office.clock.set(MONDAY)
    const { code } = await receiveBirth(office.as('intake'), { applicant: known })
    const client = await sit('intake')
    const fields = await openPage(client)
    const answer = await client.post('/tiep-nhan', { ...fields, 'applicant.idNumber': known.idNumber, do: 'tim' })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Lê Văn Quen')
    expect(answer.text).toContain(`Điền sẵn từ hồ sơ ${code}`)
    expect(answer.text).toContain(`href="/ho-so/${code}"`)
    const views = await database.db.selectFrom('dossier_view').select('via').where('via', '=', 'prefill').execute()
    expect(views).toHaveLength(1)
  })

  test('is unknown at another commune', async () => {
    const client = await sit('b.intake')
    const answer = await client.post('/tiep-nhan/nguoi.json', { so: known.idNumber, 'thu-tuc': '1.001193' })
    expect(answer.json()).toEqual({ known: null })
  })
})

describe('the other endings', () => {
  test('a draft is kept without a number, gone on with, and received', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const kept = await client.post('/tiep-nhan', { ...fields, ...person, 'components.C2.originals': '', do: 'nhap' })
    expect(kept.status).toBe(303)
    const ref = /D\d+/u.exec(kept.location ?? '')?.[0]
    const again = await openPage(client, `nhap=${ref}`)
    expect(again['applicant.name']).toBe('Nguyễn Thị Sen')
    const received = await client.post('/tiep-nhan', { ...again, 'components.C2.originals': '1', do: 'tiep-nhan' })
    expect(received.location).toMatch(/^\/ho-so\/H20\.101-260302-\d{4}\/da-tiep-nhan$/u)
  })

  test('a supplement needs its reason, and is recorded without a number', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const send = { ...fields, ...person, 'components.C2.originals': '', 'items.C2.component': 'C2', do: 'bo-sung' }
    const mute = await client.post('/tiep-nhan', send)
    expect(mute.status).toBe(422)
    expect(mute.text).toContain('href="#f-supplement-reason"')
    const asked = await client.post('/tiep-nhan', { ...send, 'supplement.reason': 'Thiếu giấy chứng sinh' })
    expect(asked.location).toMatch(/^\/ho-so\/D\d+\?xong=request-supplement$/u)
    const page = await client.get(asked.location ?? '')
    expect(page.text).toContain('phieu/02.pdf')
  })

  test('a refusal needs its reason', async () => {
    const client = await sit('intake')
    const fields = await openPage(client)
    const mute = await client.post('/tiep-nhan', { ...fields, ...person, do: 'tu-choi' })
    expect(mute.status).toBe(422)
    expect(mute.text).toContain('href="#f-refusal-reason"')
    const refused = await client.post('/tiep-nhan', {
      ...fields,
      ...person,
      'refusal.reason': 'Không thuộc thẩm quyền',
      do: 'tu-choi',
    })
    expect(refused.location).toMatch(/^\/ho-so\/D\d+\?xong=refuse$/u)
  })
})

describe('another case', () => {
  test('lists its papers before anything is received', async () => {
    const client = await sit('centre.intake')
    const fields = await openPage(client, 'thu-tuc=1.009994')
    expect(fields['components.C2.originals']).toBeUndefined()
    const moved = await client.post('/tiep-nhan', { ...fields, ...person, channel: 'post', do: 'tiep-nhan' })
    expect(moved.status).toBe(422)
    expect(moved.text).toContain('đã đổi theo trường hợp')
    expect((await client.post('/tiep-nhan', { ...fieldsOf(moved.text), do: 'tiep-nhan' })).status).toBe(303)
  })

  test('a commune’s procedure received at the centre needs the commune', async () => {
    const client = await sit('centre.intake')
    const fields = await openPage(client)
    const answer = await client.post('/tiep-nhan', { ...fields, ...person, do: 'tiep-nhan' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-competentAgency"')
    const chosen = await client.post('/tiep-nhan', {
      ...fields,
      ...person,
      competentAgency: 'H20.102',
      do: 'tiep-nhan',
    })
    expect(chosen.status).toBe(303)
  })
})

test('only those who take in papers see the page', async () => {
  for (const username of ['leader', 'specialist', 'director', 'admin']) {
    expect((await (await sit(username)).get('/tiep-nhan?thu-tuc=1.001193')).status, username).toBe(403)
  }
  const home = await openPage(await sit('home'))
  expect(home.channel).toBe('home')
})
