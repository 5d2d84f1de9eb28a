import { type Block, byHand, componentTable, dongText, line, longInstant, pair, para } from './form-block.ts'
import type { ReceiptForm, RefusalForm, SupplementForm } from './statutory-form.ts'

const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(' – ') || null

/** Form 01: what was handed in, when, and when the result is due. */
export function receiptBlocks(form: ReceiptForm): Block[] {
  return [
    ...correctionBlocks(form.correctedAt),
    line('Đơn vị tiếp nhận', form.unit),
    ...(form.resolvingAgency ? [line('Cơ quan giải quyết', form.resolvingAgency)] : []),
    ...(form.supportPlace ? [line('Nơi hỗ trợ nộp hồ sơ', form.supportPlace)] : []),
    line('Tiếp nhận hồ sơ của ông (bà)/tổ chức', form.applicantName, true),
    ...(form.representative ? [line('Người nộp thay', form.representative)] : []),
    line('Địa chỉ', form.applicantAddress),
    pair({ label: 'Số điện thoại', value: form.phone }, { label: 'Email', value: form.email }),
    pair(
      { label: 'Số căn cước/hộ chiếu/mã số', value: form.idNumber, share: 1.7 },
      { label: 'Hình thức nộp', value: form.channel },
    ),
    line('Nội dung yêu cầu giải quyết', form.content, true),
    line('Chủ hồ sơ', form.ownerName),
    ...(form.ownerAddress === form.applicantAddress ? [] : [line('Địa chỉ chủ hồ sơ', form.ownerAddress)]),
    para('1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:'),
    componentTable(form.components),
    line('2. Số lượng hồ sơ', `${form.setCount} (bộ)`),
    line('3. Thời gian giải quyết hồ sơ theo quy định là', form.termText ?? 'không quy định'),
    line('4. Thời gian nhận hồ sơ', longInstant(form.receivedAt)),
    ...dueBlocks(form),
    line('6. Đăng ký nhận kết quả tại', form.resultPlace),
    {
      is: 'note',
      text: 'Khi nhận kết quả, mang theo giấy này và giấy tờ tùy thân; người nhận thay mang theo giấy ủy quyền.',
    },
    ...feeBlocks(form.fees),
    pair(
      { label: 'Vào Sổ theo dõi hồ sơ, Quyển số', value: form.book?.volume ?? null, share: 1.7 },
      { label: 'Số thứ tự', value: form.book?.order ?? null },
    ),
    {
      is: 'signatures',
      left: form.submitterName === null ? null : { role: 'Người nộp hồ sơ', hint: byHand, name: form.submitterName },
      right: { role: 'Người tiếp nhận hồ sơ', hint: byHand, name: form.receiverName },
    },
  ]
}

function correctionBlocks(at: Date | null): Block[] {
  return at ? [{ is: 'para', center: true, runs: [{ i: `(Cấp lại do đính chính ${longInstant(at)})` }] }] : []
}

function dueBlocks(form: ReceiptForm): Block[] {
  const label = '5. Thời gian trả kết quả giải quyết hồ sơ'
  if (!form.dueAt) return [line(label, 'theo thông báo của cơ quan giải quyết (thủ tục không quy định thời hạn)')]
  const years = form.provisionalYears.join(', ')
  return [
    line(label, longInstant(form.dueAt), true),
    {
      is: 'note',
      text: years
        ? `Thời gian trả kết quả trên là tạm tính vì chưa có thông báo lịch nghỉ lễ, làm bù của năm ${years}; khi có thông báo, thời gian này có thể thay đổi và ông (bà) sẽ được báo lại.`
        : 'Kết quả có sớm hơn sẽ được báo qua tin nhắn, Zalo hoặc thư điện tử; quét mã QR để tra cứu hồ sơ.',
    },
  ]
}

function feeBlocks(fees: ReceiptForm['fees']): Block[] {
  if (fees.length === 0) return []
  const total = fees.reduce((sum, fee) => sum + fee.amount, 0)
  const list = fees.map(fee => `${fee.name}: ${dongText(fee.amount)}`).join('; ')
  return [line('Phí, lệ phí', fees.length > 1 ? `${list}. Tổng cộng: ${dongText(total)}` : list)]
}

/** Form 02: everything that is missing, at once. */
export function supplementBlocks(form: SupplementForm): Block[] {
  return [
    line('Đơn vị tiếp nhận', form.unit),
    line('Đã nhận hồ sơ của ông (bà)/tổ chức', form.applicantName, true),
    line('Nội dung yêu cầu giải quyết', form.content),
    line('Địa chỉ', form.applicantAddress),
    pair({ label: 'Số điện thoại', value: form.phone }, { label: 'Email', value: form.email }),
    para('Đề nghị ông (bà) hoàn thiện hồ sơ gồm những nội dung sau:'),
    componentTable(form.items, true),
    line('Lý do', form.reason),
    ...(form.answerBy ? [line('Đề nghị bổ sung trước', longInstant(form.answerBy), true)] : []),
    {
      is: 'note',
      text:
        form.stage === 'intake'
          ? 'Hồ sơ chưa được tiếp nhận; thời hạn giải quyết được tính từ khi hồ sơ đầy đủ và được tiếp nhận. Ông (bà) nộp bổ sung theo mã hồ sơ này, không phải lập hồ sơ mới.'
          : 'Thời hạn giải quyết tạm dừng từ khi có phiếu này đến khi nhận đủ giấy tờ bổ sung. Ông (bà) nộp bổ sung theo mã hồ sơ này, không phải lập hồ sơ mới và không nộp lại phí, lệ phí đã nộp.',
    },
    ...contactBlocks(form),
    {
      is: 'signatures',
      left: null,
      right: { role: 'Người hướng dẫn', hint: byHand, name: form.contactOfficer },
    },
  ]
}

/** Form 03: why the dossier is not taken in. */
export function refusalBlocks(form: RefusalForm): Block[] {
  return [
    line('Đơn vị tiếp nhận', form.unit),
    line('Đã xem xét hồ sơ của ông (bà)/tổ chức', form.applicantName, true),
    line('Địa chỉ', form.applicantAddress),
    pair({ label: 'Số điện thoại', value: form.phone }, { label: 'Email', value: form.email }),
    line('Số căn cước/hộ chiếu/mã số', form.idNumber),
    ...(form.submittedAt ? [line('Thời gian nộp trực tuyến', longInstant(form.submittedAt))] : []),
    line('Nội dung yêu cầu giải quyết', form.content),
    para('Qua xem xét, ', { b: form.unit }, ' thông báo không tiếp nhận, giải quyết hồ sơ này, lý do cụ thể như sau:'),
    para(form.reason),
    ...contactBlocks(form),
    {
      is: 'signatures',
      left: form.submitterName === null ? null : { role: 'Người nộp hồ sơ', hint: byHand, name: form.submitterName },
      right: { role: 'Người từ chối tiếp nhận', hint: byHand, name: form.refuserName },
    },
  ]
}

function contactBlocks(form: {
  website: string | null
  contactOfficer: string | null
  contactPhone: string | null
}): Block[] {
  const officer = joined(form.contactOfficer, form.contactPhone && `điện thoại ${form.contactPhone}`)
  return [
    ...(form.website ? [line('Quy định của thủ tục được đăng tại', form.website)] : []),
    ...(officer ? [line('Khi cần hướng dẫn, xin liên hệ', officer)] : []),
  ]
}
