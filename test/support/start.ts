import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { built } from './built.ts'

export type Started = {
  process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Resolves when it printed this text; rejects with its output when it ended before. */
  printed(text: string): Promise<void>
  /** Sends SIGTERM (or another signal) and waits for the end. Returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Waits for the end. Returns the exit code. */
  ended: Promise<number | null>
}

/** Runs `dist/<name>.js` as its users do: `start`, `web`, `worker` or `cli`. */
export async function runBuilt(name: string, env: NodeJS.ProcessEnv, args: string[] = []): Promise<Started> {
  const script = join(await built(), `${name}.js`)
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const { promise: ended, resolve } = Promise.withResolvers<number | null>()
  child.once('close', resolve)
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const printed = (text: string) =>
    new Promise<void>((found, missed) => {
      const look = () => output.includes(text) && found()
      listeners.add(look)
      ended.then(code => missed(new Error(`${name} ended with ${code} before printing "${text}":\n${output}`)))
      look()
    })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'close')
    }
    return child.exitCode
  }
  return { process: child, output: () => output, printed, stop, ended }
}
