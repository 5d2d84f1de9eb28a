import { ConfigError } from './config.ts'
import { Refusal } from './refusal.ts'

type Undo = () => Promise<unknown>
/** Registers what has to be undone when the process stops, in reverse order. */
export type OnStop = (undo: Undo) => void

/**
 * Runs a long-lived process: `start` starts it and may return a promise that settles when it stops by itself.
 * Then waits for a signal, also while still starting, and undoes everything. Exit code 0 when it was asked to stop.
 * What stops it from starting is one sentence on standard error and exit code 1.
 */
export async function runProcess(start: (onStop: OnStop) => Promise<{ ended?: Promise<unknown> }>): Promise<never> {
  const undos: Undo[] = []
  const asked = untilAskedToStop()
  let code = 1
  try {
    const working = start(undo => undos.push(undo)).then(({ ended }) => {
      process.send?.('ready')
      return ended ?? new Promise(() => {})
    })
    code = await Promise.race([asked.then(() => 0), working.then(() => 1)])
  } catch (error) {
    complain(error)
  }
  for (const undo of undos.reverse()) {
    await undo().catch(error => {
      complain(error)
      code = 1
    })
  }
  process.exit(code)
}

/** Ctrl-C in a terminal reaches every process of the group; one that has a parent of ours leaves the stopping to it. */
function untilAskedToStop(): Promise<void> {
  const fromTerminal = ['SIGINT', 'SIGHUP']
  const isChild = process.send !== undefined
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', ...fromTerminal]) {
      process.on(signal, isChild && fromTerminal.includes(signal) ? () => {} : () => resolve())
    }
    process.on('disconnect', () => resolve())
    if (!isChild && process.env.npm_lifecycle_event) whenOrphaned(resolve)
  })
}

/** npm puts a shell in between, which on some systems dies of a signal without passing it on. */
function whenOrphaned(resolve: () => void): void {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && resolve(), 500).unref()
}

/** A setting that cannot be used or a request that is refused is said in a sentence; a fault of ours with its trace. */
export function complain(error: unknown): void {
  if (error instanceof ConfigError) console.error(error.message)
  else if (error instanceof Refusal) console.error(`Refused: ${error.code}${error.field ? ` (${error.field})` : ''}`)
  else console.error(error)
}
