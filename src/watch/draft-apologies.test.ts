import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { advanceTo, command, makeOffice, type Office, receiveBirth } from '../../test/support/office.ts'
import { listApologyDrafts, signHref } from './apology.query.ts'
import { draftApologies } from './draft-apologies.ts'

let database: TestDatabase
let office: Office
let watch: Ctx
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  watch = { ...office.system, actor: { kind: 'system', name: 'watch' } }
})
afterAll(() => database.close())

const officer = (who: string) => office.as(who).actor as Officer
const drafts = async (who: string, code: string | null) =>
  (await listApologyDrafts(office.as(who), officer(who), { limit: 50 })).filter(one => one.ref === code)
const notices = (who: string, code: string | null) =>
  run(
    database.db,
    `SELECT n.kind FROM officer_notice n JOIN dossier d ON d.id = n.dossier_id
     WHERE n.account_id = $1 AND d.code = $2 AND n.kind = 'apology-to-sign'`,
    [officer(who).accountId, code],
  )
const PERMIT = {
  procedure: '1.009994',
  components: [
    { code: 'C1', originals: 1 },
    { code: 'C2', originals: 1 },
  ],
}

describe('an apology', () => {
  test('is proposed to the leader of the resolving agency in time for the notice, once', async () => {
    office.clock.set('2026-03-09T08:00:00+07:00')
    const { code, dueAt } = await receiveBirth(office.as('intake'), PERMIT)
    expect(dueAt?.toISOString()).toBe('2026-03-30T01:00:00.000Z')
    office.clock.set('2026-03-26T09:00:00+07:00')
    await draftApologies(watch)
    expect(await drafts('so.leader', code)).toEqual([])
    office.clock.set('2026-03-26T15:00:00+07:00')
    await Promise.all([draftApologies(watch), draftApologies(watch)])
    const [draft, ...others] = await drafts('so.leader', code)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ state: 'open', until: '2026-04-02', agency: { code: 'H20.11' } })
    expect(draft?.reason).toMatch(
      /^Hồ sơ đang ở bước “.+” tại .+\. Thời gian xử lý tại .+ đã vượt quy trình .+ làm việc\.$/u,
    )
    expect(draft && signHref(draft)).toMatch(new RegExp(`^/ho-so/${code}/lam/extend\\?until=2026-04-02&reason=`, 'u'))
    expect(await notices('so.leader', code)).toHaveLength(1)
    expect(await drafts('leader', code)).toEqual([])
    expect(await drafts('director', code)).toHaveLength(1)
  })

  test('is signed by the extension of that promise, and another promise gets a draft of its own', async () => {
    const [draft] = await listApologyDrafts(office.as('director'), officer('director'), { limit: 1 })
    if (!draft) throw new Error('no draft')
    await command(office.as('so.leader'), draft.ref, 'extend', { until: draft.until, reason: draft.reason })
    expect((await drafts('so.leader', draft.ref)).map(one => one.state)).toEqual(['signed'])
    office.clock.set('2026-04-06T09:00:00+07:00')
    await draftApologies(watch)
    // The law grants one extension: there is nothing more to sign.
    expect((await drafts('so.leader', draft.ref)).map(one => one.state)).toEqual(['signed'])
  })

  test('is not proposed for what is received with less time than the notice takes, until it is late for its step', async () => {
    office.clock.set('2026-04-07T08:00:00+07:00')
    const { code } = await receiveBirth(office.as('intake'))
    await draftApologies(watch)
    expect(await drafts('leader', code)).toEqual([])
    // A late step with most of the day left can still be made up for.
    office.clock.set('2026-04-07T10:00:00+07:00')
    await draftApologies(watch)
    expect(await drafts('leader', code)).toEqual([])
    office.clock.set('2026-04-07T14:00:00+07:00')
    await draftApologies(watch)
    expect((await drafts('leader', code)).map(one => one.state)).toEqual(['open'])
    await advanceTo(office, code, 'result-ready')
    expect((await drafts('leader', code)).map(one => one.state)).toEqual(['lapsed'])
  })

  test('is not needed by what waits for the signature alone', async () => {
    office.clock.set('2026-04-08T08:00:00+07:00')
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'approved')
    office.clock.set('2026-04-08T08:30:00+07:00')
    await draftApologies(watch)
    expect(await drafts('leader', code)).toEqual([])
  })
})
