import jsQR from 'jsqr'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { pdfText } from './pdf-text.ts'

/** What officers do at their screens, in the words on the screen. */

export const main = (page: Page) => page.getByRole('main')
/** The page's content as it is seen: without what is folded away. */
// biome-ignore lint/performance/useDomNodeTextContent: hidden text is not told
export const told = (page: Page) => main(page).innerText()

/** Presses the button, or follows the link that looks like one, of the page's content. */
export async function press(page: Page, name: string): Promise<void> {
  const at = { name, exact: true }
  await main(page).getByRole('button', at).or(main(page).getByRole('link', at)).click()
}

/** From the dossier's page to a step's own page by the button of that name, on from there by the same name. */
export async function take(
  page: Page,
  code: string,
  step: string,
  fill: () => Promise<void> = async () => {},
): Promise<void> {
  await page.goto(`/ho-so/${code}`)
  await choose(page, step)
  await fill()
  await press(page, step)
  expect(await told(page)).toContain(`Đã ghi nhận: ${step}`)
}

/** A step may stand on the page or behind the menu of those seldom done. */
export async function choose(page: Page, step: string): Promise<void> {
  const rare = page.locator('details.menu', { hasText: 'Việc khác' })
  if ((await rare.getByText(step, { exact: true }).count()) > 0) {
    await rare.locator('summary').click()
    await rare.getByText(step, { exact: true }).click()
  } else await press(page, step)
}

/** A file behind a link of the page, fetched with the browser's own cookies. */
export async function fileAt(page: Page, href: string): Promise<{ type: string; name: string; bytes: Buffer }> {
  const answer = await page.request.get(href)
  expect(answer.status(), href).toBe(200)
  const { 'content-type': type = '', 'content-disposition': name = '' } = answer.headers()
  return { type, name, bytes: await answer.body() }
}

/** The words of the PDF at this address; it must be one. */
export async function printed(page: Page, href: string): Promise<string> {
  const { type, bytes } = await fileAt(page, href)
  expect(type).toBe('application/pdf')
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  return pdfText(bytes)
}

/** Every form the dossier's print menu offers, by number, with its words. */
export async function printAll(page: Page, code: string): Promise<Map<string, string>> {
  await page.goto(`/ho-so/${code}`)
  const links = page.locator('details.menu', { hasText: 'In phiếu' }).locator('a')
  const forms = new Map<string, string>()
  for (const link of await links.all()) {
    const href = (await link.getAttribute('href')) ?? ''
    forms.set(/(\d\d)\.pdf/u.exec(href)?.[1] ?? '', await printed(page, href))
  }
  return forms
}

/** What a telephone reads from the QR code on the page. */
export async function scanQr(page: Page): Promise<string> {
  const side = 480
  const pixels = await page.locator('.qr img').evaluate(async (image, size) => {
    const { src } = image as HTMLImageElement
    const drawn = new Image(size, size)
    drawn.src = src
    await drawn.decode()
    const canvas = document.createElement('canvas')
    canvas.width = size
    canvas.height = size
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.drawImage(drawn, 0, 0, size, size)
    return [...context.getImageData(0, 0, size, size).data]
  }, side)
  const found = jsQR.default(Uint8ClampedArray.from(pixels), side, side)
  if (!found) throw new Error('no QR code can be read on the page')
  return found.data
}
