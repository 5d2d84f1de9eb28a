import { sql } from 'kysely'
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishDemoCatalogue } from '#test/support/catalogue.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { type SampleDossiers, sampleDossiers } from '#test/support/sample-dossiers.ts'
import { pageTable, type Shown } from '../page-table.ts'

/** What a page may cost whoever opens it for the first time, fonts aside. The page of the API is for people who write software. */
const CITIZEN_BYTES = 30_000
const OFFICER_SCRIPT_BYTES = 60_000

let journey: Journey
let dossiers: SampleDossiers
beforeAll(async () => {
  journey = await startJourney()
  dossiers = await sampleDossiers(journey.office)
  const department = journey.database.db.selectFrom('agency').select('id').where('code', '=', 'H20.11')
  await publishDemoCatalogue(journey.office.system, (await department.executeTakeFirstOrThrow()).id)
})
afterAll(() => journey.end())

type Weight = { all: number; scripts: number; scriptCount: number }

/** Bytes over the wire, heads included, in a browser that has never been here. */
async function weigh({ as, path }: Shown): Promise<Weight> {
  const page = as ? await journey.signedIn(as) : await journey.visitor()
  const answers: Response[] = []
  page.on('response', answer => answers.push(answer))
  await page.goto(typeof path === 'string' ? path : path(dossiers))
  const weights = await Promise.all(answers.map(weightOf))
  const scriptCount = await countScripts(page)
  await page.context().close()
  const sum = (kinds: (kind: string) => boolean) =>
    weights.filter(({ kind }) => kinds(kind)).reduce((total, { bytes }) => total + bytes, 0)
  return { all: sum(kind => kind !== 'font'), scripts: sum(kind => kind === 'script'), scriptCount }
}

async function weightOf(answer: Response): Promise<{ kind: string; bytes: number }> {
  const { responseBodySize, responseHeadersSize } = await answer.request().sizes()
  return { kind: answer.request().resourceType(), bytes: responseBodySize + responseHeadersSize }
}

const countScripts = (page: Page) => page.locator('script').count()

const isCitizens = ({ as }: Shown) => as === undefined || as === 'citizen'
const pages = Object.entries(pageTable).filter(([route]) => route !== '/api')
const citizens = pages.filter(([, shown]) => shown.every(isCitizens))
const officers = pages.filter(([, shown]) => !shown.every(isCitizens))

async function expectLight(one: Shown): Promise<void> {
  const { all, scriptCount } = await weigh(one)
  expect(scriptCount).toBe(0)
  expect(all).toBeGreaterThan(2_000)
  expect(all).toBeLessThan(CITIZEN_BYTES)
}

test.each(citizens)('%s weighs less than 30 kB and runs no script', async (_, shown) => {
  for (const one of shown) await expectLight(one)
})

test('the longest text of the catalogue is as light', async () => {
  const { procedure_code: code } = await journey.database.db
    .selectFrom('procedure_version')
    .select('procedure_code')
    .orderBy(sql`length(content::text)`, 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await expectLight({ path: `/thu-tuc/${code}` })
})

test('officers’ pages load less than 60 kB of script', async () => {
  let most = 0
  for (const [route, shown] of officers) {
    for (const one of shown) {
      const { scripts } = await weigh(one)
      expect(scripts, route).toBeLessThan(OFFICER_SCRIPT_BYTES)
      most = Math.max(most, scripts)
    }
  }
  expect(most).toBeGreaterThan(500)
}, 60_000)
