import { describe, expect, test } from 'vitest'
import { Refusal } from '#src/platform/refusal.ts'
import { spanOf } from './asked.ts'

describe('a period', () => {
  const now = new Date('2026-06-20T08:00:00+07:00')

  test('lasts to the end of its last day, or to now, or to the instant asked for, that instant inside', () => {
    const days = { from: '2026-06-01', to: '2026-06-30' }
    expect(spanOf({ from: '2026-06-01', to: '2026-06-19' }, null, now).until).toEqual(
      new Date('2026-06-20T00:00:00+07:00'),
    )
    expect(spanOf(days, null, now).until.getTime()).toBe(now.getTime() + 1)
    const asOf = new Date('2026-06-10T12:00:00+07:00')
    expect(spanOf(days, asOf, now).until.getTime()).toBe(asOf.getTime() + 1)
    expect(spanOf(days, null, now).begins).toEqual(new Date('2026-06-01T00:00:00+07:00'))
  })

  test('is refused where there is nothing to count', () => {
    expect(() => spanOf({ from: '2026-06-02', to: '2026-06-01' }, null, now)).toThrow(Refusal)
  })
})
