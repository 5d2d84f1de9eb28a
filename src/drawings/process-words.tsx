import { roleName } from '#src/accounts/account.ts'
import type { T } from '#src/platform/text.ts'
import {
  type AgencyRef,
  type ConsultStep,
  END,
  exitsOf,
  findStep,
  isWork,
  type Process,
  type Step,
} from '#src/processes/process.ts'
import { longestHours } from '#src/processes/step-hours.ts'
import { laneKey } from './picture-graph.ts'

/** Names of agencies by lane (see laneKey). Those of the dossier at hand; without one, the general words are used. */
export type LaneNames = Readonly<Record<string, string>>

/** Whose column or step it is, in words. */
export function agencyText(t: T, ref: AgencyRef, names: LaneNames): string {
  const named = names[laneKey(ref)]
  if (named) return named
  switch (ref.by) {
    case 'receiving':
      return t('Bộ phận một cửa tiếp nhận', 'Receiving one-stop desk')
    case 'competent':
      return t('Cơ quan giải quyết', 'Competent agency')
    case 'code':
      return ref.code
    case 'rule':
      return t('Cơ quan theo quy tắc', 'Agency by rule')
  }
}

/** `4 giờ`, `30 phút`; in a scaled process the share of the term. Nothing for what takes nobody's time. */
export function hoursText(t: T, process: Process, step: Step): string {
  if (!('hours' in step)) return ''
  if (process.scaled) {
    const share = Math.round((step.hours / (longestHours(process) || step.hours)) * 100)
    return t(`${share} % thời hạn`, `${share} % of the term`)
  }
  if (step.hours < 1) return `${step.hours * 60} ${t('phút', 'min')}`
  return t(`${String(step.hours).replace('.', ',')} giờ`, `${step.hours} h`)
}

/** `Cần đủ 3 ý kiến`, `Cần 2 trong 3 ý kiến` */
export function needText(t: T, { asked, need }: ConsultStep): string {
  const all = asked.length
  if (need === 0 || need >= all) return t(`Cần đủ ${all} ý kiến`, `All ${all} opinions are needed`)
  return t(`Cần ${need} trong ${all} ý kiến`, `${need} of ${all} opinions are needed`)
}

type WordsProps = {
  t: T
  process: Process
  lanes: LaneNames
  current: string | null
  passed: ReadonlySet<string>
  plain: boolean
}

/** The picture of a process in words, for those who do not see it: every step, who, how long, and where each outcome leads. */
export function ProcessWords({ t, process, lanes, current, passed, plain }: WordsProps) {
  return (
    <ol class="process-words">
      {process.steps.map(step => (
        <li key={step.key}>
          <p>
            <b>{step.name}</b>
            {step.key === current && <> — {t('đang ở bước này', 'the dossier is here')}</>}
            {step.key !== current && passed.has(step.key) && <> — {t('đã qua', 'passed')}</>}
          </p>
          <p class="process-who">
            {[whoText(t, step, lanes), hoursText(t, process, step)].filter(Boolean).join(' · ')}
          </p>
          <ul>
            {exitsOf(step).map(exit => (
              <li key={exit.key}>
                {exit.name} → {targetText(t, process, exit.to)}
                {exit.back && <> ({t('quay lại, cần nêu lý do', 'a return; needs a reason')})</>}
                {exit.when && !plain && (
                  <>
                    {' '}
                    {t('nếu', 'if')} <code>{exit.when}</code>
                  </>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function whoText(t: T, step: Step, lanes: LaneNames): string {
  if (isWork(step)) return `${roleName(step.role, t)}, ${agencyText(t, step.agency, lanes)}`
  switch (step.kind) {
    case 'consult': {
      const asked = step.asked.map(one => `${one.name} (${agencyText(t, one.agency, lanes)})`).join('; ')
      return `${t('Lấy ý kiến', 'Opinions of')}: ${asked}. ${needText(t, step)}`
    }
    case 'child':
      return `${t('Hồ sơ riêng theo thủ tục', 'A dossier of its own under procedure')} ${step.procedure}, ${agencyText(t, step.agency, lanes)}`
    case 'sub-process':
      return `${t('Quy trình con', 'Sub-process')} ${step.process}`
    case 'automatic':
      return t('Hệ thống tự thực hiện', 'Done by the platform')
    case 'choice':
      return t('Rẽ nhánh theo dữ liệu', 'Decided by the data')
    default:
      return ''
  }
}

function targetText(t: T, process: Process, to: string): string {
  if (to === END) return t('Kết quả tại bộ phận một cửa', 'Result at the one-stop desk')
  return findStep(process, to)?.name ?? to
}
