import { describe, expect, it } from 'vitest'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import type { T } from '#src/platform/text.ts'
import type { ListedDossier } from './dossier-list.ts'
import { cameInText, maskedContact, standingOf, whereText } from './listed-words.ts'

const t: T = vi => vi
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const NOW = at('2026-11-20 14:20')

const dossier = (change: Partial<ListedDossier> = {}): ListedDossier => ({
  id: 7,
  code: 'H20.12-261117-0107',
  version: 3,
  state: 'in-process',
  procedure: { code: '1.009994', name: 'Cấp giấy phép xây dựng' },
  applicant: { kind: 'citizen', name: 'Lê Thị Bích Ngọc', idNumber: '087190000210', phone: '0987000210' },
  channel: 'counter',
  enteredAt: at('2026-11-17 14:03'),
  receivedAt: at('2026-11-17 14:03'),
  originalDueAt: at('2026-11-20 16:30'),
  dueAt: at('2026-11-20 16:30'),
  dueProvisional: false,
  dueGaps: [],
  pausedAt: null,
  readyAt: null,
  judgement: null,
  holder: { agency: 'H20.11', agencyName: 'Sở Xây dựng', role: 'specialist', name: 'Phan Minh' },
  stepName: null,
  stepDueAt: null,
  parent: null,
  cause: null,
  calendar: { id: 1, version: 1 },
  resume: 'remaining',
  intakeCheckHours: 8,
  ...change,
})
const whole = (change: Partial<ListedDossier>) => standingOf(dossier(change), NOW, nationalCalendar, t)
/** Against the deadline of the whole dossier. */
function standing(change: Partial<ListedDossier>) {
  const { step: _, ...deadline } = whole(change)
  return deadline
}

describe('how the step stands', () => {
  it('is told beside the deadline, in working time, and not at all where no clock runs', () => {
    const due = { stepName: 'Thẩm định', stepDueAt: at('2026-11-20 15:20') }
    expect(whole(due).step).toEqual({ text: 'Bước này: còn 1 giờ', late: false })
    expect(whole({ ...due, stepDueAt: at('2026-11-20 13:20') }).step).toEqual({
      text: 'Bước này: quá hạn 1 giờ',
      late: true,
    })
    expect(whole({ ...due, pausedAt: at('2026-11-20 10:00') }).step).toBeNull()
    expect(whole({}).step).toBeNull()
  })
})

describe('how a dossier stands', () => {
  it('names who caused the delay, once it is late', () => {
    const cause = 'Công an tỉnh'
    expect(standing({ cause, dueAt: at('2026-11-20 10:20') }).lines).toEqual(['hôm nay 10:20', 'chậm do Công an tỉnh'])
    expect(standing({ cause }).lines).toEqual(['hôm nay 16:30'])
    const ended = { readyAt: at('2026-11-20 10:21'), judgement: 'late' } as const
    expect(standing({ cause, ...ended }).lines).toEqual(['hôm nay 10:21', 'chậm do Công an tỉnh'])
  })

  it('is told in working time', () => {
    expect(standing({})).toEqual({ badge: { tone: 'soon', text: 'Còn 2 giờ 10 phút' }, lines: ['hôm nay 16:30'] })
    expect(standing({ dueAt: at('2026-11-20 10:20') })).toEqual({
      badge: { tone: 'late', text: 'Quá hạn 2 giờ 30 phút' },
      lines: ['hôm nay 10:20'],
    })
    expect(standing({ dueAt: at('2026-11-24 10:15') }).lines).toEqual(['24/11 10:15'])
  })

  it('while paused says what will be left', () => {
    const paused = { state: 'supplement-requested', pausedAt: at('2026-11-18 09:00') } as const
    expect(standing({ ...paused, dueAt: at('2026-11-25 13:00') })).toEqual({
      badge: { tone: 'paused', text: 'Tạm dừng' },
      // 24/11 is a day off, and so is the weekend before.
      lines: ['còn 4 ngày 2 giờ khi nối lại'],
    })
    expect(standing({ ...paused, resume: 'restart' }).lines).toEqual(['tính lại từ đầu khi nối lại'])
  })

  it('stays late when it was paused after its deadline', () => {
    expect(standing({ pausedAt: at('2026-11-20 11:00'), dueAt: at('2026-11-20 10:20') }).badge?.tone).toBe('late')
  })

  it('names the year without an official calendar', () => {
    expect(standing({ dueAt: at('2027-01-05 10:15'), dueProvisional: true, dueGaps: [2027] }).lines).toEqual([
      '10:15 05/01/2027',
      'tạm tính, chưa có lịch nghỉ 2027',
    ])
  })

  it('has hours to be examined while it waits to be received', () => {
    const submitted = { state: 'submitted' as const, receivedAt: null, dueAt: null, enteredAt: at('2026-11-19 16:00') }
    expect(standing(submitted)).toEqual({
      badge: { tone: 'soon', text: 'Còn 1 giờ 40 phút' },
      lines: ['kiểm tra trước hôm nay 16:00'],
    })
  })

  it('is judged once the result is there, and not told before reception or without a term', () => {
    const ready = { readyAt: at('2026-11-19 09:00'), state: 'result-ready' } as const
    expect(standing({ ...ready, judgement: 'late' }).badge).toEqual({ tone: 'late', text: 'Có kết quả, quá hạn' })
    expect(standing({ ...ready, judgement: 'no-term' }).badge?.text).toBe('Có kết quả')
    expect(standing({ receivedAt: null, dueAt: null, state: 'draft' })).toEqual({ badge: null, lines: [] })
    expect(standing({ dueAt: null })).toEqual({ badge: null, lines: ['Không có thời hạn'] })
    expect(standing({ state: 'stopped', holder: null }).badge).toBeNull()
  })
})

describe('a line of the list', () => {
  it('says through which door and when the dossier came', () => {
    expect(cameInText(dossier(), NOW, t)).toBe('Tại quầy · 17/11 14:03')
    expect(
      cameInText(dossier({ receivedAt: null, channel: 'online', enteredAt: at('2026-11-20 08:00') }), NOW, t),
    ).toBe('Trực tuyến · hôm nay 08:00')
  })

  it('says who has to act', () => {
    expect(whereText(dossier(), t)).toEqual({ place: 'Sở Xây dựng', who: 'Phan Minh' })
    expect(whereText(dossier({ state: 'supplement-requested' }), t).place).toBe('Người nộp')
    expect(whereText(dossier({ state: 'closed', holder: null }), t)).toEqual({ place: '', who: '' })
  })

  it('shows neither a whole phone number nor a whole ID number', () => {
    expect(maskedContact(dossier().applicant, t)).toBe('0987\u00a0•••\u00a0210')
    expect(maskedContact({ kind: 'citizen', name: 'A', idNumber: '087190000210', phone: null }, t)).toBe(
      'CCCD 087•••••10',
    )
    expect(maskedContact({ kind: 'business', name: 'B', idNumber: '1400123412', phone: '0900000001' }, t)).toBe(
      'MST 140•••••12',
    )
    expect(maskedContact({ kind: 'citizen', name: 'A', idNumber: null, phone: null }, t)).toBe('')
  })
})
