// Builds, runs every test (or those named after --), and ends with one line of numbers.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'motcua-results-'))
const results = join(folder, 'results.json')
const run = (script, ...args) =>
  spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MOTCUA_BUILT: 'yes' },
  }).status

let passed = 0
let failed = 0
let status = run('scripts/build.mjs')
try {
  if (status === 0) {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
    status = run('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2))
    const counted = JSON.parse(readFileSync(results, 'utf8'))
    passed = counted.numPassedTests
    // A file that cannot be loaded has no tests to count, and is a failure all the same.
    const unloaded = counted.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0)
    failed = counted.numFailedTests + unloaded.length
  }
} catch (error) {
  console.error(error)
  status = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (status !== 0 || passed === 0) failed = Math.max(failed, 1)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
