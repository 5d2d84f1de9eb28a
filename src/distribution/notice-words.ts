import { roleName } from '#src/accounts/account.ts'
import { dayText, processHref } from '#src/design/process-view.ts'
import { roles } from '#src/platform/ctx.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { SUBSTITUTE_PATH } from '#src/ui/page.tsx'
import { type Escalation, escalations, escalationText } from '#src/warnings/warning.ts'
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
  'still-late': ({ ref, step, due, param }, t) => {
    const level = levelText(param('level'), t)
    return step && param('subject') === 'step'
      ? t(
          `Báo lần nữa${level}: bước “${step}” của hồ sơ ${ref} vẫn chưa xong, quá hạn từ ${due}.`,
          `Told once more${level}: the step “${step}” of ${ref} is still not done, overdue since ${due}.`,
        )
      : t(
          `Báo lần nữa${level}: hồ sơ ${ref} vẫn chậm so với hạn ${due}.`,
          `Told once more${level}: ${ref} is still behind its due time ${due}.`,
        )
  },
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
  'report-sent': ({ param }, t) =>
    t(
      `Báo cáo định kỳ “${param('title')}”, ${param('period')}, đã được lập và gửi đến ông/bà.`,
      `The report “${param('titleEn')}”, ${param('periodEn')}, has been made and sent to you.`,
    ),
  'seal-correction-waits': ({ by, param }, t) => {
    const about = t(
      `đề nghị điều chỉnh số liệu đã chốt “${param('title')}”, ${param('agency')}, ${param('days')}`,
      `proposed a correction of the sealed “${param('titleEn')}”, ${param('agency')}, ${param('days')}`,
    )
    return param('absent')
      ? t(
          `${by || 'Hệ thống'} ${about}, chờ ${param('absent')}, người ông/bà đang làm thay, duyệt.`,
          `${by || 'The system'} ${about}; it waits for ${param('absent')}, in whose place you act.`,
        )
      : t(
          `${by || 'Hệ thống'} ${about}, chờ ông/bà duyệt.`,
          `${by || 'The system'} ${about}; it waits for your approval.`,
        )
  },
  'seal-correction-settled': ({ by, param }, t) => {
    const about = t(
      `“${param('title')}”, ${param('agency')}, ${param('days')}`,
      `“${param('titleEn')}”, ${param('agency')}, ${param('days')}`,
    )
    return param('version')
      ? t(
          `${by || 'Hệ thống'} đã duyệt đề nghị điều chỉnh của ông/bà thành bản ${param('version')}: ${about}.`,
          `${by || 'The system'} approved your correction as version ${param('version')}: ${about}.`,
        )
      : t(
          `${by || 'Hệ thống'} không duyệt đề nghị điều chỉnh của ông/bà: ${about}.`,
          `${by || 'The system'} turned down your correction: ${about}.`,
        )
  },
  'child-not-opened': ({ ref, step, param }, t) =>
    t(
      `Không mở được hồ sơ liên thông ở bước “${step}” (thủ tục ${param('procedure')}) của hồ sơ ${ref}. Đề nghị kiểm tra quy trình.`,
      `The interconnected dossier of step “${step}” (procedure ${param('procedure')}) of ${ref} could not be opened; the process needs checking.`,
    ),
  'process-to-approve': ({ by, param }, t) => {
    const what = t(
      `quy trình “${param('name')}” (bản ${param('version')})`,
      `“${param('name')}” (version ${param('version')})`,
    )
    return param('absent')
      ? t(
          `${by || 'Hệ thống'} trình ${what}, chờ ${param('absent')}, người ông/bà đang làm thay, phê duyệt.`,
          `${by || 'The system'} submitted the process ${what} for approval by ${param('absent')}, in whose place you act.`,
        )
      : t(
          `${by || 'Hệ thống'} trình ${what}, chờ ông/bà phê duyệt.`,
          `${by || 'The system'} submitted the process ${what} for your approval.`,
        )
  },
  'process-returned': ({ by, param }, t) =>
    t(
      `${by || 'Hệ thống'} trả lại quy trình “${param('name')}” (bản ${param('version')}) để chỉnh sửa.`,
      `${by || 'The system'} returned the process “${param('name')}” (version ${param('version')}) to be changed.`,
    ),
  'process-in-force': ({ by, param }, t) =>
    t(
      `${by || 'Hệ thống'} đã phê duyệt quy trình “${param('name')}” (bản ${param('version')}), áp dụng từ ${dayText(param('from'))}.`,
      `${by || 'The system'} approved the process “${param('name')}” (version ${param('version')}), in force from ${dayText(param('from'))}.`,
    ),
  substitution: ({ param }, t) => {
    const [from, until] = [param('from'), param('until')].map(at => at && instantText(new Date(at)))
    return t(
      `Ông/bà được cử làm thay ${placeText(param, t)} từ ${from} đến ${until}, theo văn bản số ${param('ground')}.`,
      `You are to stand in for ${placeText(param, t)} from ${from} until ${until}, by decision ${param('ground')}.`,
    )
  },
  'substitution-ended': ({ by, param }, t) =>
    t(
      `${by || 'Hệ thống'} đã thu hồi việc cử ông/bà làm thay ${placeText(param, t)}; lý do: ${param('reason')}.`,
      `${by || 'The system'} ended your standing in for ${placeText(param, t)}; reason: ${param('reason')}.`,
    ),
}

/** ` (mức giám đốc trung tâm)`; nothing for whoever holds the dossier, to whom it does not go up. */
function levelText(level: string, t: T): string {
  if (level === 'holder' || !escalations.includes(level as Escalation)) return ''
  const whose = escalationText(level as Escalation, t)
  return t(` (mức ${whose})`, ` (now at ${whose})`)
}

/** Whose place it is, as in `Nguyễn Văn Bình (Lãnh đạo, Sở Xây dựng)`. */
function placeText(param: Facts['param'], t: T): string {
  const role = roles.find(one => one === param('role'))
  return `${param('absent')} (${[role && roleName(role, t), param('agency')].filter(Boolean).join(', ')})`
}

/** Where a notice leads: the slip, process, report or seal it is about, the drafts to be signed, who stands in for whom, else the dossier. */
export function noticeHref({ kind, ref, params: { reminder, process, version, report, query } }: Told): string | null {
  if (kind.startsWith('reminder') && typeof reminder === 'number') return `/don-doc/${reminder}`
  if (kind === 'apology-to-sign') return '/xin-loi'
  if (kind === 'report-sent') return '/bao-cao/tap-tin'
  if (kind.startsWith('seal-') && typeof report === 'string') return `/bao-cao/${report}/chot?${query}`
  if (kind.startsWith('process-') && typeof process === 'string') {
    return typeof version === 'number' ? `${processHref(process)}?ban=${version}` : processHref(process)
  }
  if (kind.startsWith('substitution')) return SUBSTITUTE_PATH
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
