import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { type App, type Env, needRole, officerOf, officersOnly } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { isoLocal } from '#src/platform/text.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { type AskedParams, askedShape } from '#src/reports/asked.ts'
import { reportReaders } from '#src/reports/report.ts'
import { adviceFor, adviceText } from './advice.ts'
import { ChangeIndexSet, changeIndexSet } from './change-index-set.ts'
import { EnterValue, enterValue } from './enter-value.ts'
import { listIndexSets } from './indicator-set.query.ts'
import { IndexDefinition, type IndexSet, indexKeys } from './indicator-set.ts'
import { roundTo } from './score.ts'
import { targetRates } from './score-kinds.query.ts'
import { getStandings, type Standing } from './standing.query.ts'

const security = [{ bearer: [] }]
const tags = ['indices']
const Key = z.object({ key: z.enum(indexKeys) })
const Points = z.number().openapi({ description: 'To two decimals' })
const count = z.number().nullable()

const readersOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), ...reportReaders)
  await next()
}
const controlOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), 'control')
  await next()
}
const writersOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), 'leader', 'control', 'reform')
  await next()
}

const Score = z
  .object({
    code: z.string(),
    name: z.string(),
    rank: z.int().nullable(),
    score: Points,
    reachable: Points.openapi({ description: 'What could be scored; indicators without data do not count' }),
    max: Points,
    total: Points.nullable().openapi({ description: 'The score in proportion to what could be scored' }),
    band: z.string().nullable(),
  })
  .openapi('IndexScore')

const Index = z
  .object({
    key: z.enum(indexKeys),
    version: z.int().openapi({ description: 'In force on the last day of the period' }),
    period: z.object({ from: z.iso.date(), to: z.iso.date(), until: z.iso.datetime({ offset: true }) }),
    agency: Score,
    groups: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        score: Points,
        reachable: Points,
        max: Points,
        indicators: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            numerator: count,
            denominator: count,
            score: count.openapi({ description: 'Null while there are no data' }),
            max: Points,
            byHand: z.boolean(),
          }),
        ),
      }),
    ),
    advice: z.array(z.object({ move: z.string(), times: z.int(), gain: Points, text: z.string() })).openapi({
      description: 'What would raise the total most, the greatest gain first',
    }),
    ranking: z.array(Score).openapi({ description: 'Agencies of that agency, the best first' }),
  })
  .openapi('Index')

const indexRoute = createRoute({
  method: 'get',
  path: '/api/v1/indices/{key}',
  tags,
  summary: 'An agency, or the province, scored by an index set over a period',
  security,
  middleware: readersOnly,
  request: { params: Key, query: z.strictObject(askedShape(targetRates)) },
  responses: { 200: answers(Index, 'The scores'), ...refuses(401, 403, 404, 409, 422) },
})

const EnteredAnswer = z.object({ recorded: z.literal(true) })
const enterRoute = createRoute({
  method: 'post',
  path: '/api/v1/indices/{key}/values',
  tags,
  summary: 'Record what no dossier tells, for an agency and a period: by itself, or appraised by control and reform',
  security,
  middleware: writersOnly,
  request: {
    params: Key,
    body: { required: true, content: { 'application/json': { schema: EnterValue.openapi('EnterIndexValue') } } },
  },
  responses: { 200: answers(EnteredAnswer, 'Recorded'), ...refuses(400, 401, 403, 404, 422) },
})

const Version = z
  .object({
    version: z.int(),
    name: z.array(z.string()).openapi({ description: 'Vietnamese, English' }),
    ground: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    definition: IndexDefinition,
  })
  .openapi('IndexSetVersion')
const Versions = z.object({ items: z.array(Version) })

const setRoute = createRoute({
  method: 'get',
  path: '/api/v1/index-sets/{key}',
  tags,
  summary: 'Every version of an index set, the earliest first',
  security,
  middleware: officersOnly,
  request: { params: Key },
  responses: { 200: answers(Versions, 'Versions'), ...refuses(401, 403, 422) },
})

const changeRoute = createRoute({
  method: 'put',
  path: '/api/v1/index-sets/{key}',
  tags,
  summary: 'The next version of an index set, from a day after today',
  security,
  middleware: controlOnly,
  request: {
    params: Key,
    body: { required: true, content: { 'application/json': { schema: ChangeIndexSet.openapi('ChangeIndexSet') } } },
  },
  responses: { 200: answers(Versions, 'Versions'), ...refuses(400, 401, 403, 409, 422) },
})

/** Index sets, what agencies score by them, and what is entered by hand. */
export function indicesApi(app: App): void {
  app.openapi(indexRoute, async c => {
    const { key } = c.req.valid('param')
    const asked = await getAsked(c.get('ctx'), targetRates, c.req.valid('query') as AskedParams, officerOf(c))
    const { set, whole, ranked } = await getStandings(c.get('ctx'), key, asked)
    const advice = adviceFor(set.definition, whole.measures, whole.entered)
    const body = {
      key,
      version: set.version,
      period: { from: asked.from, to: asked.to, until: isoLocal(asked.until) },
      agency: scoreOf(whole),
      groups: groupsOf(whole),
      advice: advice.map(one => ({
        move: one.move.key,
        times: one.times,
        gain: one.gain,
        text: adviceText(one, c.get('t')),
      })),
      ranking: ranked.map(scoreOf),
    }
    return c.json(body, 200)
  })
  app.openapi(enterRoute, async c => {
    await enterValue(c.get('ctx'), c.req.valid('param').key, c.req.valid('json'))
    return c.json({ recorded: true as const }, 200)
  })
  app.openapi(setRoute, async c => {
    const sets = await listIndexSets(c.get('ctx'), c.req.valid('param').key)
    return c.json({ items: sets.map(versionOf) }, 200)
  })
  app.openapi(changeRoute, async c => {
    const { key } = c.req.valid('param')
    await changeIndexSet(c.get('ctx'), key, c.req.valid('json'))
    return c.json({ items: (await listIndexSets(c.get('ctx'), key)).map(versionOf) }, 200)
  })
}

const versionOf = ({ key: _, name, ...set }: IndexSet) => ({ ...set, name: [...name] })

function scoreOf({ agency: { code, name }, rank, score: { score, reachable, max, total, band } }: Standing) {
  return {
    ...{ code, name, rank, max, total },
    score: roundTo(score, 2),
    reachable: roundTo(reachable, 2),
    band: band?.name[0] ?? null,
  }
}

function groupsOf({ score }: Standing) {
  return score.groups.map(group => ({
    code: group.code,
    name: group.name[0],
    score: roundTo(group.score, 2),
    reachable: roundTo(group.reachable, 2),
    max: group.max,
    indicators: group.indicators.map(({ indicator, numerator, denominator, score: points, byHand }) => ({
      code: indicator.code,
      name: indicator.name[0],
      numerator,
      denominator,
      score: points === null ? null : roundTo(points, 2),
      max: indicator.max,
      byHand,
    })),
  }))
}
