import { z } from 'zod'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { listReaderAgencies } from '#src/reports/asked.query.ts'
import { reportReaders } from '#src/reports/report.ts'
import { ChangeRating, changeRating } from './change-rating.ts'
import { ratedIndices } from './dossier-rating.ts'
import { findDossierRating } from './rating.query.ts'
import { agencyTable, officerRating, provinceRating, rankingTable } from './rating-kinds.query.ts'
import { DossierRatingPage, RATINGS_PATH, RatingsPage } from './ratings.pages.tsx'
import { readScorePeriod } from './score-period.tsx'
import { getStandings } from './standing.query.ts'

/** "Đánh giá": agencies and officers by the nine indices of a quarter, and form 01 of a dossier. */
export function ratingsDesk(app: App): void {
  app.get(RATINGS_PATH, showRatings)
  app.get(`${RATINGS_PATH}/ho-so/:code`, c => showRating(c))
  app.post(`${RATINGS_PATH}/ho-so/:code`, postRating)
}

async function showRatings(c: RequestContext): Promise<Response> {
  const read = await readScorePeriod(c, provinceRating)
  const { asked } = read
  if (!asked) return page(c, <RatingsPage c={c} read={read} tables={null} />, 422)
  const ctx = c.get('ctx')
  const [standings, officers] = await Promise.all([
    getStandings(ctx, 'chin-chi-so', asked),
    officerRating.read(ctx, asked),
  ])
  // Whoever answers for one agency alone has nothing to rank.
  const ranking = standings.ranked.length > 1 ? rankingTable(standings) : null
  const tables = { asked, ranking, own: agencyTable(standings, asked), officers }
  return page(c, <RatingsPage c={c} read={read} tables={tables} />)
}

type Given = { values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }

/** Form 01 of a dossier whose agency's numbers are the officer's to see. */
async function ratingOf(c: RequestContext) {
  const officer = officerOf(c)
  needRole(officer, ...reportReaders)
  const ctx = c.get('ctx')
  const rating = await findDossierRating(ctx, c.req.param('code') ?? '')
  const seesAll = officer.role !== 'leader'
  const theirs = rating && !seesAll ? await listReaderAgencies(ctx, officer) : []
  if (!rating || !(seesAll || theirs.some(({ id }) => id === rating.agencyId))) {
    throw new Refusal('not-found', 'rating-unknown')
  }
  return rating
}

async function showRating(c: RequestContext, given: Given = {}): Promise<Response> {
  const rating = await ratingOf(c)
  const { values = {}, errors = [], status } = given
  const { role } = officerOf(c)
  const mayChange = role === 'control' || role === 'reform'
  const done = c.req.query('done') === 'yes'
  return page(
    c,
    <DossierRatingPage {...{ c, rating, values, errors, mayChange, done }} mayOpen={role !== 'reform'} />,
    status,
  )
}

/** As a form sends it. */
const RatingForm = z.object({
  index: named(z.enum(ratedIndices.map(String) as [string, ...string[]]), 'chỉ số', 'the index'),
  points: named(z.enum(['0', '1', '2']), 'điểm', 'the points'),
  reason: named(ChangeRating.shape.reason, 'lý do', 'the reason'),
})

async function postRating(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), 'control', 'reform')
  const { code } = await ratingOf(c)
  const form = await readForm(c)
  const t = c.get('t')
  const typed = parseForm(RatingForm, form, t)
  if (!typed.ok) return showRating(c, { ...typed, status: 422 })
  const { index, points, reason } = typed.value
  try {
    await changeRating(c.get('ctx'), code, ChangeRating.parse({ index: Number(index), points: Number(points), reason }))
    return seeOther(c, `${RATINGS_PATH}/ho-so/${code}?done=yes`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return showRating(c, { values: typedIn(form), errors: formErrors(error, t), status: refusalStatus(error) })
  }
}
