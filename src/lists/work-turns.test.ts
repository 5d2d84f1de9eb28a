import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCommand } from '#src/casework/commands.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import { isAllowed } from '#src/dossiers/command.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { SESSION_COOKIE } from '#src/platform/session.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { listWork, type WorkView } from './work-list.query.ts'

let database: TestDatabase
let office: Office
let at: TestApp
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  at.clock.set('2026-03-02T10:00:00+07:00')
  const process = { ...permitProcess, start: 'y-kien' }
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process })
})
afterAll(() => database.close())

const as = (username: string): Promise<Client> => signedInAs(at, office.as(username).actor as Officer)
const work = (username: string, view: WorkView = 'all') =>
  listWork(office.as(username), office.as(username).actor as Officer, { view, page: { limit: 200 } })
const codes = async (username: string, view?: WorkView) => (await work(username, view)).rows.map(({ code }) => code)
const birth = async () => (await receiveBirth(office.as('intake'))).code as string
/** Two communes are asked at once; H20.101, asked first, holds the dossier meanwhile. */
async function consulted(): Promise<string> {
  const components = ['C1', 'C2'].map(code => ({ code, originals: 1 }))
  const intake = birthIntake({ procedure: '1.009994', components })
  return (await receiveDossier(office.as('centre.intake'), intake, randomUUID())).code as string
}

describe('an opinion asked of several agencies', () => {
  test('is on the list of each, whoever holds the dossier, and on nobody else’s', async () => {
    const code = await consulted()
    for (const username of ['specialist', 'specialist2', 'b.specialist']) expect(await codes(username)).toContain(code)
    for (const username of ['so.specialist', 'leader', 'b.leader', 'b.intake']) {
      expect(await codes(username), username).not.toContain(code)
    }
    for (const username of ['specialist', 'b.specialist']) expect(await codes(username, 'asked')).toEqual([code])
    expect((await work('b.specialist')).counts).toMatchObject({ all: 1, asked: 1 })
    for (const username of ['leader', 'b.leader']) expect(await codes(username, 'unassigned'), username).toContain(code)
    expect((await work('b.leader')).counts).toMatchObject({ all: 0, unassigned: 1 })
  })

  test('is one person’s once named, and leaves the list with the answer', async () => {
    const code = await consulted()
    await command(office.as('leader'), code, 'assign', { assignee: 'specialist2', opinion: 'xa-a' })
    expect(await codes('specialist')).not.toContain(code)
    expect(await codes('specialist2')).toContain(code)
    await command(office.as('specialist2'), code, 'give-opinion', { answer: 'agree' })
    expect(await codes('specialist2')).not.toContain(code)
    expect(await codes('b.specialist')).toContain(code)
    expect(await codes('b.specialist', 'asked')).toContain(code)
    expect(await codes('specialist2', 'asked')).not.toContain(code)
  })
})

describe('work is taken in one press', () => {
  test('by the form on the list, and then nobody else can', async () => {
    const code = await birth()
    await command(office.as('leader'), code, 'assign', { assignee: 'specialist' })
    await command(office.as('specialist'), code, 'release', { reason: 'Ốm' })
    expect(await codes('leader', 'unassigned')).toContain(code)
    const two = await as('specialist2')
    const { text } = await two.get('/viec')
    const form = new RegExp(`action="/ho-so/${code}/lam/claim"[^>]*>(.*?)</form>`, 'u').exec(text)?.[1] ?? ''
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`, 'u').exec(form)?.[1] ?? ''
    const fields = { commandId: field('commandId'), version: field('version') }
    const taken = await two.post(`/ho-so/${code}/lam/claim`, fields)
    expect(taken.status).toBe(303)
    expect(await codes('specialist')).not.toContain(code)
    expect(await codes('leader', 'unassigned')).not.toContain(code)
    expect((await two.get('/viec')).text).toContain(`href="/ho-so/${code}/lam/release"`)
    const late = await (await as('specialist')).post(`/ho-so/${code}/lam/claim`, { ...fields, commandId: randomUUID() })
    expect(late.status).toBe(409)
  })

  test('where the list offers it the command allows it, and nowhere else', async () => {
    for (const state of ['in-process', 'pending-approval', 'approved', 'result-ready']) {
      await advanceTo(office, await birth(), state)
    }
    await birth()
    const paused = await birth()
    await advanceTo(office, paused, 'in-process')
    const supplement = { items: [{ component: 'C1', note: 'mờ' }], reason: 'Mờ' }
    await command(office.as('specialist'), paused, 'request-supplement', supplement)
    const proposed = await birth()
    await advanceTo(office, proposed, 'in-process')
    await command(office.as('specialist'), proposed, 'request-supplement', supplement)
    await command(office.as('intake'), proposed, 'answer-supplement', { components: [{ code: 'C1', originals: 1 }] })
    await command(office.as('specialist'), proposed, 'request-supplement', { ...supplement, legalGround: 'Điều 9' })
    let offered = 0
    for (const username of ['intake', 'postal', 'specialist', 'specialist2', 'leader', 'clerk', 'b.specialist']) {
      const { rows } = await work(username)
      for (const { code, isOpen, atWork, turn } of rows) {
        const dossier = await findDossier(office.system, code ?? '')
        if (!dossier) throw new Error(`no dossier ${code}`)
        const may = (type: string) => isAllowed(findCommand(type), dossier, office.as(username).actor as Officer)
        expect(isOpen && atWork, `${username} may claim ${code}, ${dossier.state}`).toBe(may('claim'))
        expect(!isOpen && atWork, `${username} may hand back ${code}, ${turn}`).toBe(may('release'))
        offered += may('claim') ? 1 : 0
      }
    }
    expect(offered).toBeGreaterThan(5)
  })
})

describe('a substitute', () => {
  test('sees and does the absent one’s work, and it is recorded for whom', async () => {
    const code = await birth()
    await command(office.as('leader'), code, 'assign', { assignee: 'specialist' })
    const absent = office.as('specialist').actor as Officer
    const { id: delegationId } = await delegateRole(office.as('leader'), {
      assignment: absent.assignmentId,
      substitute: 'specialist2',
      ground: '12/QĐ-UBND',
      until: '2026-03-09T17:00:00+07:00',
    })
    const { accountId } = office.as('specialist2').actor as Officer
    const own = await as('specialist2')
    expect((await own.get('/viec')).text).not.toContain(code)
    const token = await tokenFor(at, { accountId, assignmentId: null, delegationId })
    const standingIn = client(at, `${SESSION_COOKIE}=${token}`)
    const { text } = await standingIn.get('/viec')
    expect(text).toContain(`href="/ho-so/${code}"`)
    expect(text).toContain('Đang làm thay ông/bà Cán bộ specialist')
    const done = await standingIn.send('POST', `/api/v1/dossiers/${code}/commands`, { type: 'submit-for-approval' })
    const appraised = await standingIn.send('POST', `/api/v1/dossiers/${code}/commands`, { type: 'appraise' })
    expect([done.status, appraised.status]).toEqual([409, 200])
    const [event] = await run<{ actor: string; behalf: number }>(
      database.db,
      `SELECT actor, on_behalf_of AS behalf FROM dossier_event WHERE type = 'appraised'
         AND dossier_id = (SELECT id FROM dossier WHERE code = $1)`,
      [code],
    )
    expect(event).toEqual({ actor: `officer:${accountId}`, behalf: absent.accountId })
  })
})
