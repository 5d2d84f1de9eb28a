import pino from 'pino'

export type Log = pino.Logger

/** JSON lines on standard output. What is logged is ids and codes, never names, numbers or contents of people's papers. */
export function createLog(name: string, level = process.env.LOG_LEVEL ?? 'info'): Log {
  return pino({ name, level, base: { pid: process.pid } })
}

export const silentLog: Log = pino({ level: 'silent' })
