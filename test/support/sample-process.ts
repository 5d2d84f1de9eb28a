import type { z } from '@hono/zod-openapi'
import { Process, type Step } from '#src/processes/process.ts'

type Given = z.input<typeof Process>
export type GivenStep = Given['steps'][number]

export const receiving = { by: 'receiving' } as const
export const competent = { by: 'competent' } as const

/** A way out to `to`, named by its key. */
export const way = (key: string, to: string) => ({ key, name: `Lối ${key}`, to })
export const back = (key: string, to: string) => ({ ...way(key, to), back: true })

/** A specialist’s hour of work of the competent agency. */
export const task = (key: string, ...outcomes: object[]) => {
  return { kind: 'task', key, name: `Việc ${key}`, agency: competent, role: 'specialist', hours: 1, outcomes }
}

/** From the desk through a head, a specialist, an opinion and a leader to the clerk: 20 hours on the longest way. */
export function sampleSteps(): GivenStep[] {
  return [
    {
      kind: 'transfer',
      key: 'chuyen',
      name: 'Chuyển hồ sơ',
      agency: receiving,
      role: 'intake',
      hours: 1,
      outcomes: [way('handed-over', 'nhan')],
    },
    {
      kind: 'receipt',
      key: 'nhan',
      name: 'Nhận hồ sơ',
      agency: competent,
      role: 'clerk',
      hours: 1,
      outcomes: [way('taken-over', 'phan-cong')],
    },
    {
      kind: 'assign',
      key: 'phan-cong',
      name: 'Phân công',
      agency: competent,
      role: 'leader',
      hours: 1,
      outcomes: [way('assigned', 'tham-dinh')],
    },
    {
      kind: 'appraise',
      key: 'tham-dinh',
      name: 'Thẩm định',
      agency: competent,
      role: 'specialist',
      hours: 6,
      asks: [{ field: 'soTang', name: 'Số tầng', kind: 'number' }],
      outcomes: [way('submitted', 'xet-quy-mo'), way('khong-du', 'phe-duyet')],
    },
    {
      kind: 'choice',
      key: 'xet-quy-mo',
      name: 'Xét quy mô',
      branches: [{ name: 'Từ 7 tầng', when: 'form.soTang >= 7', to: 'hoi-y-kien' }],
      otherwise: 'phe-duyet',
    },
    {
      kind: 'consult',
      key: 'hoi-y-kien',
      name: 'Lấy ý kiến',
      asked: [
        { key: 'pccc', name: 'Cảnh sát phòng cháy', agency: { by: 'code', code: 'H20.32' } },
        { key: 'dat-dai', name: 'Đất đai', agency: { by: 'code', code: 'H20.11' } },
      ],
      hours: 8,
      outcomes: [way('joined', 'phe-duyet'), way('expired', 'phe-duyet')],
    },
    {
      kind: 'approve',
      key: 'phe-duyet',
      name: 'Phê duyệt',
      agency: competent,
      role: 'leader',
      hours: 2,
      outcomes: [way('approved', 'phat-hanh'), back('returned', 'tham-dinh')],
    },
    {
      kind: 'sign',
      key: 'phat-hanh',
      name: 'Phát hành',
      agency: competent,
      role: 'clerk',
      hours: 1,
      outcomes: [way('ready', 'end')],
    },
  ]
}

/** The sample, or other steps; `change` replaces fields of the step with that key. */
export function sampleProcess(change: Record<string, object> = {}, more: Partial<Given> = {}): Process {
  const steps = sampleSteps().map(step => ({ ...step, ...change[step.key] }) as GivenStep)
  return Process.parse({ name: 'Cấp phép', start: 'chuyen', steps, ...more })
}

export function stepOf(process: Process, key: string): Step {
  const found = process.steps.find(step => step.key === key)
  if (!found) throw new Error(`no step ${key}`)
  return found
}
