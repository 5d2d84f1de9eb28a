import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { systemClock } from '#src/platform/clock.ts'
import { createDb, run } from '#src/platform/db.ts'
import { type Embedded, freePort, startEmbedded } from '#src/platform/embedded.ts'
import { migrate } from '#src/platform/migrate.ts'
import { killNow, killServer, until } from './support/crash.ts'
import { makeOffice, PASSWORD } from './support/office.ts'
import { systemCtx } from './support/people.ts'
import { runBuilt, type Started } from './support/start.ts'

/** Receptions sent at once before each crash, shared out among the officers. */
const VOLLEY = 220
const OFFICERS = ['intake', 'intake2', 'b.intake', 'postal']

/** One reception: what was sent under which key, and what was promised in return. */
type Reception = { by: string; key: string; name: string; acknowledged: Slip | null; attempts: number }
type Slip = { code: string; trackingSecret: string; receivedAt: string; version: number }

let folder: string
let database: Embedded
let web: Started
let port: number
const tokens = new Map<string, string>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-torture-'))
  database = await startEmbedded(folder)
  await migrate(database.url)
  const db = createDb(database.url, { max: 4 })
  await makeOffice(db)
  await db.destroy()
  await startWeb()
  for (const username of OFFICERS) tokens.set(username, await signIn(username))
}, 120_000)

afterAll(async () => {
  await web?.stop('SIGKILL')
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

async function startWeb(): Promise<void> {
  port = await freePort()
  const started = await runBuilt('web', { DATA_DIR: folder, PORT: String(port), DATABASE_URL: '', CLOCK: '' })
  await started.printed('web is serving')
  web = started
}

async function signIn(username: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: PASSWORD }),
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { token: string }).token
}

const volley = (round: number): Reception[] =>
  Array.from({ length: VOLLEY }, (_, i) => ({
    by: OFFICERS[i % OFFICERS.length] as string,
    key: randomUUID(),
    name: `Người nộp ${round}-${i}`,
    acknowledged: null,
    attempts: 0,
  }))

/** What a careful client does: the same request under the same key until somebody acknowledges it. */
async function insist(reception: Reception, onSlip: () => void): Promise<void> {
  while (!reception.acknowledged) {
    reception.attempts += 1
    const answer = await send(reception).catch(() => undefined)
    if (answer?.status === 201) {
      reception.acknowledged = (await answer.json()) as Slip
      onSlip()
    } else {
      // Nothing but "not now" may come of a crash: never a refusal, as if the request had been wrong.
      if (answer) expect(answer.status, await answer.text()).toBe(503)
      await sleep(100)
    }
  }
}

async function send({
  by,
  key,
  name,
}: Reception): Promise<{ status: number; text(): Promise<string>; json(): unknown }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/dossiers`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${tokens.get(by)}`,
      'Idempotency-Key': key,
    },
    body: JSON.stringify({
      procedure: '1.001193',
      channel: by === 'postal' ? 'post' : 'counter',
      applicant: { name, idNumber: '000190000001', phone: '0900000001' },
      components: [
        { code: 'C1', originals: 1 },
        { code: 'C2', originals: 1 },
      ],
    }),
  })
  // Read at once: a body cut off by a crash is no acknowledgement.
  const text = await answer.text()
  return { status: answer.status, text: async () => text, json: () => JSON.parse(text) }
}

/** Sends the whole volley at once; after the first few slips `crash` is called while all others are on their way. */
async function sendThrough(receptions: Reception[], crash: () => Promise<void>): Promise<void> {
  let slips = 0
  let crashed: Promise<void> | undefined
  const onSlip = () => {
    slips += 1
    if (slips === 15) crashed = crash()
  }
  await Promise.all(receptions.map(reception => insist(reception, onSlip)))
  await crashed
}

type Kept = { command_id: string; code: string; name: string; secret: string; received_at: Date; events: number }

async function readKept(): Promise<Kept[]> {
  const db = createDb(database.url, { max: 1 })
  try {
    return await run<Kept>(
      db,
      `SELECT e.command_id, d.code, d.applicant_name AS name, d.tracking_secret AS secret, d.received_at,
              (SELECT count(*) FROM dossier_event x WHERE x.dossier_id = d.id) AS events
       FROM dossier d JOIN dossier_event e ON e.dossier_id = d.id AND e.seq = 1 ORDER BY d.id`,
      [],
    )
  } finally {
    await db.destroy()
  }
}

test('kill -9 of the web process and of PostgreSQL with 200 receptions on their way loses none, doubles none, and leaves no hole', async () => {
  const first = volley(1)
  await sendThrough(first, async () => {
    killNow(web.process.pid as number)
    await web.ended
    await startWeb()
  })
  const second = volley(2)
  await sendThrough(second, async () => {
    killServer(database.pid)
    // What the web process cannot do without a database it says, and goes on living.
    await until('the loss to be noticed', async () => (await ready()) === 503)
    await web.stop('SIGKILL')
    database = await startEmbedded(folder)
    await startWeb()
  })
  const sent = [...first, ...second]
  expect(sent.filter(r => r.attempts > 1).length, 'receptions that a crash interrupted').toBeGreaterThan(200)

  const kept = await readKept()
  expect(kept.map(k => k.command_id).sort()).toEqual(sent.map(r => r.key).sort())
  const byKey = new Map(kept.map(k => [k.command_id, k]))
  for (const { key, name, acknowledged } of sent) {
    expect(byKey.get(key)).toMatchObject({
      code: acknowledged?.code,
      name,
      secret: acknowledged?.trackingSecret,
      events: 1,
    })
    expect(byKey.get(key)?.received_at.toISOString()).toBe(acknowledged?.receivedAt)
  }
  expectNoHoles(kept.map(k => k.code))
  await expectSameSlips(sent)
  await expectWholeLedger(sent.length)
}, 120_000)

const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status

/** Per agency and day (the test may run past midnight) from 0001 on. */
function expectNoHoles(codes: string[]): void {
  const numbers = Map.groupBy(codes, code => code.slice(0, code.lastIndexOf('-')))
  for (const [prefix, given] of numbers) {
    const wanted = given.map((_, i) => `${prefix}-${String(i + 1).padStart(4, '0')}`)
    expect(given.sort()).toEqual(wanted)
  }
  expect(numbers.size).toBeGreaterThanOrEqual(2)
}

/** Asking once more, after all crashes, gets each slip again. */
async function expectSameSlips(sent: Reception[]): Promise<void> {
  for (const reception of sent.filter((_, i) => i % 20 === 0)) {
    const again = await send(reception)
    expect([again.status, again.json()]).toEqual([201, reception.acknowledged])
  }
}

async function expectWholeLedger(dossiers: number): Promise<void> {
  const db = createDb(database.url, { max: 2 })
  try {
    expect(await checkLedger(systemCtx(db, systemClock))).toMatchObject({
      dossiers,
      events: dossiers,
      faults: [],
    })
  } finally {
    await db.destroy()
  }
}
