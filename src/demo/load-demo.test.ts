import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passwordMatches } from '#src/accounts/password.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { states } from '#src/dossiers/dossier.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import { fixedClock } from '#src/platform/clock.ts'
import { packageRoot } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { doJob, takeJobs } from '#test/support/jobs.ts'
import { systemCtx } from '#test/support/people.ts'
import { type LoadedDemo, loadDemo } from './load-demo.ts'
import { DEMO_PASSWORD } from './load-province.ts'

const NOW = '2026-03-02T09:00:00+07:00'
const folder = mkdtempSync(join(tmpdir(), 'demo-papers-'))
const options = { dir: join(packageRoot, 'db/demo'), blobs: folderBlobs(folder), dossiers: 220, seed: 7 }

let database: TestDatabase
let second: TestDatabase
let ctx: Ctx
let loaded: LoadedDemo

beforeAll(async () => {
  ;[database, second] = await Promise.all([testDatabase(), testDatabase()])
  ctx = systemCtx(database.db, fixedClock(NOW))
  loaded = await loadDemo(ctx, options)
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await Promise.all([database.close(), second.close()])
})

/** Everything about the dossiers that the seed decides; secrets and ids are not. Those opened for another one come last, without a command. */
const facts = (where: Ctx) =>
  run<Record<string, unknown>>(
    where.db,
    `SELECT CASE WHEN d.parent_id IS NULL THEN e.command_id END AS command_id, d.code, d.state, d.due_at, d.ready_at, d.judgement, d.finance, d.version, d.applicant_name,
            d.procedure_code, d.detail -> 'result' ->> 'number' AS number
     FROM dossier d JOIN dossier_event e ON e.dossier_id = d.id AND e.seq = 1 ORDER BY 1, d.code`,
    [],
  )

test('as many dossiers as asked for are there, in every state', async () => {
  expect(loaded).toMatchObject({ loaded: true, seed: 7, dossiers: 220 })
  const rows = await facts(ctx)
  expect(rows.filter(row => row.command_id !== null)).toHaveLength(220)
  expect(rows.length).toBeGreaterThan(220)
  expect(new Set(rows.map(row => row.state))).toEqual(new Set(states))
})

test('the ledger of the whole history holds together, every past day anchored', async () => {
  const report = await checkLedger(ctx)
  expect(report.faults).toEqual([])
  expect(report.events).toBe(loaded.events)
  const [edge] = await run<{ last: string; after: number }>(
    ctx.db,
    `SELECT (SELECT max(day) FROM ledger_anchor) AS last, (SELECT count(*) FROM dossier_event WHERE at > $1) AS after`,
    [new Date(NOW)],
  )
  expect(edge).toEqual({ last: '2026-03-01', after: 0 })
})

test('numbers of an agency and day are given in the order of time', async () => {
  const rows = await run<{ inOrder: boolean }>(
    ctx.db,
    `SELECT min(at) >= coalesce(lag(min(at)) OVER (PARTITION BY left(code, -5) ORDER BY code), '-infinity') AS "inOrder"
     FROM dossier_event WHERE code IS NOT NULL GROUP BY code`,
    [],
  )
  expect(rows.length).toBeGreaterThan(150)
  expect(rows.every(row => row.inOrder)).toBe(true)
})

test('nobody but the online door, and the platform itself, works outside office hours', async () => {
  const rows = await run<{ type: string }>(
    ctx.db,
    `SELECT DISTINCT type FROM dossier_event
     WHERE actor NOT LIKE 'system:%' AND ((at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time NOT BETWEEN '07:30' AND '17:00'
        OR (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time BETWEEN '11:30' AND '12:59:59')`,
    [],
  )
  expect(rows.map(row => row.type)).toEqual(['submitted'])
})

test('dossiers run by many processes, through agencies that are asked, answer, or let the time pass', async () => {
  const [row] = await run<Record<string, number>>(
    ctx.db,
    `SELECT count(DISTINCT process_version_id) AS processes, count(*) FILTER (WHERE partner_ids <> '{}') AS across,
            count(*) FILTER (WHERE step_key IS NOT NULL AND detail::jsonb #>> '{step,kind}' = 'consult') AS consulting
     FROM dossier`,
    [],
  )
  expect(row?.processes).toBeGreaterThanOrEqual(12)
  expect(row?.across).toBeGreaterThanOrEqual(10)
  expect(row?.consulting).toBeGreaterThanOrEqual(3)
  const opinions = await run<{ type: string }>(
    ctx.db,
    `SELECT DISTINCT type FROM dossier_event WHERE type IN ('opinion-given', 'opinion-missing', 'step-completed') ORDER BY type`,
    [],
  )
  expect(opinions.map(({ type }) => type)).toEqual(['opinion-given', 'opinion-missing', 'step-completed'])
})

test('a dossier opened for another one at the police is under way, and one has come back', async () => {
  const rows = await run<{ parent: string; child: string; agency: string }>(
    ctx.db,
    `SELECT DISTINCT p.detail::jsonb #>> '{step,kind}' AS parent, a.code AS agency,
            CASE WHEN c.closed_at IS NULL THEN 'open' ELSE 'closed' END AS child
     FROM dossier c JOIN dossier p ON p.id = c.parent_id JOIN agency a ON a.id = c.competent_agency_id`,
    [],
  )
  expect(rows).toContainEqual({ parent: 'child', child: 'open', agency: 'H20.32' })
  expect(rows.filter(({ child }) => child === 'closed').map(({ agency }) => agency)).toContain('H20.33')
})

test('the jobs that wait for the first worker find everything done', async () => {
  const before = await facts(ctx)
  const jobs = await takeJobs(ctx)
  expect(jobs.map(({ task }) => task)).toContain('open-child')
  for (const job of jobs) await doJob(ctx, job)
  expect(await facts(ctx)).toEqual(before)
  expect(await takeJobs(ctx)).toEqual([])
})

test.each(['intake', 'specialist', 'leader', 'clerk'])('%s at Thanh Bình has work on the desk', async username => {
  const [row] = await run<{ waiting: number; overdue: number }>(
    ctx.db,
    `SELECT count(*) AS waiting, count(*) FILTER (WHERE d.due_at < $2 AND d.ready_at IS NULL) AS overdue
     FROM dossier d JOIN assignment s ON s.agency_id = d.holder_agency_id AND s.role = d.holder_role
     JOIN account a ON a.id = s.account_id AND coalesce(d.holder_account_id, a.id) = a.id
     WHERE a.username = $1`,
    [username, new Date(NOW)],
  )
  expect(row?.waiting).toBeGreaterThanOrEqual(3)
  if (username !== 'intake') expect(row?.overdue).toBeGreaterThanOrEqual(1)
})

test('guidance is noted within office hours by those who guide, and would be noted once by a load that begins again', async () => {
  const [row] = await run<{ n: number; points: number; last: Date; keys: number }>(
    ctx.db,
    `SELECT count(*) AS n, count(service_point_id) AS points, max(at) AS last,
            (SELECT count(*) FROM command_done WHERE id LIKE 'demo:guidance:%') AS keys FROM guidance`,
    [],
  )
  expect(row).toMatchObject({ n: 40, points: 40, keys: 40 })
  expect(row?.last.getTime()).toBeLessThanOrEqual(new Date(NOW).getTime())
})

test('the demo accounts sign in with the one password', async () => {
  const rows = await run<{ password_hash: string }>(ctx.db, 'SELECT DISTINCT password_hash FROM account', [])
  expect(rows).toHaveLength(1)
  expect(await passwordMatches(DEMO_PASSWORD, rows[0]?.password_hash)).toBe(true)
})

test('loading again changes nothing', async () => {
  const before = await facts(ctx)
  expect(await loadDemo(ctx, { ...options, dossiers: 5_000, seed: 8 })).toEqual({ ...loaded, loaded: false })
  expect(await facts(ctx)).toEqual(before)
})

test('an interrupted load goes on to the very history that the seed makes', async () => {
  const other = systemCtx(second.db, fixedClock(NOW))
  const pull = (done: number) => {
    if (done > 60) throw new Error('the plug is pulled')
  }
  await expect(loadDemo(other, { ...options, progress: pull })).rejects.toThrow('the plug is pulled')
  const later = { ...other, clock: fixedClock('2026-03-02T15:00:00+07:00') }
  expect(await loadDemo(later, { ...options, dossiers: 9 })).toEqual(loaded)
  expect(await facts(later)).toEqual(await facts(ctx))
  expect((await checkLedger(later)).faults).toEqual([])
}, 60_000)

test('a database that is in use is left alone', async () => {
  const used = await testDatabase()
  try {
    await run(used.owner, `INSERT INTO calendar (name, weekly) VALUES ('Lịch', '{}')`, [])
    await run(
      used.owner,
      `INSERT INTO agency (code, name, short_name, kind, calendar_id, valid_from)
       SELECT 'H99', 'UBND tỉnh', 'UBND tỉnh', 'province', id, '2025-07-01' FROM calendar`,
      [],
    )
    await expect(loadDemo(systemCtx(used.db, fixedClock(NOW)), options)).rejects.toThrow('agencies of its own')
  } finally {
    await used.close()
  }
})
