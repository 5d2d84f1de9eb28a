import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import {
  findProcedure,
  listFields,
  listPopularProcedures,
  SEARCH,
  searchProcedures,
} from '#src/procedures/catalogue.query.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { client, type TestApp, testApp } from './support/app.ts'
import { publishDemoCatalogue } from './support/catalogue.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { makeOffice, type Office, procedures, receiveBirth } from './support/office.ts'

const BIRTH = '1.001193'

let database: TestDatabase
let office: Office
let ctx: Ctx
let test: TestApp

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  ctx = office.system
  await publishDemoCatalogue(ctx, await idOf('H20.11'))
  test = testApp(database.db)
})
afterAll(() => database.close())

async function idOf(code: string): Promise<number> {
  const { id } = await database.db.selectFrom('agency').select('id').where('code', '=', code).executeTakeFirstOrThrow()
  return id
}

const first = async (q: string) => (await searchProcedures(ctx, { q })).items[0]?.name

describe('searching the catalogue', () => {
  it.each([
    ['khai sinh', 'Đăng ký khai sinh'],
    ['Khai Sinh', 'Đăng ký khai sinh'],
    ['dang ky khai sinh', 'Đăng ký khai sinh'],
    ['khai sihn', 'Đăng ký khai sinh'],
    ['khaisinh', 'Đăng ký khai sinh'],
    ['đẻ con', 'Đăng ký khai sinh'],
    ['toi muon dang ky ket hon', 'Đăng ký kết hôn'],
    ['độc thân', 'Cấp Giấy xác nhận tình trạng hôn nhân'],
    ['tam tru', 'Gia hạn tạm trú'],
    ['dang ky tam tru', 'Đăng ký tạm trú'],
  ])('“%s” finds %s first', async (q, name) => {
    expect(await first(q)).toBe(name)
  })

  it('answers a code with that procedure alone, and the beginning of a code with those that begin so', async () => {
    expect((await searchProcedures(ctx, { q: BIRTH })).items.map(item => item.code)).toEqual([BIRTH])
    const begun = await searchProcedures(ctx, { q: '1.0011' })
    expect(begun.items.length).toBeGreaterThan(1)
    for (const { code } of begun.items) expect(code).toMatch(/^1\.0011/u)
  })

  it('finds a word that is still being typed', async () => {
    const { items } = await searchProcedures(ctx, { q: 'ho kinh doa' })
    expect(items.map(item => item.name)).toContain('Đăng ký thành lập hộ kinh doanh')
  })

  it('leaves out what only shares a common word', async () => {
    const { items } = await searchProcedures(ctx, { q: 'khai sinh' }, { limit: 100 })
    expect(items.map(item => item.name).filter(name => /khai thuế|khai thác/u.test(name))).toEqual([])
  })

  it('finds nothing for what is not there, and everything for nothing', async () => {
    expect(await searchProcedures(ctx, { q: 'xyzqwe' })).toEqual({ items: [], total: 0, next: null })
    expect((await searchProcedures(ctx, { q: ' %_ ' })).total).toBe((await searchProcedures(ctx, {})).total)
  })

  it('narrows by field, level and service level, with or without words', async () => {
    for (const q of [undefined, 'dang ky']) {
      const { items } = await searchProcedures(ctx, { q, field: 'ho-tich', level: 'commune', service: 'full' })
      expect(items.length).toBeGreaterThan(0)
      for (const item of items) {
        expect(item).toMatchObject({ field: { code: 'ho-tich' }, level: 'commune', serviceLevel: 'full' })
      }
    }
  })

  it('pages through every match once', async () => {
    const seen: string[] = []
    let after: number | null = 0
    while (after !== null) {
      const { items, next } = await searchProcedures(ctx, { q: 'dang ky' }, { after, limit: 7 })
      seen.push(...items.map(item => item.code))
      after = next
    }
    const { total } = await searchProcedures(ctx, { q: 'dang ky' })
    expect(seen).toHaveLength(total)
    expect(new Set(seen).size).toBe(total)
  })

  it('counts the procedures of each field', async () => {
    const fields = await listFields(ctx)
    const { total } = await searchProcedures(ctx, {})
    expect(fields.reduce((sum, field) => sum + field.count, 0)).toBe(total)
    expect(fields.find(field => field.code === 'ho-tich')?.name).toBe('Hộ tịch')
  })

  it('names what people handed in most', async () => {
    expect(await listPopularProcedures(ctx, 3)).toEqual([])
    await receiveBirth(office.as('intake'), {
      components: ['C1', 'C2', 'C3'].map(code => ({ code, originals: 1 })),
    })
    expect(await listPopularProcedures(ctx, 3)).toEqual([{ code: BIRTH, name: 'Đăng ký khai sinh' }])
  })
})

describe('the version in force', () => {
  it('is today’s, an older or a later one only when asked for', async () => {
    const [birth] = procedures(0)
    if (!birth) throw new Error('the test office has no procedure')
    await publishProcedure(ctx, { ...birth, name: 'Đăng ký khai sinh (mới)', validFrom: '2026-06-01' })
    expect(await findProcedure(ctx, BIRTH)).toMatchObject({
      version: 2,
      name: 'Đăng ký khai sinh',
      validTo: '2026-06-01',
    })
    expect(await findProcedure(ctx, BIRTH, 1)).toMatchObject({
      version: 1,
      validFrom: '2020-01-01',
      validTo: '2025-07-01',
    })
    const later = { ...ctx, clock: { now: () => new Date('2026-06-01T00:00:00+07:00'), training: null } }
    expect(await findProcedure(later, BIRTH)).toMatchObject({ version: 3, name: 'Đăng ký khai sinh (mới)' })
    expect((await searchProcedures(later, { q: BIRTH })).items).toMatchObject([{ name: 'Đăng ký khai sinh (mới)' }])
    expect(await findProcedure(ctx, BIRTH, 9)).toBeUndefined()
  })
})

describe('with a large catalogue', () => {
  it('each way of finding walks an index', async () => {
    await run(
      database.owner,
      `WITH p AS (INSERT INTO procedure (code, level)
                  SELECT '9.' || lpad(n::text, 6, '0'), 'commune' FROM generate_series(1, 5000) n
                  RETURNING code)
       INSERT INTO procedure_version (procedure_code, field_id, version, valid_from, name, service_level, content)
       SELECT code, (SELECT min(id) FROM field), 1, '2020-01-01', 'Thủ tục thử ' || md5(code), 'full', jsonb_build_object('keywordText', repeat(md5(code) || ' ', 5))
       FROM p`,
      [],
    )
    await run(database.owner, 'ANALYZE procedure_version', [])
    const values = ['2026-03-02', null, null, null, 20, 0, 'khai sihn', ['% khai%', '% sihn%']]
    const plan = await run<{ 'QUERY PLAN': string }>(database.db, `EXPLAIN ${SEARCH}`, values)
    const text = plan.map(row => row['QUERY PLAN']).join('\n')
    expect(text.match(/Bitmap Index Scan on procedure_version_search/gu)).toHaveLength(3)
    expect(text).not.toContain('Seq Scan on procedure_version')
    expect(await first('khai sihn')).toBe('Đăng ký khai sinh')
    await run(database.owner, `DELETE FROM procedure_version WHERE procedure_code LIKE '9.%'`, [])
    await run(database.owner, `DELETE FROM procedure WHERE code LIKE '9.%'`, [])
  })
})

describe('the catalogue’s pages', () => {
  const get = (path: string) => client(test).get(path)

  it('search with a plain form whose answer is a link', async () => {
    const { status, text } = await get('/thu-tuc?q=khai+sihn&level=commune')
    expect(status).toBe(200)
    expect(text).toContain('href="/thu-tuc/1.001193"')
    expect(text).toMatch(/<option selected[^>]*value="commune"|<option value="commune" selected/u)
    expect(text).toContain('value="khai sihn"')
  })

  it('take an unknown filter or page for none', async () => {
    expect((await get('/thu-tuc?level=galaxy&after=-5&utm=x')).status).toBe(200)
    expect((await get('/thu-tuc?q=%00&field=%E2%9C%93')).status).toBe(200)
    expect((await get('/thu-tuc?q=zzzz')).text).toContain('Không tìm thấy thủ tục nào.')
  })

  it('tell everything published about a procedure', async () => {
    const { text } = await get('/thu-tuc/1.001193')
    for (const part of [
      'Giấy chứng sinh',
      '1 bản chính',
      '1\u00a0ngày\u00a0làm\u00a0việc',
      'Luật Hộ tịch',
      '60/2014/QH13',
      '163/QĐ-BTP',
      'Ủy ban nhân dân cấp xã',
      'Trẻ em bị bỏ rơi',
      'Cha hoặc mẹ đi đăng ký trong 60 ngày',
      'Mẫu tờ khai đăng ký khai sinh',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('narrow papers, time and fees to one case', async () => {
    const { text } = await get('/thu-tuc/1.001193?case=qua-han')
    expect(text).toContain('8.000 đ/trường hợp')
    expect(text).not.toContain('Biên bản về việc trẻ em bị bỏ rơi')
  })

  it('show an older text with a way to the present one', async () => {
    const { text } = await get('/thu-tuc/1.001193?version=1')
    expect(text).toContain('Xem bản đang áp dụng')
  })

  it('answer an unknown procedure with 404', async () => {
    expect((await get('/thu-tuc/9.999999')).status).toBe(404)
    expect((await get('/thu-tuc/1.001193?version=77')).status).toBe(404)
  })

  it('speak English when asked to', async () => {
    const { text } = await client(test, 'lang=en').get('/thu-tuc/1.001193')
    expect(text).toContain('What to prepare')
    expect(text).toContain('1\u00a0working\u00a0day')
  })

  it('begin at a home page that leads on', async () => {
    const { text } = await get('/')
    expect(text).toContain('Ông/bà cần làm việc gì hôm nay?')
    for (const href of ['/thu-tuc', '/tra-cuu', '/dang-nhap', '/thu-tuc/1.001193'])
      expect(text).toContain(`href="${href}"`)
  })
})

describe('the catalogue’s API', () => {
  const get = async (path: string) => {
    const answer = await client(test).get(`/api/v1${path}`)
    return { status: answer.status, body: answer.json() as Record<string, never> }
  }

  it('lists matches with a cursor', async () => {
    const page = await get('/procedures?q=dang+ky&limit=3')
    expect(page.body).toMatchObject({ items: [{}, {}, {}], next: '3' })
    const next = await get('/procedures?q=dang+ky&limit=3&cursor=3')
    expect(next.body.items).not.toEqual(page.body.items)
    const one = await get('/procedures?q=1.001193')
    expect(one.body).toEqual({
      items: [
        {
          code: BIRTH,
          name: 'Đăng ký khai sinh',
          field: { code: 'ho-tich', name: 'Hộ tịch' },
          level: 'commune',
          serviceLevel: 'full',
          authority: 'Ủy ban nhân dân cấp xã',
        },
      ],
      next: null,
    })
  })

  it('gives a procedure in full', async () => {
    const { status, body } = await get('/procedures/1.001193')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      code: BIRTH,
      version: 2,
      validFrom: '2025-07-01',
      resolver: null,
      decision: '163/QĐ-BTP',
    })
    expect(body.components).toContainEqual(
      expect.objectContaining({
        code: 'C2',
        name: 'Giấy chứng sinh',
        required: true,
        originals: 1,
        certified: 0,
        copies: 0,
      }),
    )
    expect(body.cases).toContainEqual(
      expect.objectContaining({ code: 'bo-roi', componentCodes: ['C1', 'C3', 'C4', 'C8'] }),
    )
    expect(body.channels).toContainEqual(
      expect.objectContaining({ channel: 'counter', term: { amount: 1, unit: 'working-days' } }),
    )
    expect(body).not.toHaveProperty('keywordText')
  })

  it.each([
    ['/procedures?colour=red', 422],
    ['/procedures?limit=1000', 422],
    ['/procedures?cursor=x', 422],
    ['/procedures?level=galaxy', 422],
    ['/procedures/1.001193?x=1', 422],
    ['/procedures/1.001193?version=0', 422],
    ['/procedures/9.999999', 404],
    ['/procedures/nonsense', 404],
  ])('refuses %s with %i', async (path, status) => {
    const answer = await client(test).get(`/api/v1${path}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json')
  })
})
