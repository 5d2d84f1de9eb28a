import { type App, officerOf, page, type RequestContext, seeOther } from '#src/platform/http.ts'
import { adviceFor } from './advice.ts'
import { AgencyScorePage, RankingPage, SCORES_PATH } from './indices.pages.tsx'
import { serviceIndex } from './score-kinds.query.ts'
import { periodQuery, readScorePeriod } from './score-period.tsx'
import { getStandings } from './standing.query.ts'

/** "Chỉ số phục vụ": how agencies stand by Decision 766 as of now, and what each can do to gain the most. */
export function indicesDesk(app: App): void {
  app.get(SCORES_PATH, showRanking)
  app.get(`${SCORES_PATH}/:agency`, showAgency)
}

async function showRanking(c: RequestContext): Promise<Response> {
  const read = await readScorePeriod(c, serviceIndex)
  const standings = read.asked ? await getStandings(c.get('ctx'), '766', read.asked) : null
  // Whoever answers for one agency alone has nothing to rank.
  const [only, ...others] = standings?.ranked ?? []
  if (only && others.length === 0) return seeOther(c, `${SCORES_PATH}/${only.agency.code}${periodQuery(read)}`)
  return page(c, <RankingPage c={c} read={read} standings={standings} />, read.asked ? 200 : 422)
}

async function showAgency(c: RequestContext): Promise<Response> {
  const read = await readScorePeriod(c, serviceIndex, { agency: c.req.param('agency') })
  const { asked } = read
  if (!asked) return page(c, <RankingPage c={c} read={read} standings={null} />, 422)
  const { set, whole } = await getStandings(c.get('ctx'), '766', asked)
  const advice = adviceFor(set.definition, whole.measures, whole.entered)
  const mayList = officerOf(c).role !== 'reform'
  return page(c, <AgencyScorePage {...{ c, read, asked, set, standing: whole, advice, mayList }} />)
}
