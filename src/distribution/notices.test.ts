import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import { revokeDelegation } from '#src/delegations/revoke-delegation.ts'
import type { Officer } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { noticeHref, noticeText } from './notice-words.ts'

let database: TestDatabase
let office: Office
let at: TestApp
let code: string
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  at.clock.set('2026-03-02T10:00:00+07:00')
  code = (await receiveBirth(office.as('intake'))).code ?? ''
  await command(office.as('leader'), code, 'assign', { assignee: 'specialist' })
  await command(office.as('leader'), code, 'assign', { assignee: 'specialist2' })
})
afterAll(() => database.close())

const as = (username: string): Promise<Client> => signedInAs(at, office.as(username).actor as Officer)
type List = {
  items: { id: number; kind: string; text: string; readAt: string | null }[]
  next: string | null
  unread: number
}
const list = async (username: string, query = ''): Promise<List> =>
  (await (await as(username)).get(`/api/v1/notices${query}`)).json() as List

describe('who is given work, or loses it, is told', () => {
  test('by whom and which, with a number beside the bell, until they have read it', async () => {
    const { items, unread } = await list('specialist')
    expect(unread).toBe(2)
    expect(items.map(({ text }) => text)).toEqual([
      `Cán bộ leader đã chuyển bước “Thẩm định” của hồ sơ ${code} khỏi ông/bà.`,
      `Cán bộ leader giao cho ông/bà bước “Thẩm định” của hồ sơ ${code}.`,
    ])
    const specialist = await as('specialist')
    for (const path of ['/viec', '/ho-so', `/ho-so/${code}`, '/canh-bao']) {
      expect((await specialist.get(path)).text, path).toMatch(/bell-count">2</u)
    }
    const { text } = await specialist.get('/thong-bao')
    expect(text).toContain(`href="/ho-so/${code}"`)
    expect(text).toContain('2 thông báo chưa đọc')
    const read = await specialist.post('/thong-bao', { id: String(items[0]?.id) })
    expect(read.location).toBe('/thong-bao')
    expect((await list('specialist', '?unread=true')).items.map(({ id }) => id)).toEqual([items[1]?.id])
    await specialist.post('/thong-bao?all=yes', { upTo: String(items[0]?.id) })
    expect((await list('specialist')).unread).toBe(0)
    expect((await specialist.get('/viec')).text).not.toContain('bell-count')
    expect((await specialist.get('/thong-bao')).text).toContain('Không có thông báo chưa đọc')
    expect((await specialist.get('/thong-bao?all=yes')).text).toContain('2')
  })

  test('and nobody else: not who did it, and nobody reads or marks another’s', async () => {
    expect((await list('leader')).items).toEqual([])
    const { items } = await list('specialist2')
    expect(items).toHaveLength(1)
    const other = await as('leader')
    const marked = await other.send('POST', '/api/v1/notices/read', { upTo: items[0]?.id })
    expect(marked.json()).toEqual({ marked: 0 })
    expect((await list('specialist2')).unread).toBe(1)
  })

  test('page by page, what came since the page was made staying unread', async () => {
    const clerk = office.as('clerk').actor as Officer
    const tell = (n: number) =>
      tellOfficers(office.system, [{ accountId: clerk.accountId, kind: 'news', dossierId: 1, key: `news:${n}` }])
    for (let n = 0; n < 5; n += 1) await tell(n)
    await tell(4)
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: List = await list('clerk', `?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
    expect(seen).toHaveLength(5)
    await tell(5)
    await (await as('clerk')).post('/thong-bao', { upTo: String(seen[0]) })
    expect((await list('clerk')).unread).toBe(1)
  })
})

describe('a notice in words', () => {
  const vi: T = text => text
  const en: T = (_, text) => text
  const kinds = [
    ...['work-given', 'work-taken', 'step-soon', 'step-late', 'dossier-soon', 'dossier-late', 'intake-soon'],
    ...['intake-late', 'escalated', 'still-late', 'apology-to-sign', 'child-not-opened'],
  ]
  const params = { step: 'Thẩm định', dueAt: '2026-03-03T02:00:00.000Z', procedure: '1.001193' }

  test.each(kinds)('%s names the dossier, in both languages, with nothing left blank', kind => {
    for (const t of [vi, en]) {
      const text = noticeText({ kind, ref: 'H20.101-260302-0001', by: null, params }, t)
      expect(text).toContain('H20.101-260302-0001')
      expect(text).not.toMatch(/undefined|null|“”|\{|\s{2}/u)
    }
  })

  const process = { process: 'cap-phep', version: 2, name: 'Cấp phép', from: '2026-03-05' }
  const place = {
    ...{ absent: 'Nguyễn Văn Bình', role: 'leader', agency: 'Sở Xây dựng', ground: '12/QĐ-SXD', reason: 'Đã về' },
    ...{ from: '2026-03-02T01:00:00.000Z', until: '2026-03-02T10:00:00.000Z' },
  }
  test.each([
    ['process-to-approve', process, 'Bà Hoa trình quy trình “Cấp phép” (bản 2), chờ ông/bà phê duyệt.'],
    [
      'process-to-approve',
      { ...process, absent: 'Ông Bình' },
      'Bà Hoa trình quy trình “Cấp phép” (bản 2), chờ Ông Bình, người ông/bà đang làm thay, phê duyệt.',
    ],
    ['process-returned', process, 'Bà Hoa trả lại quy trình “Cấp phép” (bản 2) để chỉnh sửa.'],
    ['process-in-force', process, 'Bà Hoa đã phê duyệt quy trình “Cấp phép” (bản 2), áp dụng từ 05/03/2026.'],
    [
      'substitution',
      place,
      'Ông/bà được cử làm thay Nguyễn Văn Bình (Lãnh đạo, Sở Xây dựng) từ 08:00 02/03/2026 đến 17:00 02/03/2026, theo văn bản số 12/QĐ-SXD.',
    ],
    [
      'substitution-ended',
      place,
      'Bà Hoa đã thu hồi việc cử ông/bà làm thay Nguyễn Văn Bình (Lãnh đạo, Sở Xây dựng); lý do: Đã về.',
    ],
  ])('%s says who, what and until when', (kind, given, text) => {
    expect(noticeText({ kind, ref: null, by: 'Bà Hoa', params: given }, vi)).toBe(text)
    expect(noticeText({ kind, ref: null, by: 'Bà Hoa', params: given }, en)).not.toMatch(/undefined|null|“”|\{|\s{2}/u)
  })

  test('a delay told once more says how far up it has come', () => {
    const still = (more: object) =>
      noticeText({ kind: 'still-late', ref: 'X-1', by: null, params: { ...params, ...more } }, vi)
    expect(still({ subject: 'dossier', level: 'director' })).toBe(
      'Báo lần nữa (mức giám đốc trung tâm): hồ sơ X-1 vẫn chậm so với hạn 09:00 03/03/2026.',
    )
    expect(still({ subject: 'step', level: 'holder' })).toBe(
      'Báo lần nữa: bước “Thẩm định” của hồ sơ X-1 vẫn chưa xong, quá hạn từ 09:00 03/03/2026.',
    )
  })

  test('leads to what it is about', () => {
    const of = (kind: string, more: object = {}) => noticeHref({ kind, ref: 'X-1', by: null, params: { ...more } })
    expect(of('work-given')).toBe('/ho-so/X-1')
    expect(of('reminder', { reminder: 7 })).toBe('/don-doc/7')
    expect(of('reminder-answered', { reminder: 7 })).toBe('/don-doc/7')
    expect(of('apology-to-sign')).toBe('/xin-loi')
    const about = (kind: string, params: Record<string, unknown>) => noticeHref({ kind, ref: null, by: null, params })
    expect(about('process-to-approve', { process: 'cap-phep', version: 2 })).toBe('/quy-trinh/cap-phep?ban=2')
    expect(about('process-in-force', { process: 'cap-phep', version: 2 })).toBe('/quy-trinh/cap-phep?ban=2')
    expect(about('substitution', {})).toBe('/cua-toi/thay-the')
    expect(about('substitution-ended', {})).toBe('/cua-toi/thay-the')
    expect(noticeHref({ kind: 'news', ref: null, by: null, params: {} })).toBeNull()
  })

  test('a kind nobody has words for yet still says which dossier there is news of', () => {
    expect(noticeText({ kind: 'brand-new', ref: 'X-1', by: null, params: {} }, vi)).toContain('X-1')
    expect(noticeText({ kind: 'brand-new', ref: null, by: null, params: {} }, vi)).toBe('Có thông báo mới.')
  })
})

test('who stands in for an absent officer is told of the work given to them or taken from them, and for whom, while they do', async () => {
  const absent = office.as('specialist').actor as Officer
  const inPlaceOf = (who: string, substitute: string) =>
    delegateRole(office.as('leader'), {
      assignment: (office.as(who).actor as Officer).assignmentId,
      substitute,
      ground: '12/QĐ-UBND',
      until: '2026-03-03T17:00:00+07:00',
    })
  const { id } = await inPlaceOf('specialist', 'home')
  const given = (await receiveBirth(office.as('intake'))).code ?? ''
  await command(office.as('leader'), given, 'assign', { assignee: 'specialist' })
  expect((await list('home')).items.map(({ text }) => text)).toEqual([
    `Bước “Thẩm định” của hồ sơ ${given} được giao cho ${absent.name}, người ông/bà đang làm thay.`,
    expect.stringContaining(`Ông/bà được cử làm thay ${absent.name}`),
  ])
  await command(office.as('leader'), given, 'assign', { assignee: 'specialist2' })
  expect((await list('home')).items[0]?.text).toBe(
    `Cán bộ leader đã chuyển bước “Thẩm định” của hồ sơ ${given} khỏi ${absent.name}.`,
  )
  await revokeDelegation(office.as('leader'), { id, reason: 'Đã đi làm lại' })
  await command(office.as('leader'), given, 'assign', { assignee: 'specialist' })
  expect((await list('home')).items.map(({ kind }) => kind)).toEqual([
    ...['substitution-ended', 'work-taken', 'work-given', 'substitution'],
  ])
})
