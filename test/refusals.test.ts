import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { RefusalTexts } from '#src/platform/refusal.ts'
import { refusalTexts } from '#src/refusal-texts.ts'

const sources = globSync('src/**/*.{ts,tsx}').filter(file => !/\.(test|gen)\./u.test(file))

function thrown(file: string): { code: string | undefined; at: string }[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/new Refusal\(\s*'[a-z-]+',\s*(?:'([a-z-]+)')?/gu)].map(found => ({
    code: found[1],
    at: file,
  }))
}

test('every refusal has a sentence in both languages', () => {
  const mute = sources.flatMap(thrown).filter(({ code }) => code !== undefined && !Object.hasOwn(refusalTexts, code))
  expect(mute).toEqual([])
})

test('every refusal names its code where it is thrown, so that the test above sees it', () => {
  for (const file of sources) {
    const all = readFileSync(file, 'utf8').split('new Refusal(').length - 1
    expect(
      thrown(file).filter(({ code }) => code !== undefined),
      file,
    ).toHaveLength(all)
  }
})

test('no two rooms give different sentences to one code, and each room’s sentences are in the list', async () => {
  for (const file of globSync('src/*/*.refusals.ts')) {
    const exported = (await import(`../${file}`)) as Record<string, RefusalTexts>
    const own = Object.entries(Object.assign({}, ...Object.values(exported)) as RefusalTexts)
    const unheard = own.filter(([code, text]) => JSON.stringify(refusalTexts[code]) !== JSON.stringify(text))
    expect(
      unheard.map(([code]) => code),
      file,
    ).toEqual([])
  }
})

test('a Vietnamese sentence is composed Unicode, and both languages are filled with the same values', () => {
  const values = (text: string) => [...text.matchAll(/\{(\w+?)(?:Vi|En)?\}/gu)].map(found => found[1]).sort()
  for (const [code, [vi, en]] of Object.entries(refusalTexts)) {
    expect(vi, code).toBe(vi.normalize('NFC'))
    expect(values(vi), code).toEqual(values(en))
  }
})
