import type { VNode } from 'preact'
import { Actions, Button } from './button.tsx'

export const examples: Record<string, () => VNode> = {
  'every kind': () => (
    <Actions>
      <Button>Trình duyệt</Button>
      <Button kind="secondary" icon="printer">
        In phiếu
      </Button>
      <Button kind="danger">Từ chối hồ sơ</Button>
      <Button kind="quiet" href="#back">
        Quay lại
      </Button>
      <Button disabled>Chưa thể gửi</Button>
      <Button large>Tiếp tục</Button>
    </Actions>
  ),
}
