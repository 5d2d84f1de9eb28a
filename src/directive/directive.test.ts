import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { ii06aKeys } from '#src/statutory/ii06a.ts'
import { client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { directiveDocument } from './directive-document.ts'
import { readDirectiveFigures, spanBefore, yearEarlier } from './directive-figures.query.ts'
import { type DirectiveReport, directiveReport, type Run } from './directive-report.ts'
import { changeText, shareText } from './directive-words.ts'

let database: TestDatabase
let office: Office
let at: TestApp

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db, '2025-03-03T09:00:00+07:00')
  at = testApp(database.db)
  await makeYear()
  at.clock.set('2026-04-02T08:00:00+07:00')
}, 60_000)
afterAll(() => database.close())

/** Birth registrations of the commune: some in March a year ago, in February and in March, of which one is late and one still open. */
async function makeYear(): Promise<void> {
  const days: [day: string, ready: string | null][] = [
    ['2025-03-05T09:00:00+07:00', '2025-03-05T10:00:00+07:00'],
    ['2026-02-25T09:00:00+07:00', '2026-02-25T10:00:00+07:00'],
    ['2026-02-26T09:00:00+07:00', '2026-03-03T10:00:00+07:00'],
    ['2026-03-09T09:00:00+07:00', '2026-03-09T10:00:00+07:00'],
    ['2026-03-10T09:00:00+07:00', '2026-03-10T10:00:00+07:00'],
    ['2026-03-11T09:00:00+07:00', null],
  ]
  for (const [received, ready] of days) {
    office.clock.set(received)
    const { code } = await receiveBirth(office.as('intake'))
    if (!ready) continue
    office.clock.set(ready)
    await advanceTo(office, code, 'result-ready')
  }
  office.clock.set('2026-04-02T08:00:00+07:00')
}

const officer = (who: string) => office.as(who).actor as Officer
async function figuresOf(who: string, from = '2026-03-01', to = '2026-03-31') {
  const { role, agencyId } = officer(who)
  const asked = await getAsked(office.as(who), ii06a, { from, to }, { role, agencyId })
  return { asked, figures: await readDirectiveFigures(office.as(who), asked, agencyId) }
}

const textOf = (run: Run) => (typeof run === 'string' ? run : run.text)
function wordsOf(report: DirectiveReport): string {
  return report.sections
    .flatMap(({ title, parts }) => [
      title,
      ...parts.map(part => {
        if (part.kind === 'text') return part.runs.map(textOf).join('')
        return part.kind === 'open' ? part.prompt : part.table.rows.map(row => row.map(textOf).join(' | ')).join('\n')
      }),
    ])
    .join('\n')
}

describe('the directive report', () => {
  test('says what form II.06a says of the same month, the one before and the same a year ago', async () => {
    const { asked, figures } = await figuresOf('director')
    const table = await ii06a.read(office.as('director'), { ...asked, by: 'agency' })
    expect(figures.totals.now).toEqual(table.total?.cells)
    expect(figures.totals.now).toMatchObject({ c3: 4, c5: 3, c6: 1, c7: 3, c10: 1, c11: 1, c13: 1 })
    const { figures: february } = await figuresOf('director', '2026-02-01', '2026-02-28')
    const { figures: marchBefore } = await figuresOf('director', '2025-03-01', '2025-03-31')
    expect(figures.totals.before).toEqual(february.totals.now)
    expect(figures.totals.yearBefore).toEqual(marchBefore.totals.now)
    for (const key of ii06aKeys) {
      expect(figures.agencies.reduce((sum, { row }) => sum + row[key], 0)).toBe(figures.totals.now[key])
      expect(figures.fields.reduce((sum, { cells }) => sum + Number(cells[key]), 0)).toBe(figures.totals.now[key])
    }
    expect(Object.values(figures.received).reduce((sum, n) => sum + n, 0)).toBe(3)
  })

  test('is written in the layout of an administrative report, its proposals left to write', async () => {
    const report = directiveReport((await figuresOf('director')).figures)
    expect(report).toMatchObject({
      superior: 'UBND tỉnh Đồng Tháp',
      issuer: 'Trung tâm Phục vụ hành chính công',
      number: 'Số:        /BC-TTPVHCC',
      dateline: 'Đồng Tháp, ngày      tháng 4 năm 2026',
      subject: 'Tình hình, kết quả giải quyết thủ tục hành chính tháng 3/2026',
      addressee: 'Kính gửi: Chủ tịch UBND tỉnh Đồng Tháp.',
      signer: 'GIÁM ĐỐC',
    })
    expect(report.sections.map(({ title }) => title)).toEqual([
      'I. TÌNH HÌNH, KẾT QUẢ TIẾP NHẬN VÀ GIẢI QUYẾT',
      'II. HỒ SƠ QUÁ HẠN VÀ VIỆC XIN LỖI',
      'III. YÊU CẦU BỔ SUNG, TỪ CHỐI TIẾP NHẬN',
      'IV. PHÍ, LỆ PHÍ',
      'V. KÊNH PHỤC VỤ, BƯU CHÍNH VÀ TẠI NHÀ',
      'VI. HƯỚNG DẪN TỔ CHỨC, CÁ NHÂN',
      'VII. ĐÁNH GIÁ, KIẾN NGHỊ, ĐỀ XUẤT',
    ])
    const words = wordsOf(report)
    expect(words).toContain('tiếp nhận mới 3 hồ sơ (tăng 50% so với kỳ liền trước; tăng 200% so với cùng kỳ năm trước)')
    expect(words).toContain('Tỷ lệ đúng và trước hạn 66,67%')
    expect(words).toContain('Thấp nhất: UBND xã Thanh Bình 66,67% (3 hồ sơ)')
    expect(words).toContain('Cơ quan gây quá hạn của hồ sơ đã giải quyết quá hạn: UBND xã Thanh Bình 1 hồ sơ')
    expect(words).toContain('chưa xin lỗi 1;')
  })

  test('of a commune is the commune’s alone', async () => {
    const { figures } = await figuresOf('b.leader')
    expect(figures.totals.now.c3).toBe(0)
    const report = directiveReport(figures)
    expect(report).toMatchObject({
      issuer: 'UBND xã Tân Long',
      signer: 'CHỦ TỊCH',
      dateline: expect.stringMatching(/^Tân Long,/u),
    })
    expect(wordsOf(report)).toContain('Trong kỳ chưa có hồ sơ nào được giải quyết xong.')
  })
})

test('periods are held against the one before, of as many months or days, and the same a year earlier', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' }
  expect(spanBefore(march)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(spanBefore({ from: '2026-02-15', to: '2026-03-14' })).toEqual({ from: '2026-01-15', to: '2026-02-14' })
  expect(spanBefore({ from: '2026-03-02', to: '2026-03-08' })).toEqual({ from: '2026-02-23', to: '2026-03-01' })
  expect(yearEarlier(march)).toEqual({ from: '2025-03-01', to: '2025-03-31' })
  expect(yearEarlier({ from: '2024-02-01', to: '2024-02-29' })).toEqual({ from: '2023-02-01', to: '2023-02-28' })
})

test('a change is told in words, also where there was nothing before', () => {
  expect(changeText(12, 10, 'tháng trước')).toBe('tăng 20% so với tháng trước')
  expect(changeText(5, 10, 'tháng trước')).toBe('giảm 50% so với tháng trước')
  expect(changeText(7, 7, 'tháng trước')).toBe('bằng tháng trước')
  expect(changeText(7, 0, 'tháng trước')).toBe('tháng trước không phát sinh')
  expect(shareText(0, 0)).toBe('–')
})

test('the document says what the page says, figure by figure', async () => {
  const report = directiveReport((await figuresOf('director')).figures)
  const xml = entryOf(Buffer.from(await directiveDocument(report)), 'word/document.xml')
  const words = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/gu)].map(([, text]) => text)
  for (const { title, parts } of report.sections) {
    expect(words).toContain(title)
    for (const part of parts) {
      if (part.kind === 'text') expect(words).toContain(part.runs.map(textOf).join(''))
      if (part.kind === 'table') expect(words.join('\n')).toContain(part.table.rows.flat().map(textOf).join('\n'))
    }
  }
  expect(xml).toContain('w:w="11906" w:h="16838"')
})

/** A file of a zip archive, found by its directory at the end. */
function entryOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4)) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    if (zip.toString('utf8', at + 46, nameEnd) !== name) continue
    const local = zip.readUInt32LE(at + 42)
    const begins = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    return inflateRawSync(zip.subarray(begins, begins + zip.readUInt32LE(at + 20))).toString('utf8')
  }
  throw new Error(`no ${name}`)
}

describe('on screen', () => {
  test('each number leads to its dossiers, and the same is taken away as a document', async () => {
    const director = await signedInAs(at, officer('director'))
    const page = await director.get('/bao-cao/chi-dao?tu=2026-03-01&den=2026-03-31')
    expect(page.status).toBe(200)
    expect(page.text).toMatch(/href="\/bao-cao\/ho-so\?o=c10&amp;tu=2026-03-01&amp;den=2026-03-31[^"]*">1</u)
    expect(page.text).toMatch(/href="\/bao-cao\/ho-so\?o=received&amp;tu=2026-03-01[^"]*kenh=counter[^"]*">3</u)
    const [, address = ''] = /href="(\/bao-cao\/chi-dao\.docx[^"]*)"/u.exec(page.text) ?? []
    const file = await director.get(address.replaceAll('&amp;', '&'))
    expect(file.status).toBe(200)
    expect(file.headers.get('Content-Disposition')).toBe(
      'attachment; filename="bao-cao-chi-dao-2026-03-01_2026-03-31.docx"',
    )
    expect(file.text.startsWith('PK')).toBe(true)
  })

  test('as of an earlier instant it says what had happened by then, and so does the document', async () => {
    const director = await signedInAs(at, officer('director'))
    const page = await director.get('/bao-cao/chi-dao?tu=2026-03-01&den=2026-03-31&luc=2026-03-10T08:00')
    expect(page.text).toContain('số liệu tính đến 08:00 10/03/2026')
    expect(page.text).toMatch(/href="\/bao-cao\/chi-dao\.docx[^"]*luc=2026-03-10T01%3A00%3A00\.000Z"/u)
  })

  test('an agency is chosen among those one may read, and stays chosen for another month', async () => {
    const director = await signedInAs(at, officer('director'))
    const page = await director.get('/bao-cao/chi-dao?tu=2026-03-01&den=2026-03-31&co-quan=H20.101')
    expect(page.text).toContain('<option value="H20.101" selected>')
    expect(page.text).toMatch(/href="\/bao-cao\/chi-dao\?ky=2026-M02&amp;co-quan=H20\.101"/u)
    const wrong = await director.get('/bao-cao/chi-dao?tu=2026-03-05&den=2026-03-01&co-quan=H20.101')
    expect(wrong.text).toContain('<option value="H20.101" selected>')
    expect((await (await signedInAs(at, officer('leader'))).get('/bao-cao/chi-dao')).text).not.toContain('<select')
  })

  test('a period that cannot be is told at its field, another agency’s does not exist', async () => {
    const leader = await signedInAs(at, officer('leader'))
    const wrong = await leader.get('/bao-cao/chi-dao?tu=2026-03-05&den=2026-03-01')
    expect([wrong.status, wrong.text.includes('error-summary')]).toEqual([422, true])
    expect((await leader.get('/bao-cao/chi-dao?co-quan=H20.102')).status).toBe(404)
    expect((await client(at).get('/bao-cao/chi-dao')).status).toBe(303)
  })
})
