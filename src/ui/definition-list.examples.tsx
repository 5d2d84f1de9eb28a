import type { VNode } from 'preact'
import { DefinitionList } from './definition-list.tsx'

export const examples: Record<string, () => VNode> = {
  facts: () => (
    <DefinitionList
      items={[
        { term: 'Địa điểm', value: 'Tổ 7, phường Sa Đéc' },
        { term: 'Diện tích xây dựng', value: '84,5 m²' },
        { term: 'Người đại diện', value: undefined },
      ]}
    />
  ),
}
