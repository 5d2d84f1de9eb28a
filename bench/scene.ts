import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assignRole } from '#src/accounts/assign-role.ts'
import { createAccount } from '#src/accounts/create-account.ts'
import { createAgency } from '#src/agencies/create-agency.ts'
import { createServicePoint } from '#src/agencies/create-service-point.ts'
import { installNationalCalendar } from '#src/calendar/install-national-calendar.ts'
import { systemClock } from '#src/platform/clock.ts'
import { packageRoot } from '#src/platform/config.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { createDb } from '#src/platform/db.ts'
import { freePort, startEmbedded } from '#src/platform/embedded.ts'
import { silentLog } from '#src/platform/log.ts'
import { migrate } from '#src/platform/migrate.ts'
import { publishProcedure } from '#src/procedures/publish-procedure.ts'
import { procedures } from '#test/support/office.ts'
import { openConnection } from './http-driver.ts'

export const AGENCIES = 100
const PASSWORD = 'do-toc-do-2026'
const ROLES: Role[] = ['intake', 'specialist', 'leader', 'clerk']

export type Scene = {
  url: string
  port: number
  ctx: Ctx
  /** Tokens of agency 0…99 by role; all agencies share four people who hold a role in each. */
  token(agency: number, role: Role): string
  close(): Promise<void>
}

/** A province of 100 communes on a database of its own (fsync on), with the web process as it runs in production. */
export async function openScene(): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-bench-'))
  const server = await startEmbedded(folder)
  await migrate(server.url)
  const db = createDb(server.url, { max: 4 })
  const ctx: Ctx = { db, clock: systemClock, log: silentLog, actor: { kind: 'system', name: 'bench' } }
  const assignments = await fill(ctx)
  const port = await freePort()
  const web = await startWeb(server.url, port, folder)
  const tokens = await signIn(port, assignments)
  return {
    url: server.url,
    port,
    ctx,
    token: (agency, role) => tokens.get(`${agency % AGENCIES}:${role}`) ?? '',
    close: async () => {
      await stopWeb(web)
      await db.destroy()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function fill(ctx: Ctx): Promise<Map<string, number>> {
  await installNationalCalendar(ctx)
  const base = { calendar: 1, validFrom: '2020-01-01' }
  await createAgency(ctx, { ...base, code: 'H20', name: 'Tỉnh', shortName: 'Tỉnh', kind: 'province' })
  const people = new Map<Role, number>()
  for (const role of ROLES) {
    const account = { kind: 'officer' as const, username: role, name: `Cán bộ ${role}`, password: PASSWORD }
    people.set(role, (await createAccount(ctx, account)).id)
  }
  const assignments = new Map<string, number>()
  for (let i = 0; i < AGENCIES; i += 1) {
    const code = `H20.${101 + i}`
    await createAgency(ctx, { ...base, code, name: `Xã ${i}`, shortName: `Xã ${i}`, kind: 'commune', parent: 'H20' })
    await createServicePoint(ctx, { agency: code, name: 'Bộ phận một cửa', kind: 'desk' })
    for (const role of ROLES) {
      const { id } = await assignRole(ctx, {
        accountId: people.get(role) ?? 0,
        agency: code,
        role,
        validFrom: '2020-01-01',
      })
      assignments.set(`${i}:${role}`, id)
    }
  }
  for (const procedure of procedures(0).filter(p => p.resolverId === null)) await publishProcedure(ctx, procedure)
  return assignments
}

async function startWeb(url: string, port: number, folder: string): Promise<ChildProcess> {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    PORT: String(port),
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    SESSION_SECRET: 'x'.repeat(40),
  }
  const web = fork(join(packageRoot, 'dist/web.js'), {
    env,
    execArgv: process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise((resolve, reject) => web.once('message', resolve).once('exit', reject))
  return web
}

async function stopWeb(web: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => web.once('exit', resolve))
  web.kill('SIGTERM')
  await ended
}

async function signIn(port: number, assignments: Map<string, number>): Promise<Map<string, string>> {
  const connection = await openConnection(port)
  const tokens = new Map<string, string>()
  for (const [place, assignment] of assignments) {
    const body = { username: place.split(':')[1], password: PASSWORD, assignment }
    const reply = await connection.call({ method: 'POST', path: '/api/v1/session', body })
    if (reply.status !== 200) throw new Error(`sign-in failed: ${reply.body}`)
    tokens.set(place, JSON.parse(reply.body).token)
  }
  connection.close()
  return tokens
}
