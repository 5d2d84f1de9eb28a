import type { VNode } from 'preact'
import { StateBadge } from './badge.tsx'
import { Card, CardGrid, LinkCard } from './card.tsx'
import { DefinitionList } from './definition-list.tsx'

export const examples: Record<string, () => VNode> = {
  'card with facts': () => (
    <Card title="Thông tin khai" aside={<StateBadge text="Bản nháp" />}>
      <DefinitionList
        items={[
          { term: 'Chủ hồ sơ', value: 'Lê Thị Bích Ngọc' },
          { term: 'Số điện thoại', value: '' },
        ]}
      />
    </Card>
  ),
  'cards that are links': () => (
    <CardGrid>
      <LinkCard href="#track" title="Tra cứu hồ sơ">
        Nhập mã trên giấy hẹn.
      </LinkCard>
      <LinkCard href="#help" title="Nhờ người hỗ trợ" />
    </CardGrid>
  ),
}
