import { loadDemoAtFirstStart } from '#src/demo-province.ts'
import { type Children, startChildren } from '#src/platform/children.ts'
import type { Config } from '#src/platform/config.ts'
import { freePort, startEmbedded } from '#src/platform/embedded.ts'
import { type InstanceLock, takeInstanceLock } from '#src/platform/instance-lock.ts'
import { migrate } from '#src/platform/migrate.ts'
import { type OnStop, runProcess } from '#src/platform/process.ts'
import { checkPort } from '#src/platform/server.ts'
import { checkDatabase, processConfig } from '#src/platform/services.ts'
import { isoLocal } from '#src/platform/text.ts'
import { welcome } from './welcome.ts'

/** `npm start`: the database, its migrations and at first the demo, then web and worker; everything stops together. */
await runProcess(async onStop => {
  const config = processConfig()
  const port = config.port || (await freePort())
  await checkPort(port)
  const database = config.databaseUrl ? await useDatabase(config.databaseUrl) : await useEmbedded(config, onStop)
  const applied = await migrate(database.url, config.training)
  if (applied.length) console.log(`The database was brought up to date in ${applied.length} steps.`)
  if (config.training) {
    const { simStart, speed } = config.training
    console.log(`Training clock: it is ${isoLocal(simStart)}, and time runs ${speed} times as fast.`)
  }
  if (config.demo) await loadDemoAtFirstStart(config)
  const children = await startProcesses(port, onStop)
  console.log(await welcome(database.url, `http://localhost:${port}`))
  return { ended: Promise.race([children.ended, database.lost]) }
})

type Database = { url: string; lost: Promise<unknown> }

async function useDatabase(url: string): Promise<Database> {
  await checkDatabase(url)
  return { url, lost: new Promise(() => {}) }
}

async function useEmbedded({ dataDir }: Config, onStop: OnStop): Promise<Database> {
  console.log(`Starting PostgreSQL in ${dataDir} …`)
  let lock: InstanceLock | undefined
  let stopping = false
  const starting = startEmbedded(dataDir)
  onStop(async () => {
    stopping = true
    const server = await starting.catch(() => undefined)
    // Attached to a server that another start looks after: that one will stop it.
    if (server && (server.started || lock)) await server.stop()
  })
  const { url } = await starting
  lock = await takeInstanceLock(url, dataDir)
  const lost = lock.lost.then(() => stopping || console.error('The database has stopped.'))
  return { url, lost }
}

/** Under `npm run dev` a change replaces both processes, and one that fails waits for the next change. */
async function startProcesses(port: number, onStop: OnStop): Promise<Pick<Children, 'ended'>> {
  const start = () => startChildren(['web', 'worker'], { PORT: String(port) })
  let children = start()
  onStop(() => children.stop())
  if (!process.send) {
    await children.ready
    return children
  }
  process.on('message', async () => {
    await children.stop()
    children = start()
    children.ready.catch(() => {})
  })
  await children.ready.catch(() => {})
  return { ended: new Promise(() => {}) }
}
