import type { VNode } from 'preact'
import { StateBadge } from './badge.tsx'
import { type Column, DataTable } from './table.tsx'

type Paper = { name: string; originals?: number; copies?: number; state: string }

const papers: Paper[] = [
  { name: 'Đơn đề nghị cấp giấy phép xây dựng (Mẫu 01)', originals: 1, state: 'Đã ký số' },
  { name: 'Giấy tờ chứng minh quyền sử dụng đất', copies: 1, state: 'Dùng lại từ kho' },
  { name: 'Bản vẽ thiết kế xây dựng', originals: 2, state: 'Đã quét, 12 trang' },
]

const columns: Column<Paper>[] = [
  { key: 'name', head: 'Giấy tờ', cell: paper => paper.name },
  { key: 'originals', head: 'Bản chính', cell: paper => paper.originals, numeric: true },
  { key: 'copies', head: 'Bản sao', cell: paper => paper.copies, numeric: true },
  { key: 'state', head: 'Số hóa', cell: paper => <StateBadge tone="done" text={paper.state} /> },
]

export const examples: Record<string, () => VNode> = {
  'papers inside a card': () => (
    <DataTable caption="Thành phần hồ sơ" captionHidden columns={columns} rows={papers} dense bare />
  ),
  'framed with caption and links': () => (
    <DataTable caption="Giấy tờ đã nộp" columns={columns} rows={papers} rowHref={paper => `#${paper.originals}`} />
  ),
  'wide, scrolls sideways': () => <DataTable caption="Giấy tờ theo kỳ" columns={columns} rows={papers} wide />,
  'no rows': () => <DataTable caption="Giấy tờ" columns={columns} rows={[]} empty="Chưa có giấy tờ nào" />,
}
