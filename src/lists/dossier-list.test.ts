import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maySee } from '#src/dossiers/holder.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { listRegister, listSupported, registerStatement, supportedStatement } from './dossier-list.query.ts'
import type { DossierFilter, DossierPage, Statement } from './dossier-list.ts'
import { listWork, type WorkView, workStatement, workViews } from './work-list.query.ts'

let database: TestDatabase
let office: Office
const page = { limit: 50 }
const officer = (username: string) => office.as(username).actor as Officer

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await manyDossiers(database.owner, 6_000)
})
afterAll(() => database.close())

/** Tables and indexes of `dossier` that a statement reads, as `Seq Scan dossier` or `dossier_work_desk`. */
async function reads({ text, values }: Statement): Promise<string[]> {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node as Record<string, string>
    if (type?.includes('Seq Scan') && table === 'dossier') found.push(`${type} dossier`)
    // By its number, a dossier of the page is fetched, and what it was warned of.
    if (index?.startsWith('dossier') && !/^dossier_(pkey|alert)/u.test(index)) found.push(index)
    Object.values(node).forEach(walk)
  }
  walk((await database.db.executeQuery(CompiledQuery.raw(`EXPLAIN (FORMAT JSON) ${text}`, values))).rows)
  return [...new Set(found)].sort()
}

describe('the plan', () => {
  test.each(workViews)('of the work list, view %s, reads the lists of the desk and of the person', async view => {
    const now = office.clock.now()
    const { next } = await listWork(office.as('specialist'), officer('specialist'), { page: { limit: 1 } })
    for (const cursor of [undefined, next ?? '']) {
      const read = await reads(workStatement(officer('specialist'), now, { view, page: { ...page, cursor } }))
      expect(read).toEqual(expect.arrayContaining(['dossier_asked', 'dossier_work_desk', 'dossier_work_person']))
      expect(read).not.toContain('Seq Scan dossier')
    }
  })

  test('of the papers a desk may be brought reads those alone', async () => {
    const read = await reads(workStatement(officer('intake'), office.clock.now(), { view: 'supplement', page }))
    const lists = ['asked', 'awaited', 'family_awaited', 'work_desk', 'work_person']
    expect(read).toEqual(lists.map(name => `dossier_${name}`))
  })

  const OWN = /^dossier_competent,dossier_partners,dossier_receiving$/u
  const cases: [name: string, filter: DossierFilter, agency: RegExp, province: RegExp][] = [
    ['everything', {}, OWN, /^dossier_entered$/u],
    ['closed', { state: 'closed' }, /receiving|competent/u, /^dossier_entered$/u],
    ['stopped', { state: 'stopped' }, /^dossier_unfinished$/u, /^dossier_unfinished$/u],
    ['a procedure', { procedure: '1.001193' }, /receiving|competent/u, /dossier_procedure/u],
    ['telephone', { channel: 'phone' }, /dossier_/u, /^dossier_rare_channel$/u],
    [
      'late',
      { judgement: 'late' },
      /^dossier_(late|competent),dossier_partners,dossier_receiving$/u,
      /^dossier_entered$/u,
    ],
    ['dates', { receivedFrom: '2026-02-23', receivedTo: '2026-02-24' }, OWN, /^dossier_entered$/u],
    ['a common name', { text: 'nguyễn' }, /dossier_/u, /^dossier_entered$/u],
    ['a rare number', { text: '000000007919' }, /^dossier_search$/u, /^dossier_search$/u],
    ['a phone', { text: '0900104729' }, /^dossier_search$/u, /^dossier_search$/u],
    ['nobody’s name', { text: 'Zacharias' }, /dossier_search/u, /dossier_search/u],
    [
      'overdue steps',
      { stepDueBefore: new Date('2026-02-21T02:00:00Z') },
      /dossier_/u,
      /^dossier_(step_due|entered)$/u,
    ],
    ['a code', { text: 'h20.101-260302-000042' }, /dossier_code_key/u, /dossier_code_key/u],
  ]
  test.each(cases)('of the register, %s, reads no more than it shows needs', async (_, filter, agency, province) => {
    const own = await reads(registerStatement(officer('intake'), filter, page))
    const all = await reads(registerStatement(officer('control'), filter, page))
    expect(own.join()).toMatch(agency)
    expect(all.join()).toMatch(province)
    expect([...own, ...all].filter(name => name.includes('Seq Scan'))).toEqual([])
  })
})

/** Rows of `dossier` that a statement looks at. */
async function looksAt({ text, values }: Statement): Promise<number> {
  let rows = 0
  const count = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const plan = node as Record<string, number | string>
    if (plan['Relation Name'] === 'dossier')
      rows += (Number(plan['Actual Rows']) + Number(plan['Rows Removed by Filter'] ?? 0)) * Number(plan['Actual Loops'])
    Object.values(node).forEach(count)
  }
  count((await database.db.executeQuery(CompiledQuery.raw(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values))).rows)
  return rows
}

test('the newest of one agency are found by looking at little more than the page', async () => {
  const { next } = await listRegister(office.as('intake'), officer('intake'), {}, { limit: 400 })
  for (const cursor of [undefined, next ?? '']) {
    const rows = await looksAt(registerStatement(officer('intake'), {}, { limit: 20, cursor }))
    // A page from each of two indexes, what the agency has a part in, the page itself.
    expect(rows).toBeLessThan(3 * 21 + 6_000 / 20)
  }
})

test('what an agency has now is read from its own index, by those who oversee it and those who take part', async () => {
  for (const username of ['control', 'so.leader']) {
    const statement = registerStatement(officer(username), {}, page, [officer('b.intake').agencyId])
    expect(await reads(statement)).not.toContain('dossier_entered')
  }
  const { rows } = await listRegister(office.as('control'), officer('control'), { heldBy: 'tan long' }, { limit: 9 })
  expect(new Set(rows.map(({ holder }) => holder?.agency))).toEqual(new Set(['H20.102']))
  expect(await listRegister(office.as('control'), officer('control'), { heldBy: 'nơi nào' }, page)).toEqual({
    rows: [],
    next: null,
  })
})

test('dossiers are found by the name of the step they are at, and by a step that is overdue', async () => {
  const list = (filter: DossierFilter) => listRegister(office.as('control'), officer('control'), filter, { limit: 30 })
  const { rows } = await list({ step: 'tham dinh' })
  expect(rows).toHaveLength(30)
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['in-process', 'supplement-requested']))
  const before = new Date('2026-02-21T02:00:00Z')
  const late = await list({ stepDueBefore: before })
  expect(late.rows).toHaveLength(30)
  for (const { stepDueAt, pausedAt } of late.rows) {
    expect(stepDueAt?.getTime()).toBeLessThan(before.getTime())
    expect(pausedAt).toBeNull()
  }
})

test('late dossiers name who caused it, and are found by that agency while they still have that due time', async () => {
  const { rows } = await listRegister(office.as('control'), officer('control'), { state: 'in-process' }, { limit: 20 })
  const withTerm = rows.filter(row => row.dueAt !== null).slice(0, 2)
  for (const [n, { id, dueAt }] of withTerm.entries()) {
    // The second one has been given another day since.
    const due = n === 0 ? dueAt : new Date('2025-01-01T00:00:00Z')
    await sql`
      INSERT INTO dossier_alert (dossier_id, rule_key, rule_id, subject, key, late, at, due_at, cause_agency_id, escalate_to)
      SELECT ${id}, key, id, 'dossier', 'due:x', true, now(), ${due}, ${officer('so.leader').agencyId}, 'holder'
      FROM warning_rule LIMIT 1`.execute(database.owner)
  }
  const found = await listRegister(office.as('control'), officer('control'), { causedBy: 'sở xây dựng' }, page)
  expect(found.rows.map(({ id, cause }) => [id, cause])).toEqual([[withTerm[0]?.id, 'Sở Xây dựng']])
})

test('an agency sees of what it helped to hand in elsewhere where it stands, and nothing of people', async () => {
  const [point] = await database.db.selectFrom('service_point').select('agency_id').orderBy('id').limit(1).execute()
  const helper = ['centre.intake', 'intake', 'b.intake'].find(name => officer(name).agencyId === point?.agency_id) ?? ''
  const { rows } = await listSupported(office.as(helper), officer(helper), {}, { limit: 200 })
  expect(rows.length).toBeGreaterThan(100)
  for (const { applicant } of rows) expect(applicant).toMatchObject({ name: '', idNumber: null, phone: null })
  for (const [text, many] of [
    ['nguyễn', 0],
    [rows[0]?.code ?? '', 1],
  ] as const) {
    expect((await listSupported(office.as(helper), officer(helper), { text }, page)).rows, text).toHaveLength(many)
  }
  expect(await listSupported(office.as('so.leader'), officer('so.leader'), {}, page)).toEqual({ rows: [], next: null })
  expect(await reads(supportedStatement(officer(helper), {}, page))).not.toContain('Seq Scan dossier')
})

async function walk(list: (cursor?: string) => Promise<DossierPage>): Promise<number[]> {
  const ids: number[] = []
  for (let cursor: string | undefined; ; ) {
    const { rows, next } = await list(cursor)
    ids.push(...rows.map(row => row.id))
    if (next === null) return ids
    cursor = next
  }
}

describe('page by page', () => {
  test('the register shows each dossier once, newest first, and only what maySee allows', async () => {
    const rows = await database.db
      .selectFrom('dossier')
      .select(['id', 'receiving_agency_id', 'competent_agency_id', 'partner_ids'])
      .orderBy(sql`coalesce(received_at, created_at)`, 'desc')
      .orderBy('id', 'desc')
      .execute()
    for (const username of ['intake', 'b.leader', 'so.clerk', 'director', 'control', 'admin', 'reform']) {
      const ctx = office.as(username)
      const allowed = rows.filter(row =>
        maySee(
          {
            receivingAgencyId: row.receiving_agency_id,
            competentAgencyId: row.competent_agency_id,
            partnerIds: row.partner_ids,
          },
          officer(username),
        ),
      )
      const shown = await walk(cursor => listRegister(ctx, officer(username), {}, { limit: 400, cursor }))
      expect(shown, username).toEqual(allowed.map(row => row.id))
    }
  })

  test('the work list shows each dossier in hand once, most urgent first, results to be fetched last', async () => {
    const { agencyId, accountId } = officer('specialist')
    const whole = async (ctx: Ctx, view: WorkView) =>
      walk(cursor => listWork(ctx, ctx.actor as Officer, { view, page: { limit: 7, cursor } }))
    const mine = await database.db
      .selectFrom('dossier')
      .select('id')
      .where(
        sql<boolean>`holder_agency_id = ${agencyId} AND holder_role = 'specialist' AND coalesce(holder_account_id, ${accountId}) = ${accountId}
          OR asked @> ARRAY[${`${agencyId}:specialist`}]`,
      )
      .orderBy('due_at')
      .orderBy('id')
      .execute()
    expect(mine.length).toBeGreaterThan(14)
    expect(await whole(office.as('specialist'), 'all')).toEqual(mine.map(row => row.id))

    const desk = await whole(office.as('intake'), 'all')
    const ready = await whole(office.as('postal'), 'hand-over')
    expect(ready.length).toBeGreaterThan(7)
    expect(desk.slice(-ready.length)).toEqual(ready)
  })

  test('the numbers of the views are those of the lists behind them', async () => {
    for (const username of ['specialist', 'intake']) {
      const list = (view: WorkView) =>
        listWork(office.as(username), officer(username), { view, page: { limit: 2_000 } })
      const { counts, countedAll } = await list('all')
      expect(countedAll).toBe(true)
      expect(counts.supplement, username).toBeGreaterThan(0)
      for (const view of workViews) expect((await list(view)).rows.length, `${username}, ${view}`).toBe(counts[view])
    }
  })

  test('a cursor that was not given is refused', async () => {
    for (const cursor of ['x', 'LTE', Buffer.from('99999999999999999.1').toString('base64url')]) {
      const asked = listRegister(office.as('intake'), officer('intake'), {}, { limit: 5, cursor })
      await expect(asked).rejects.toMatchObject({ kind: 'invalid', code: 'cursor-unusable' })
    }
  })
})
