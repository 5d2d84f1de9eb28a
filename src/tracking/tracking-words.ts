import type { State } from '#src/dossiers/dossier.ts'
import type { EventPayloads } from '#src/dossiers/dossier-event.ts'
import { moneyText, type T } from '#src/platform/text.ts'
import { spokenDay, spokenInstant } from './opening-hours.ts'
import type { Desk, TrackedEvent, TrackedFacts, VisibleEvent } from './tracking.ts'

type Words = (facts: TrackedFacts) => readonly [vi: string, en: string]

const stateWords: Record<State, Words> = {
  draft: () => ['Hồ sơ mới được lưu nháp, chưa nộp.', 'The dossier is only a draft so far.'],
  submitted: () => [
    'Hồ sơ đã đến nơi và đang được cán bộ kiểm tra trước khi tiếp nhận.',
    'The dossier has arrived and is being checked before it is received.',
  ],
  'supplement-at-intake': () => [
    'Hồ sơ chưa được tiếp nhận vì còn thiếu giấy tờ.',
    'The dossier has not been received yet because papers are missing.',
  ],
  'refused-at-intake': ({ desk }) => [
    `${desk.agency} không tiếp nhận hồ sơ này.`,
    `${desk.agency} did not accept this dossier.`,
  ],
  received: () => [
    'Hồ sơ đã được tiếp nhận và sắp được giải quyết.',
    'The dossier has been received and is about to be handled.',
  ],
  'in-process': ({ competent, where }) => [
    `${where ?? competent} đang giải quyết hồ sơ.`,
    `${where ?? competent} is working on the dossier.`,
  ],
  'supplement-requested': () => [
    'Hồ sơ tạm dừng vì còn thiếu giấy tờ, đang chờ ông/bà bổ sung.',
    'The dossier is on hold because papers are missing; we are waiting for you to bring them.',
  ],
  'financial-obligation': () => [
    'Hồ sơ tạm dừng, chờ ông/bà hoàn thành nghĩa vụ tài chính.',
    'The dossier is on hold until the amount in the notice has been paid.',
  ],
  'pending-approval': () => [
    'Hồ sơ đã xem xét xong, đang chờ lãnh đạo duyệt.',
    'The dossier has been examined and waits for the leader.',
  ],
  approved: () => [
    'Lãnh đạo đã duyệt, kết quả đang được phát hành.',
    'The leader has approved; the result is being issued.',
  ],
  'result-ready': ({ result }) =>
    result?.kind === 'refusal'
      ? [
          'Hồ sơ không đủ điều kiện; đã có văn bản trả lời.',
          'The request was not granted; the written answer is ready.',
        ]
      : ['Hồ sơ đã có kết quả.', 'The result is ready.'],
  closed: () => [
    'Hồ sơ đã giải quyết xong, kết quả đã trao.',
    'The dossier is finished and the result was handed over.',
  ],
  withdrawn: () => ['Hồ sơ đã được rút theo đề nghị.', 'The dossier was withdrawn on request.'],
  stopped: ({ competent }) => [
    `${competent} đã dừng giải quyết hồ sơ.`,
    `${competent} has stopped handling the dossier.`,
  ],
}

/** Where the dossier stands, as one would say it to a neighbour. */
export function stateText(facts: TrackedFacts, t: T): string {
  return t(...stateWords[facts.state](facts))
}

/** What the citizen has to do now, or that there is nothing to do. */
export function nextText(facts: TrackedFacts, { desk, overdue }: { desk: Desk; overdue: boolean }, t: T): string {
  const at = desk.name
  switch (facts.state) {
    case 'supplement-at-intake':
    case 'supplement-requested':
      return bring(facts.supplement?.answerBy ?? null, at, t)
    case 'financial-obligation':
      return pay(facts, at, t)
    case 'result-ready':
      return [collect(facts, at, t), owed(facts, t)].filter(Boolean).join(' ')
    case 'refused-at-intake':
      return t(
        `Xin xem lý do dưới đây. Khi đã đủ điều kiện, ông/bà có thể nộp lại; cần hỏi thêm, xin đến ${at}.`,
        `Please read the reason below. You may apply again once the conditions are met; for questions, come to ${at}.`,
      )
    case 'stopped':
    case 'withdrawn':
      return t(`Ông/bà nhận lại giấy tờ đã nộp tại ${at}.`, `Your papers can be collected at ${at}.`)
    case 'closed':
      return t(
        `Ông/bà không cần làm gì thêm. Nếu kết quả có sai sót, xin báo ngay cho ${at}.`,
        `There is nothing more to do. If the result contains a mistake, tell ${at} at once.`,
      )
    default:
      return [wait(facts, overdue, t), owed(facts, t)].filter(Boolean).join(' ')
  }
}

function bring(answerBy: string | null, at: string, t: T): string {
  const until = answerBy ? spokenDay(answerBy, t) : null
  return until
    ? t(
        `Xin ông/bà mang các giấy tờ dưới đây đến ${at}, chậm nhất ${until}.`,
        `Please bring the papers below to ${at} by ${until}.`,
      )
    : t(`Xin ông/bà mang các giấy tờ dưới đây đến ${at}.`, `Please bring the papers below to ${at}.`)
}

function pay({ events }: TrackedFacts, at: string, t: T): string {
  const told = events.findLast(event => event.type === 'financial-obligation-notified')
  const { notice = '', amount = null } = (told?.more ?? {}) as Partial<EventPayloads['financial-obligation-notified']>
  const sum = amount ? ` (${moneyText(amount)})` : ''
  return t(
    `Xin ông/bà nộp tiền theo thông báo số ${notice}${sum}, rồi đưa chứng từ cho ${at}. Thời gian giải quyết được tính tiếp từ lúc đó.`,
    `Please pay as notice no. ${notice} says${sum} and show the receipt at ${at}. The time runs on from then.`,
  )
}

function collect({ delivery }: TrackedFacts, at: string, t: T): string {
  switch (delivery) {
    case 'post':
      return t(
        'Kết quả được gửi qua bưu chính đến địa chỉ ông/bà đã ghi; ông/bà chờ nhận tại nhà.',
        'The result is sent by post to the address you gave.',
      )
    case 'electronic':
      return t(
        `Kết quả được trả bản điện tử. Cần bản giấy, mời ông/bà đến ${at}.`,
        `The result is delivered electronically. For a paper copy, come to ${at}.`,
      )
    case 'counter':
      return t(
        `Mời ông/bà đến ${at} nhận kết quả, mang theo giấy hẹn và giấy tờ tùy thân. Người nhận thay mang thêm giấy ủy quyền.`,
        `Please collect the result at ${at}. Bring the receipt slip and your identity card; someone else also needs your authorisation.`,
      )
  }
}

function wait({ dueAt, competent, provisional }: TrackedFacts, overdue: boolean, t: T): string {
  if (overdue) {
    return t(
      `Hồ sơ đã quá hẹn mà chưa có kết quả. Ông/bà chưa phải làm gì; có thể yêu cầu ${competent} xin lỗi và hẹn lại bằng văn bản.`,
      `The promised time has passed without a result. You need not do anything; you may ask ${competent} for a written apology and a new date.`,
    )
  }
  return dueAt
    ? t(
        `Ông/bà chưa phải làm gì. Kết quả có chậm nhất lúc ${spokenInstant(dueAt, t)}${provisional ? ' (tạm tính)' : ''}.`,
        `There is nothing to do for now. The result will be ready by ${spokenInstant(dueAt, t)}${provisional ? ' (provisional)' : ''}.`,
      )
    : t('Ông/bà chưa phải làm gì.', 'There is nothing to do for now.')
}

function owed({ fees: own, children }: TrackedFacts, t: T): string {
  const fees = [...own, ...children.flatMap(child => child.fees)]
  const sum = fees.reduce((all, fee) => all + fee.amount * fee.quantity, 0)
  if (sum === 0) return ''
  return t(`Phí, lệ phí chưa nộp: ${moneyText(sum)}.`, `Fees still to be paid: ${moneyText(sum)}.`)
}

type HistoryWords = (facts: TrackedFacts, event: TrackedEvent) => readonly [vi: string, en: string]
type More<K extends keyof EventPayloads> = Partial<EventPayloads[K]> | null

const historyWords: Record<VisibleEvent, HistoryWords> = {
  submitted: () => ['Hồ sơ được nộp trực tuyến', 'Submitted online'],
  received: ({ desk }) => [`${desk.agency} tiếp nhận, cấp giấy hẹn`, `Received by ${desk.agency}, slip issued`],
  'refused-at-intake': ({ desk }) => [`${desk.agency} không tiếp nhận`, `Not accepted by ${desk.agency}`],
  'supplement-requested': () => ['Yêu cầu ông/bà bổ sung giấy tờ', 'You were asked for more papers'],
  'supplement-answered': () => ['Đã nhận giấy tờ bổ sung', 'The papers asked for were taken in'],
  forwarded: ({ competent }) => [`Chuyển hồ sơ đến ${competent}`, `Passed on to ${competent}`],
  assigned: ({ competent }, { agency }) => [
    `${agency ?? competent} giao chuyên viên giải quyết`,
    `${agency ?? competent} gave it to a specialist`,
  ],
  'step-completed': ({ competent }, { agency, more }) => {
    const { step = null, back = false } = (more as More<'step-completed'>) ?? {}
    const who = agency ?? competent
    if (!step) return [`${who} xong một bước giải quyết`, `A step was completed at ${who}`]
    return back
      ? [`${who} chuyển hồ sơ lại bước trước, từ “${step}”`, `${who} sent it back from “${step}”`]
      : [`${who} xong bước “${step}”`, `${who} completed “${step}”`]
  },
  'opinion-given': (_, { agency }) => [
    `${agency ?? 'Cơ quan được hỏi'} đã cho ý kiến`,
    `${agency ?? 'An agency asked'} gave its opinion`,
  ],
  'opinion-missing': (_, { more }) => {
    const names = (more as More<'opinion-missing'>)?.opinions?.map(({ name }) => name).join(', ')
    return [
      `Không trả lời ý kiến đúng hạn: ${names || 'cơ quan được hỏi'}`,
      `Did not give an opinion in time: ${names || 'an agency asked'}`,
    ]
  },
  'child-opened': (_, { more }) => {
    const { name, code } = (more as More<'child-opened'>) ?? {}
    const what = [name, code].filter(Boolean).join(', ')
    return [`Mở hồ sơ liên thông${what && `: ${what}`}`, `Dossier opened at another agency${what && `: ${what}`}`]
  },
  'child-ended': ({ children }, { more }) => childEnded(children, more as More<'child-ended'>),
  'sent-for-approval': () => ['Trình lãnh đạo', 'Sent to the leader'],
  approved: () => ['Lãnh đạo duyệt kết quả', 'Approved by the leader'],
  'result-signed': () => ['Kết quả được ký, cấp số', 'Result signed and numbered'],
  'result-ready': ({ desk }) => [`Kết quả về ${desk.agency}`, `Result ready at ${desk.agency}`],
  'handed-over': () => ['Trao kết quả', 'Result handed over'],
  extended: ({ competent }) => [`${competent} xin lỗi và hẹn lại`, `Apology and new date from ${competent}`],
  'financial-obligation-notified': () => ['Thông báo nghĩa vụ tài chính', 'Notice of the amount to pay'],
  'financial-obligation-met': () => ['Đã hoàn thành nghĩa vụ tài chính', 'The amount was paid'],
  'fee-collected': () => ['Đã thu phí, lệ phí', 'Fees paid'],
  stopped: ({ competent }) => [`${competent} dừng giải quyết`, `Stopped by ${competent}`],
  withdrawn: () => ['Rút hồ sơ theo đề nghị', 'Withdrawn on request'],
  corrected: () => ['Đính chính thông tin trên giấy tiếp nhận', 'Details on the slip corrected'],
  'due-recomputed': () => [
    'Tính lại hạn trả theo lịch làm việc chính thức',
    'Due time counted again by the official calendar',
  ],
}

/** One line of the short history. */
export function historyText(event: TrackedEvent, facts: TrackedFacts, t: T): string {
  return t(...historyWords[event.type](facts, event))
}

function childEnded(children: readonly TrackedFacts[], more: More<'child-ended'>): readonly [string, string] {
  const name = children.find(({ id }) => id === more?.id)?.procedure.name
  const of = name ? `: ${name}` : ''
  switch (more?.outcome) {
    case 'refused':
      return [`Hồ sơ liên thông không được giải quyết${of}`, `Not granted at the other agency${of}`]
    case 'ended':
      return [`Hồ sơ liên thông đã dừng${of}`, `Stopped at the other agency${of}`]
    default:
      return [`Hồ sơ liên thông có kết quả${of}`, `Result from the other agency${of}`]
  }
}
