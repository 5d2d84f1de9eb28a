import { type Block, letterPara, longDate, longInstant } from './form-block.ts'
import type { ApologyForm, StopForm } from './statutory-form.ts'

const underSeal = '(Ký, ghi rõ họ tên và đóng dấu)'
const recipients = ['Như trên;', 'Bộ phận một cửa;', 'Lưu: VT, hồ sơ.']

type Letter = { recipientName: string; recipientAddress: string | null; recipientPhone: string | null }

function addressee(form: Letter): Block[] {
  const where = [
    form.recipientAddress && `Địa chỉ: ${form.recipientAddress}`,
    form.recipientPhone && `Số điện thoại: ${form.recipientPhone}`,
  ].filter(Boolean)
  return [
    { is: 'para', center: true, runs: ['Kính gửi: ', { b: form.recipientName }, where.map(w => `\n${w}`).join('')] },
  ]
}

function letterLine(label: string, value: string, strong = false): Block {
  return letterPara(`${label}: `, strong ? { b: value } : value)
}

function signed(form: { signerTitle: string; signerName: string }): Block {
  return {
    is: 'signatures',
    left: { recipients },
    right: { role: form.signerTitle, hint: underSeal, name: form.signerName },
  }
}

const ofCode = (code: string | null) => (code ? `, mã hồ sơ ${code}` : '')

/** Form 04 of the 2018 set: the apology and one new appointment. */
export function apologyBlocks2018(form: ApologyForm): Block[] {
  return [
    ...addressee(form),
    ...lateness(form),
    letterPara('Cơ quan chưa có kết quả đúng hạn: ', { b: form.agencyAtFault }, '. Lý do: ', form.reason),
    letterPara(form.unit, ' xin lỗi ông (bà) về sự chậm trễ này và xin hẹn lại như sau:'),
    letterLine('Thời gian trả kết quả mới', longInstant(form.newDue), true),
    letterLine('Nơi trả kết quả', form.resultPlace),
    letterPara('Rất mong ông (bà) thông cảm./.'),
    signed(form),
  ]
}

/** Form 04 of the 2025 set: the apology, and the extension it asks for, which may be granted once. */
export function apologyBlocks2025(form: ApologyForm): Block[] {
  return [
    ...addressee(form),
    ...lateness(form),
    letterPara('Đến nay việc giải quyết chưa hoàn thành đúng thời hạn.'),
    letterLine('Cơ quan chưa hoàn thành', form.agencyAtFault),
    letterLine('Lý do', form.reason),
    letterPara(
      form.unit,
      ' chân thành xin lỗi ông (bà) về sự chậm trễ này và đề nghị gia hạn thời gian giải quyết hồ sơ như sau:',
    ),
    letterLine('Thời gian trả kết quả sau gia hạn', longInstant(form.newDue), true),
    letterLine('Nơi trả kết quả', form.resultPlace),
    letterLine('Số lần đã gia hạn trước văn bản này', String(form.timesExtended)),
    letterPara('Rất mong nhận được sự thông cảm của ông (bà)./.'),
    signed(form),
  ]
}

function lateness(form: ApologyForm): Block[] {
  return [
    letterPara(
      `Theo giấy tiếp nhận ${longDate(form.receivedAt)} của `,
      form.unit,
      `, hồ sơ của ông (bà)${ofCode(form.code)} về việc: `,
      { b: form.content },
      ', được hẹn trả kết quả vào ',
      { b: longInstant(form.originalDue) },
      '.',
    ),
  ]
}

/** Form 05 of the 2025 set: the work on a dossier ends without a result. */
export function stopBlocks(form: StopForm): Block[] {
  return [
    ...addressee(form),
    letterPara(
      ...(form.requestedBy ? ['Sau khi xem xét đề nghị của ', { b: form.requestedBy }, ', '] : []),
      form.unit,
      ' thông báo dừng giải quyết hồ sơ của ông (bà)',
      form.receivedAt ? ` được tiếp nhận ${longDate(form.receivedAt)}` : '',
      ofCode(form.code),
      ', như sau:',
    ),
    letterLine('1. Nội dung yêu cầu giải quyết', form.content),
    letterLine('2. Căn cứ, lý do dừng', form.ground),
    letterLine('3. Thời điểm dừng', longInstant(form.stoppedAt), true),
    letterLine('4. Xử lý giấy tờ đã nộp', form.papersHandling),
    letterLine('5. Xử lý phí, lệ phí đã nộp', form.feesHandling),
    ...(form.contactOfficer
      ? [
          letterPara(
            'Khi cần trao đổi, ông (bà) liên hệ: ',
            form.contactOfficer,
            form.contactPhone ? `, điện thoại ${form.contactPhone}` : '',
            '.',
          ),
        ]
      : []),
    letterPara('Trân trọng thông báo để ông (bà) được biết./.'),
    signed(form),
  ]
}
