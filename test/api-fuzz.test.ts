import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type Api, testApi } from './support/api.ts'
import type { Answer } from './support/app.ts'
import { testApp, tokenFor } from './support/app.ts'
import { birthIntake, MONDAY, PASSWORD } from './support/office.ts'
import {
  fitting,
  mutate,
  mutations,
  nastyTexts,
  type OpenApi,
  type Operation,
  type Parameter,
  type Vocabulary,
} from './support/openapi-arbitrary.ts'

/** Another walk through the same API: FUZZ_SEED=7 npx vitest run test/api-fuzz.test.ts */
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_302)
const RUNS = 400
/** Enough on a slow machine too; the walk is the same, only shorter. */
const LIMIT_MS = 1_000

const doc = await openApi()
const operations = Object.entries(doc.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)
const callers = [
  undefined,
  'intake',
  'intake',
  'specialist',
  'leader',
  'clerk',
  'b.intake',
  'admin',
  'control',
  'director',
] as const

let api: Api
let words: Vocabulary
let answered = 0
beforeAll(async () => {
  api = await testApi()
  words = await vocabulary(api)
})
afterAll(() => api.database.close())

/** The document describes the routes; no database is needed for it. */
async function openApi(): Promise<OpenApi> {
  const res = await createApp(testApp(undefined as never).services).request('/api/openapi.json')
  return (await res.json()) as OpenApi
}

async function vocabulary({ office }: Api): Promise<Vocabulary> {
  const received = []
  for (let i = 0; i < 6; i += 1) received.push(await receiveDossier(office.as('intake'), birthIntake(), randomUUID()))
  const draft = await saveNewDraft(office.as('intake'), birthIntake(), randomUUID())
  const other = await receiveDossier(office.as('b.intake'), birthIntake(), randomUUID())
  const codes = [...received.map(r => r.code), other.code]
  return {
    ref: [...codes, `D${draft.id}`],
    code: [...codes, '1.001193'],
    'components.code': ['C1', 'C2', 'C3'],
    secret: received.map(r => r.trackingSecret),
    procedure: ['1.001193', '1.009994', '2.000815'],
    case: ['sua-chua'],
    component: ['C1', 'C2', 'C3'],
    receivingPoint: ['H20.101', 2, 'H20.102'],
    competentAgency: ['H20.101', 'H20.102'],
    calendar: [1, 'H20.101'],
    assignee: ['specialist', 'specialist2'],
    // Guessing locks an account: not one the other requests come from.
    username: ['home', 'citizen'],
    password: [PASSWORD],
    idNumber: ['000190000001'],
    phone: ['0900000001'],
    q: ['khai sinh', 'giay phep'],
    cursor: ['0', '20'],
    version: [1],
    key: ['quy-trinh-chung', 'dang-ky-khai-sinh'],
    revision: [0, 1, 2],
    validFrom: ['2026-03-02', '2026-03-09'],
    id: [1],
    file: ['01.pdf', '02.pdf', '06.pdf'],
    papers: [[]],
  }
}

type Shot = { url: string; init: RequestInit; as: (typeof callers)[number] }

/** Requests to one operation: right ones, and ones with something wrong in path, query, headers or body. */
function shots(method: string, path: string, operation: Operation): fc.Arbitrary<Shot> {
  const given = operation.parameters ?? []
  const inPlace = (place: Parameter['in']) =>
    fc.record(Object.fromEntries(given.filter(p => p.in === place).map(p => [p.name, parameter(p)])), {
      requiredKeys: given.filter(p => p.in === place && (p.required || place === 'path')).map(p => p.name),
    })
  const schema = operation.requestBody?.content['application/json']?.schema
  const body = schema
    ? fc.tuple(fitting(schema, doc, words), mutations).map(([v, wrong]) => wrong.reduce(mutate, v))
    : null
  const raw = fc.constantFrom('', '{', 'null', '[]', '"x"', '{"a":1,"a":2}', '\u0000', '[[[[[[[[[[]]]]]]]]]]', '1e999')
  return fc
    .record({
      path: inPlace('path'),
      query: inPlace('query'),
      extra: fc.oneof(
        { weight: 8, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom('x=1', 'q=%00', 'limit=-1', 'a%ff=%ff') },
      ),
      headers: inPlace('header'),
      type: fc.oneof(
        { weight: 20, arbitrary: fc.constant('application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'text/plain',
            'multipart/form-data',
            'application/x-www-form-urlencoded',
            'nonsense',
          ),
        },
      ),
      body: body
        ? fc.oneof({ weight: 10, arbitrary: body.map(v => JSON.stringify(v)) }, { weight: 1, arbitrary: raw })
        : fc.constant(undefined),
      as: fc.constantFrom(...callers),
    })
    .map(({ path: at, query, extra, headers, type, body: sent, as }) => {
      const filled = path.replace(/\{(\w+)(?:\{[^}]*\})?\}/gu, (_, name) => encoded(at[name]))
      const search = new URLSearchParams(
        Object.entries(query).map(([k, v]) => [k, String(v).toWellFormed()]),
      ).toString()
      const init = {
        method,
        headers: { ...(sent === undefined ? {} : { 'Content-Type': type }), ...printable(headers) },
        body: sent,
      }
      return { url: `${filled}?${[search, extra].filter(Boolean).join('&')}`, init, as }
    })
}

function parameter({ name, schema, in: place }: Parameter): fc.Arbitrary<unknown> {
  if (place === 'header') return fc.oneof(fc.uuid(), fc.string({ maxLength: 210 }), fc.constant('same-key'))
  return fc.oneof({ weight: 5, arbitrary: fitting(schema, doc, words, name) }, { weight: 1, arbitrary: nastyTexts })
}

const encoded = (value: unknown) => encodeURIComponent(String(value ?? 'x').toWellFormed()).replace(/^\.+$/u, 'dots')

/** A header holds nothing else: the HTTP library would refuse it before the platform sees it. */
function printable(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value).replace(/[^\x20-\x7e]/gu, '')]),
  )
}

async function shoot({ url, init, as }: Shot): Promise<Answer> {
  const token = as && (await tokenFor(api.app, api.office.as(as).actor as Officer))
  const res = await api.app.app.request(url, {
    ...init,
    headers: { ...(init.headers as object), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
  })
  const text = await res.text()
  return { status: res.status, text, headers: res.headers, location: null, json: () => JSON.parse(text) }
}

function expectAnswer(answer: Answer, operation: Operation): void {
  expect(answer.status, answer.text).toBeLessThan(500)
  if (answer.status < 400) {
    expect(Object.keys(operation.responses), 'an answer the document knows').toContain(String(answer.status))
    answered += 1
    return
  }
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
  const problem = answer.json() as { code: string; status: number; detail: string; errors?: { message: string }[] }
  expect(problem).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/u), status: answer.status })
  for (const sentence of [problem.detail, ...(problem.errors ?? []).map(e => e.message)]) {
    expect(sentence).toMatch(/[à-ỹđ]/iu)
    expect(sentence).not.toMatch(/[{}]|undefined|null|\[object/u)
  }
}

describe('whatever is sent, the answer is not a fault, and a refusal says why in Vietnamese:', () => {
  test.each(operations.map(o => [`${o.method} ${o.path}`, o] as const))(
    '%s',
    async (_, { method, path, operation }) => {
      api.app.clock.set(MONDAY)
      const property = fc.asyncProperty(shots(method, path, operation), async shot =>
        expectAnswer(await shoot(shot), operation),
      )
      await fc.assert(property, {
        seed: SEED,
        numRuns: RUNS,
        interruptAfterTimeLimit: LIMIT_MS,
        markInterruptAsFailure: false,
      })
    },
  )
})

test('enough of it was understood to tell, and it left the ledger whole', async () => {
  expect(answered).toBeGreaterThan(operations.length * 2)
  expect((await checkLedger(api.office.system)).faults).toEqual([])
})
