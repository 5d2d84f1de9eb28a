import { startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { dateText, instantText } from '#src/platform/text.ts'
import { type AskedParams, pageQuery, paramsOf } from '#src/reports/asked.ts'
import { type Asked, type ReportKind, reportReaders, type TableKind } from '#src/reports/report.ts'
import type { BesideReport, ReportAction } from '#src/reports/report-page.tsx'
import { ii06a } from './ii06a.query.ts'
import { ii07b } from './ii07b.query.ts'
import { form07a, internal } from './other-forms.query.ts'
import { findLastSealed } from './seal.query.ts'
import { maySeal, type SealContent } from './seal.ts'

/** Reports whose numbers can be sealed. */
export const sealable: readonly TableKind[] = [ii06a, internal, form07a, ii07b]
export const sealableKeys = sealable.map(({ key }) => key) as [string, ...string[]]

/** What a seal is of; `agency` null is the whole of what whoever asks answers for. */
export type SealAsked = Pick<AskedParams, 'from' | 'to' | 'agency' | 'by'>

/** Only a report as it is sent is sealed: of a whole period, not narrowed. */
function isSealable(kind: ReportKind, { asOf, filters }: Asked): kind is TableKind {
  return sealable.some(({ key }) => key === kind.key) && asOf === null && Object.keys(filters).length === 0
}

/** Beside a report on its page: that it is sealed, or for who may where to seal it; nothing of one that cannot be. */
export async function sealBeside(ctx: Ctx, kind: ReportKind, asked: Asked): Promise<BesideReport> {
  if (!isSealable(kind, asked)) return {}
  const href = `/bao-cao/${kind.key}/chot?${pageQuery(paramsOf(asked))}`
  const sealed = await findLastSealed(ctx, kind, asked)
  if (!sealed) return maySeal(ctx.actor) ? { actions: [{ href, label: ['Chốt số liệu', 'Seal'] }] } : {}
  const [version, at] = [sealed.version, instantText(sealed.sealedAt)]
  const action: ReportAction = { href, label: ['Xem bản đã chốt', 'The sealed numbers'] }
  return { note: { text: [`Kỳ này đã chốt, bản ${version} lúc ${at}.`, `Sealed: version ${version}, ${at}.`], action } }
}

/** What a notice about a seal says and leads to. */
export function aboutSeal({ report, agency, by, from, to }: SealContent): Record<string, string> {
  const kind = sealable.find(({ key }) => key === report)
  const [title, titleEn] = kind?.form ? [kind.form, kind.form] : (kind?.title ?? [report, report])
  const [first, last] = [from, to].map(day => dateText(startOfLocalDay(day)))
  const query = pageQuery({ from, to, agency: agency.code, by: by ?? undefined }).toString()
  return { report, query, title, titleEn, agency: agency.name, days: `${first} – ${last}` }
}

export const sealPlaces = [
  { href: '/bao-cao/da-chot', label: ['Số liệu đã chốt', 'Sealed numbers'], roles: reportReaders },
] as const
