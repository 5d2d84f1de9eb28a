import { instantText, type T } from '#src/platform/text.ts'
import type { OfficerNotice } from './notice-list.query.ts'

export type Told = Pick<OfficerNotice, 'kind' | 'ref' | 'by' | 'params'>
type Facts = { ref: string; step: string; due: string; by: string; param: (name: string) => string }
type Words = (facts: Facts, t: T) => string

const words: Record<string, Words> = {
  'work-given': ({ ref, step, by, param }, t) =>
    param('absent')
      ? t(
          `Bước “${step}” của hồ sơ ${ref} được giao cho ${param('absent')}, người ông/bà đang làm thay.`,
          `The step “${step}” of ${ref} was given to ${param('absent')}, in whose place you act.`,
        )
      : by
        ? t(`${by} giao cho ông/bà bước “${step}” của hồ sơ ${ref}.`, `${by} gave you the step “${step}” of ${ref}.`)
        : t(`Ông/bà được giao bước “${step}” của hồ sơ ${ref}.`, `You were given the step “${step}” of ${ref}.`),
  'work-taken': ({ ref, step, by, param }, t) =>
    t(
      `${by || 'Hệ thống'} đã chuyển bước “${step}” của hồ sơ ${ref} khỏi ${param('absent') || 'ông/bà'}.`,
      `${by || 'The system'} took the step “${step}” of ${ref} from ${param('absent') || 'you'}.`,
    ),
  'step-soon': ({ ref, step, due }, t) =>
    t(`Bước “${step}” của hồ sơ ${ref} sắp đến hạn: ${due}.`, `The step “${step}” of ${ref} is due soon: ${due}.`),
  'step-late': ({ ref, step, due }, t) =>
    t(`Bước “${step}” của hồ sơ ${ref} đã quá hạn từ ${due}.`, `The step “${step}” of ${ref} is overdue since ${due}.`),
  'dossier-soon': ({ ref, due }, t) =>
    t(`Hồ sơ ${ref} sắp đến hạn trả kết quả: ${due}.`, `Dossier ${ref} is due soon: ${due}.`),
  'dossier-late': ({ ref, due }, t) =>
    t(`Hồ sơ ${ref} đã quá hạn trả kết quả từ ${due}.`, `Dossier ${ref} is overdue since ${due}.`),
  'intake-soon': ({ ref, due }, t) =>
    t(
      `Hồ sơ nộp trực tuyến ${ref} cần kiểm tra trước ${due}.`,
      `Online submission ${ref} is to be examined before ${due}.`,
    ),
  'intake-late': ({ ref, due }, t) =>
    t(
      `Hồ sơ nộp trực tuyến ${ref} quá hạn kiểm tra từ ${due}.`,
      `Online submission ${ref} should have been examined by ${due}.`,
    ),
  escalated: ({ ref, step, due, param }, t) =>
    step && param('rule').startsWith('step-')
      ? t(
          `Báo lên lãnh đạo: bước “${step}” của hồ sơ ${ref} quá hạn từ ${due}, cần chỉ đạo.`,
          `Taken up to you: the step “${step}” of ${ref} is overdue since ${due}.`,
        )
      : t(
          `Báo lên lãnh đạo: hồ sơ ${ref} chậm so với hạn ${due}, cần chỉ đạo.`,
          `Taken up to you: ${ref} is behind its due time ${due}.`,
        ),
  'apology-to-sign': ({ ref, due }, t) =>
    t(
      `Dự thảo phiếu xin lỗi và hẹn lại ngày trả cho hồ sơ ${ref} (hạn ${due}) chờ ông/bà ký.`,
      `A draft apology for ${ref} (due ${due}) waits for your signature.`,
    ),
  reminder: ({ ref }, t) =>
    ref
      ? t(`Có phiếu đôn đốc về hồ sơ ${ref}, cần trả lời.`, `A reminder about ${ref} is to be answered.`)
      : t('Cơ quan ông/bà nhận được phiếu đôn đốc, cần trả lời.', 'Your agency was sent a reminder to be answered.'),
  'reminder-answered': (_, t) => t('Phiếu đôn đốc của ông/bà đã được trả lời.', 'Your reminder has been answered.'),
  'child-not-opened': ({ ref, step, param }, t) =>
    t(
      `Không mở được hồ sơ liên thông ở bước “${step}” (thủ tục ${param('procedure')}) của hồ sơ ${ref}. Đề nghị kiểm tra quy trình.`,
      `The interconnected dossier of step “${step}” (procedure ${param('procedure')}) of ${ref} could not be opened; the process needs checking.`,
    ),
}

/** Where a notice leads: the slip it is about, the drafts to be signed, else the dossier. */
export function noticeHref({ kind, ref, params: { reminder } }: Told): string | null {
  if (kind.startsWith('reminder') && typeof reminder === 'number') return `/don-doc/${reminder}`
  if (kind === 'apology-to-sign') return '/xin-loi'
  return ref && `/ho-so/${ref}`
}

/** A notice in one sentence. What newer parts of the platform tell has a general one. */
export function noticeText({ kind, ref, by, params }: Told, t: T): string {
  const param = (name: string) =>
    typeof params[name] === 'string' || typeof params[name] === 'number' ? String(params[name]) : ''
  const due = param('dueAt')
  const facts = {
    ref: ref ?? param('ref'),
    step: param('step'),
    due: due ? instantText(new Date(due)) : '',
    by: by ?? '',
    param,
  }
  const general: Words = ({ ref: about }) =>
    about
      ? t(`Có thông báo mới về hồ sơ ${about}.`, `There is news about dossier ${about}.`)
      : t('Có thông báo mới.', 'There is news.')
  return (words[kind] ?? general)(facts, t)
}
