import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { type Client, client, signedInAs, type TestApp } from './support/app.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { birthIntake, MONDAY, type Office } from './support/office.ts'
import { makeTrackedOffice, OWN, received, type TrackedOffice, viewsOf } from './support/tracking.ts'

let database: TestDatabase
let tracked: TrackedOffice
let office: Office
let test: TestApp
let citizen: Client
beforeAll(async () => {
  database = await testDatabase()
  tracked = await makeTrackedOffice(database.db)
  ;({ office, test, citizen } = tracked)
})
afterAll(() => database.close())

describe('a citizen’s own place', () => {
  it('lists the dossiers in their name and opens each without its secret', async () => {
    const mine = await received(tracked, OWN)
    const other = await received(tracked)
    const { text } = await citizen.get('/cua-toi')
    expect(text).toContain(`href="/cua-toi/${mine.code}"`)
    expect(text).not.toContain(other.code)
    const page = await citizen.get(`/cua-toi/${mine.code}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Ông/bà cần làm gì')
    expect(await viewsOf(tracked, mine.code)).toMatchObject([
      { actor: expect.stringMatching(/^citizen:\d+$/u), via: 'own' },
    ])
    expect((await citizen.get(`/cua-toi/${other.code}`)).status).toBe(404)
    expect((await citizen.get('/cua-toi/D999999')).status).toBe(404)
    expect(await viewsOf(tracked, other.code)).toEqual([])
  })

  it('opens what was turned back at the counter and never got a code', async () => {
    office.clock.set(MONDAY)
    const refused = await refuseAtCounter(
      office.as('intake'),
      { intake: birthIntake(OWN), reason: 'Không thuộc thẩm quyền' },
      randomUUID(),
    )
    expect((await citizen.get('/cua-toi')).text).toContain(`href="/cua-toi/D${refused.id}"`)
    expect((await citizen.get(`/cua-toi/D${refused.id}`)).text).toContain('Không thuộc thẩm quyền')
  })

  it('pages through many', async () => {
    for (let n = 0; n < 21; n++) await received(tracked, OWN)
    const { text } = await citizen.get('/cua-toi')
    const before = /before=(\d+)/u.exec(text)?.[1]
    expect(before).toBeDefined()
    const rest = await citizen.get(`/cua-toi?before=${before}`)
    const codes = (page: string) => new Set(page.match(/\/cua-toi\/[^"]+/gu))
    expect(codes(text).size).toBe(20)
    expect([...codes(rest.text)].filter(code => codes(text).has(code))).toEqual([])
  })

  it('is for signed-in citizens only', async () => {
    const visitor = await client(test).get('/cua-toi')
    expect([visitor.status, visitor.location]).toEqual([303, '/dang-nhap?next=%2Fcua-toi'])
    const { accountId, assignmentId } = office.as('intake').actor as { accountId: number; assignmentId: number }
    const officer = await signedInAs(test, { accountId, assignmentId })
    expect((await officer.get('/cua-toi')).status).toBe(403)
  })
})
