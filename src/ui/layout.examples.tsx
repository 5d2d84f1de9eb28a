import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Button } from './button.tsx'
import { Card } from './card.tsx'
import { Columns, KeyHints, PageHead, Stack, Stats } from './layout.tsx'

const t: T = vi => vi

export const examples: Record<string, () => VNode> = {
  'head and columns': () => (
    <Stack>
      <PageHead t={t} title="Trả kết quả" sub="9 hồ sơ">
        <Button>Trả kết quả</Button>
      </PageHead>
      <Columns aside={<Card title="Bên cạnh">Diễn biến</Card>}>
        <Card title="Nội dung">Giấy tờ</Card>
      </Columns>
    </Stack>
  ),
  figures: () => (
    <Stats
      items={[
        { value: '98,6%', label: 'đúng hạn', href: '#report' },
        { value: '12.480', label: 'đã trả' },
      ]}
    />
  ),
  'key hints': () => (
    <KeyHints
      t={t}
      hints={[
        { keys: ['J', 'K'], label: 'chọn' },
        { keys: ['?'], label: 'trợ giúp' },
      ]}
    />
  ),
}
