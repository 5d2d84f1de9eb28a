import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Steps } from './steps.tsx'

const t: T = vi => vi

export const examples: Record<string, () => VNode> = {
  'five steps': () => (
    <Steps
      t={t}
      steps={[
        { label: 'Tiếp nhận', state: 'done', note: '0,5 giờ' },
        { label: 'Phân công', state: 'done', note: '1,5 giờ' },
        { label: 'Thẩm định', state: 'current', note: 'Ng. Minh Tuấn' },
        { label: 'Ký duyệt', state: 'todo', note: '4 giờ' },
        { label: 'Trả kết quả', state: 'todo' },
      ]}
    />
  ),
  'a step left out': () => (
    <Steps
      t={t}
      steps={[
        { label: 'Tiếp nhận', state: 'done' },
        { label: 'Lấy ý kiến', state: 'skipped', note: 'không cần' },
        { label: 'Ký duyệt', state: 'current' },
      ]}
    />
  ),
}
