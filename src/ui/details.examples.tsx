import type { VNode } from 'preact'
import { Disclosure } from './details.tsx'

export const examples: Record<string, () => VNode> = {
  closed: () => <Disclosure summary="Vì sao là 16:30?">Thứ Bảy và Chủ nhật không tính.</Disclosure>,
  open: () => (
    <Disclosure summary="Vì sao là 16:30?" open>
      Thứ Bảy và Chủ nhật không tính.
    </Disclosure>
  ),
}
