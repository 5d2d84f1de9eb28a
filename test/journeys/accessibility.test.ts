import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '#src/casework/commands.ts'
import { press } from '#test/support/desk-hands.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { type SampleDossiers, sampleDossiers } from '#test/support/sample-dossiers.ts'
import { notPages, pageTable, type Shown, stepTable } from '../page-table.ts'

let journey: Journey
let dossiers: SampleDossiers
const pages = new Map<string, Page>()
beforeAll(async () => {
  journey = await startJourney()
  dossiers = await sampleDossiers(journey.office)
})
afterAll(() => journey.end())

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
type View = readonly [width: number, colorScheme: 'light' | 'dark']
const CORNERS: readonly View[] = [
  [1280, 'light'],
  [390, 'dark'],
]
const EVERY: readonly View[] = [...CORNERS, [1280, 'dark'], [390, 'light']]

async function open({ as, path }: Shown): Promise<Page> {
  const who = as ?? 'nobody'
  const page = pages.get(who) ?? (await (as ? journey.signedIn(as) : journey.visitor()))
  pages.set(who, page)
  const answer = await page.goto(typeof path === 'string' ? path : path(dossiers))
  expect([200, 422], `${page.url()} for ${who}`).toContain(answer?.status())
  await page.evaluate(() => {
    // What is folded away has to be right as well.
    for (const folded of document.querySelectorAll('main details:not(.menu)')) folded.setAttribute('open', '')
  })
  return page
}

/** Every violation of the page as one line: where it is, how it was shown. */
async function violations(page: Page, views: readonly View[]): Promise<string[]> {
  const found: string[] = []
  await page.evaluate(() => {
    // The page of the API repeats two kinds of card a hundred times: some of each stand for all.
    const cards = [...document.querySelectorAll('main .stack > .card')]
    if (cards.length > 50) for (const [n, card] of cards.entries()) if (n % 10 > 0) card.remove()
  })
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations: broken } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze()
    for (const { id, nodes } of broken) {
      for (const { target, any } of nodes) {
        found.push([page.url(), width, colorScheme, id, target, any[0]?.message].join(' '))
      }
    }
  }
  return found
}

/** WCAG 1.4.10: 1280 pixels at 400 % are 320, and nothing may have to be scrolled sideways. */
async function overflow(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 800 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  return wide > 320 ? [`${page.url()} is ${wide} px wide`] : []
}

const faults = async (page: Page, views: readonly View[]) => [
  ...(await overflow(page)),
  ...(await violations(page, views)),
]

test('every page and every step has a line in the tables', () => {
  const routes = journey.app.app.routes.filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/v1/'))
  const known = [...Object.keys(pageTable), ...notPages, '/api/openapi.json']
  expect([...new Set(routes.map(route => route.path))].sort()).toEqual(known.sort())
  expect(Object.keys(stepTable).sort()).toEqual(
    commands
      .filter(command => command.roles.length > 0)
      .map(command => command.type)
      .sort(),
  )
})

test.each(notPages.filter(path => !path.includes(':')))('%s answers no page', async path => {
  const page = await journey.signedIn(path.startsWith('/bao-cao') ? 'leader' : 'intake')
  const answer = await page.request.get(path)
  expect(answer.headers()['content-type']).not.toContain('html')
})

describe('for everyone: contrast, names, structure by WCAG 2.2 AA in light and dark, wide and narrow, and at 400 %', () => {
  test.each(Object.entries(pageTable))('%s', async (_, shown) => {
    for (const [n, one] of shown.entries()) {
      const page = await open(one)
      expect(await faults(page, n === 0 ? EVERY : CORNERS)).toEqual([])
    }
  })

  test.each(Object.entries(stepTable))('the step %s', async (type, { as, on }) => {
    const page = await open({ as, path: at => `/ho-so/${at[on]}/lam/${type}` })
    expect(await faults(page, CORNERS)).toEqual([])
  })

  test('a page that is not there, or not this officer’s', async () => {
    for (const path of ['/khong-co-trang-nay', '/quan-tri/tai-khoan']) {
      const page = await journey.signedIn('intake')
      expect((await page.goto(path))?.status()).toBeGreaterThan(400)
      expect(await faults(page, CORNERS)).toEqual([])
    }
  })

  test('a form that comes back with errors', async () => {
    const page = await open({ as: 'intake', path: '/tiep-nhan?thu-tuc=1.001193' })
    await press(page, 'Tiếp nhận và in giấy hẹn')
    await page.getByRole('alert').waitFor()
    expect(await faults(page, EVERY)).toEqual([])
  })

  test('the menus, opened', async () => {
    const page = await open({ as: 'leader', path: at => `/ho-so/${at.received}` })
    for (const menu of await page.locator('details:is(.menu, .topbar-menu)').all()) {
      await menu.evaluate(details => details.setAttribute('open', ''))
      expect(await faults(page, EVERY)).toEqual([])
    }
  })

  test('and what is wrong is found', async () => {
    const page = await open({ path: '/tra-cuu' })
    await page.evaluate(() => {
      document.querySelector('main')?.insertAdjacentHTML('beforeend', '<img src="/assets/mark.svg" width="900">')
    })
    expect((await faults(page, [[1280, 'light']])).join()).toMatch(/px wide.*image-alt/su)
  })
})
