import type { AskedParams } from '#src/reports/asked.ts'
import type { Asked, ReportKind, TableKind } from '#src/reports/report.ts'
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
