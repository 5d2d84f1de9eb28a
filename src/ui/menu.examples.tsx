import type { VNode } from 'preact'
import { Menu } from './menu.tsx'

export const examples: Record<string, () => VNode> = {
  'slips to print': () => (
    <Menu
      label="In phiếu"
      icon="printer"
      items={[
        { href: '/01.pdf', label: 'Giấy tiếp nhận và hẹn trả', hint: 'Mẫu 01', newTab: true },
        { href: '/05.pdf', label: 'Phiếu kiểm soát', hint: 'Mẫu 05', newTab: true },
      ]}
    />
  ),
}
