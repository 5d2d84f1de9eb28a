import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Processes whose parent is `pid`, at this moment. */
function childrenOf(pid: number): number[] {
  return processes()
    .filter(p => p.parent === pid)
    .map(p => p.pid)
}

function processes(): { pid: number; parent: number }[] {
  try {
    const numbers = readdirSync('/proc').filter(name => /^\d+$/u.test(name))
    return numbers.flatMap(name => {
      const parent = parentOf(name)
      return parent === undefined ? [] : [{ pid: Number(name), parent }]
    })
  } catch {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    return table.split('\n').map(line => {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/u).map(Number)
      return { pid, parent }
    })
  }
}

/** Undefined when it has gone meanwhile. The name in brackets may hold spaces and brackets of its own. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** Kills a database server as a power cut would: the postmaster and every process of its, none of them asked. */
export function killServer(postmaster: number): void {
  const backends = childrenOf(postmaster)
  // First the postmaster, which would start its recovery on seeing a backend die.
  for (const pid of [postmaster, ...backends]) killNow(pid)
}

export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Tries again until it answers something; `give up` after a minute, saying what was waited for. */
export async function until<V>(what: string, look: () => Promise<V | undefined | false>): Promise<V> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const found = await look()
    if (found) return found
    await sleep(50)
  }
  throw new Error(`waited a minute in vain for ${what}`)
}
