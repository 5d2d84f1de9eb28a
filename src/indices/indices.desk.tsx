import { type App, officerOf, page, type RequestContext, seeOther } from '#src/platform/http.ts'
import type { T } from '#src/platform/text.ts'
import { pageQuery, paramsOf } from '#src/reports/asked.ts'
import { figureText } from '#src/reports/cell-text.ts'
import { drillHref } from '#src/reports/drill.ts'
import type { Asked } from '#src/reports/report.ts'
import { Card } from '#src/ui/card.tsx'
import { type Advice, adviceFor, adviceText } from './advice.ts'
import { AgencyScorePage, RankingPage, SCORES_PATH } from './indices.pages.tsx'
import { serviceIndex } from './score-kinds.query.ts'
import { periodQuery, readScorePeriod } from './score-period.tsx'
import { getStandings, type Standing } from './standing.query.ts'

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
  const shown = { standing: whole, asked, mayList }
  return page(
    c,
    <AgencyScorePage {...{ c, read, set, ...shown }}>
      <AdviceCard {...{ t: c.get('t'), advice, ...shown }} />
    </AgencyScorePage>,
  )
}

const SHOWN = 8

/** `mayList`: whether this reader may see dossiers. */
type AdviceProps = { t: T; advice: readonly Advice[]; standing: Standing; asked: Asked; mayList: boolean }

/** What would raise the score most, and the dossiers it can be done with. */
function AdviceCard({ t, advice, standing, asked, mayList }: AdviceProps) {
  return (
    <Card title={t('Việc nên làm để tăng điểm nhiều nhất', 'What to do to gain the most')}>
      {advice.length === 0 && (
        <p>
          {standing.score.total === null
            ? t('Chưa có hồ sơ trong kỳ để tính.', 'There are no dossiers in the period to go by.')
            : t('Các chỉ số tính từ hồ sơ đã đạt điểm tối đa.', 'What is computed from dossiers has all its points.')}
        </p>
      )}
      {advice.length > 0 && (
        <ol>
          {advice.slice(0, SHOWN).map(one => (
            <li key={one.move.key}>
              {adviceText(one, t)}. {mayList && <AdviceList {...{ t, one, standing, asked }} />}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** To all there is to choose from: no list knows which of them it should be. */
function AdviceList({ t, one, standing, asked }: Omit<AdviceProps, 'advice' | 'mayList'> & { one: Advice }) {
  const { list, most } = one.move
  if (!list) return null
  const { from, to, asOf, agency } = asked
  const n = figureText(most(standing.measures), t)
  if (list === 'open-in-time') {
    return (
      <a href={drillHref({ cell: 'c12', from, to, asOf, agency: agency.code })}>
        {t(`Xem ${n} hồ sơ đang trong hạn`, `Open dossiers in time: ${n}`)}
      </a>
    )
  }
  return (
    <a href={`/bao-cao/chua-co-tep-ket-qua?${pageQuery({ ...paramsOf(asked), by: undefined })}`}>
      {t(`Xem ${n} hồ sơ chưa có tệp kết quả`, `Results without their file: ${n}`)}
    </a>
  )
}
