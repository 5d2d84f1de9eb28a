import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAgency } from '#src/agencies/agency.query.ts'
import { createServicePoint } from '#src/agencies/create-service-point.ts'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import { recordGuidance } from '#src/guidance/record-guidance.ts'
import { storePaper } from '#src/papers/store-paper.ts'
import { type Ctx, type Officer, type Role, roles } from '#src/platform/ctx.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { sendReminder } from '#src/watch/send-reminder.ts'
import { accessTable } from './access-table.ts'
import type { Access, Fixtures, Who } from './support/access.ts'
import { type Answer, type Client, client, signedInAs, type TestApp, testApp } from './support/app.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { procedures, receiveBirth } from './support/office.ts'
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
  const person = await newOfficer(ctx, { username: 'subject', role: 'intake', agency })
  const other = await newOfficer(ctx, { username: 'substitute', role: 'intake', agency })
  const { id: delegation } = await delegateRole(ctx, {
    assignment: person.assignmentId,
    substitute: other.username,
    ground: '12/QĐ-UBND',
    until: '2026-03-09T17:00:00+07:00',
  })
  const handedIn = await handIn(ctx, person, agency)
  const reminder = await remind(ctx, { calendar, agency, dossier: handedIn.dossier })
  fixtures = { person, agency, calendar, delegation, reminder, ...handedIn }
})
afterAll(() => database.close())

/** A birth registration with one scan, handed in by `person` for the citizen of this test. */
async function handIn(system: Ctx, person: Person, agency: string) {
  const [birth] = procedures(0)
  if (birth) await publishProcedure(system, birth)
  await createServicePoint(system, { agency, name: 'Một cửa', kind: 'desk' })
  const place = { agencyId: (await findAgency(system, agency))?.id ?? 0, agencyCode: agency, servicePointId: null }
  const { accountId, assignmentId } = person
  const actor: Officer = {
    kind: 'officer',
    accountId,
    assignmentId: assignmentId ?? 0,
    name: 'Cán bộ',
    role: 'intake',
    ...place,
  }
  const ctx: Ctx = { ...system, actor }
  const scan = await storePaper(ctx, {
    blobs: app.services.blobs,
    name: 'to-khai.pdf',
    bytes: Buffer.from('%PDF-1.7\n%%EOF\n'),
  })
  const applicant = { name: 'Nguyễn Thị Sen', idNumber: '087090001234', phone: '0912000345' }
  const answer = await receiveBirth(ctx, { applicant, papers: [{ id: scan.id, component: 'C1' }] })
  const { id: guidance } = await recordGuidance(ctx, { channel: 'counter', topic: 'papers', outcome: 'told' })
  return { dossier: answer.code ?? '', secret: answer.trackingSecret, paper: scan.id, guidance }
}

/** A slip from procedure control of another agency. */
async function remind(system: Ctx, about: { calendar: number; agency: string; dossier: string }): Promise<number> {
  const { code } = await newAgency(system, { code: 'H01.9', calendar: about.calendar })
  const { accountId, assignmentId } = await newOfficer(system, { username: 'giam.sat', role: 'control', agency: code })
  const place = { agencyId: (await findAgency(system, code))?.id ?? 0, agencyCode: code, servicePointId: null }
  const who = { accountId, assignmentId: assignmentId ?? 0, name: 'Cán bộ', role: 'control' as const }
  const actor: Officer = { kind: 'officer', ...who, ...place }
  const slip = { to: about.agency, dossiers: [about.dossier], text: 'Đề nghị báo cáo tiến độ.' }
  return (await sendReminder({ ...system, actor }, slip, randomUUID())).id
}

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
