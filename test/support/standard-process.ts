import { readFileSync } from 'node:fs'
import { Process } from '#src/processes/process.ts'

/** The process of every procedure without one of its own, as the migration installs it. */
export function standardProcess(): Process {
  const sql = readFileSync(new URL('../../db/migrations/0010_processes.sql', import.meta.url), 'utf8')
  const [, json] = /FROM \(SELECT '([\s\S]+?)'::jsonb AS p\)/u.exec(sql) ?? []
  if (!json) throw new Error('the migration installs no process')
  return Process.parse(JSON.parse(json))
}
