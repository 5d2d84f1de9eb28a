import { type ListKind, type ReportRow, reportReaders, type TableKind } from '#src/reports/report.ts'

/** A list of as many made-up rows as is said, read by number; nothing of it is in the database. */
export function longList(rows: number, change: Partial<ListKind> = {}): ListKind {
  const row = (n: number): ReportRow => {
    return {
      key: String(n),
      label: `H20.101-26-${n}`,
      cells: { who: `Nguyễn Văn ${n}`, fee: n * 1000, at: new Date(n * 1000) },
    }
  }
  return {
    shape: 'list',
    key: 'made-up-list',
    title: ['Danh sách thử', 'Made-up list'],
    about: ['Dùng để thử.', 'For tests.'],
    group: 'work',
    roles: reportReaders,
    label: ['Mã hồ sơ', 'Code'],
    columns: [
      { key: 'who', head: ['Người nộp', 'Applicant'], kind: 'text' },
      { key: 'fee', head: ['Lệ phí', 'Fee'], kind: 'money' },
      { key: 'at', head: ['Lúc', 'At'], kind: 'instant' },
    ],
    page: async (_, __, { after, limit }) => {
      const first = Number(after ?? 0) + 1
      const last = Math.min(first + limit - 1, rows)
      const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => row(first + i))
      return { rows: shown, next: last < rows ? String(last) : null }
    },
    count: async () => rows,
    ...change,
  }
}

/** A table of one figure: the day it is read for. */
export function dayTable(change: Partial<TableKind> = {}): TableKind {
  return {
    shape: 'table',
    key: 'made-up-table',
    title: ['Báo cáo thử', 'Made-up report'],
    about: ['Dùng để thử.', 'For tests.'],
    group: 'statutory',
    roles: reportReaders,
    groupings: [
      { value: 'field', head: ['Lĩnh vực', 'Field'] },
      { value: 'agency', head: ['Cơ quan', 'Agency'] },
    ],
    read: async (_, asked) => ({
      label: ['Cơ quan', 'Agency'],
      columns: [{ key: 'to', head: ['Đến ngày', 'To'], kind: 'text' }],
      rows: [{ key: asked.agency.code, label: asked.agency.name, cells: { to: asked.to } }],
      total: null,
    }),
    ...change,
  }
}
