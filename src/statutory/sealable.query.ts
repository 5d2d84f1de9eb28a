import { type AskedParams, pageQuery, paramsOf } from '#src/reports/asked.ts'
import { type Asked, type ReportKind, reportReaders, type TableKind } from '#src/reports/report.ts'
import type { ReportAction } from '#src/reports/report-page.tsx'
import { ii06a } from './ii06a.query.ts'
import { ii07b } from './ii07b.query.ts'
import { form07a, internal } from './other-forms.query.ts'

/** Reports whose numbers can be sealed. */
export const sealable: readonly TableKind[] = [ii06a, internal, form07a, ii07b]
export const sealableKeys = sealable.map(({ key }) => key) as [string, ...string[]]

/** What a seal is of; `agency` null is the whole of what whoever asks answers for. */
export type SealAsked = Pick<AskedParams, 'from' | 'to' | 'agency' | 'by'>

/** Only a report as it is sent is sealed: of a whole period, not narrowed. */
export function isSealable(kind: ReportKind, { asOf, filters }: Asked): kind is TableKind {
  return sealable.some(({ key }) => key === kind.key) && asOf === null && Object.keys(filters).length === 0
}

/** Where the numbers of a report are sealed, for its page; nothing where they cannot be. */
export function sealActions(kind: ReportKind, asked: Asked): ReportAction[] {
  if (!isSealable(kind, asked)) return []
  return [{ href: `/bao-cao/${kind.key}/chot?${pageQuery(paramsOf(asked))}`, label: ['Chốt số liệu', 'Seal'] }]
}

export const sealPlaces = [
  { href: '/bao-cao/da-chot', label: ['Số liệu đã chốt', 'Sealed numbers'], roles: reportReaders },
] as const
