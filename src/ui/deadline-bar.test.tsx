import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import type { T } from '#src/platform/text.ts'
import { DeadlineBar, type DeadlineSegment } from './deadline-bar.tsx'

const t: T = vi => vi

function draw(segments: DeadlineSegment[]) {
  const html = renderToString(<DeadlineBar t={t} segments={segments} tone="soon" />)
  const widths = [...html.matchAll(/x="[\d.]+%" width="([\d.]+)%"/gu)].map(match => Number(match[1]))
  return { html, widths }
}

describe('the deadline bar', () => {
  it('says in words what it draws', () => {
    const { html } = draw([
      { kind: 'used', minutes: 1310 },
      { kind: 'paused', minutes: 420, note: 'bổ sung' },
      { kind: 'left', minutes: 130 },
    ])
    expect(html).toContain('aria-label="Đã dùng 21 giờ 50 phút, tạm dừng 7 giờ (bổ sung), còn 2 giờ 10 phút"')
  })

  it('draws stretches to scale', () => {
    const { widths } = draw([
      { kind: 'used', minutes: 360 },
      { kind: 'left', minutes: 120 },
    ])
    expect(widths).toEqual([75, 25])
  })

  it('keeps a pause of months from hiding a term of hours', () => {
    const { widths } = draw([
      { kind: 'used', minutes: 60 },
      { kind: 'paused', minutes: 40_000 },
      { kind: 'left', minutes: 60 },
    ])
    expect(widths).toEqual([37.5, 25, 37.5])
  })

  it('gives the tone only to the stretch that is running', () => {
    const { html } = draw([
      { kind: 'used', minutes: 60 },
      { kind: 'paused', minutes: 30 },
      { kind: 'used', minutes: 60 },
    ])
    expect(html.match(/bar-used bar-soon/gu)).toHaveLength(1)
    expect(html.indexOf('"bar-used"')).toBeLessThan(html.indexOf('bar-used bar-soon'))
  })
})
