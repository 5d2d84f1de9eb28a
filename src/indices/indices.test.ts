import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { changeIndexSet } from './change-index-set.ts'
import { changeRating } from './change-rating.ts'
import { EnterValue, enterValue } from './enter-value.ts'
import { listIndexSets } from './indicator-set.query.ts'
import { IndexDefinition, indexKeys } from './indicator-set.ts'
import { getMeasureBase } from './measures.query.ts'
import { rateDossiers } from './rate-dossiers.ts'
import { findDossierRating } from './rating.query.ts'
import { agencyRating, officerRating, provinceRating, ratedDossiers } from './rating-kinds.query.ts'
import { serviceIndex, targetRates } from './score-kinds.query.ts'
import { getStandings } from './standing.query.ts'

let database: TestDatabase
let office: Office
let inTime: string
let late: string

/** Two births at one commune, one online and solved early, one late after a supplement; and one still open at the other. */
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  inTime = String((await receiveBirth(office.as('intake'), { channel: 'online' })).code)
  late = String((await receiveBirth(office.as('intake'))).code)
  await receiveBirth(office.as('b.intake'))
  await advanceTo(office, inTime, 'closed')
  office.clock.set('2026-03-09T09:00:00+07:00')
  await advanceTo(office, late, 'closed')
  await rateDossiers(office.system)
})
afterAll(() => database.close())

const march = { from: '2026-03-01', to: '2026-03-31' }
const reader = (who: string) => office.as(who).actor as Officer
const ask = (kind: ReportKind, who: string, more: Record<string, string> = {}) =>
  getAsked(office.as(who), kind, { ...march, ...more }, reader(who))

async function standings(who: string, more: Record<string, string> = {}) {
  return getStandings(office.as(who), '766', await ask(serviceIndex, who, more))
}

describe('the index of service quality', () => {
  test('is made of sets that are whole as they come with the platform', async () => {
    const sets = await listIndexSets(office.system)
    expect(sets.map(({ key }) => key).sort()).toEqual([...indexKeys].sort())
    for (const { definition } of sets) expect(IndexDefinition.parse(definition)).toEqual(definition)
  })

  test('counts each dossier at its agency and leaves out what has no numbers', async () => {
    const { whole, ranked } = await standings('control')
    expect(whole.measures).toMatchObject({
      received: 3,
      received_online: 1,
      solved: 2,
      solved_in_time: 1,
      components: 6,
      components_scanned: 0,
      results_filed: 0,
    })
    const first = ranked.find(({ agency }) => agency.code === 'H20.101')
    expect(first?.measures).toMatchObject({ received: 2, solved: 2, solved_in_time: 1, open_in_time: 0 })
    const onTime = first?.score.groups.find(({ code }) => code === '2')
    expect(onTime).toMatchObject({ score: 10, reachable: 20, max: 20 })
    expect(first?.score.groups.find(({ code }) => code === '5')).toMatchObject({ reachable: 0, max: 18 })
    expect(ranked.map(({ rank }) => rank)).toEqual([...ranked.map(({ rank }) => rank)].sort(nullsLast))
  })

  test('counts what was received and what has a file no differently than the facts do', async () => {
    const asked = await ask(serviceIndex, 'control')
    const { begins, until, to, definitions } = asked
    const base = await getMeasureBase(
      office.system,
      { begins, until, to, said: until, agencies: null, definitions },
      false,
    )
    const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0)
    const { whole } = await standings('control')
    expect(sum(base.uses.map(({ received }) => received))).toBe(whole.measures.received)
    expect(sum(base.uses.map(({ online }) => online))).toBe(whole.measures.received_online)
  })

  test('gives a leader their own agency alone', async () => {
    const { whole, ranked } = await standings('leader')
    expect(ranked.map(({ agency }) => agency.code)).toEqual(['H20.101'])
    expect(whole.measures.received).toBe(2)
    await expect(standings('leader', { agency: 'H20.102' })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(standings('specialist')).rejects.toMatchObject({ code: 'role-not-allowed' })
  })

  test('says as a report what it says as a score', async () => {
    const asked = await ask(serviceIndex, 'control')
    const table = await serviceIndex.read(office.as('control'), asked)
    const { ranked } = await getStandings(office.as('control'), '766', asked)
    expect(table.rows.map(({ key, cells }) => [key, cells.total])).toEqual(
      ranked.filter(({ rank }) => rank !== null).map(({ agency, score }) => [agency.code, score.total]),
    )
    const mine = await ask(serviceIndex, 'leader', { by: 'indicator' })
    const lines = await serviceIndex.read(office.as('leader'), mine)
    expect(lines.rows.find(({ key }) => key === '2.1')?.cells).toMatchObject({
      numerator: 1,
      denominator: 2,
      rate: 50,
      score: 10,
      max: 20,
    })
    expect(lines.rows.find(({ key }) => key === '5.1')?.cells).toMatchObject({ score: null, source: 'chưa có số liệu' })
  })

  test('compares rates with the target of the level', async () => {
    const asked = await ask(targetRates, 'control')
    const { rows, total } = await targetRates.read(office.as('control'), asked)
    const commune = rows.find(({ key }) => key === 'H20.101')
    expect(commune?.cells).toMatchObject({ 'truc-tuyen': 50, 'truc-tuyen-target': 70, 'truc-tuyen-met': 'không đạt' })
    expect(total?.cells).toMatchObject({ 'truc-tuyen-target': 90, 'tai-su-dung-met': 'chưa có số liệu' })
  })
})

const nullsLast = (a: number | null, b: number | null) => (a ?? 999) - (b ?? 999)

describe('what is entered by hand', () => {
  const satisfied = EnterValue.parse({
    indicator: '5.1',
    agency: 'H20.102',
    ...march,
    value: 45,
    of: 50,
    evidence: 'Phiếu khảo sát tháng 3',
  })
  const groupFive = async () => {
    const { ranked } = await standings('control')
    return ranked.find(({ agency }) => agency.code === 'H20.102')?.score.groups.find(({ code }) => code === '5')
  }

  test('counts once it is there; appraisal before what the agency says of itself', async () => {
    await enterValue(office.as('b.leader'), '766', satisfied)
    expect(await groupFive()).toMatchObject({ score: expect.closeTo(5.4), reachable: 6 })
    await enterValue(office.as('reform'), '766', { ...satisfied, value: 40 })
    await enterValue(office.as('b.leader'), '766', { ...satisfied, value: 50 })
    expect(await groupFive()).toMatchObject({ score: expect.closeTo(4.8) })
  })

  test('is written once however often it is sent', async () => {
    const again = { ...satisfied, value: 40 }
    await Promise.all([1, 2, 3].map(() => enterValue(office.as('reform'), '766', again)))
    const fresh = { ...again, value: 41 }
    await Promise.all([1, 2, 3].map(() => enterValue(office.as('reform'), '766', fresh)))
    expect(await run(database.db, 'SELECT FROM index_value WHERE value = 41', [])).toHaveLength(1)
    await enterValue(office.as('reform'), '766', again)
    const rows = await run(database.db, `SELECT FROM index_value WHERE stage = 'appraisal' AND value = 40`, [])
    // Before the other number and after it: the last word counts.
    expect(rows).toHaveLength(2)
  })

  test.each([
    ['leader', {}, 'index-agency-unknown'],
    ['director', {}, 'role-not-allowed'],
    ['b.leader', { indicator: '2.1' }, 'index-indicator-unknown'],
    ['b.leader', { value: 51 }, 'index-value-too-much'],
    ['b.leader', { from: '2026-04-01', to: '2026-04-30' }, 'index-value-early'],
  ])('is refused %s %o', async (who, change, code) => {
    await expect(enterValue(office.as(who), '766', { ...satisfied, ...change })).rejects.toMatchObject({ code })
  })

  test.each(['0000-01-01', '2026-02-30', 'x', ''])('is refused at the day where that is %j', from => {
    const { error } = EnterValue.safeParse({ ...satisfied, from })
    expect(error?.issues.map(({ path }) => path[0])).toContain('from')
  })

  test('cannot be rewritten by the app', async () => {
    await expect(run(database.db, 'UPDATE index_value SET value = 1', [])).rejects.toThrow(/permission denied/u)
    await expect(run(database.db, 'DELETE FROM dossier_rating_change', [])).rejects.toThrow(/permission denied/u)
    await expect(run(database.db, `UPDATE index_set SET definition = '{}'`, [])).rejects.toThrow(/permission denied/u)
  })
})

describe('the nine indices', () => {
  test('rate each dossier once, by its history', async () => {
    expect(await rateDossiers(office.system)).toEqual({ rated: 0 })
    const good = await findDossierRating(office.system, inTime)
    expect(good?.points).toMatchObject({ 1: 2, 3: 2, 4: 1, 7: 2 })
    const bad = await findDossierRating(office.system, late)
    expect(bad?.points).toMatchObject({ 1: 0, 2: 0, 7: 0 })
  })

  test('are changed by an appraiser with a reason, and the computed points stay to be seen', async () => {
    const change = { index: 7 as const, points: 1, reason: 'Không có phản ánh; chậm do mất điện' }
    await expect(changeRating(office.as('leader'), late, change)).rejects.toMatchObject({ code: 'role-not-allowed' })
    await Promise.all([1, 2, 3].map(() => changeRating(office.as('control'), late, change)))
    const rating = await findDossierRating(office.system, late)
    expect(rating).toMatchObject({ points: { 7: 1 }, computed: { 7: 0 } })
    expect(rating?.changes).toHaveLength(1)
  })

  test('list form 01 of every dossier, page by page', async () => {
    const asked = await ask(ratedDossiers, 'leader')
    const first = await ratedDossiers.page(office.as('leader'), asked, { after: null, limit: 1 })
    const second = await ratedDossiers.page(office.as('leader'), asked, { after: first.next, limit: 1 })
    expect([...first.rows, ...second.rows].map(({ key }) => key).sort()).toEqual([inTime, late].sort())
    expect(second.next).toBeNull()
    expect(await ratedDossiers.count(office.as('leader'), asked)).toBe(2)
  })

  test('make form 02 of an agency, with self-score and appraisal where they cannot be computed', async () => {
    const entry = { agency: 'H20.101', ...march, of: 1, evidence: 'Biên bản' }
    await enterValue(office.as('leader'), 'chin-chi-so', EnterValue.parse({ ...entry, indicator: '5', value: 2 }))
    await enterValue(office.as('control'), 'chin-chi-so', EnterValue.parse({ ...entry, indicator: '5', value: 1 }))
    const asked = await ask(agencyRating, 'control', { agency: 'H20.101' })
    const { rows, total } = await agencyRating.read(office.as('control'), asked)
    expect(rows.find(({ key }) => key === '5')?.cells).toMatchObject({ self: 2, appraisal: 1, score: 1 })
    expect(rows.find(({ key }) => key === '1')?.cells).toMatchObject({ score: 1, source: 'từ dữ liệu' })
    expect(rows.find(({ key }) => key === '8')?.cells).toMatchObject({ score: null })
    expect(total?.cells.max).toBe(18)
  })

  test('rank the agencies and tell how far each officer completed the task', async () => {
    const ranking = await provinceRating.read(office.as('director'), await ask(provinceRating, 'director'))
    expect(ranking.rows[0]?.cells.rank).toBe(1)
    // Agencies without dossiers in the period are told in a line, not in a row each.
    expect(ranking.rows.every(({ cells }) => cells.total !== null)).toBe(true)
    expect(ranking.notes?.[0]?.[0]).toMatch(/^\d+ cơ quan chưa có hồ sơ trong kỳ/u)
    const officers = await officerRating.read(office.as('leader'), await ask(officerRating, 'leader'))
    expect(officers.rows).toHaveLength(1)
    expect(officers.rows[0]?.cells).toMatchObject({ dossiers: 2, p1: 1, p7: 1.5 })
  })
})

describe('an index set', () => {
  const weightier = async () => {
    const [set] = await listIndexSets(office.system, '766')
    if (!set) throw new Error('the set is there')
    const { definition } = set
    const groups = definition.groups.map(group => ({
      ...group,
      indicators: group.indicators.map(one => ({
        ...one,
        max: one.code === '2.1' ? one.max + 2 : one.code === '5.1' ? one.max - 2 : one.max,
      })),
    }))
    return { definition: { ...definition, groups }, ground: '15/QĐ-UBND' }
  }

  test('is followed by a new version from a day on; periods that end before keep theirs', async () => {
    const change = { ...(await weightier()), from: '2026-04-01' }
    await expect(changeIndexSet(office.as('director'), '766', change)).rejects.toMatchObject({
      code: 'role-not-allowed',
    })
    await changeIndexSet(office.as('control'), '766', change)
    await changeIndexSet(office.as('control'), '766', change)
    const sets = await listIndexSets(office.system, '766')
    expect(sets.map(({ version, validTo }) => [version, validTo])).toEqual([
      [1, '2026-04-01'],
      [2, null],
    ])
    const { set } = await standings('control')
    expect(set.version).toBe(1)
  })

  test('has one next version, whoever of two was quicker', async () => {
    const change = { ...(await weightier()), from: '2026-05-01' }
    const both = ['16/QĐ-UBND', '17/QĐ-UBND'].map(ground =>
      changeIndexSet(office.as('control'), '766', { ...change, ground }),
    )
    const done = await Promise.allSettled(both)
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'index-set-later' } })
    expect(await listIndexSets(office.system, '766')).toHaveLength(3)
  })

  test.each([
    ['2026-03-09', 'index-set-past'],
    ['2027-06-01', 'index-set-far'],
    ['2026-03-20', 'index-set-later'],
  ])('is not changed from %s', async (from, code) => {
    await expect(changeIndexSet(office.as('control'), '766', { ...(await weightier()), from })).rejects.toMatchObject({
      code,
    })
  })
})
