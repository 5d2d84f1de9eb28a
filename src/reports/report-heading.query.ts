import { listSchemes } from '#src/periods/period-scheme.query.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ReportFilter, ReportKind, Words } from './report.ts'
import { filterWords, type ReportHeading, reportHeading } from './report-heading.ts'

const NAMES = `SELECT
  (SELECT p.name FROM agency a JOIN agency p ON p.id = a.parent_id WHERE a.id = $1::int) AS above,
  (SELECT name FROM field WHERE code = $2::text) AS field,
  (SELECT name FROM procedure_version WHERE procedure_code = $3::text ORDER BY version DESC LIMIT 1) AS procedure,
  (SELECT name FROM service_point WHERE id = $4::int) AS "servicePoint",
  (SELECT name FROM account WHERE id = $5::int AND kind = 'officer') AS officer`

/** The heading of a report with the names of what was asked. */
export async function getHeading(ctx: Ctx, kind: ReportKind, asked: Asked, unit?: Words): Promise<ReportHeading> {
  const { field = null, procedure = null, servicePoint = null, officer = null } = asked.filters
  const ids = [asked.agency.id, field, procedure, servicePoint, officer]
  const [names] = await run<{ above: string | null } & Partial<Record<ReportFilter, string | null>>>(ctx.db, NAMES, ids)
  const narrowed = [...whichList(kind, asked), ...filterWords(asked.filters, names ?? {})]
  const facts = { schemes: await listSchemes(ctx), above: names?.above ?? null, narrowed, now: ctx.clock.now() }
  return reportHeading(kind, asked, facts, unit)
}

/** A list on its own has to say of what it is: its groupings are numbers it stands behind. */
function whichList({ shape, groupings }: ReportKind, { by }: Asked): string[] {
  const found = shape === 'list' ? groupings?.find(({ value }) => value === by) : undefined
  return found ? [`Số liệu: ${found.head[0]}`] : []
}
