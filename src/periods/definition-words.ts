import type { T } from '#src/platform/text.ts'
import type { DefinitionKey } from './definition.ts'

type Words = readonly [vi: string, en: string]
type Question = { ask: Words; why: Words; answers: Readonly<Record<string, Words>> }

/** The answer given first is the usual one. */
const questions: Record<DefinitionKey, Question> = {
  withdrawn: {
    ask: [
      'Hồ sơ công dân rút hoặc dừng giải quyết được ghi vào cột nào?',
      'Where do withdrawn and stopped dossiers go?',
    ],
    why: [
      'Hồ sơ đã tiếp nhận rồi rút hoặc dừng vẫn là hồ sơ đã kết thúc, nhưng biểu quốc gia không có cột riêng. Thông lệ ghi vào cột (9) đúng hạn; báo cáo nội bộ luôn có cột riêng.',
      'A dossier withdrawn or stopped after reception has ended, but the national form has no column for it. Practice puts it in (9), on time; the internal report always shows it on its own.',
    ],
    answers: {
      'on-time': ['Ghi vào cột (9) đúng hạn', 'In (9), on time'],
      'by-deadline': [
        'Ghi theo hạn như một kết quả: còn hạn vào cột (9), quá hạn vào cột (10)',
        'By the deadline like a result: in (9) if it was in time, in (10) if late',
      ],
    },
  },
  paused: {
    ask: [
      'Hồ sơ đang tạm dừng tính thời gian khi hết kỳ được ghi vào cột nào?',
      'Where do dossiers go whose clock is stopped at the end?',
    ],
    why: [
      'Trong lúc chờ bổ sung hoặc chờ thực hiện nghĩa vụ tài chính, thời gian giải quyết không chạy. Thông lệ ghi vào cột (12) trong hạn; báo cáo nội bộ có cột tạm dừng riêng.',
      'While a supplement or a payment is awaited the clock does not run. Practice puts these in (12), in time; the internal report shows them on their own.',
    ],
    answers: {
      'in-time': ['Ghi vào cột (12) trong hạn', 'In (12), in time'],
      'by-deadline': [
        'Đã quá hạn trước khi dừng thì ghi vào cột (13) quá hạn',
        'In (13), overdue, if it was overdue when the clock stopped',
      ],
    },
  },
  late: {
    ask: ['Từ khi nào thì coi là quá hạn?', 'From when on is a dossier late?'],
    why: [
      'Giấy hẹn ghi ngày giờ trả. Tính theo phút cho thấy cả những hồ sơ chậm vài giờ; một số nơi chỉ so theo ngày.',
      'The slip states day and hour. By the minute, dossiers late by hours are seen too; some compare days only.',
    ],
    answers: {
      'by-minute': ['Từ phút sau giờ hẹn trả', 'From the minute after the due time'],
      'by-day': ['Từ ngày sau ngày hẹn trả', 'From the day after the due day'],
    },
  },
  extension: {
    ask: [
      'Hồ sơ đã gia hạn đúng quy định thì so với hạn nào?',
      'By which due time is a dossier judged after a valid extension?',
    ],
    why: [
      'Khi gia hạn có văn bản và thư xin lỗi, hạn mới thay hạn đầu. Nên dùng hạn mới; số hồ sơ sẽ quá hạn nếu tính theo hạn đầu vẫn xem được ở báo cáo nội bộ.',
      'After a written extension with an apology the new due time replaces the first. The new one is recommended; how many would be late by the first is still seen in the internal report.',
    ],
    answers: {
      extended: ['So với hạn đã gia hạn', 'By the extended due time'],
      original: ['So với hạn đầu tiên', 'By the first due time'],
    },
  },
  'no-term': {
    ask: [
      'Hồ sơ của thủ tục không công bố thời hạn được ghi vào cột nào khi xong?',
      'Where do solved dossiers without a published term go?',
    ],
    why: [
      'Không có hạn thì không thể quá hạn. Thông lệ ghi vào cột (9) đúng hạn.',
      'What has no term cannot be late. Practice puts these in (9), on time.',
    ],
    answers: {
      'on-time': ['Ghi vào cột (9) đúng hạn', 'In (9), on time'],
      early: ['Ghi vào cột (8) trước hạn', 'In (8), early'],
    },
  },
}

export const questionText = (key: DefinitionKey, t: T) => t(...questions[key].ask)
export const whyText = (key: DefinitionKey, t: T) => t(...questions[key].why)
/** What may be answered, the usual first. */
export const answersOf = (key: DefinitionKey) => Object.keys(questions[key].answers)
export const isUsual = (key: DefinitionKey, answer: string) => answersOf(key)[0] === answer

export function answerText(key: DefinitionKey, answer: string, t: T): string {
  const words = questions[key].answers[answer]
  return words ? t(...words) : answer
}

/** What is the same in every report and cannot be chosen. */
export const fixedRules: readonly (readonly [what: Words, rule: Words])[] = [
  [
    ['Đã giải quyết', 'Solved'],
    [
      'Khi kết quả đã ký, đã vào số và sẵn sàng trả; không phải khi công dân đến nhận.',
      'When the result is signed, numbered and ready; not when it is collected.',
    ],
  ],
  [
    ['Trước hạn', 'Early'],
    ['Xong trước ngày hẹn trả ít nhất một ngày.', 'Ready at least a day before the due day.'],
  ],
  [
    ['Từ chối tiếp nhận', 'Refused at intake'],
    [
      'Không tính vào số tiếp nhận; có cột riêng trong báo cáo nội bộ.',
      'Not received; the internal report has a column for it.',
    ],
  ],
  [
    ['Trả lại sau thẩm định', 'Returned after appraisal'],
    [
      'Tính là đã giải quyết: văn bản nêu lý do là kết quả.',
      'Counts as solved: the notice with reasons is the result.',
    ],
  ],
  [
    ['Tiếp nhận phi địa giới', 'Handed in elsewhere'],
    [
      'Tính một lần, ở cơ quan có thẩm quyền giải quyết; nơi tiếp nhận có báo cáo khối lượng riêng.',
      'Counts once, at the agency that resolves it; where it was handed in has its own report of the work.',
    ],
  ],
  [
    ['Hồ sơ liên thông', 'Interconnected dossiers'],
    ['Các phần được mở theo hồ sơ gốc không tính thêm.', 'Parts opened from another dossier are not counted again.'],
  ],
]
