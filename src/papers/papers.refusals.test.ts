import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { papersRefusals } from './papers.refusals.ts'

test('every refusal of this room has a sentence in both languages, and no sentence is left over', () => {
  const source = ['paper.ts', 'store-paper.ts', 'attach-papers.ts']
    .map(file => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('\n')
  const thrown = [...source.matchAll(/new Refusal\('[a-z-]+', '([a-z-]+)'/gu)].map(match => match[1])
  expect(new Set(Object.keys(papersRefusals))).toEqual(new Set(thrown))
  for (const [vi, en] of Object.values(papersRefusals)) {
    expect(vi.endsWith('.') && en.endsWith('.')).toBe(true)
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map(m => m[1]).sort()
    expect(names(vi)).toEqual(names(en))
  }
})
