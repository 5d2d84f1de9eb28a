import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { translator } from '#src/platform/text.ts'
import { launchBrowser } from '../../test/support/browser.ts'
import { type Area, AreaMap } from './area-map.tsx'
import { examples } from './charts.examples.tsx'
import { rateHeat } from './heat.ts'
import { countText, percentText, shareOf } from './number-text.ts'

const shown = Object.entries(examples).map(([name, example]) => [name, renderToString(example())] as const)
const html = (name: string) => shown.find(([one]) => one === name)?.[1] ?? ''

describe('a chart', () => {
  test.each(shown)('%s carries no style or script of its own, and no number that is none', (_, drawn) => {
    expect(drawn).not.toMatch(/ style=| on[a-z]+="|<script/u)
    expect(drawn).not.toMatch(/NaN|undefined|Infinity/u)
  })

  test('says the same in its table as in its picture, with the same lists behind the numbers', () => {
    const [picture = '', numbers = ''] = html('stacked bars').split('<details')
    expect(picture).toContain('aria-label="Sở Nông nghiệp và Môi trường: Trong hạn 1.204, Quá hạn 37"')
    expect(numbers).toMatch(/href="#open">1\.204/u)
    expect(numbers).toMatch(/href="#late">37/u)
  })

  test('tells what is late by hatching as well as by colour', () => {
    expect(html('stacked bars')).toContain('fill="url(#a-hatch)"')
  })

  test('leaves no commune out: what has no border or lies far away is a tile beside the map', () => {
    const drawn = html('communes on a map, one without a border, one far out at sea')
    expect(drawn.match(/<path class="area /gu)).toHaveLength(2)
    expect(drawn.match(/class="tile /gu)).toHaveLength(2)
    expect(drawn).toContain('Ngoài khung bản đồ')
  })
})

test('a hundred communes: those without anything are folded away, and still there', () => {
  const area = (n: number): Area => {
    return { key: String(n), label: `Xã ${n}`, text: '0', said: '', heat: n < 3 ? 5 : 0, geometry: null }
  }
  const areas = Array.from({ length: 100 }, (_, n) => area(n))
  const table = { label: 'Xã', heads: ['Quá hạn'], rows: [] }
  const quiet = (places: number) => `${places} nơi không có hồ sơ quá hạn`
  const drawn = renderToString(AreaMap({ t: vi => vi, title: 'Quá hạn', areas, table, scale: ['không'], quiet }))
  const [open = '', folded = ''] = drawn.split('97 nơi không có hồ sơ quá hạn')
  expect([open, folded].map(part => part.match(/class="tile /gu)?.length)).toEqual([3, 97])
})

describe('numbers and shades', () => {
  const vi = translator('vi')
  const en = translator('en')
  test('are written as each language does', () => {
    expect([countText(1_204_500, vi), countText(1_204_500, en), countText(0, vi)]).toEqual([
      '1.204.500',
      '1,204,500',
      '0',
    ])
    expect([percentText(98.64, vi), percentText(98.66, en), percentText(null, vi)]).toEqual(['98,6%', '98.7%', '–'])
    expect([0, 0.01, 99.98, 100].map(share => percentText(share, vi))).toEqual(['0%', '0,1%', '99,9%', '100%'])
    expect([shareOf(1, 8), shareOf(0, 0)]).toEqual([12.5, null])
  })

  test('grow with what is late: none, up to 2, 5, 10, 20 percent, and more', () => {
    expect([null, 0, 0.1, 2, 2.1, 5, 10, 20, 20.1, 100].map(rateHeat)).toEqual([0, 0, 1, 1, 2, 2, 3, 4, 5, 5])
  })
})

describe('for everyone, in light and dark, wide and narrow', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  test('every chart keeps to WCAG 2.2 AA and to the width of a telephone', async () => {
    const css = await readFile(new URL('../ui/app.css', import.meta.url), 'utf8')
    const page = await (await browser.newContext()).newPage()
    const cards = shown.map(([name, drawn]) => `<section class="card"><h2>${name}</h2>${drawn}</section>`).join('')
    await page.setContent(
      `<!doctype html><html lang="vi"><head><title>Biểu đồ</title><style>${css}</style></head>
       <body><main class="stack"><h1>Biểu đồ</h1>${cards}</main></body></html>`,
    )
    for (const [width, colorScheme] of [
      [390, 'light'],
      [390, 'dark'],
      [1280, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .setLegacyMode()
        .analyze()
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target} at ${width} ${colorScheme}`)),
      ).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })
})
