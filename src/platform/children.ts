import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ConfigError, packageRoot } from './config.ts'

/** Processes of ours that run together. */
export type Children = {
  /** All do their work. Rejects with ConfigError when one ended instead; what was wrong it has said itself. */
  ready: Promise<void>
  /** One ended without being asked to, which has been said on standard error. */
  ended: Promise<void>
  /** Asks them to end, and ends them after ten seconds. */
  stop(): Promise<void>
}

const PATIENCE_MS = 10_000

/** Starts `dist/<name>.js` for each name, with the same settings and output. They stop by themselves when this process is gone. */
export function startChildren(names: readonly string[], env: NodeJS.ProcessEnv): Children {
  const children = names.map(name => ({ name, process: startChild(name, env) }))
  const { promise: ended, resolve: tellEnded } = Promise.withResolvers<void>()
  let stopping = false
  for (const { name, process } of children) {
    process.once('exit', () => {
      if (stopping) return
      console.error(`The ${name} process has stopped.`)
      tellEnded()
    })
  }
  const failed = ended.then(() => Promise.reject(new ConfigError('The platform could not be started.')))
  failed.catch(() => {})
  const messages = Promise.all(children.map(child => once(child.process, 'message')))
  return {
    ended,
    ready: Promise.race([messages.then(() => {}), failed]),
    stop: async () => {
      stopping = true
      await Promise.all(children.map(child => stopChild(child.process)))
    },
  }
}

function startChild(name: string, env: NodeJS.ProcessEnv): ChildProcess {
  const script = join(packageRoot, 'dist', `${name}.js`)
  return spawn(process.execPath, ['--enable-source-maps', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await ended
  clearTimeout(timer)
}
