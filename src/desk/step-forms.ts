import { timeLeftText } from '#src/calendar/duration-text.ts'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { owedOn } from '#src/dossiers/dossier.ts'
import { instantText, moneyText, type T } from '#src/platform/text.ts'
import { requirementsOf } from '#src/procedures/procedure.ts'
import { RESULT_FILE } from '#src/steps/sign-result.ts'
import type { CommandFacts, CommandField, CommandForm } from './command-field.ts'
import { deliveryText } from './dossier-facts.tsx'
import { leftOf } from './due-words.ts'
import { itemTexts } from './event-words.ts'
import { countValues, publishedCounts } from './paper-table.tsx'
import { tickedItems } from './supplement-items.tsx'

export const note = (t: T, label = t('Ghi chú', 'Note')): CommandField => ({ is: 'paragraph', name: 'note', label })
export const reason = (t: T, hint?: string): CommandField => ({
  is: 'paragraph',
  name: 'reason',
  label: t('Lý do', 'Reason'),
  required: true,
  ...(hint ? { hint } : {}),
})
export const ground = (t: T, name: string, required: boolean): CommandField => ({
  is: 'line',
  name,
  label: t('Căn cứ pháp lý', 'Legal ground'),
  hint: t('Điều, khoản, văn bản', 'Article, clause, text'),
  required,
})

function needsOf({ read }: CommandFacts) {
  return requirementsOf(read.procedure.content, read.dossier.channel, read.dossier.caseCode)
}

/** Papers required and not counted yet. */
function missingOf(facts: CommandFacts): string[] {
  const present = new Set(facts.read.dossier.components.map(line => line.code))
  return needsOf(facts)
    .components.filter(one => one.required && !present.has(one.code))
    .map(one => one.code)
}

export function receiveForm(facts: CommandFacts): CommandForm {
  const { t, read } = facts
  const { components } = needsOf(facts)
  const counted = countValues(read.dossier.components)
  return {
    intro: t(
      'Thời hạn bắt đầu tính từ lúc này; giấy tiếp nhận và hẹn trả (mẫu 01) được lập.',
      'The clock starts now and form 01 is issued.',
    ),
    fields: [{ is: 'papers', title: t('Giấy tờ đã nhận', 'Papers received'), components, takesScans: true }],
    values: Object.keys(counted).length > 0 ? counted : publishedCounts(components),
  }
}

export function proposalForm({ t, read }: CommandFacts, fields: readonly CommandField[]): CommandForm {
  const proposal = read.dossier.supplementProposal
  return {
    lines: proposal
      ? [
          ...itemTexts(proposal.items, read.procedure),
          `${t('Lý do', 'Reason')}: ${proposal.reason}`,
          `${t('Căn cứ', 'Ground')}: ${proposal.legalGround ?? '—'}`,
          `${t('Người đề nghị', 'Asked by')}: ${proposal.requestedBy}`,
        ]
      : [],
    fields,
  }
}

export function signForm({ t, read, colleagues }: CommandFacts): CommandForm {
  const approver = read.events.findLast(event => event.type === 'approved')?.actorName
  const names = [...new Set([...(approver ? [approver] : []), ...colleagues.map(one => one.name)])]
  return {
    fields: [
      {
        is: 'line',
        name: 'number',
        label: t('Số, ký hiệu', 'Number'),
        hint: t('Ví dụ: 128/GKS-UBND', 'For example 128/GKS-UBND'),
        required: true,
        size: 'medium',
      },
      {
        is: 'select',
        name: 'signer',
        label: t('Người ký', 'Signed by'),
        required: true,
        options: names.map(name => ({ value: name, label: name })),
      },
      { is: 'line', name: 'title', label: t('Trích yếu', 'Title') },
      {
        is: 'files',
        title: t('Kết quả đã ký', 'The signed result'),
        papers: [{ code: 'ket-qua', name: RESULT_FILE, required: false }],
      },
    ],
    values: { ...(approver ? { signer: approver } : {}), title: read.dossier.result?.title ?? '' },
  }
}

export function handOverForm({ t, read }: CommandFacts): CommandForm {
  const { applicant, deliveryChoice, result } = read.dossier
  const option = (method: 'counter' | 'post' | 'electronic') => ({ value: method, label: deliveryText({ method }, t) })
  return {
    lines: result?.number ? [`${t('Kết quả', 'Result')}: ${result.title}, ${t('số', 'number')} ${result.number}`] : [],
    fields: [
      { is: 'line', name: 'collector', label: t('Người nhận', 'Collected by'), required: true, size: 'medium' },
      { is: 'line', name: 'idNumber', label: t('Số giấy tờ tùy thân', 'ID number'), size: 'medium' },
      {
        is: 'line',
        name: 'relation',
        label: t('Quan hệ với chủ hồ sơ', 'Relation to the applicant'),
        hint: t('Để trống khi chính chủ hồ sơ nhận', 'Blank for the applicant'),
        size: 'medium',
      },
      {
        is: 'radio',
        name: 'method',
        label: t('Cách trả', 'How'),
        options: [option('counter'), option('post'), option('electronic')],
      },
    ],
    values: { collector: applicant.name, idNumber: applicant.idNumber, method: deliveryChoice.method },
  }
}

export function answerForm(facts: CommandFacts): CommandForm {
  const { t, read } = facts
  const last = read.dossier.supplements.at(-1)
  const asked = new Set(last?.items.map(item => item.component))
  const { components } = needsOf(facts)
  const listed = components.toSorted((a, b) => Number(asked.has(b.code)) - Number(asked.has(a.code)))
  const wanted = components.filter(one => asked.has(one.code)).map(one => ({ ...one, required: true }))
  return {
    intro: t(
      'Ghi số giấy tờ mang đến lần này; số ghi ở đây thay cho số đã ghi của cùng giấy tờ.',
      'Count what was brought now; it replaces earlier counts of the same paper.',
    ),
    lines: last ? [`${t('Đã yêu cầu', 'Asked')}: ${last.reason}`, ...itemTexts(last.items, read.procedure)] : [],
    fields: [
      { is: 'papers', title: t('Giấy tờ bổ sung', 'Papers brought'), components: listed, takesScans: true },
      note(t),
    ],
    // What was counted at the desk stands unless the officer says otherwise.
    values: {
      ...publishedCounts(wanted),
      ...countValues(read.dossier.components.filter(line => asked.has(line.code))),
    },
  }
}

export function supplementForm(facts: CommandFacts): CommandForm {
  const { t, read, now } = facts
  const stage = read.dossier.receivedAt ? 'appraisal' : 'intake'
  const earlier = read.dossier.supplements.filter(one => one.stage === stage).length
  const again = earlier >= read.policy.supplementsPerStage
  return {
    intro: again
      ? t(
          'Hồ sơ đã được yêu cầu bổ sung. Yêu cầu thêm phải có căn cứ pháp lý và được lãnh đạo chấp thuận trước khi gửi.',
          'A supplement was requested before. A further one needs its legal ground and a leader’s approval.',
        )
      : stage === 'appraisal'
        ? t('Thời hạn tạm dừng từ lúc này đến khi nhận đủ bổ sung.', 'The clock stops until everything is brought.')
        : t(
            'Phiếu yêu cầu bổ sung (mẫu 02) được lập; thời hạn chưa tính.',
            'Form 02 is issued; the clock has not started.',
          ),
    fields: [
      { is: 'items', components: needsOf(facts).components },
      reason(t),
      ground(t, 'legalGround', again),
      {
        is: 'date',
        name: 'answerBy',
        label: t('Đề nghị bổ sung trước ngày', 'To be answered by'),
        min: localDate(now),
      },
    ],
    values: tickedItems(missingOf(facts)),
  }
}

export function feeForm({ t, read }: CommandFacts): CommandForm {
  const owed = owedOn(read.dossier)
  return {
    intro: t(`Số tiền phải thu: ${moneyText(owed)}`, `Amount due: ${moneyText(owed)}`),
    lines: read.dossier.fees.map(fee => `${fee.name}: ${moneyText(fee.amount * fee.quantity)}`),
    fields: [
      { is: 'line', name: 'receipt', label: t('Số biên lai', 'Receipt number'), required: true, size: 'medium' },
      {
        is: 'radio',
        name: 'method',
        label: t('Hình thức', 'Paid by'),
        options: [
          { value: 'cash', label: t('Tiền mặt', 'Cash') },
          { value: 'transfer', label: t('Chuyển khoản', 'Transfer') },
          { value: 'card', label: t('Thẻ', 'Card') },
        ],
      },
    ],
    values: { method: 'cash' },
  }
}

export function extendForm({ t, read, now }: CommandFacts): CommandForm {
  const { dueAt } = read.dossier
  const after = localDate(dueAt && dueAt > now ? dueAt : now)
  const { apologyNoticeDays, extensions } = read.policy
  const standing = dueAt ? `${instantText(dueAt)} (${timeLeftText(leftOf(read, now), t).toLowerCase()})` : '—'
  return {
    intro: t(
      `Hạn hiện tại: ${standing}. Văn bản xin lỗi (mẫu 04) gửi người nộp trước hạn ít nhất ${apologyNoticeDays} ngày làm việc; được gia hạn ${extensions} lần.`,
      `Due now: ${standing}. The apology (form 04) is sent at least ${apologyNoticeDays} working day(s) before; ${extensions} extension(s) allowed.`,
    ),
    fields: [
      {
        is: 'date',
        name: 'until',
        label: t('Ngày hẹn lại', 'New date'),
        hint: t('Một ngày làm việc sau hạn hiện tại', 'A working day after the present date'),
        required: true,
        min: addDays(after, 1),
      },
      reason(t),
      ground(t, 'legalGround', false),
    ],
  }
}
