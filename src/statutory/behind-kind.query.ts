import { sumFacts } from '#src/facts/fact-sums.query.ts'
import { channels } from '#src/procedures/procedure.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import type { ListKind, ReportColumn, Words } from '#src/reports/report.ts'
import { listBehind } from './behind.query.ts'
import { cellName, cells, ownCell, readCell, termsOf } from './cell.ts'
import { sumOf } from './ii06a.ts'

/** What a number is called, of an agency alone where it is. */
export function cellTitle(text: string): Words {
  const { cell, own } = readCell(text)
  const [vi, en] = cellName(cell)
  return own ? [`${vi} (riêng cơ quan)`, `${en} (of the agency alone)`] : [vi, en]
}

const columns: readonly ReportColumn[] = [
  { key: 'procedure', head: ['Thủ tục', 'Procedure'], kind: 'text', width: 48 },
  { key: 'applicant', head: ['Người nộp', 'Applicant'], kind: 'text', width: 26 },
  { key: 'received', head: ['Tiếp nhận', 'Received'], kind: 'instant' },
  { key: 'due', head: ['Hẹn trả', 'Due'], kind: 'instant' },
  { key: 'ended', head: ['Kết thúc', 'Ended'], kind: 'instant' },
  { key: 'agency', head: ['Cơ quan giải quyết', 'Resolving agency'], kind: 'text', width: 28 },
  { key: 'cause', head: ['Nơi gây chậm', 'Delay caused by'], kind: 'text', width: 28 },
]

/** The dossiers behind any number of a report: its groupings are the numbers, so that a list is asked for, exported and read like a report. */
export const dossiersBehind: ListKind = {
  shape: 'list',
  key: 'ho-so',
  title: ['Danh sách hồ sơ theo chỉ tiêu', 'The dossiers behind a number'],
  about: [
    'Từng hồ sơ đứng sau một ô số liệu, đúng bằng số trong ô.',
    'The dossiers behind a cell of a report, exactly as many as it says.',
  ],
  group: 'statutory',
  roles: ['leader', 'director', 'control'],
  groupings: [...cells, ...cells.map(ownCell)].map(value => ({ value, head: cellTitle(value) })),
  filters: ['field', 'procedure', 'channel'],
  label: ['Mã hồ sơ', 'Dossier'],
  columns,
  async page(ctx, asked, place) {
    const { rows, next } = await listBehind(ctx, asked, place)
    return {
      next,
      rows: rows.map(row => ({
        key: row.ref,
        label: row.ref,
        ...(row.isSeen && { hrefs: { label: `/ho-so/${row.ref}` } }),
        cells: {
          procedure: row.procedure,
          applicant: row.applicant,
          received: row.receivedAt,
          due: row.dueAt,
          ended: row.endedAt,
          agency: row.agency,
          cause: row.cause,
        },
      })),
    }
  },
  async count(ctx, asked) {
    const { cell, own } = readCell(asked.by ?? 'received')
    const terms = termsOf(cell, asked.definitions)
    const [sums] = await sumFacts(ctx, {
      from: asked.begins,
      until: asked.until,
      by: [],
      agencies: own ? [asked.agency.id] : asked.agencies,
      fieldId: await findAskedField(ctx, asked),
      procedure: asked.filters.procedure,
      channel: channels.find(one => one === asked.filters.channel),
      keys: terms.map(([key]) => key),
    })
    return sums ? sumOf(terms, sums.tally) : 0
  },
}
