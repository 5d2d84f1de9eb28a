import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { birthIntake, command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { assignMany } from './assign-many.ts'
import { giveStatement } from './work-to-give.query.ts'

let database: TestDatabase
let office: Office
let at: TestApp
let leader: Client
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  // Both communes are asked at once; the first of them holds the dossier meanwhile.
  const process = { ...permitProcess, start: 'y-kien' }
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process })
  at = testApp(database.db)
  at.clock.set('2026-03-02T10:00:00+07:00')
  leader = await as('leader')
})
afterAll(() => database.close())
beforeEach(() => run(database.owner, 'UPDATE dossier SET holder_role = NULL, holder_account_id = NULL', []))

const as = (username: string): Promise<Client> => signedInAs(at, office.as(username).actor as Officer)
async function received(count: number): Promise<string[]> {
  const codes: string[] = []
  for (let i = 0; i < count; i += 1) codes.push((await receiveBirth(office.as('intake'))).code ?? '')
  return codes
}
const versionOf = async (code: string) => (await findDossier(office.system, code))?.version ?? 0
async function specialistOf(code: string): Promise<string | null> {
  const [row] = await run<{ username: string | null }>(
    database.db,
    'SELECT a.username FROM dossier d LEFT JOIN account a ON a.id = d.holder_account_id WHERE d.code = $1',
    [code],
  )
  return row?.username ?? null
}
type Result = { ref: string; result: string; assignee: { username: string } | null; problem: { code: string } | null }
async function assign(body: object, key: string = randomUUID(), by: Client = leader): Promise<Result[]> {
  const answer = await by.send('POST', '/api/v1/dossiers/assign', body, { 'Idempotency-Key': key })
  expect(answer.status, answer.text).toBe(200)
  return (answer.json() as { results: Result[] }).results
}
const given = (results: Result[]) => results.map(({ ref, result, assignee }) => [ref, result, assignee?.username])

describe('many dossiers given out at once', () => {
  test('by name go to that person, and sent again nothing is given twice', async () => {
    const refs = await received(3)
    const key = randomUUID()
    const first = await assign({ refs, assignee: 'specialist2', note: 'Làm trước' }, key)
    expect(given(first)).toEqual(refs.map(ref => [ref, 'given', 'specialist2']))
    const versions = await Promise.all(refs.map(versionOf))
    expect(await assign({ refs, assignee: 'specialist2', note: 'Làm trước' }, key)).toEqual(first)
    expect(await Promise.all(refs.map(versionOf))).toEqual(versions)
    for (const ref of refs) expect(await specialistOf(ref)).toBe('specialist2')
  })

  test('in turn are shared out evenly, whoever asks at the same moment', async () => {
    const [one, two] = [await received(10), await received(10)]
    const other = await as('leader2')
    const answers = await Promise.all([
      assign({ refs: one, share: 'round-robin' }),
      assign({ refs: two, share: 'round-robin' }, randomUUID(), other),
    ])
    const names = answers.flat().map(({ assignee }) => assignee?.username)
    expect(names.filter(name => name === 'specialist')).toHaveLength(10)
    expect(names.filter(name => name === 'specialist2')).toHaveLength(10)
  })

  test('go to who has least in hand until all have as much', async () => {
    const first = await received(4)
    await assign({ refs: first, assignee: 'specialist' })
    const results = await assign({ refs: await received(6), share: 'least-loaded' })
    expect(results.filter(({ assignee }) => assignee?.username === 'specialist')).toHaveLength(1)
    expect(results.filter(({ assignee }) => assignee?.username === 'specialist2')).toHaveLength(5)
  })

  test('sent twice at once are given once, and both are told the same', async () => {
    const refs = await received(6)
    const key = randomUUID()
    const [one, two] = await Promise.all([
      assign({ refs, share: 'round-robin' }, key),
      assign({ refs, share: 'round-robin' }, key),
    ])
    expect(one).toEqual(two)
    const events = await run<{ n: number }>(
      database.db,
      `SELECT count(*)::int AS n FROM dossier_event WHERE type = 'assigned' AND command_id LIKE $1`,
      [`${key}:%`],
    )
    expect(events[0]?.n).toBe(6)
  })

  test('tell of each that could not be given why, and hold up none of the others', async () => {
    const [mine = '', ended = ''] = await received(2)
    await command(office.as('intake'), ended, 'withdraw', { reason: 'Rút' })
    const { code: strange } = await receiveBirth(office.as('b.intake'))
    const results = await assign({ refs: [ended, strange, 'H20.101-260302-9999', mine], share: 'round-robin' })
    expect(results.map(({ result, problem }) => [result, problem?.code])).toEqual([
      ['changed', 'wrong-state'],
      ['refused', 'dossier-not-found'],
      ['refused', 'dossier-not-found'],
      ['given', undefined],
    ])
  })

  test('are refused to who is no leader, for who is not theirs, and for more than two hundred', async () => {
    const send = async (by: string, body: object) =>
      (await (await as(by)).send('POST', '/api/v1/dossiers/assign', body)).status
    expect(await send('specialist', { refs: ['H20.101-260302-0001'], share: 'round-robin' })).toBe(403)
    expect(await send('leader', { refs: ['x'], assignee: 'b.specialist' })).toBe(422)
    expect(await send('leader', { refs: ['x'] })).toBe(422)
    expect(await send('leader', { refs: ['x'], assignee: 'specialist', share: 'round-robin' })).toBe(422)
    const refs = Array.from({ length: 201 }, (_, i) => `x${i}`)
    expect(await send('leader', { refs, share: 'round-robin' })).toBe(422)
    await expect(assignMany(office.as('clerk'), { dossiers: [], to: { share: 'round-robin' } }, 'x')).rejects.toThrow(
      'role-not-allowed',
    )
  })

  test('reach nobody where no specialist is at work', async () => {
    const [ref = ''] = await received(1)
    await run(database.owner, `UPDATE account SET active = false WHERE username LIKE 'specialist%'`, [])
    const [result] = await assign({ refs: [ref], share: 'least-loaded' })
    await run(database.owner, `UPDATE account SET active = true WHERE username LIKE 'specialist%'`, [])
    expect(result).toMatchObject({ result: 'changed', problem: { code: 'nobody-to-share' } })
    expect(await specialistOf(ref)).toBeNull()
  })
})

describe('the leader’s page', () => {
  const page = (query = '') => leader.get(`/phan-cong${query}`)
  const shown = (html: string) => [...html.matchAll(/name="pick" value="([^@"]+)@/gu)].map(found => found[1])

  test('lists what nobody has, who has how much, and tells what became of each dossier', async () => {
    const [one = '', two = ''] = await received(2)
    const before = await page()
    expect(shown(before.text)).toEqual([one, two])
    expect(before.text).toContain('không giữ hồ sơ nào')
    const stale = await versionOf(two)
    await command(office.as('specialist'), two, 'note', { text: 'Đã gọi điện' })
    const pick = [`${one}@${await versionOf(one)}`, `${two}@${stale}`]
    const after = await leader.post('/phan-cong', { pick, to: 'share:round-robin', commandId: randomUUID() })
    expect(after.status).toBe(200)
    expect(after.text).toContain('Đã giao 1 hồ sơ')
    expect(after.text).toContain('Chưa giao được 1 hồ sơ')
    expect(shown(after.text)).toEqual([two])
    expect(after.text).toContain('đang giữ 1 hồ sơ')
    const who = (await specialistOf(one)) ?? ''
    expect(shown((await page('?view=given')).text)).toContain(one)
    expect(shown((await page(`?person=${who}`)).text)).toEqual([one])
    expect((await page('?person=b.specialist')).status).toBe(404)
  })

  test('keeps what was chosen when something is missing, and says so', async () => {
    const [one = ''] = await received(1)
    const pick = `${one}@${await versionOf(one)}`
    const noPerson = await leader.post('/phan-cong', { pick })
    expect(noPerson.status).toBe(422)
    expect(noPerson.text).toMatch(new RegExp(`value="${pick}"[^>]*checked|checked[^>]*value="${pick}"`, 'u'))
    const noPick = await leader.post('/phan-cong', { to: 'specialist' })
    expect(noPick.status).toBe(422)
    expect(noPick.text).toContain('Hãy chọn ít nhất một hồ sơ')
    const stranger = await leader.post('/phan-cong', { pick, to: 'b.specialist' })
    expect(stranger.status).toBe(422)
    expect(stranger.text).toContain('href="#f-to"')
  })

  test('has again what a specialist hands back, and both are told', async () => {
    const [one = ''] = await received(1)
    await assign({ refs: [one], assignee: 'specialist' })
    expect(shown((await page()).text)).toEqual([])
    await command(office.as('specialist'), one, 'release', { reason: 'Nghỉ phép' })
    expect(shown((await page()).text)).toEqual([one])
    expect((await leader.get('/viec?view=unassigned')).text).toContain(`href="/ho-so/${one}"`)
    await assign({ refs: [one], assignee: 'specialist2' })
    expect(await specialistOf(one)).toBe('specialist2')
  })

  test('gives out opinions asked of the agency, one after the other, while others have the dossier', async () => {
    const papers = ['C1', 'C2'].map(code => ({ code, originals: 1 }))
    const intake = birthIntake({ procedure: '1.009994', components: papers })
    const { code } = await receiveDossier(office.as('centre.intake'), intake, randomUUID())
    const b = await as('b.leader')
    expect(shown((await b.get('/phan-cong')).text)).toEqual([code])
    expect(given(await assign({ refs: [code], assignee: 'b.specialist' }, randomUUID(), b))).toEqual([
      [code, 'given', 'b.specialist'],
    ])
    expect(shown((await b.get('/phan-cong')).text)).toEqual([])
    expect(shown((await b.get('/phan-cong?view=given')).text)).toEqual([code])
    expect((await (await as('b.specialist')).get('/viec?view=asked')).text).toContain(`href="/ho-so/${code}"`)
    expect(shown((await page()).text)).toEqual([code])
  })
})

test('the page’s statement reads indexes alone', async () => {
  await manyDossiers(database.owner, 4_000)
  for (const view of ['open', 'given'] as const) {
    const { text, values } = giveStatement(office.as('leader').actor as Officer, { view, page: { limit: 50 } })
    const plan = JSON.stringify(
      (await database.db.executeQuery(CompiledQuery.raw(`EXPLAIN (FORMAT JSON) ${text}`, values))).rows,
    )
    expect(plan).not.toMatch(/"Seq Scan"[^{}]*"Relation Name":"dossier"/u)
    expect(plan).toContain('dossier_asked')
  }
})
