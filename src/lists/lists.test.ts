import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'

let database: TestDatabase
let office: Office
let at: TestApp
const codes: Record<string, string> = {}

const person = (name: string, idNumber: string, phone: string) => ({ kind: 'citizen', name, idNumber, phone })

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  const receive = async (name: string, state: string | null, applicant: object) => {
    const { code } = await receiveBirth(office.as('intake'), { applicant })
    codes[name] = code ?? ''
    if (state) await advanceTo(office, code, state)
  }
  await receive('assign', null, person('Đặng Thị Mai', '087190000001', '0935000662'))
  await receive('process', 'in-process', person('Nguyễn Văn An', '087190000002', '0912000345'))
  await receive('paused', 'in-process', person('Phạm Quốc Huy', '087190000003', '0903000778'))
  await command(office.as('specialist'), codes.paused ?? '', 'request-supplement', {
    items: [{ component: 'C1', note: 'mờ' }],
    reason: 'Giấy tờ mờ',
  })
  await receive('ready', 'result-ready', person('Lê Thị Bích Ngọc', '087190000004', '0987000210'))
  const online = birthIntake({ channel: 'online', applicant: person('Võ Vũ', '087190000005', '0909000111') })
  codes.online = (await submitDossier(office.as('intake'), online, randomUUID())).code ?? ''
  await saveNewDraft(
    office.as('intake'),
    birthIntake({ applicant: person('Bùi Nháp', '087190000006', '0909000222') }),
    randomUUID(),
  )
  const elsewhere = { applicant: person('Người Khác', '087190000007', '0909000333') }
  codes.elsewhere = (await receiveBirth(office.as('b.intake'), elsewhere)).code ?? ''
  at.clock.set('2026-03-02T16:00:00+07:00')
})
afterAll(() => database.close())

const as = (username: string): Promise<Client> => signedInAs(at, office.as(username).actor as Officer)
const get = async (username: string, path: string) => (await as(username)).get(path)
/** Codes shown as row headers, in order. */
const shown = (html: string) => [...html.matchAll(/class="row-link" href="\/ho-so\/([^/"]+)/gu)].map(found => found[1])

describe('the work list', () => {
  test('of the desk holds what is to be received, continued or handed over', async () => {
    const { status, text } = await get('intake', '/viec')
    expect(status).toBe(200)
    expect(shown(text)).toEqual([codes.online, expect.stringMatching(/^D\d+$/u), codes.ready])
    expect(text).toContain('Chờ tiếp nhận 1')
    expect(text).toContain('Chờ trả kết quả 1')
    expect(shown((await get('postal', '/viec')).text)).toEqual(shown(text))
  })

  test('of the desk shows which papers it may be brought, asked for during appraisal and in a specialist’s hand', async () => {
    for (const username of ['intake', 'postal']) {
      const { text } = await get(username, '/viec?view=supplement')
      expect(shown(text), username).toEqual([codes.paused])
      expect(text).toContain('Chờ bổ sung 1')
      expect(text).toContain('Tất cả 3')
    }
    for (const username of ['b.intake', 'leader']) {
      expect(shown((await get(username, '/viec?view=supplement')).text), username).toEqual([])
    }
  })

  test('leads to the register only those who may read dossiers', async () => {
    for (const username of ['director', 'cashier'])
      expect((await get(username, '/viec')).text).toContain('href="/ho-so"')
    for (const username of ['admin', 'reform']) expect((await get(username, '/viec')).text).not.toContain('"/ho-so')
  })

  test('of a specialist holds their own, the most urgent first, with masked telephone numbers', async () => {
    const { text } = await get('specialist', '/viec')
    expect(shown(text)).toEqual([codes.process, codes.paused])
    expect(text).toContain('0912\u00a0•••\u00a0345')
    expect(text).not.toContain('0912000345')
    expect(text).toContain('Còn 2 giờ')
    expect(text).toContain('còn 1 ngày khi nối lại')
    expect(shown((await get('specialist2', '/viec')).text)).toEqual([])
    expect(shown((await get('specialist', '/viec?view=supplement')).text)).toEqual([codes.paused])
    expect(shown((await get('specialist', '/viec?view=overdue')).text)).toEqual([])
  })

  test('of another agency, and of roles that hold nothing, has none of it', async () => {
    for (const username of ['b.specialist', 'b.leader', 'director', 'control', 'admin', 'cashier']) {
      const { status, text } = await get(username, '/viec')
      expect(status, username).toBe(200)
      expect(text, username).not.toContain('H20.101-')
    }
  })

  test('knows only its own views', async () => {
    expect((await get('intake', '/viec?view=nothing')).status).toBe(422)
    expect((await get('intake', '/viec?cursor=abc')).status).toBe(422)
  })
})

describe('the register', () => {
  const found = async (query: string, username = 'leader') => shown((await get(username, `/ho-so?${query}`)).text)

  test.each([
    ['a name without diacritics', 'dang thi mai', 'assign'],
    ['a name with them', 'Đặng Thị Mai', 'assign'],
    ['a short name', 'vũ', 'online'],
    ['an ID number', '087190000003', 'paused'],
    ['part of a telephone number', '000210', 'ready'],
    ['name and number together', 'an 0912', 'process'],
  ])('finds by %s', async (_, q, name) => {
    expect(await found(`q=${encodeURIComponent(q)}`)).toEqual([codes[name]])
  })

  test('finds by code, part of it, and the address in the QR code', async () => {
    const code = codes.ready ?? ''
    expect(await found(`q=${code.toLowerCase()}`)).toEqual([code])
    expect(await found(`q=${code.slice(-11)}`)).toEqual([code])
    expect(await found(`q=${encodeURIComponent(`https://x.vn/tra-cuu/${code}?m=ABCD`)}`)).toEqual([code])
  })

  test('filters by state, procedure, channel, judgement and day of reception', async () => {
    expect(await found('state=supplement-requested')).toEqual([codes.paused])
    expect(await found('procedure=2.000815')).toEqual([])
    expect(await found('channel=online')).toEqual([codes.online])
    expect(await found('judgement=early')).toEqual([codes.ready])
    expect(await found('from=2026-03-02&to=2026-03-02')).toHaveLength(4)
    expect(await found('to=2026-03-01')).toEqual([])
    expect(await found('state=&q=&from=')).toHaveLength(6)
  })

  test('shows an officer the dossiers of their agency, the province’s overseers all, others none', async () => {
    expect(await found('q=nguoi khac')).toEqual([])
    expect(await found('q=nguoi khac', 'b.leader')).toEqual([codes.elsewhere])
    expect(await found('', 'so.leader')).toEqual([])
    expect(await found('', 'control')).toHaveLength(7)
    expect(await found('', 'reform')).toEqual([])
  })

  test('says at the field what is wrong with a filter', async () => {
    for (const [query, sentence] of [
      ['from=2026-03-05&to=2026-03-01', 'Đến ngày phải từ'],
      ['from=0001-01-01', 'Năm phải từ 2000'],
      ['procedure=khai+sinh', '1.001193'],
      ['state=lost', 'Hãy chọn'],
    ]) {
      const { status, text } = await get('leader', `/ho-so?${query}`)
      expect(status, query).toBe(422)
      expect(text, query).toContain(sentence)
    }
  })
})

describe('results to be handed over', () => {
  test('are listed for the desk and lead to the hand-over', async () => {
    const { text } = await get('home', '/tra-ket-qua')
    expect(text).toContain(`href="/ho-so/${codes.ready}/lam/hand-over"`)
    expect(shown(text)).toHaveLength(1)
    expect((await get('intake', '/tra-ket-qua?q=ngoc')).text).toContain(codes.ready ?? '')
    expect((await get('intake', '/tra-ket-qua?q=khong+ai')).text).toContain('Không có kết quả nào khớp')
  })

  test('open at once when the slip is scanned', async () => {
    const dossier = await findDossier(office.as('intake'), codes.ready ?? '')
    const scanned = `https://motcua.example/tra-cuu/${codes.ready}?m=${dossier?.trackingSecret}`
    const { status, location } = await get('intake', `/tra-ket-qua?q=${encodeURIComponent(scanned)}`)
    expect(status).toBe(303)
    expect(location).toBe(`/ho-so/${codes.ready}/lam/hand-over`)
  })

  test('that are not there yet are explained, and another agency’s are not told of', async () => {
    const { text } = await get('intake', `/tra-ket-qua?q=${codes.process}`)
    expect(text).toContain('chưa có kết quả để trả tại đây')
    expect(text).toContain('Đang giải quyết')
    expect((await get('intake', `/tra-ket-qua?q=${codes.elsewhere}`)).text).toContain('Không có kết quả nào khớp')
  })

  test('are for the desk only', async () => {
    for (const username of ['specialist', 'leader', 'director']) {
      expect((await get(username, '/tra-ket-qua')).status, username).toBe(403)
    }
    expect((await client(at).get('/tra-ket-qua')).location).toBe('/dang-nhap?next=%2Ftra-ket-qua')
  })
})

describe('GET /api/v1/dossiers', () => {
  test('goes through the whole list by cursor, each dossier once', async () => {
    const machine = await as('leader')
    const all: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await machine.get(`/api/v1/dossiers?limit=2${cursor && `&cursor=${cursor}`}`)
      const { items, next } = answer.json() as { items: { ref: string }[]; next: string | null }
      expect(items.length).toBeLessThanOrEqual(2)
      all.push(...items.map(item => item.ref))
      cursor = next
    }
    expect(new Set(all).size).toBe(6)
    expect(all).toHaveLength(6)
  })

  test('says of each dossier where it stands', async () => {
    const answer = await get('specialist', '/api/v1/dossiers?work=mine&state=supplement-requested')
    expect(answer.json()).toEqual({
      next: null,
      items: [
        {
          ref: codes.paused,
          code: codes.paused,
          state: 'supplement-requested',
          procedure: { code: '1.001193', name: 'Đăng ký khai sinh' },
          applicant: { name: 'Phạm Quốc Huy' },
          channel: 'counter',
          receivedAt: new Date(MONDAY).toISOString(),
          dueAt: '2026-03-03T02:00:00.000Z',
          originalDueAt: '2026-03-03T02:00:00.000Z',
          paused: true,
          provisional: false,
          holder: { agency: 'H20.101', role: 'specialist' },
          step: { name: 'Thẩm định', dueAt: '2026-03-02T07:30:00.000Z' },
          cause: null,
          parent: null,
          judgement: null,
          version: 3,
        },
      ],
    })
  })

  test('refuses parameters it does not know, and people who are no officers', async () => {
    for (const query of [
      'stat=closed',
      'limit=0',
      'limit=201',
      'work=all',
      'from=2026-13-01',
      'cursor=@@',
      'state=lost',
    ]) {
      const answer = await get('leader', `/api/v1/dossiers?${query}`)
      expect(answer.status, query).toBe(422)
      expect(answer.headers.get('Content-Type'), query).toContain('problem+json')
    }
    expect((await client(at).get('/api/v1/dossiers')).status).toBe(401)
  })
})
