import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { foldFacts } from '#src/facts/fold-facts.ts'
import { rebuildFacts } from '#src/facts/rebuild-facts.ts'
import { type Definitions, usualDefinitions } from '#src/periods/definition.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { AskedParams } from '#src/reports/asked.ts'
import type { Asked, ListKind, ReportRow } from '#src/reports/report.ts'
import { signedInAs, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office } from '#test/support/office.ts'
import { randomHistories } from '#test/support/random-histories.ts'
import { listBehind } from './behind.query.ts'
import { dossiersBehind } from './behind-kind.query.ts'
import { cells } from './cell.ts'
import { ii06a } from './ii06a.query.ts'
import { ii06aKeys } from './ii06a.ts'
import { internal } from './other-forms.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  // Some is folded when the next comes, so that numbers are made of both.
  const between = async (nth: number) => {
    if (nth === 40) await foldFacts(office.system)
  }
  await randomHistories(office, { seed: 20_261_122, walks: 70, between })
  office.clock.set('2026-12-31T10:00:00+07:00')
}, 60_000)
afterAll(() => database.close())

const first = localDate(new Date(MONDAY))
const periods = [
  { from: first, to: addDays(first, 13) },
  { from: addDays(first, 14), to: addDays(first, 45) },
  { from: addDays(first, 7), to: addDays(first, 200) },
]
const strict: Definitions = {
  withdrawn: 'by-deadline',
  paused: 'by-deadline',
  late: 'by-day',
  extension: 'original',
  noTerm: 'early',
}

async function ask(
  who: string,
  kind: typeof ii06a | ListKind,
  params: AskedParams,
): Promise<{ ctx: Ctx; asked: Asked }> {
  const ctx = office.as(who)
  return { ctx, asked: await getAsked(ctx, kind, params, ctx.actor as Officer) }
}

/** Codes behind a number, read page by page. */
async function everyRef(ctx: Ctx, asked: Asked, limit: number): Promise<string[]> {
  const refs: string[] = []
  for (let after: string | null = null; ; ) {
    const { rows, next } = await listBehind(ctx, asked, { after, limit })
    refs.push(...rows.flatMap(({ ref, n }) => Array.from({ length: n }, () => ref)))
    if (next === null) return refs
    after = next
  }
}

/** The cell's link, followed. */
async function listOf(row: ReportRow, key: string, definitions: Definitions): Promise<string[]> {
  if (row.cells[key] === 0) return []
  const query = new URL(row.hrefs?.[key] ?? '', 'http://here').searchParams
  const params = {
    from: query.get('tu') ?? undefined,
    to: query.get('den') ?? undefined,
    by: query.get('o') ?? undefined,
    agency: query.get('co-quan') ?? undefined,
    field: query.get('linh-vuc') ?? undefined,
    procedure: query.get('thu-tuc') ?? undefined,
    asOf: query.get('luc') ?? undefined,
  }
  const { ctx, asked } = await ask('director', dossiersBehind, params)
  return everyRef(ctx, { ...asked, definitions }, 7)
}

test.each([
  ['the usual definitions', usualDefinitions],
  ['every definition the other way', strict],
])(
  'behind each cell stand as many dossiers as it says, and those of the rows are those of the total: %s',
  async (_, definitions) => {
    const seen = new Set<string>()
    for (const period of periods) {
      for (const by of ['field', 'agency']) {
        const { ctx, asked } = await ask('director', internal, { ...period, by })
        const table = await internal.read(ctx, { ...asked, definitions })
        const total = table.total as ReportRow
        for (const { key } of table.columns) {
          const lists = await Promise.all(table.rows.map(row => listOf(row, key, definitions)))
          expect(
            lists.map(list => list.length),
            key,
          ).toEqual(table.rows.map(row => row.cells[key]))
          const all = await listOf(total, key, definitions)
          expect(all.length, key).toBe(total.cells[key])
          expect(lists.flat().sort(), key).toEqual(all.sort())
          if (all.length > 0) seen.add(key)
        }
      }
    }
    expect(seen.size).toBeGreaterThan(18)
  },
)

test('the count of a list is the number it stands behind, for every number there is', async () => {
  for (const by of cells) {
    const { ctx, asked } = await ask('control', dossiersBehind, { ...periods[1], by })
    const refs = await everyRef(ctx, asked, 50)
    expect(await dossiersBehind.count(ctx, asked), by).toBe(refs.length)
  }
})

test('what a list says does not depend on how far facts are folded, nor on what happens afterwards', async () => {
  const all = async () => {
    const lists: Record<string, string[]> = {}
    for (const by of ii06aKeys) {
      const { ctx, asked } = await ask('director', dossiersBehind, { ...periods[1], by })
      lists[by] = await everyRef(ctx, asked, 50)
    }
    return lists
  }
  const before = await all()
  await foldFacts(office.system)
  expect(await all()).toEqual(before)
  await rebuildFacts(office.system)
  expect(await all()).toEqual(before)
})

test('what is open at the end of a period is what the next begins with', async () => {
  const listed = async (by: string, period: { from: string; to: string }) => {
    const { ctx, asked } = await ask('director', dossiersBehind, { ...period, by })
    return (await everyRef(ctx, asked, 50)).sort()
  }
  const [one, two] = [
    await listed('c11', periods[0] as { from: string; to: string }),
    await listed('c6', periods[1] as { from: string; to: string }),
  ]
  expect(one).toEqual(two)
  expect(one.length).toBeGreaterThan(5)
})

test('a leader sees the dossiers behind the numbers of their own agency and of no other', async () => {
  const { ctx, asked } = await ask('so.leader', dossiersBehind, { ...periods[2], by: 'received' })
  const { rows } = await listBehind(ctx, asked, { after: null, limit: 50 })
  expect(rows.length).toBeGreaterThan(2)
  expect(new Set(rows.map(({ agency }) => agency))).toEqual(new Set(['Sở Xây dựng']))
  expect(rows.every(({ applicant }) => applicant !== '')).toBe(true)
  await expect(
    ask('so.leader', dossiersBehind, { ...periods[2], by: 'received', agency: 'H20.101' }),
  ).rejects.toMatchObject({
    kind: 'not-found',
  })
  await expect(ask('reform', dossiersBehind, { ...periods[2], by: 'received' })).rejects.toMatchObject({
    kind: 'forbidden',
  })
})

test('names stand only where the reader may open the dossier', async () => {
  const { ctx, asked } = await ask('so.leader', dossiersBehind, { ...periods[2], by: 'received' })
  // As if another agency stood below: its dossiers count, and stay closed to the leader above.
  const below = await run<{ id: number }>(database.db, 'SELECT id FROM agency', [])
  const tree = { ...asked, agencies: below.map(({ id }) => id) }
  const { rows } = await listBehind(ctx, tree, { after: null, limit: 200 })
  const named = rows.filter(({ applicant }) => applicant !== '')
  expect(rows.filter(({ isSeen }) => isSeen)).toEqual(named)
  const linked = (await dossiersBehind.page(ctx, tree, { after: null, limit: 200 })).rows.filter(({ hrefs }) => hrefs)
  expect(linked.map(({ key }) => key)).toEqual(named.map(({ ref }) => ref))
  expect(named.length).toBeGreaterThan(2)
  expect(named.length).toBeLessThan(rows.length)
  expect(rows.some(({ agency, applicant }) => agency === 'UBND xã Tân Long' && applicant !== '')).toBe(false)
})

test('whoever measures reform reads the numbers without links to dossiers', async () => {
  const { ctx, asked } = await ask('reform', ii06a, { ...periods[2] })
  const { rows, total } = await ii06a.read(ctx, asked)
  expect(total?.cells.c3).toBeGreaterThan(30)
  expect([...rows, total].every(row => row?.hrefs === undefined)).toBe(true)
})

test('a dossier is shown as it stood at the end of the period, whatever happened since', async () => {
  const { ctx, asked } = await ask('director', dossiersBehind, { ...periods[0], by: 'c11' })
  const { rows } = await listBehind(ctx, asked, { after: null, limit: 50 })
  expect(rows.every(({ endedAt }) => endedAt === null)).toBe(true)
  const later = await run<{ n: number }>(
    database.db,
    'SELECT count(*)::int AS n FROM dossier WHERE id = ANY ($1::bigint[]) AND coalesce(ready_at, closed_at) IS NOT NULL',
    [rows.map(({ id }) => id)],
  )
  expect(later[0]?.n).toBeGreaterThan(0)
})

test('a list continues only from a place it gave', async () => {
  const { ctx, asked } = await ask('director', dossiersBehind, { ...periods[0], by: 'c3' })
  await expect(listBehind(ctx, asked, { after: '7.x', limit: 5 })).rejects.toMatchObject({ code: 'cursor-unusable' })
})

test('a number’s address is a page with as many dossiers, in words; what is no number is refused', async () => {
  const at = testApp(database.db)
  at.clock.set('2026-12-31T10:00:00+07:00')
  const director = await signedInAs(at, office.as('director').actor as Officer)
  const { ctx, asked } = await ask('director', dossiersBehind, { ...periods[2], by: 'c7', field: 'ho-tich' })
  const refs = await everyRef(ctx, asked, 50)
  const days = `tu=${periods[2]?.from}&den=${periods[2]?.to}`
  const { text } = await director.get(`/bao-cao/ho-so?o=c7&${days}&linh-vuc=ho-tich`)
  expect(text).toContain('Đã giải quyết</h1>')
  expect(text).toContain(`${refs.length} hồ sơ · UBND tỉnh Đồng Tháp · Hộ tịch · từ 09/03/2026`)
  expect([...text.matchAll(/href="\/ho-so\/(H[^"]+)"/gu)].map(([, ref]) => ref)).toEqual(refs.slice(0, 50))
  expect((await director.get(`/bao-cao/ho-so?o=everything&${days}`)).status).toBe(422)
  const answer = (
    await director.get('/api/v1/reports/ho-so?by=received.own&agency=H20.11&from=2026-03-02&to=2026-05-30')
  ).json()
  const own = await ask('director', dossiersBehind, {
    from: '2026-03-02',
    to: '2026-05-30',
    agency: 'H20.11',
    by: 'received.own',
  })
  expect((answer as { items: { key: string }[] }).items.map(({ key }) => key)).toEqual(
    await everyRef(own.ctx, own.asked, 50),
  )
})
