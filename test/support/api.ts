import { expect } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { type Answer, type TestApp, testApp, tokenFor } from './app.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { MONDAY, makeOffice, type Office } from './office.ts'
import { stateOf } from './state-of.ts'

/** What a program sends. `as`: username whose token goes with it; `text`: a body that is not JSON. */
export type Sent = {
  as?: string
  body?: unknown
  text?: string
  key?: string
  headers?: Record<string, string>
  method?: string
}

/** The API of the test office, as programs of its officers use it. */
export type Api = {
  app: TestApp
  office: Office
  database: TestDatabase
  token(username: string): string
  /** Without cookie and browser headers. */
  send(path: string, sent?: Sent): Promise<Answer>
  /** A complete birth registration, or what `change` makes of it, from `intake`. */
  handIn(change?: Record<string, unknown>, sent?: Sent): Promise<Answer>
  /** A command, from `intake` unless said otherwise. */
  act(ref: string, type: string | undefined, input?: Record<string, unknown>, sent?: Sent): Promise<Answer>
  /** A dossier received just now. */
  filed(): Promise<{ code: string; version: number; state: string }>
}

export const APPLICANT = { kind: 'citizen', name: 'Nguyễn Văn An', idNumber: '000190000001', phone: '0900000001' }
export const INTAKE = {
  procedure: '1.001193',
  channel: 'counter',
  applicant: APPLICANT,
  components: [
    { code: 'C1', originals: 1 },
    { code: 'C2', originals: 0, certified: 0, copies: 1 },
  ],
}

const callers = ['intake', 'specialist', 'leader', 'clerk', 'cashier', 'b.intake', 'admin', 'director']

/** Opens it on a database of its own, the clock at MONDAY; the caller closes `database`. */
export async function testApi(): Promise<Api> {
  const database = await testDatabase()
  const office = await makeOffice(database.db)
  const app = testApp(database.db)
  app.clock.set(MONDAY)
  const tokens = new Map<string, string>()
  for (const who of callers) tokens.set(who, await tokenFor(app, office.as(who).actor as Officer))
  const token = (username: string) => tokens.get(username) ?? ''
  const send = (path: string, sent: Sent = {}) => sendAs(app, token, path, sent)
  const handIn: Api['handIn'] = (change = {}, sent = {}) =>
    send('/api/v1/dossiers', { as: 'intake', body: { ...INTAKE, ...change }, ...sent })
  const act: Api['act'] = (ref, type, input = {}, sent = {}) =>
    send(`/api/v1/dossiers/${ref}/commands`, { as: 'intake', body: { type, ...input }, ...sent })
  const filed = async () => (await handIn()).json() as Awaited<ReturnType<Api['filed']>>
  return { app, office, database, token, send, handIn, act, filed }
}

async function sendAs({ app }: TestApp, token: (as: string) => string, path: string, sent: Sent): Promise<Answer> {
  const { as, body, text, key, headers, method = 'POST' } = sent
  const res = await app.request(path, {
    method,
    ...(method === 'GET' ? {} : { body: text ?? JSON.stringify(body) }),
    headers: {
      ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
      ...(as ? { Authorization: `Bearer ${token(as)}` } : {}),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...headers,
    },
  })
  const answer = await res.text()
  const json = () => JSON.parse(answer)
  return { status: res.status, text: answer, headers: res.headers, location: res.headers.get('Location'), json }
}

/** The refusal in full: what a program needs to tell a person what to do. */
export function problemOf(answer: Answer): Record<string, unknown> {
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
  const problem = answer.json() as Record<string, unknown>
  expect(problem).toMatchObject({
    type: `/api#${problem.code}`,
    title: expect.any(String),
    status: answer.status,
    detail: expect.stringMatching(/\p{L}.*\.$/su),
    requestId: expect.stringMatching(/^[\w-]{8,}$/u),
  })
  return problem
}

/** How something wrong is to be answered: the code, and the field with its sentence. */
export type Expected = {
  status: number
  code: string
  field?: string
  error?: [field: string, code: string, message: RegExp | string]
  detail?: string
}

/** One field is wrong, and said so at the field. */
export function at(field: string, code: string, message: RegExp | string): Expected {
  return { status: 422, code: 'fields-invalid', error: [field, code, message] }
}

export function refused(status: number, code: string, field?: string, detail?: string): Expected {
  return { status, code, field, detail }
}

/** Asks, and expects the refusal in Vietnamese, with nothing changed in the database. */
export async function expectRefused(api: Api, expected: Expected, ask: () => Promise<Answer>): Promise<void> {
  const before = await stateOf(api.database)
  const answer = await ask()
  expect(answer.status, answer.text).toBe(expected.status)
  const problem = problemOf(answer)
  expect(problem).toMatchObject({ code: expected.code, detail: expect.stringMatching(/[à-ỹđ]/iu) })
  expect(problem.field).toBe(expected.field)
  if (expected.detail) expect(problem.detail).toBe(expected.detail)
  if (expected.error) {
    const [field, code, said] = expected.error
    const message = typeof said === 'string' ? said : expect.stringMatching(said)
    expect(problem.errors).toContainEqual({ field, code, message })
  }
  expect(await stateOf(api.database)).toBe(before)
}
