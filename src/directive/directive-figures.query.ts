import { addDays, addMonths, dateOf, dayNumber, startOfLocalDay } from '#src/calendar/local-date.ts'
import { sumFacts } from '#src/facts/fact-sums.query.ts'
import { apologies } from '#src/library/apologies.query.ts'
import { fees } from '#src/library/fees.query.ts'
import { guidanceReport } from '#src/library/guidance-report.query.ts'
import { postHome } from '#src/library/post-home.query.ts'
import { refusalReasons } from '#src/library/refusal-reasons.query.ts'
import { scopeHref } from '#src/library/scope.query.ts'
import { supplementReasons } from '#src/library/supplement-reasons.query.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { instantText } from '#src/platform/text.ts'
import { type Channel, channels } from '#src/procedures/procedure.ts'
import type { Asked, ReportTable, TableKind } from '#src/reports/report.ts'
import { periodName } from '#src/reports/report-heading.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { type Ii06aRow, ii06aKeys } from '#src/statutory/ii06a.ts'
import type { CauseFigures, Days, DirectiveFigures, ReasonFigures } from './directive-figures.ts'

const TOP = 3

/**
 * The figures of a directive report, each from the report that tells it, so that they agree with those. `issuerId`: the agency that issues
 * it. Throws what the reports throw.
 */
export async function readDirectiveFigures(ctx: Ctx, asked: Asked, issuerId: number): Promise<DirectiveFigures> {
  const before = spanBefore(asked)
  const yearBefore = yearEarlier(asked)
  const read = (kind: TableKind, by: string | null, span: Asked = asked) => kind.read(ctx, { ...span, by, filters: {} })
  const [byAgency, byField, then, lastYear, received, letters] = await Promise.all([
    read(ii06a, 'agency'),
    read(ii06a, 'field'),
    read(ii06a, 'field', over(asked, before)),
    read(ii06a, 'field', over(asked, yearBefore)),
    receivedBy(ctx, asked),
    read(apologies, 'agency'),
  ])
  const totals = { now: rowOf(byField), before: rowOf(then), yearBefore: rowOf(lastYear) }
  const agencies = byAgency.rows.map(({ key, label, cells, hrefs = {} }) => ({
    ...{ code: key, name: label, hrefs },
    row: pick(cells),
  }))
  return {
    ...(await heading(ctx, asked, issuerId)),
    totals,
    spans: { before, yearBefore },
    hrefs: byField.total?.hrefs ?? {},
    received,
    agencies,
    fields: byField.rows,
    causes: await listCauses(ctx, asked),
    apologies: letters.total?.cells ?? {},
    ...(await services(ctx, asked, { read, letters })),
  }
}

type Read = (kind: TableKind, by: string | null) => Promise<ReportTable>

/** What the other reports say in all, the reasons most often given, and where the dossiers behind are listed. */
async function services(ctx: Ctx, asked: Asked, { read, letters }: { read: Read; letters: ReportTable }) {
  const [supplements, refused, money, post, guided] = await Promise.all([
    read(supplementReasons, 'component'),
    read(refusalReasons, 'reason'),
    read(fees, 'agency'),
    read(postHome, 'agency'),
    read(guidanceReport, 'channel'),
  ])
  const hrefs = { ...letters.total?.hrefs, ...supplements.total?.hrefs, ...refused.total?.hrefs }
  const { silent, issued, appraisal, refused: turnedAway } = hrefs as Record<string, string>
  return {
    supplements: supplements.total?.cells ?? {},
    supplementReasons: topOf(supplements, 'requests'),
    refusals: refused.total?.cells ?? {},
    refusalReasons: topOf(refused, 'refused'),
    fees: money.total?.cells ?? {},
    postHome: post.total?.cells ?? {},
    guidance: guided.total?.cells ?? {},
    links: told({ ...receivedLinks(ctx, asked), silent, issued, appraisal, refused: turnedAway }),
  }
}

/** What was received, in all and by each way. */
function receivedLinks(ctx: Ctx, asked: Asked): Partial<Record<'received' | Channel, string | undefined>> {
  const of = (channel: Channel | null) => scopeHref(ctx, { ...asked, by: 'channel' }, 'received', channel)
  return { ...Object.fromEntries(channels.map(channel => [channel, of(channel)])), received: of(null) }
}

const told = (links: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(links).filter(([, href]) => href !== undefined)) as DirectiveFigures['links']

function topOf({ rows }: ReportTable, column: string): ReasonFigures[] {
  return rows.slice(0, TOP).map(({ label, cells }) => ({ label, n: Number(cells[column] ?? 0) }))
}

async function heading(ctx: Ctx, asked: Asked, issuerId: number) {
  const [issuer] = await run<{ name: string; kind: string; above: string | null }>(
    ctx.db,
    `SELECT a.name, a.kind, p.name AS above
     FROM agency a LEFT JOIN agency p ON p.id = a.parent_id WHERE a.id = $1::int`,
    [issuerId],
  )
  if (!issuer) throw new Error(`agency ${issuerId} does not exist`)
  const { from, to, until } = asked
  const isCut = until < startOfLocalDay(addDays(to, 1))
  return {
    ...{ issuer, above: issuer.above, scope: asked.agency.name, now: ctx.clock.now() },
    period: { from, to, name: periodName(await listSchemes(ctx), asked)?.replace(/^./u, first => first.toLowerCase()) },
    countedUntil: isCut ? instantText(new Date(until.getTime() - 1)) : null,
  }
}

const rowOf = ({ total }: ReportTable) => pick(total?.cells ?? {})
const pick = (cells: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(ii06aKeys.map(key => [key, Number(cells[key] ?? 0)])) as Ii06aRow

async function receivedBy(ctx: Ctx, { begins, until, agencies }: Asked): Promise<DirectiveFigures['received']> {
  const rows = await sumFacts(ctx, { from: begins, until, by: ['channel'], agencies, keys: ['received'] })
  const counts = Object.fromEntries(channels.map(channel => [channel, 0])) as Record<(typeof channels)[number], number>
  for (const { channel, tally } of rows) counts[channel as (typeof channels)[number]] += tally.received
  return counts
}

/** Whose doing it was, of results of the period that were late: as recorded with the result. */
const CAUSES = `
SELECT coalesce(c.name, 'Chưa xác định') AS agency, count(*)::int AS late
FROM dossier d LEFT JOIN agency c ON c.id = d.cause_agency_id
WHERE d.judgement = 'late' AND d.ready_at >= $1::timestamptz AND d.ready_at < $2::timestamptz AND d.parent_id IS NULL
  AND ($3::int[] IS NULL OR d.competent_agency_id = ANY ($3::int[]))
GROUP BY 1 ORDER BY late DESC, agency LIMIT 10`

function listCauses(ctx: Ctx, { begins, until, agencies }: Asked): Promise<CauseFigures[]> {
  return run<CauseFigures>(ctx.db, CAUSES, [begins, until, agencies])
}

/** Another period asked the same way, whole as long as it was over by the same instant. */
function over(asked: Asked, { from, to }: Days): Asked {
  const until = Math.min(startOfLocalDay(addDays(to, 1)).getTime(), asked.until.getTime())
  return { ...asked, from, to, asOf: null, begins: startOfLocalDay(from), until: new Date(until) }
}

const shifted = (day: string, months: number) => dateOf(addMonths(dayNumber(day), months))

/** The period just before, of as many months where it is whole ones, else of as many days. */
export function spanBefore({ from, to }: Days): Days {
  const end = addDays(to, 1)
  const months = Array.from({ length: 12 }, (_, i) => i + 1).find(n => shifted(from, n) === end)
  const days = dayNumber(end) - dayNumber(from)
  return { from: months ? shifted(from, -months) : addDays(from, -days), to: addDays(from, -1) }
}

/** The same days a year earlier. */
export function yearEarlier({ from, to }: Days): Days {
  return { from: shifted(from, -12), to: addDays(shifted(addDays(to, 1), -12), -1) }
}
