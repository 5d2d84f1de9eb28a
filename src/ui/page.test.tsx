import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { examples } from './page.examples.tsx'
import { languageHref } from './page.tsx'

describe('the page shells', () => {
  it('keep the view when the language changes', () => {
    expect(languageHref('/viec?due=late&q=mở', 'en')).toBe('/ngon-ngu/en?back=%2Fviec%3Fdue%3Dlate%26q%3Dm%E1%BB%9F')
  })

  it('carry no inline style or script, which the content security policy refuses', () => {
    for (const example of Object.values(examples)) {
      const html = renderToString(example())
      expect(html).not.toMatch(/ style=| on[a-z]+="|<script(?![^>]* src=)/u)
    }
  })

  it('name every page, mark its language and offer a way past the menu', () => {
    for (const name of ['desk work list', 'dossier page', 'citizen home']) {
      const html = renderToString(examples[name]?.() ?? <p />)
      expect(html).toMatch(/^<html lang="vi">/u)
      expect(html).toMatch(/<title>[^<]+ · Một Cửa<\/title>/u)
      expect(html.match(/<h1/gu)).toHaveLength(1)
      expect(html).toContain('href="#main"')
    }
  })
})
