import { exitsOf, findStep } from '#src/processes/process.ts'
import type { CommandFacts, CommandForm } from './command-field.ts'
import { correctForm } from './correct-form.ts'
import {
  answerForm,
  extendForm,
  feeForm,
  ground,
  handOverForm,
  note,
  proposalForm,
  reason,
  receiveForm,
  signForm,
  supplementForm,
} from './step-forms.ts'
import {
  assignForm,
  changeForm,
  claimForm,
  completeForm,
  opinionForm,
  releaseForm,
  wantedFields,
} from './work-forms.ts'

/** What each command asks before it is carried out. A command without a line here asks nothing. */
const forms: Record<string, (facts: CommandFacts) => CommandForm> = {
  submit: ({ t }) => ({
    intro: t('Hồ sơ được cấp mã và chờ kiểm tra để tiếp nhận.', 'The dossier gets its code and waits to be examined.'),
    fields: [],
  }),
  receive: facts => receiveForm(facts),
  forward: ({ t, read }) => ({
    intro: t(
      `Giao hồ sơ giấy và trách nhiệm cho ${read.competent.name}.`,
      `Hand papers and responsibility to ${read.competent.name}.`,
    ),
    fields: [note(t)],
  }),
  assign: facts => assignForm(facts),
  appraise: ({ t, read }) => ({
    fields: [
      {
        is: 'radio',
        name: 'opinion',
        label: t('Kết quả thẩm định', 'Finding'),
        required: true,
        options: [
          { value: 'eligible', label: t('Đủ điều kiện', 'Eligible') },
          {
            value: 'ineligible',
            label: t('Không đủ điều kiện', 'Not eligible'),
            hint: t(
              'Kết quả sẽ là văn bản không giải quyết, nêu rõ lý do.',
              'The result will be a written refusal with reasons.',
            ),
          },
        ],
      },
      note(t, t('Ý kiến thẩm định', 'Opinion')),
    ],
    values: { opinion: read.dossier.appraisal?.opinion ?? 'eligible', note: read.dossier.appraisal?.note ?? '' },
  }),
  'submit-for-approval': ({ t, read, ...more }) => ({
    intro: t('Trình dự thảo kết quả để lãnh đạo phê duyệt.', 'Send the draft result to the leader.'),
    fields: [
      ...wantedFields({ t, read, ...more }),
      { is: 'line', name: 'title', label: t('Trích yếu kết quả', 'Title of the result') },
      note(t, t('Ý kiến trình', 'Note to the leader')),
    ],
    values: { title: usualTitle(read.procedure, read.dossier.appraisal?.opinion === 'ineligible') },
  }),
  'approve-supplement': facts => proposalForm(facts, []),
  'decline-supplement': facts => proposalForm(facts, [reason(facts.t)]),
  approve: ({ t, read }) => ({
    lines: [
      `${t('Kết quả', 'Result')}: ${read.dossier.result?.title ?? ''}`,
      ...(read.dossier.appraisal?.note ? [`${t('Ý kiến thẩm định', 'Opinion')}: ${read.dossier.appraisal.note}`] : []),
    ],
    fields: [note(t, t('Ý kiến phê duyệt', 'Note'))],
  }),
  'reject-back': ({ t }) => ({
    intro: t(
      'Hồ sơ trở lại chuyên viên; thời hạn vẫn chạy.',
      'The dossier goes back to the specialist; the clock runs on.',
    ),
    fields: [reason(t, t('Nêu rõ cần làm lại điều gì.', 'Say what has to be done again.'))],
  }),
  'sign-result': facts => signForm(facts),
  'result-ready': ({ t, read }) => ({
    intro: t(
      `Kết quả có tại ${read.receiving.shortName}; hồ sơ được đánh giá đúng hạn hay quá hạn vào lúc này.`,
      `The result is at ${read.receiving.shortName}; the dossier is judged on time or late at this moment.`,
    ),
    fields: [],
  }),
  'hand-over': facts => handOverForm(facts),
  'answer-supplement': facts => answerForm(facts),
  resume: ({ t }) => ({
    intro: t('Thời hạn chạy tiếp từ lúc này.', 'The clock runs on from now.'),
    fields: [
      {
        is: 'line',
        name: 'evidence',
        label: t('Số biên lai, chứng từ nộp tiền', 'Number of the receipt or voucher'),
        required: true,
        size: 'medium',
      },
    ],
  }),
  'request-supplement': facts => supplementForm(facts),
  pause: ({ t }) => ({
    intro: t(
      'Thời hạn tạm dừng từ lúc này đến khi có chứng từ nộp tiền. Chờ đợi trong nội bộ cơ quan không phải là lý do tạm dừng.',
      'The clock stops from now until payment is proven. Waiting inside the administration is no reason to pause.',
    ),
    fields: [
      {
        is: 'line',
        name: 'notice',
        label: t('Số thông báo nghĩa vụ tài chính', 'Number of the notice'),
        required: true,
        size: 'medium',
      },
      ground(t, 'ground', true),
      { is: 'number', name: 'amount', label: t('Số tiền', 'Amount'), unit: t('đồng', 'đồng') },
    ],
  }),
  refuse: ({ t }) => ({
    intro: t(
      'Hồ sơ không được tiếp nhận; phiếu từ chối (mẫu 03) được lập với lý do này.',
      'The dossier is not taken in; form 03 states this reason.',
    ),
    fields: [reason(t)],
    danger: true,
  }),
  'collect-fee': facts => feeForm(facts),
  extend: facts => extendForm(facts),
  correct: correctForm,
  withdraw: ({ t }) => ({
    intro: t(
      'Ghi nhận người nộp rút hồ sơ. Hồ sơ kết thúc và không mở lại được.',
      'The applicant takes the dossier back. It ends for good.',
    ),
    fields: [reason(t)],
    danger: true,
  }),
  stop: ({ t }) => ({
    intro: t('Hồ sơ kết thúc, không có kết quả, và không mở lại được.', 'The dossier ends without a result, for good.'),
    fields: [reason(t), ground(t, 'ground', true)],
    danger: true,
  }),
  note: ({ t }) => ({
    intro: t('Ghi chú cho đồng nghiệp; người nộp hồ sơ không thấy.', 'For colleagues; the applicant does not see it.'),
    fields: [{ is: 'paragraph', name: 'text', label: t('Nội dung', 'Text'), required: true }],
  }),
  'complete-step': completeForm,
  'give-opinion': opinionForm,
  claim: claimForm,
  release: releaseForm,
  'take-back': ({ t }) => ({
    intro: t(
      'Việc trở lại chờ người khác cùng vai trò trong cơ quan; người đang giữ việc được báo. Thời hạn vẫn chạy.',
      'The work waits for others of the role in the agency again; who had it is told. The clock runs on.',
    ),
    fields: [reason(t)],
  }),
  'change-process': changeForm,
  'end-child-wait': ({ t, read }) => ({
    intro: t(
      'Hồ sơ đi tiếp, không chờ kết quả của cơ quan kia nữa. Hồ sơ đã mở ở cơ quan đó vẫn được giải quyết.',
      'The dossier goes on without the other agency’s result. What is open there is still resolved.',
    ),
    fields: [
      {
        is: 'radio',
        name: 'outcome',
        label: t('Đi tiếp như khi', 'Go on as when'),
        required: true,
        options: waysOn(read).map(({ key, name }) => ({ value: key, label: name })),
      },
      ground(t, 'ground', true),
    ],
  }),
  link: ({ t }) => ({
    intro: t(
      'Hai hồ sơ được gắn với nhau trên trang của cả hai; mỗi hồ sơ vẫn được giải quyết riêng.',
      'Each is shown on the other’s page; they are resolved on their own.',
    ),
    fields: [
      { is: 'line', name: 'code', label: t('Mã hồ sơ liên quan', 'Code of the other'), required: true, size: 'medium' },
      { is: 'line', name: 'reason', label: t('Lý do', 'Reason'), required: true },
    ],
  }),
}

function waysOn({ dossier, process }: CommandFacts['read']) {
  const step = process && dossier.step ? findStep(process.process, dossier.step.key) : undefined
  return step ? exitsOf(step) : []
}

export function commandForm(type: string, facts: CommandFacts): CommandForm {
  return forms[type]?.(facts) ?? { fields: [] }
}

function usualTitle({ name, content }: CommandFacts['read']['procedure'], isRefusal: boolean): string {
  return isRefusal ? 'Thông báo không giải quyết hồ sơ' : (content.results[0]?.name ?? name).slice(0, 500)
}
