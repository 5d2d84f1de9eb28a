import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Citizen, Officer } from '#src/platform/ctx.ts'
import { type RunningServer, serveHttp } from '#src/platform/server.ts'
import { SESSION_COOKIE } from '#src/platform/session.ts'
import { type TestApp, testApp, tokenFor } from './app.ts'
import { launchBrowser } from './browser.ts'
import { built } from './built.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { MONDAY, makeOffice, type Office, PASSWORD } from './office.ts'

/** The test office served to a real browser; `office.clock` is the one clock of server and use cases. */
export type Journey = {
  office: Office
  database: TestDatabase
  app: TestApp
  browser: Browser
  /** Address of the site, as the QR codes have it too. */
  base: string
  /** A browser of somebody nobody knows, at the counter's usual size unless said otherwise. */
  visitor(options?: BrowserContextOptions): Promise<Page>
  /** A browser signed in already, without the time a password takes: an officer's username, or `citizen`. */
  signedIn(username: string, options?: BrowserContextOptions): Promise<Page>
  /** What every open page shows: to be told when a test fails. */
  screens(): Promise<string>
  end(): Promise<void>
}

export async function startJourney(at: string = MONDAY): Promise<Journey> {
  await built()
  const database = await testDatabase()
  const office = await makeOffice(database.db, at)
  const { app, server, base } = await serve(database, office)
  const browser = await launchBrowser()
  const visitor = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 800 }, ...options })
    context.setDefaultTimeout(8_000)
    return context.newPage()
  }
  const signedIn = async (username: string, options?: BrowserContextOptions) => {
    const actor =
      username === 'citizen'
        ? { ...(office.citizen.actor as Citizen), assignmentId: null }
        : officerOf(office, username)
    const page = await visitor(options)
    await page.context().addCookies([{ name: SESSION_COOKIE, value: await tokenFor(app, actor), url: base }])
    return page
  }
  const screens = async () => {
    const pages = browser.contexts().flatMap(context => context.pages())
    const shown = pages.map(async page => `${page.url()}\n${await page.locator('main').allInnerTexts()}`)
    return (await Promise.all(shown)).join('\n\n')
  }
  const end = async () => {
    await browser.close()
    await server.stop()
    await database.close()
  }
  return { office, database, app, browser, base, visitor, signedIn, screens, end }
}

/** The port is known only once the server listens, and the application prints it in its addresses. */
async function serve(
  database: TestDatabase,
  office: Office,
): Promise<{ app: TestApp; server: RunningServer; base: string }> {
  let app: TestApp | undefined
  const server = await serveHttp({ fetch: (...asked) => (app as TestApp).app.fetch(...asked) }, 0)
  const base = `http://localhost:${server.port}`
  const made = testApp(database.db, { config: { publicUrl: base }, services: { clock: office.clock } })
  app = { ...made, clock: office.clock }
  return { app, server, base }
}

const officerOf = (office: Office, username: string) => office.as(username).actor as Officer

/** To the work list, through the sign-in page unless this browser has signed in within the day. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/viec')
  if (!page.url().includes('/dang-nhap')) return
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.waitForURL('**/viec')
}
