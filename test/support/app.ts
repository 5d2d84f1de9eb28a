import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSession } from '#src/accounts/session.store.ts'
import { createApp } from '#src/app.tsx'
import { folderBlobs } from '#src/platform/blobs.ts'
import { type Clock, fixedClock } from '#src/platform/clock.ts'
import { type Config, readConfig } from '#src/platform/config.ts'
import type { Db } from '#src/platform/db.ts'
import type { App, Services } from '#src/platform/http.ts'
import { silentLog } from '#src/platform/log.ts'
import { mintToken, readToken, SESSION_COOKIE } from '#src/platform/session.ts'

const SECRET = 'a secret for tests only'

export type TestApp = { app: App; services: Services; db: Db; clock: Clock & { set(at: Date | string): void } }

/** The whole web application on a test database, its clock standing at 08:00 on Monday 02/03/2026 until set. */
export function testApp(db: Db, change: { config?: Partial<Config>; services?: Partial<Services> } = {}): TestApp {
  const clock = fixedClock('2026-03-02T08:00:00+07:00')
  const dataDir = join(tmpdir(), `motcua-test-app-${process.pid}`)
  const config = { ...readConfig({ DATA_DIR: dataDir }, clock.now()), sessionSecret: SECRET, ...change.config }
  const services = { db, clock, log: silentLog, blobs: folderBlobs(join(dataDir, 'blobs')), config, ...change.services }
  return { app: createApp(services), services, db, clock }
}

export type Answer = { status: number; text: string; headers: Headers; location: string | null; json(): unknown }

/** A browser with one cookie: it follows no redirects, so that a test sees them. */
export type Client = {
  get(path: string): Promise<Answer>
  post(path: string, fields?: Record<string, string | string[] | Blob>): Promise<Answer>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export function client({ app }: TestApp, cookie?: string): Client {
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const own = { ...(cookie ? { Cookie: cookie } : {}), 'Sec-Fetch-Site': 'same-origin' }
    const res = await app.request(path, { ...init, headers: { ...own, ...(init.headers as Record<string, string>) } })
    const text = await res.text()
    return {
      status: res.status,
      text,
      headers: res.headers,
      location: res.headers.get('Location'),
      json: () => JSON.parse(text),
    }
  }
  return {
    get: path => send(path, {}),
    post: (path, fields = {}) => send(path, { method: 'POST', body: formOf(fields) }),
    send: (method, path, body, headers = {}) =>
      send(path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      }),
  }
}

function formOf(fields: Record<string, string | string[] | Blob>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) for (const one of value) form.append(name, one)
    else form.append(name, value)
  }
  return form
}

/** A client signed in as this person, without the time a password takes. */
export async function signedInAs(
  test: TestApp,
  person: { accountId: number; assignmentId: number | null },
): Promise<Client> {
  return client(test, `${SESSION_COOKIE}=${await tokenFor(test, person)}`)
}

/** A token for `Authorization: Bearer`. */
export async function tokenFor(
  { db, clock }: TestApp,
  { accountId, assignmentId, delegationId }: { accountId: number; assignmentId: number | null; delegationId?: number },
): Promise<string> {
  const token = mintToken(SECRET)
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + 12 * 3_600_000)
  const tokenHash = readToken(token, SECRET) as Buffer
  if (
    !(await openSession(db, { tokenHash, accountId, assignmentId, delegationId: delegationId ?? null, now, expiresAt }))
  )
    throw new Error('no such account')
  return token
}
