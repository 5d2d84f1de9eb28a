import { createRoute, z } from '@hono/zod-openapi'
import { renderToString } from 'preact-render-to-string'
import { PublicPage } from '#src/accounts/public-page.tsx'
import { listAgencies } from '#src/agencies/agency.query.ts'
import type { Term } from '#src/calendar/deadline.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { termText } from '#src/calendar/term-text.ts'
import { ProcessChart, ProcessPicture } from '#src/drawings/process-picture.tsx'
import { type App, page, type RequestContext } from '#src/platform/http.ts'
import { refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { findProcedure, type PublishedProcedure } from '#src/procedures/catalogue.query.ts'
import { findCase, type ProcedureCase } from '#src/procedures/procedure.ts'
import { findProcessInForce } from '#src/processes/process.query.ts'
import type { Process } from '#src/processes/process.ts'
import { longestHours } from '#src/processes/step-hours.ts'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips } from '#src/ui/list.tsx'
import { shortestTerm } from './bounds.query.ts'
import { readableVersion, readVersion } from './draft.query.ts'
import { PICTURE_CSS } from './picture-css.ts'
import { hoursAgainstTerm, inHours, laneNames } from './process-view.ts'

const CATALOGUE = '/thu-tuc'

const pictureRoute = createRoute({
  method: 'get',
  path: '/api/v1/processes/{key}/versions/{version}/picture.svg',
  tags: ['processes'],
  summary: 'The picture of a version as a file',
  request: {
    params: z.object({ key: z.string().max(60), version: z.coerce.number().int().min(1).max(100_000) }),
  },
  responses: {
    200: { description: 'The picture', content: { 'image/svg+xml': { schema: z.string() } } },
    ...refuses(404, 422),
  },
})

/** Who handles a dossier within the offices, and how long each may take: for everybody to see. */
export function processPortal(app: App): void {
  app.get(`${CATALOGUE}/:code/quy-trinh`, showPublic)
  app.openapi(pictureRoute, async c => {
    const { key, version: asked } = c.req.valid('param')
    const ctx = c.get('ctx')
    const { record, version } = await readableVersion(ctx, key, asked)
    const { definition, bounds } = await readVersion(ctx, record, version)
    const lanes = laneNames(definition, bounds.agencies)
    const svg = renderToString(<ProcessChart t={c.get('t')} process={definition} lanes={lanes} css={PICTURE_CSS} />)
    const name = `${record.key}-${version.version}.svg`
    return c.body(svg, 200, {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      // Opened by itself it is still only a drawing.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    })
  })
}

async function showPublic(c: RequestContext): Promise<Response> {
  const ctx = c.get('ctx')
  const procedure = await findProcedure(ctx, c.req.param('code') ?? '')
  if (!procedure) throw new Refusal('not-found', 'procedure-not-found')
  const chosen = findCase(procedure.content, c.req.query('case'))
  const day = localDate(ctx.clock.now())
  const [process, agencies] = await Promise.all([
    findProcessInForce(ctx, { procedure: procedure.code, caseCode: chosen?.code ?? null, day }),
    listAgencies(ctx),
  ])
  if (!process) throw new Refusal('not-found', 'process-not-found')
  const term = shortestTerm(procedure.content, chosen?.code ?? null)
  const shown = inHours(process.process, term)
  return page(
    c,
    <PublicProcessPage c={c} {...{ procedure, chosen, term }} process={shown} lanes={laneNames(shown, agencies)} />,
  )
}

type PublicProps = {
  c: RequestContext
  procedure: PublishedProcedure
  chosen: ProcedureCase | undefined
  /** In hours, where the procedure has a term. */
  process: Process
  term: Term | null
  lanes: Record<string, string>
}

function PublicProcessPage({ c, procedure, chosen, process, term, lanes }: PublicProps) {
  const t = c.get('t')
  const title = t('Quy trình giải quyết', 'How a dossier is handled')
  const back = `${CATALOGUE}/${procedure.code}`
  return (
    <PublicPage c={c} title={`${title}: ${procedure.name}`} current={CATALOGUE}>
      <PageHead
        t={t}
        title={title}
        sub={procedure.name}
        crumbs={[
          { label: t('Thủ tục', 'Procedures'), href: CATALOGUE },
          { label: procedure.code, href: back },
          { label: title },
        ]}
      />
      <Stack>
        {procedure.content.cases.length > 0 && <CaseChips t={t} procedure={procedure} chosen={chosen} />}
        <p>{publicHours(process, term, t)}</p>
        <ProcessPicture t={t} process={process} lanes={lanes} plain />
      </Stack>
    </PublicPage>
  )
}

/** For somebody who waits, not for somebody who plans: the promise first, then what of it the steps may take. */
function publicHours(process: Process, term: Term | null, t: T): string {
  if (process.scaled) return hoursAgainstTerm(process, term, t).text
  const hours = String(longestHours(process)).replace('.', ',')
  const steps = t(
    `Các bước làm việc mất nhiều nhất ${hours} giờ làm việc.`,
    `Its steps take ${longestHours(process)} working hours at most.`,
  )
  return term ? `${t('Thời hạn giải quyết', 'Time limit')}: ${termText(term, t)}. ${steps}` : steps
}

function CaseChips({
  t,
  procedure,
  chosen,
}: {
  t: T
  procedure: PublishedProcedure
  chosen: ProcedureCase | undefined
}) {
  const path = `${CATALOGUE}/${procedure.code}/quy-trinh`
  const chips = [
    { href: path, label: t('Trường hợp chung', 'In general'), current: !chosen },
    ...procedure.content.cases.map(one => ({
      href: `${path}?case=${encodeURIComponent(one.code)}`,
      label: one.name,
      current: one === chosen,
    })),
  ]
  return <FilterChips label={t('Trường hợp', 'Cases')} chips={chips} />
}
