import jsQR from 'jsqr'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import type { FormSet } from '#src/procedures/law.ts'
import { renderForm } from './render-form.ts'
import { samples } from './statutory-form.examples.ts'
import { BOOK_ROWS_MAX, type FormKind, formCitation, formKinds, formPaper, formTitle } from './statutory-form.ts'

type Read = { pages: string[]; text: string; widths: number[]; heights: number[] }

const open = (pdf: Uint8Array) => getDocument({ data: new Uint8Array(pdf), verbosity: 0 })

/** Text per page and sizes in millimetres, as a reader program sees them. */
async function read(pdf: Uint8Array): Promise<Read> {
  const task = open(pdf)
  const document = await task.promise
  const seen: Read = { pages: [], text: '', widths: [], heights: [] }
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n)
    const { items } = await page.getTextContent()
    const words = items.map(item => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('')
    seen.pages.push(words.replace(/\s+/gu, ' ').normalize('NFC'))
    const { width, height } = page.getViewport({ scale: 25.4 / 72 })
    seen.widths.push(Math.round(width))
    seen.heights.push(Math.round(height))
  }
  seen.text = seen.pages.join(' ')
  await task.destroy()
  return seen
}

async function decodeQr(pdf: Uint8Array): Promise<string | undefined> {
  const task = open(pdf)
  const document = await task.promise
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale: 3 })
  const { canvas, context } = (document.canvasFactory as CanvasFactory).create(viewport.width, viewport.height)
  await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
  const { data, width, height } = context.getImageData(0, 0, viewport.width, viewport.height)
  await task.destroy()
  return jsQR.default(data, width, height)?.data
}
type CanvasFactory = {
  create(
    width: number,
    height: number,
  ): { canvas: unknown; context: { getImageData(x: number, y: number, w: number, h: number): ImageData } }
}

const millimetres = { a5: [148, 210], a4: [210, 297], 'a4-landscape': [297, 210] }
const everyForm = (['2018', '2025'] as const).flatMap(set => formKinds(set).map(kind => [set, kind] as const))
const render = (set: FormSet, kind: FormKind) => renderForm(set, kind, samples[kind] as never)

describe('every statutory form', () => {
  test.each(everyForm)('%s %s is an archival, tagged PDF on its paper', async (set, kind) => {
    const pdf = await render(set, kind)
    const raw = Buffer.from(pdf).toString('latin1')
    expect(raw.startsWith('%PDF-1.7')).toBe(true)
    expect(raw).toMatch(/pdfaid:part>2<.*pdfaid:conformance>A</su)
    const { widths, heights } = await read(pdf)
    expect([widths[0], heights[0]]).toEqual(millimetres[formPaper(set, kind)])
    if (kind !== 'book') expect(widths).toHaveLength(1)
  })

  test.each(everyForm)('%s %s carries the national motto, its title, citation, issuer and date', async (set, kind) => {
    const { text } = await read(await render(set, kind))
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    expect(text).toContain('Độc lập - Tự do - Hạnh phúc')
    expect(text).toContain(formTitle(set, kind).toUpperCase())
    expect(text).toContain(formCitation(set, kind))
    expect(text).toContain('TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ THANH BÌNH')
    expect(text).toContain('Thanh Bình, ngày 05 tháng 3 năm 2026')
  })

  test('the same model gives the same bytes', async () => {
    expect(Buffer.compare(await render('2025', 'receipt'), await render('2025', 'receipt'))).toBe(0)
  })

  test('a form the set does not have is refused', async () => {
    await expect(render('2018', 'stop')).rejects.toThrow(RangeError)
  })
})

describe('what the forms say', () => {
  const say = async (set: FormSet, kind: FormKind) => (await read(await render(set, kind))).text

  test('the receipt gives the papers, the times, the fee, the place in the book and who signs', async () => {
    const text = await say('2025', 'receipt')
    for (const part of [
      'Mã hồ sơ: H20.82.30-260305-0014',
      'Mã tra cứu: 7K3QWX5B',
      'Giấy chứng nhận kết hôn của cha mẹ trẻ (nếu có)',
      '2. Số lượng hồ sơ: 1 (bộ)',
      '4. Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 05 tháng 3 năm 2026',
      '17 giờ 00 phút, ngày 06 tháng 3 năm 2026',
      '8.000 đồng',
      'Quyển số: 01/2026',
      'Số thứ tự: 214',
      'NGƯỜI NỘP HỒ SƠ',
      'NGƯỜI TIẾP NHẬN HỒ SƠ',
      'Lê Hoàng Phúc',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('tạm tính')
    expect(text).not.toContain('Cấp lại')
  })

  test('a receipt whose date hangs on a calendar not yet published says so and names the year', async () => {
    const { text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, provisionalYears: [2027] }))
    expect(text).toContain('tạm tính')
    expect(text).toContain('năm 2027')
  })

  test('a receipt printed again after a correction says so', async () => {
    const correctedAt = new Date('2026-03-05T03:00:00Z')
    const { text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, correctedAt }))
    expect(text).toContain('Cấp lại do đính chính 10 giờ 00 phút, ngày 05 tháng 3 năm 2026')
  })

  test('online, only the receiver signs', async () => {
    const { text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, submitterName: null }))
    expect(text).not.toContain('NGƯỜI NỘP HỒ SƠ')
    expect(text).toContain('NGƯỜI TIẾP NHẬN HỒ SƠ')
  })

  test('without a term there is no appointment', async () => {
    const { text } = await read(
      await renderForm('2025', 'receipt', { ...samples.receipt, termText: null, dueAt: null }),
    )
    expect(text).toContain('không quy định thời hạn')
  })

  test('what is not known is left as dots to write on', async () => {
    const { text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, number: null, email: null }))
    expect(text).toMatch(/Số: (\. ?){10}/u)
    expect(text).toMatch(/Email: (\. ?){10}/u)
  })

  test('a request for papers at intake says that the term has not begun, later that it pauses', async () => {
    expect(await say('2025', 'supplement')).toContain('tạm dừng')
    const { text } = await read(await renderForm('2025', 'supplement', { ...samples.supplement, stage: 'intake' }))
    expect(text).toContain('chưa được tiếp nhận')
    expect(text).not.toContain('tạm dừng')
  })

  test('only the apology of 2025 asks for an extension and counts those before it', async () => {
    expect(await say('2025', 'apology')).toContain('Số lần đã gia hạn trước văn bản này: 0')
    const old = await say('2018', 'apology')
    expect(old).toContain('hẹn lại')
    expect(old).not.toContain('gia hạn')
  })

  test('the control slip has a row per hand-over with its result', async () => {
    const text = await say('2018', 'control')
    expect(text).toContain('Người giao: Lê Hoàng Phúc')
    expect(text).toMatch(/Trước hạn.*Đúng hạn/su)
  })

  test('the control slip tells when the receiver took the papers over, where that is a step of its own', async () => {
    const [row, ...others] = samples.control.handOvers
    if (!row) throw new Error('the example has no hand-over')
    const handOvers = [{ ...row, takenAt: new Date('2026-03-05T03:10:00Z') }, ...others]
    const pdf = await renderForm('2025', 'control', { ...samples.control, handOvers })
    expect((await read(pdf)).text).toContain('Nhận: 10 giờ 10 phút')
  })

  test('the book repeats its head on every page and counts the pages', async () => {
    const { pages } = await read(await render('2025', 'book'))
    expect(pages.length).toBeGreaterThan(1)
    pages.forEach((page, i) => {
      expect(page).toContain('Cơ quan chủ trì giải quyết')
      expect(page).toContain('(15)')
      expect(page).toContain(`Trang ${i + 1}/${pages.length}`)
    })
  })

  test('a book too long to be laid out at once is refused', async () => {
    const rows = Array.from(
      { length: BOOK_ROWS_MAX + 1 },
      () => samples.book.rows[0] as (typeof samples.book.rows)[number],
    )
    await expect(renderForm('2025', 'book', { ...samples.book, rows })).rejects.toThrow(RangeError)
  })
})

describe('what people write', () => {
  const hostile = '#read("/etc/passwd") $x$ *b* _i_ [ ] { } \\ @a <l> // -- ~ = #sys.version "q" \'q\''

  test('is never taken for markup', async () => {
    const components = [{ name: hostile, originals: 1, certified: 0, copies: 0 }]
    const { text } = await read(
      await renderForm('2025', 'receipt', { ...samples.receipt, applicantName: hostile, unit: hostile, components }),
    )
    expect(text.split(hostile).length - 1).toBeGreaterThanOrEqual(3)
    expect(text).not.toContain('root:')
  })

  test('cannot hide in control or direction characters, and prints a box where the font has no glyph', async () => {
    const applicantName = 'Nguyễn\u202e An\u0000 😀 漢\ud800 Bình'
    const { text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, applicantName }))
    expect(text).toContain('Nguyễn An □ □')
    expect(text).toContain('Bình')
  })

  test('prints composed, whichever way it was typed', async () => {
    const applicantName = 'Nguyễn Thị Hường'.normalize('NFD')
    const { text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, applicantName }))
    expect(text).toContain('Nguyễn Thị Hường')
  })

  test('may be as long as it likes: sixty papers go over pages under a repeated head', async () => {
    const components = Array.from({ length: 60 }, (_, i) => ({
      name: `Giấy tờ thứ ${i + 1}, kèm theo bản vẽ và thuyết minh do tổ chức có tư cách pháp nhân lập`,
      originals: 1,
      certified: 0,
      copies: 2,
    }))
    const { pages, text } = await read(await renderForm('2025', 'receipt', { ...samples.receipt, components }))
    expect(pages.length).toBeGreaterThan(3)
    expect(text).toContain('Giấy tờ thứ 60')
    expect(text.split('Tên giấy tờ').length - 1).toBe(pages.length - (pages.at(-1)?.includes('Giấy tờ thứ') ? 0 : 1))
    expect(pages.slice(1).every(page => page.includes('H20.82.30-260305-0014'))).toBe(true)
  })

  test('wraps even without a space', async () => {
    const pdf = await renderForm('2025', 'refusal', { ...samples.refusal, reason: 'x'.repeat(500) })
    const { text } = await read(pdf)
    expect(text.replace(/[^x]/gu, '').length).toBeGreaterThanOrEqual(500)
    expect(text).toMatch(/x{40,}\S? x{40,}/u)
  })
})

test.each(['receipt', 'apology'] as const)('the QR code on the %s opens the tracking page', async kind => {
  expect(await decodeQr(await render('2025', kind))).toBe(samples[kind].trackingUrl)
})

test('a slip takes milliseconds', async () => {
  const started = performance.now()
  for (let i = 0; i < 20; i += 1) {
    await renderForm('2025', 'receipt', { ...samples.receipt, code: `H20.82.30-260305-${1000 + i}` })
  }
  expect((performance.now() - started) / 20).toBeLessThan(150)
})
