import type { Role } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'
import {
  type AgencyRef,
  END,
  isWork,
  type Outcome,
  rolesFor,
  type Step,
  type StepKind,
  usualOutcomes,
  type WorkKind,
  workKinds,
} from '#src/processes/process.ts'
import { usualTarget } from './process-edit.ts'

/** Kinds in the order in which they are offered: what is done by people first. */
export const stepKinds: readonly StepKind[] = [
  ...(['task', 'transfer', 'receipt', 'assign', 'appraise', 'approve', 'sign'] as const),
  ...(['consult', 'choice', 'child', 'sub-process', 'automatic'] as const),
]

const WORDS: Record<StepKind, readonly [vi: string, en: string, hintVi: string, hintEn: string]> = {
  task: [
    'Công việc khác',
    'Other work',
    'Ví dụ kiểm tra thực địa, đo đạc, tính thuế.',
    'A site visit, a survey, a tax assessment.',
  ],
  transfer: [
    'Bàn giao hồ sơ',
    'Hand the dossier over',
    'Chuyển hồ sơ sang cơ quan khác, kèm phiếu kiểm soát.',
    'To another agency, with a control slip.',
  ],
  receipt: [
    'Nhận bàn giao',
    'Take the dossier over',
    'Cơ quan nhận xác nhận đã nhận hồ sơ.',
    'The other agency confirms that it has it.',
  ],
  assign: ['Phân công', 'Assign', 'Lãnh đạo giao cho chuyên viên.', 'A leader gives it to a specialist.'],
  appraise: [
    'Thẩm định',
    'Appraise',
    'Chuyên viên xem xét, dự thảo kết quả và trình.',
    'A specialist examines, drafts and submits.',
  ],
  approve: ['Phê duyệt', 'Approve', 'Lãnh đạo đồng ý hoặc trả lại.', 'A leader agrees or returns it.'],
  sign: [
    'Ký số, phát hành',
    'Sign and issue',
    'Văn thư cấp số và chuyển kết quả về một cửa.',
    'The clerk numbers the result and sends it to the desk.',
  ],
  consult: [
    'Lấy ý kiến',
    'Ask for opinions',
    'Hỏi nhiều cơ quan cùng lúc, chờ đủ ý kiến hoặc hết giờ.',
    'Several agencies at once, until enough answered or time is up.',
  ],
  choice: [
    'Rẽ nhánh theo điều kiện',
    'Choose by condition',
    'Hệ thống tự chọn đường đi theo thông tin của hồ sơ.',
    'The platform chooses the way by what the dossier says.',
  ],
  child: [
    'Mở hồ sơ liên thông',
    'Open a child dossier',
    'Hồ sơ riêng theo thủ tục của cơ quan khác.',
    'A dossier of its own under another agency’s procedure.',
  ],
  'sub-process': [
    'Quy trình con',
    'Sub-process',
    'Dùng lại các bước của một quy trình dùng chung.',
    'The steps of a shared process.',
  ],
  automatic: [
    'Hệ thống tự làm',
    'Done by the platform',
    'Ghi chú hoặc tính một thông tin, không mất giờ.',
    'A note or a fact worked out, in no time.',
  ],
}

export function kindName(kind: StepKind, t: T): string {
  const [vi, en] = WORDS[kind]
  return t(vi, en)
}

export function kindHint(kind: StepKind, t: T): string {
  const [, , vi, en] = WORDS[kind]
  return t(vi, en)
}

/** What the ways out of each kind are called until somebody finds better words; whoever runs the process reads them on buttons. */
const OUTCOME_NAMES: Record<string, string> = {
  'handed-over': 'Đã bàn giao',
  'taken-over': 'Đã nhận',
  assigned: 'Đã phân công',
  submitted: 'Trình duyệt',
  approved: 'Đồng ý',
  returned: 'Trả lại',
  ready: 'Chuyển kết quả về một cửa',
  joined: 'Đủ ý kiến',
  expired: 'Hết thời hạn lấy ý kiến',
  done: 'Hoàn thành',
  granted: 'Được giải quyết',
  refused: 'Bị từ chối',
}

const RETURNS = new Set(['returned'])
const COMPETENT: AgencyRef = { by: 'competent' }

/** Outcomes that a kind always has, all leading to the end until the step is put in its place. */
function outcomesOf(kind: Exclude<StepKind, 'choice'>): Outcome[] {
  const keys = usualOutcomes[kind].length > 0 ? usualOutcomes[kind] : ['done']
  return keys.map(key => ({ key, name: OUTCOME_NAMES[key] ?? key, to: END, back: RETURNS.has(key) }))
}

/** A step of this kind with what is usual for it; it leads to the end until it is put in its place (addStep). */
export function newStep(kind: StepKind, { key, name }: { key: string; name: string }): Step {
  if (kind === 'choice') {
    const online = { name: 'Nộp trực tuyến', when: 'channel = "online"', to: END }
    return { kind, key, name, branches: [online], otherwise: END }
  }
  const common = { key, name, outcomes: outcomesOf(kind) }
  if (isWorkKind(kind)) {
    const role = USUAL_ROLE[kind]
    const agency: AgencyRef = kind === 'transfer' ? { by: 'receiving' } : COMPETENT
    const rest = { share: 'by-hand' as const, papers: [], signature: kind === 'sign', asks: [] }
    return { kind, ...common, agency, role, hours: 4, ...rest }
  }
  switch (kind) {
    case 'consult': {
      const asked = [{ key: 'co-quan-1', name: 'Cơ quan được hỏi', agency: COMPETENT, role: 'specialist' as const }]
      return { kind, ...common, asked, need: 0, hours: 16 }
    }
    case 'automatic':
      return { kind, ...common }
    case 'child':
      return { kind, ...common, procedure: '0.000000', agency: COMPETENT, wait: true, hours: 16 }
    case 'sub-process':
      return { kind, ...common, process: 'quy-trinh-con' }
  }
}

const isWorkKind = (kind: StepKind): kind is WorkKind => (workKinds as readonly string[]).includes(kind)

const USUAL_ROLE: Record<WorkKind, Role> = {
  transfer: 'intake',
  receipt: 'specialist',
  assign: 'leader',
  appraise: 'specialist',
  approve: 'leader',
  sign: 'clerk',
  task: 'specialist',
}

/** The step as another kind: the same name, place and, where they fit, person and hours; its usual outcomes lead where it led. */
export function changeKind(step: Step, kind: StepKind): Step {
  if (step.kind === kind) return step
  const fresh = newStep(kind, step)
  const target = usualTarget(step)
  if (fresh.kind === 'choice') {
    return { ...fresh, branches: fresh.branches.map(branch => ({ ...branch, to: target })), otherwise: target }
  }
  const returned = step.kind === 'choice' ? undefined : step.outcomes.find(({ back }) => back)?.to
  const outcomes = fresh.outcomes.map(one => {
    if (!one.back) return { ...one, to: target }
    return returned ? { ...one, to: returned } : { ...one, to: target, back: false }
  })
  const hours = 'hours' in fresh && 'hours' in step ? { hours: step.hours } : {}
  const agency = 'agency' in fresh && 'agency' in step ? { agency: step.agency } : {}
  const role = isWork(fresh) && isWork(step) && rolesFor[fresh.kind].includes(step.role) ? { role: step.role } : {}
  return { ...fresh, ...hours, ...agency, ...role, outcomes } as Step
}
