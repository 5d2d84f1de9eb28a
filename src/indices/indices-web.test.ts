import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unfiledResults } from '#src/library/unfiled-results.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { fieldId } from '#src/ui/field.tsx'
import { client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import { resultsSql, usesSql } from './measures.query.ts'
import { rateDossiers, toRateSql } from './rate-dossiers.ts'
import { ratedPageSql } from './rating.query.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let code: string
const march = 'tu=2026-03-01&den=2026-03-31'

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = testApp(database.db)
  code = String((await receiveBirth(office.as('intake'), { channel: 'online' })).code)
  await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'closed')
  await rateDossiers(office.system)
  app.clock.set('2026-03-10T09:00:00+07:00')
})
afterAll(() => database.close())

const as = (who: string) => signedInAs(app, office.as(who).actor as Officer)

describe('the pages of scores', () => {
  test('rank the agencies, and lead to what each can do to gain the most', async () => {
    const control = await as('control')
    const ranking = await control.get(`/chi-so?${march}`)
    expect(ranking.status).toBe(200)
    expect(ranking.text).toContain(`/chi-so/H20.101?${march.replace('&', '&amp;')}`)
    const { text } = await control.get(`/chi-so/H20.101?${march}`)
    expect(text).toContain('Số hóa thêm 4 giấy tờ đã tiếp nhận để tăng')
    expect(text).toMatch(
      /\/bao-cao\/ho-so\?o=received_online&amp;tu=2026-03-01&amp;den=2026-03-31&amp;co-quan=H20\.101/u,
    )
  })

  test('lead from advice to all the dossiers it can be done with', async () => {
    const control = await as('control')
    const { text } = await control.get(`/chi-so/H20.101?${march}`)
    const [, href = '', n = ''] = text.match(/href="([^"]*chua-co-tep-ket-qua[^"]*)">Xem (\d+) hồ sơ/u) ?? []
    expect(n).toBe('1')
    const list = await control.get(href.replaceAll('&amp;', '&'))
    expect(list.text).toContain('1 dòng')
    expect(list.text).toContain(`href="/ho-so/${code}"`)
    const { page, count } = unfiledResults
    const asked = await getAsked(office.as('b.leader'), unfiledResults, {}, office.as('b.leader').actor as Officer)
    expect(await count(office.as('b.leader'), asked)).toBe(0)
    expect(await page(office.as('b.leader'), asked, { after: null, limit: 1 })).toEqual({ rows: [], next: null })
  })

  test('have no links to dossiers for those who read none', async () => {
    const { text } = await (await as('reform')).get(`/chi-so/H20.101?${march}`)
    expect(text).not.toContain('/bao-cao/ho-so')
  })

  test('show a leader nobody else’s agency', async () => {
    const leader = await as('leader')
    expect((await leader.get('/chi-so/H20.102')).status).toBe(404)
    const { location } = await leader.get(`/chi-so?${march}`)
    expect(location).toBe(`/chi-so/H20.101?${march}`)
    const { text } = await leader.get(String(location))
    expect(text).toContain('UBND xã Thanh Bình')
    expect(text).not.toContain('Tân Long')
  })

  test('say what is wrong with a period', async () => {
    const answer = await (await as('leader')).get('/chi-so?tu=2026-03-31&den=2026-03-01')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('#f-den')
  })
})

describe('the page of numbers entered by hand', () => {
  const entry = { indicator: '5.2', value: '3', of: '4', evidence: 'Báo cáo PAKN' }

  test('records them for the period it was opened for', async () => {
    const leader = await as('leader')
    const path = '/chi-so/nhap/766'
    const fields = fieldsOf((await leader.get(`${path}?${march}&co-quan=H20.101`)).text)
    expect(fields).toMatchObject({ agency: 'H20.101', from: '2026-03-01', to: '2026-03-31' })
    const saved = await leader.post(path, { ...fields, ...entry })
    expect(saved.location).toBe(`${path}?${march}&co-quan=H20.101&done=yes`)
    const { text } = await leader.get(String(saved.location))
    expect(text).toContain('Báo cáo PAKN')
    expect(text).toContain('Tự chấm')
    const api = (await leader.get('/api/v1/indices/766?from=2026-03-01&to=2026-03-31')).json()
    expect(api).toMatchObject({ agency: { code: 'H20.101' }, version: 1 })
    const group = (api as { groups: { code: string; score: number }[] }).groups.find(one => one.code === '5')
    expect(group).toMatchObject({ score: 4.5, reachable: 6 })
  })

  test.each([
    [{ value: '5' }, '#f-value'],
    [{ value: '' }, '#f-value'],
    [{ of: '0' }, '#f-of'],
    [{ to: '2026-02-28' }, '#f-to'],
    [{ to: '31/3' }, '#f-to'],
    [{ to: '2028-02-28' }, '#f-to'],
    [{ evidence: ' ' }, '#f-evidence'],
  ])('comes back with what is in the way: %o', async (change, link) => {
    const fields = { agency: 'H20.101', from: '2026-03-01', to: '2026-03-31', ...entry, ...change }
    const answer = await (await as('leader')).post('/chi-so/nhap/766', fields)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(`href="${link}"`)
    expect(answer.text).toContain('value="2026-03-01"')
  })
})

describe('the page of an index set', () => {
  const path = '/chi-so/bo-chi-so/chi-tieu'

  test('makes a version of its numbers, from a day on', async () => {
    const control = await as('control')
    const fields = fieldsOf((await control.get(path)).text)
    expect(fields).toMatchObject({ 'max:truc-tuyen': '20', 'commune:truc-tuyen': '70', 'band:0': '90' })
    const change = { 'commune:truc-tuyen': '75,5', ground: '21/QĐ-UBND', from: '2026-04-01' }
    expect((await control.post(path, { ...fields, ...change })).location).toBe(`${path}?done=yes`)
    const { items } = (await control.get('/api/v1/index-sets/chi-tieu')).json() as { items: { definition: unknown }[] }
    expect(items).toHaveLength(2)
    expect(JSON.stringify(items.map(({ definition }) => definition))).toContain('"commune":0.755')
    expect((await control.get(path)).text).toContain('75,5%')
  })

  test.each([
    [{ 'max:truc-tuyen': '30' }, 'max:truc-tuyen'],
    [{ 'commune:truc-tuyen': '130' }, 'commune:truc-tuyen'],
    [{ 'max:so-hoa': 'x' }, 'max:so-hoa'],
    [{ 'band:1': '95' }, 'band:0'],
    [{ from: '2026-03-10' }, 'from'],
  ])('does not take %o', async (change, field) => {
    const control = await as('control')
    const fields = { ...fieldsOf((await control.get(path)).text), ground: '22/QĐ-UBND', from: '2026-05-01' }
    const answer = await control.post(path, { ...fields, ...change })
    expect(answer.status).toBe(422)
    expect(answer.text.includes(`href="#${fieldId(field)}"`)).toBe(true)
  })

  test('is there to be read, not changed, by the others', async () => {
    const director = await as('director')
    expect((await director.get(path)).text).not.toContain('Lập phiên bản mới')
    expect((await director.post(path, {})).status).toBe(403)
    expect((await director.get('/chi-so/bo-chi-so/khac')).status).toBe(404)
  })
})

describe('the page of ratings', () => {
  test('shows ranking, form 02 and officers of the period', async () => {
    expect((await (await as('director')).get(`/danh-gia?${march}`)).text).toContain('Xếp hạng các cơ quan (Mẫu số 03)')
    const { text } = await (await as('leader')).get(`/danh-gia?${march}`)
    expect(text).not.toContain('Xếp hạng các cơ quan')
    expect(text).toContain('Phiếu của cơ quan (Mẫu số 02): UBND xã Thanh Bình')
    expect(text).toContain('Hoàn thành 100% nhiệm vụ')
  })

  test('leads to form 01 of a dossier, which an appraiser changes with a reason', async () => {
    const reform = await as('reform')
    const path = `/danh-gia/ho-so/${code}`
    expect((await reform.post(path, { index: '7', points: '0' })).status).toBe(422)
    const saved = await reform.post(path, { index: '7', points: '0', reason: 'Phản ánh đúng về thái độ' })
    expect(saved.location).toBe(`${path}?done=yes`)
    expect((await reform.get(path)).text).toContain('Phản ánh đúng về thái độ')
    const leader = await as('leader')
    expect((await leader.get(path)).text).not.toContain('Ghi điểm thẩm định')
    expect((await leader.post(path, { index: '7', points: '2', reason: 'x' })).status).toBe(403)
    expect((await (await as('b.leader')).get(path)).status).toBe(404)
    expect((await client(app).get(path)).location).toContain('/dang-nhap')
  })
})

describe('the reports of indices', () => {
  test.each(['chi-so-766', 'chi-tieu', 'chi-so-9', 'danh-gia-mau-02', 'danh-gia-can-bo'])(
    '%s is a page, a print, a spreadsheet and JSON',
    async key => {
      const leader = await as('leader')
      const paths = ['', '/in', '/xlsx', '/csv'].map(end => `/bao-cao/${key}${end}?${march}`)
      const answers = await Promise.all(paths.map(path => leader.get(path)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      const { rows } = (await leader.get(`/api/v1/reports/${key}?from=2026-03-01&to=2026-03-31`)).json() as {
        rows: unknown[]
      }
      expect(rows.length).toBeGreaterThan(0)
    },
  )

  test('form 01 lists each dossier, and leads to its form', async () => {
    const { text } = await (await as('leader')).get(`/bao-cao/danh-gia-mau-01?${march}`)
    expect(text).toContain(`/danh-gia/ho-so/${code}`)
  })
})

describe('over many dossiers', () => {
  beforeAll(async () => {
    await manyDossiers(database.owner, 8_000)
    await run(
      database.owner,
      `INSERT INTO dossier_event (dossier_id, seq, at, type, actor, command_id, command_digest, state, payload)
       SELECT d.id, s.seq, d.created_at + s.seq * interval '1 hour', s.type, 'system:test', 'c' || d.id || ':' || s.seq, s.type, d.state, '{}'
       FROM dossier d CROSS JOIN (VALUES (1, 'received'), (2, 'appraised'), (3, 'result-ready')) AS s (seq, type)
       WHERE d.channel <> 'home' AND NOT EXISTS (SELECT FROM dossier_event e WHERE e.dossier_id = d.id) ORDER BY s.seq, d.id`,
      [],
    )
    await run(database.owner, 'ANALYZE dossier_event', [])
  }, 60_000)

  const SCAN = /"Node Type":"(?:Parallel )?Seq Scan"[^{}]*"Relation Name":"dossier(?:_event)?"/u
  const plan = async (text: string, values: unknown[]) =>
    JSON.stringify(await run(database.db, `EXPLAIN (FORMAT JSON) ${text}`, values))
  const week = [new Date('2026-02-20T00:00:00Z'), new Date('2026-02-21T00:00:00Z'), [1, 2]]

  test('measures of a period read that period by an index', async () => {
    expect(await plan(usesSql, week)).not.toMatch(SCAN)
    expect(await plan(resultsSql, [...week, 'Kết quả giải quyết'])).not.toMatch(SCAN)
  })

  test('a page of rated dossiers is read in the order of its index, without sorting them all', async () => {
    await run(
      database.owner,
      `INSERT INTO dossier_rating (dossier_id, agency_id, ready_at, at)
       SELECT id, competent_agency_id, ready_at, ready_at FROM dossier WHERE ready_at IS NOT NULL ON CONFLICT DO NOTHING`,
      [],
    )
    await run(database.owner, 'VACUUM ANALYZE dossier_rating', [])
    const months = [new Date('2026-02-01T00:00:00Z'), new Date('2026-03-01T00:00:00Z'), null, new Date(), null]
    const found = await plan(ratedPageSql, [...months, 1, 1_770_000_000_000_000, 9, 51])
    expect(found).toContain('"Index Name":"dossier_rating_period"')
    expect(found).not.toMatch(/"Node Type":"(?:Incremental )?Sort"[^{}]*"Sort Key":\["r\./u)
    expect(found).not.toMatch(SCAN)
  })

  test('what is to be rated is what came since, found by an index', async () => {
    const found = await plan(toRateSql, [new Date('2026-03-01T00:00:00Z'), 0])
    expect(found).toContain('"Index Name":"dossier_event_watched"')
    expect(found).not.toMatch(SCAN)
  })
})
