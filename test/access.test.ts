import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '#src/platform/ctx.ts'
import { type Access, accessTable, type Fixtures, type Who } from './access-table.ts'
import { type Answer, type Client, client, signedInAs, type TestApp, testApp } from './support/app.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { newAgency, newCalendar, newCitizen, newOfficer, type Person, systemCtx } from './support/people.ts'

let database: TestDatabase
let app: TestApp
let fixtures: Fixtures
const people = new Map<Role | 'citizen', Person>()

beforeAll(async () => {
  database = await testDatabase()
  app = testApp(database.db)
  const ctx = systemCtx(database.db, app.clock)
  const calendar = await newCalendar(ctx)
  const agency = (await newAgency(ctx, { code: 'H01.1', calendar })).code
  for (const role of roles) people.set(role, await newOfficer(ctx, { username: role, role, agency }))
  people.set('citizen', await newCitizen(ctx, 'citizen'))
  fixtures = { person: await newOfficer(ctx, { username: 'subject', role: 'intake', agency }), agency, calendar }
})
afterAll(() => database.close())

const asked = [...roles, 'citizen', 'visitor'] as const
type Asker = (typeof asked)[number]

function may(asker: Asker, who: Who): boolean {
  if (who === 'everyone') return true
  if (asker === 'visitor') return false
  if (who === 'signed-in') return true
  if (asker === 'citizen') return who === 'citizens'
  return who === 'officers' || (Array.isArray(who) && who.includes(asker))
}

async function ask(asker: Asker, route: string, access: Access): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ')
  const path = access.path?.(fixtures) ?? pattern
  const from = await clientOf(asker)
  return access.form ? from.post(path, access.form) : from.send(method, path, access.json)
}

/** Signed in anew each time: one of the routes signs out. */
async function clientOf(asker: Asker): Promise<Client> {
  return asker === 'visitor' ? client(app) : signedInAs(app, people.get(asker) as Person)
}

const asksToSignIn = (answer: Answer) => answer.location?.startsWith('/dang-nhap?next=') || answer.status === 401

/** `POST /api/v1/session` tells everyone alike that a sign-in failed; that is its own answer, not a refusal of the asker. */
function isLetIn(answer: Answer): boolean {
  return answer.status < 500 && ![401, 403, 404].includes(answer.status) && !asksToSignIn(answer)
}

test('every route is in the access table, and nothing else', () => {
  const routes = app.app.routes.filter(route => route.method !== 'ALL').map(route => `${route.method} ${route.path}`)
  expect([...new Set(routes)].sort()).toEqual(Object.keys(accessTable).sort())
})

describe.each(Object.entries(accessTable))('%s', (route, access) => {
  test(`is for ${[access.who].flat().join(', ')}`, async () => {
    for (const asker of asked) {
      const answer = await ask(asker, route, access)
      const told = `${asker} was answered ${answer.status} ${answer.location ?? ''}`
      if (may(asker, access.who)) expect(isLetIn(answer), told).toBe(true)
      else if (asker === 'visitor') expect(asksToSignIn(answer), told).toBe(true)
      else expect([403, 404], told).toContain(answer.status)
    }
  })
})
