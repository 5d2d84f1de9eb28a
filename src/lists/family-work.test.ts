import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { workOff } from '#test/support/jobs.ts'
import { command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { interconnectedProcess, putInForce } from '#test/support/processes.ts'
import { listWork, type WorkView } from './work-list.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await putInForce(office.system, { key: 'lien-thong', procedure: '1.001193', process: interconnectedProcess() })
})
afterAll(() => database.close())

const work = (username: string, view: WorkView) =>
  listWork(office.as(username), office.as(username).actor as Officer, { view, page: { limit: 200 } })
const codes = async (username: string, view: WorkView) => (await work(username, view)).rows.map(({ code }) => code)

test('papers asked for a dossier opened at another agency are awaited by the desk that took the matter in, and by no other', async () => {
  const parent = (await receiveBirth(office.as('intake'))).code as string
  await command(office.as('specialist'), parent, 'complete-step', { outcome: 'da-dang-ky' })
  await workOff(office.system)
  const [permit] =
    (await findDossier(office.system, parent))?.children.filter(one => one.procedure === '1.009994') ?? []
  const code = permit?.code as string
  await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
  expect(await codes('intake', 'supplement')).not.toContain(code)
  const asked = { items: [{ component: 'C1', note: 'mờ' }], reason: 'Mờ' }
  await command(office.as('so.specialist'), code, 'request-supplement', asked)
  expect(await codes('intake', 'supplement')).toContain(code)
  expect((await work('intake', 'all')).counts.supplement).toBe(1)
  for (const username of ['b.intake', 'centre.intake', 'specialist', 'leader']) {
    expect(await codes(username, 'supplement'), username).not.toContain(code)
  }
  await command(office.as('intake'), code, 'answer-supplement', { components: [{ code: 'C1', originals: 1 }] })
  expect(await codes('intake', 'supplement')).not.toContain(code)
})
