import { expect, test } from 'vitest'
import { progressBar, progressLine, span } from './progress.ts'

test('progress names the part, the rate and the time left', () => {
  expect(progressLine(920, 2_000, 4_000)).toBe(
    '[###########·············]  46 %   920 of 2,000 dossiers   230/s   5 s left',
  )
  expect(progressLine(0, 2_000, 0)).toBe('[························]   0 %   0 of 2,000 dossiers   0/s')
})

test.each([
  [4, '4 s'],
  [200, '3 min 20 s'],
  [7_500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => expect(span(seconds)).toBe(text))

function shown(isTTY: boolean): string[] {
  let time = 0
  const written: string[] = []
  const show = progressBar({ isTTY, write: text => written.push(text) }, () => time)
  for (const done of [1, 2, 3, 4, 4]) {
    time += 6_000
    show(done, 4)
  }
  return written
}

test('a terminal rewrites its line and ends it once', () => {
  const lines = shown(true)
  expect(lines).toHaveLength(4)
  expect(lines.every(line => line.startsWith('\r'))).toBe(true)
  expect(lines.filter(line => line.endsWith('\n'))).toHaveLength(1)
})

test('a file gets a line every ten seconds and one at the end', () => {
  expect(shown(false).map(line => line.slice(27, 32))).toEqual([' 50 %', '100 %'])
})
