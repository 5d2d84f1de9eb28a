import { describe, expect, it } from 'vitest'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { type State, states } from '#src/dossiers/dossier.ts'
import { type EventType, eventLabels } from '#src/dossiers/dossier-event.ts'
import { translator } from '#src/platform/text.ts'
import { openingHours, spokenDay, spokenInstant } from './opening-hours.ts'
import { dossierCodeFrom, secretFrom } from './tracking.query.ts'
import { hiddenEvents, type TrackedFacts, trackingOf, type VisibleEvent } from './tracking.ts'

const vi = translator('vi')
const en = translator('en')
const monday = new Date('2026-03-02T09:00:00+07:00')
const at = { now: monday, calendar: nationalCalendar, deskCalendar: nationalCalendar }

function facts(change: Partial<TrackedFacts> = {}): TrackedFacts {
  return {
    id: 1,
    code: 'H20.101-260302-0001',
    state: 'in-process',
    procedure: { code: '1.001193', name: 'Đăng ký khai sinh' },
    papers: new Map([['C2', 'Giấy chứng sinh']]),
    receivedAt: monday,
    dueAt: new Date('2026-03-03T09:00:00+07:00'),
    originalDueAt: new Date('2026-03-03T09:00:00+07:00'),
    provisional: false,
    gaps: [],
    pausedAt: null,
    judgement: null,
    where: 'UBND xã Thanh Bình',
    since: monday,
    step: 'Thẩm định',
    asked: [],
    competent: 'UBND xã Thanh Bình',
    desk: { agency: 'UBND xã Thanh Bình', point: 'Bộ phận một cửa', address: null, phone: null, isPostOffice: false },
    supplement: null,
    result: null,
    endReason: null,
    delivery: 'counter',
    fees: [],
    events: [],
    children: [],
    ...change,
  }
}
const next = (change: Partial<TrackedFacts>) => trackingOf(facts(change), at, vi).next

describe('a tracked dossier', () => {
  it.each(states)('has words for “%s” in both languages', state => {
    const [a, b] = [vi, en].map(t => trackingOf(facts({ state }), at, t))
    expect(a?.stateText).not.toBe(b?.stateText)
    expect(a?.next).not.toBe(b?.next)
    expect(`${b?.stateText} ${b?.next}`).not.toMatch(/hồ sơ|ông\/bà/iu)
  })

  it('has words for every event but those that stay inside', () => {
    const inside: readonly EventType[] = hiddenEvents
    const shown = (Object.keys(eventLabels) as VisibleEvent[]).filter(type => !inside.includes(type))
    for (const type of shown) {
      const more = type === 'extended' ? { reason: 'Xác minh', until: '2026-03-06T10:00:00.000Z' } : null
      const { history } = trackingOf(facts({ events: [{ type, at: monday, more }] }), at, vi)
      expect(history[0]?.text).toMatch(/\p{L}{2}/u)
    }
    expect(hiddenEvents).toContain('appraised')
    expect(hiddenEvents).toContain('noted')
  })

  it('asks to collect the result as chosen, and names what is still to be paid', () => {
    const ready = {
      state: 'result-ready' as State,
      fees: [{ name: 'Lệ phí', kind: 'le-phi' as const, amount: 20_000, quantity: 2 }],
    }
    expect(next(ready)).toMatch(/đến Bộ phận một cửa, UBND xã Thanh Bình nhận kết quả.*giấy hẹn.*chưa nộp: 40\.000 đ/u)
    expect(next({ ...ready, delivery: 'post' })).toContain('qua bưu chính')
    expect(next({ ...ready, delivery: 'electronic' })).toContain('bản điện tử')
  })

  it('says what is late instead of promising a time gone by', () => {
    const late = facts({ dueAt: new Date('2026-03-02T08:30:00+07:00') })
    const { timeLeft, next } = trackingOf(late, at, vi)
    expect(timeLeft).toMatchObject({ state: 'overdue', minutes: 30 })
    expect(next).toContain('quá hẹn')
    expect(next).not.toContain('chậm nhất')
  })

  it('tells neither time left nor a provisional date once it has ended', () => {
    const ended = trackingOf(facts({ state: 'closed', provisional: true, gaps: [2027], where: null }), at, vi)
    expect(ended).toMatchObject({ timeLeft: null, provisional: false, gaps: [] })
  })

  it('does not show a result before it is signed', () => {
    const result = { kind: 'refusal' as const, title: 'Văn bản trả lời', number: null, signer: null, signedAt: null }
    expect(trackingOf(facts({ state: 'approved', result }), at, vi).result).toBeNull()
  })

  it('knows no opening hours of a post office', () => {
    const desk = { agency: 'UBND xã', point: 'Bưu điện Cao Lãnh', address: null, phone: null, isPostOffice: true }
    expect(trackingOf(facts({ desk }), at, vi).desk).toMatchObject({ name: 'Bưu điện Cao Lãnh', hours: null })
  })
})

describe('times as they are spoken', () => {
  it('name the weekday', () => {
    expect(spokenInstant(new Date('2026-11-24T16:30:00+07:00'), vi)).toBe('16:30 thứ Ba, 24/11/2026')
    expect(spokenDay('2026-11-29', vi)).toBe('Chủ nhật, 29/11/2026')
    expect(spokenDay('2026-11-30', en)).toBe('Monday, 30/11/2026')
  })

  it('tell days of the same hours together', () => {
    expect(openingHours(nationalCalendar, vi)).toBe('thứ Hai đến thứ Sáu: 07:30–11:30, 13:00–17:00')
    const morning = [{ from: '07:30', to: '11:30' }]
    const weekly = { ...nationalCalendar.weekly, 3: [], 6: morning }
    expect(openingHours({ weekly }, en)).toBe(
      'Monday to Tuesday: 07:30–11:30, 13:00–17:00; Thursday to Friday: 07:30–11:30, 13:00–17:00; Saturday: 07:30–11:30',
    )
  })
})

describe('codes as they are typed', () => {
  it.each([
    'H20.101-260302-0001',
    ' h20.101-260302-0001 ',
    'H20.101 – 260302 – 0001',
    'h20.101 260302 0001',
    'Ｈ20.101-260302-0001',
  ])('“%s” is one dossier', typed => {
    expect(dossierCodeFrom(typed)).toBe('H20.101-260302-0001')
  })

  it('and secrets may be set in groups', () => {
    expect(secretFrom(' dd82 - csuk')).toBe('DD82CSUK')
  })
})
