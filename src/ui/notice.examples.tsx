import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Notice, type NoticeKind } from './notice.tsx'

const t: T = vi => vi
const kinds: NoticeKind[] = ['info', 'success', 'warning', 'error']

export const examples: Record<string, () => VNode> = Object.fromEntries(
  kinds.map(kind => [
    kind,
    () => (
      <Notice t={t} kind={kind} title="Hồ sơ đã được tiếp nhận">
        <p>
          Mã hồ sơ H20.12-261119-0042. <a href="#slip">In giấy tiếp nhận</a>
        </p>
      </Notice>
    ),
  ]),
)
