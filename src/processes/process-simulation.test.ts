import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Client, client, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { sampleProcess, sampleSteps, way } from '#test/support/sample-process.ts'
import { findProcessInForce } from './process.query.ts'

let database: TestDatabase
let office: Office
let visitor: Client
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  visitor = client(testApp(database.db))
})
afterAll(() => database.close())

type Simulated = {
  path: {
    step: string
    agency: string | null
    minutes: number | null
    dueAt: string
    outcome: string
    passed: boolean
  }[]
  endsAt: string | null
  dueAt: string | null
  hours: number
  problems: { step: string | null; field: string | null; message: string }[]
}
const ask = (body: unknown): Promise<Answer> => visitor.send('POST', '/api/v1/processes/simulate', body)
async function simulated(body: object): Promise<Simulated> {
  const answer = await ask({ start: '2026-03-02T08:00:00+07:00', ...body })
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as Simulated
}
const local = (text: string) => new Date(`${text}:00+07:00`).toISOString()
const days = (amount: number) => ({ amount, unit: 'working-days' })

/** Without agencies of other provinces. */
const own = { 'hoi-y-kien': { asked: [{ key: 'pccc', name: 'Phòng cháy', agency: { by: 'code', code: 'H20.102' } }] } }

describe('anyone may try out', () => {
  test('the process a procedure runs by today: its path, each step’s due time, and the whole within the term', async () => {
    const answer = await simulated({ process: { procedure: '1.001193' }, term: days(2), agency: 'H20.101' })
    expect(answer.path.map(({ step, agency }) => [step, agency])).toEqual([
      ['chuyen-ho-so', null],
      ['phan-cong', 'H20.101'],
      ['tham-dinh', 'H20.101'],
      ['phe-duyet', 'H20.101'],
      ['phat-hanh', 'H20.101'],
    ])
    expect(answer.path[0]).toMatchObject({ passed: true, outcome: 'handed-over' })
    expect(answer).toMatchObject({ dueAt: local('2026-03-04T08:00'), problems: [] })
    expect(Date.parse(answer.endsAt ?? '')).toBeLessThanOrEqual(Date.parse(answer.dueAt ?? ''))
    expect(answer.path.at(-1)?.dueAt).toBe(answer.endsAt)
  })

  test('a process by its key, with the outcomes in their order: a return, then the usual way', async () => {
    const outcomes = ['handed-over', 'assigned', 'submitted', 'returned']
    const { path } = await simulated({ process: 'quy-trinh-chung', outcomes, term: days(5) })
    expect(path.map(({ step, agency, outcome }) => [step, agency, outcome])).toEqual([
      ['chuyen-ho-so', 'receiving', 'handed-over'],
      ['phan-cong', 'competent', 'assigned'],
      ['tham-dinh', 'competent', 'submitted'],
      ['phe-duyet', 'competent', 'returned'],
      ['tham-dinh', 'competent', 'submitted'],
      ['phe-duyet', 'competent', 'approved'],
      ['phat-hanh', 'competent', 'ready'],
    ])
    expect((await ask({ process: 'khong-co' })).status).toBe(404)
    expect((await ask({ process: 'quy-trinh-chung', outcomes: ['approved'] })).status).toBe(422)
  })

  test('the published term’s hours, when no other is asked for; a version by its id is the same', async () => {
    const inForce = await findProcessInForce(office.system, {
      procedure: '1.001193',
      caseCode: null,
      day: '2026-03-02',
    })
    const published = await simulated({ process: { procedure: '1.001193' } })
    expect(published.dueAt).not.toBeNull()
    expect(published.hours).toBeGreaterThan(0)
    const version = await simulated({ process: { version: inForce?.id }, term: null })
    expect(version.path.map(({ step }) => step)).toEqual(published.path.map(({ step }) => step))
    expect(version).toMatchObject({ dueAt: null, hours: 0 })
  })

  test('a process of their own, with outcomes, opinions and facts', async () => {
    const answer = await simulated({
      process: sampleProcess(own),
      outcomes: [
        { step: 'hoi-y-kien', expired: true },
        { step: 'phe-duyet', outcome: 'returned' },
        { step: 'tham-dinh', outcome: 'submitted' },
        { step: 'tham-dinh', outcome: 'khong-du' },
      ],
      facts: { form: { soTang: 9 } },
      term: days(5),
      agency: 'H20.101',
    })
    expect(answer.path.map(({ step, outcome }) => `${step}: ${outcome}`)).toEqual([
      'chuyen: handed-over',
      'nhan: taken-over',
      'phan-cong: assigned',
      'tham-dinh: submitted',
      'xet-quy-mo: branch-1',
      'hoi-y-kien: expired',
      'phe-duyet: returned',
      'tham-dinh: khong-du',
      'phe-duyet: approved',
      'phat-hanh: ready',
    ])
    expect(answer.hours).toBe(26)
    expect(answer.problems).toEqual([])
  })

  test('one with problems: these are named, in the reader’s language, and the path is told if there is one', async () => {
    const tooLong = await simulated({ process: sampleProcess(own), facts: { form: { soTang: 9 } }, term: days(1) })
    expect(tooLong.problems).toMatchObject([{ step: null, field: 'hours', message: expect.stringContaining('8 giờ') }])
    expect(tooLong.path).toHaveLength(8)
    const broken = await simulated({ process: sampleProcess({ nhan: { outcomes: [way('taken-over', 'mat')] } }) })
    expect(broken).toMatchObject({ path: [], endsAt: null, hours: 0 })
    expect(broken.problems.map(({ step }) => step)).toContain('nhan')
  })

  test('one that takes in a process that is not there: it is named', async () => {
    const call = { kind: 'sub-process', key: 'nhan', name: 'Gọi', process: 'la', outcomes: [way('done', 'phan-cong')] }
    const steps = sampleSteps().map(step => (step.key === 'nhan' ? call : step))
    const { problems, path } = await simulated({ process: { name: 'Thử', start: 'chuyen', steps } })
    expect(problems.map(({ message }) => message)).toContain('Bước “Gọi”: không có quy trình con “la”.')
    expect(path).toEqual([])
  })
})

describe('a question is refused, in Vietnamese, with', () => {
  const good = { process: { procedure: '1.001193' }, start: '2026-03-02T08:00:00+07:00' }

  test.each([
    ['no process', { start: good.start }, 422],
    ['a procedure that is not there', { ...good, process: { procedure: '9.999999' } }, 404],
    ['a version that is not there', { ...good, process: { version: 999_999 } }, 404],
    ['an agency that is not there', { ...good, agency: 'H99' }, 404],
    ['a way out that is not there', { ...good, outcomes: [{ step: 'phe-duyet', outcome: 'xong' }] }, 422],
    ['an opinion nobody asked for', { ...good, outcomes: [{ step: 'phe-duyet', opinion: 'a', answer: 'agree' }] }, 409],
    ['a step that is not come to', { ...good, outcomes: [{ step: 'xa', outcome: 'xong' }] }, 422],
    ['a process without steps', { ...good, process: { name: 'A', start: 'a', steps: [] } }, 422],
    ['more outcomes than anyone follows', { ...good, outcomes: Array(41).fill({ step: 'a', outcome: 'b' }) }, 422],
  ])('%s', async (_, body, status) => {
    const answer = await ask(body)
    expect(answer.status, answer.text).toBe(status)
    expect((answer.json() as { detail: string }).detail).toMatch(/[à-ỹđ]/iu)
  })

  test('a draft’s version, which is nobody else’s business', async () => {
    const draft = await database.owner
      .insertInto('process')
      .values({ key: 'nhap', name: 'Nháp' })
      .execute()
      .then(() =>
        database.owner
          .insertInto('process_version')
          .values({
            process_key: 'nhap',
            version: 1,
            status: 'draft',
            definition: JSON.stringify(sampleProcess()),
            drafted_at: new Date(),
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
    expect((await ask({ process: { version: draft.id } })).status).toBe(404)
  })
})
