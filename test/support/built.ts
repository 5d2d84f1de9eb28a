import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packageRoot } from '#src/platform/config.ts'

/** Builds dist/ for tests that run the real processes. `npm test` has done it once for all of them. */
export async function built(): Promise<string> {
  const dist = join(packageRoot, 'dist')
  if (!process.env.MOTCUA_BUILT) await promisify(execFile)(process.execPath, [join(packageRoot, 'scripts/build.mjs')])
  return dist
}
