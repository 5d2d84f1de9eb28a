import type { VNode } from 'preact'
import { Actions, Button } from './button.tsx'
import { Empty } from './empty.tsx'

export const examples: Record<string, () => VNode> = {
  'with a next step': () => (
    <Empty title="Không có hồ sơ nào chờ xử lý">
      <Actions>
        <Button href="#intake">Tiếp nhận hồ sơ mới</Button>
      </Actions>
    </Empty>
  ),
}
