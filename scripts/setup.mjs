// Installs the packages when they are missing or not those of the lockfile. Runs on the system's Node before anything
// is installed, so it uses nothing but what every Node has.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const major = Number(process.versions.node.split('.')[0])
if (major < 20) fail(`Một Cửa needs Node 20 or newer, and this is Node ${process.versions.node}: install a newer Node.`)

// A production machine installed with --omit=dev may start and administer; only building and testing need the rest.
const productionIsEnough = ['prestart', 'precli'].includes(process.env.npm_lifecycle_event)
if (!installed()) install()

/** npm writes what it installed into node_modules, last of all, in the form of the lockfile. */
function installed() {
  const wanted = packages(join(root, 'package-lock.json'))
  const present = packages(join(root, 'node_modules', '.package-lock.json'))
  return Object.entries(wanted).every(([path, { version, optional, dev, devOptional, link }]) => {
    if (path === '' || link) return true
    const found = present[path]
    if (!found) return Boolean(optional || devOptional) || Boolean(dev && productionIsEnough)
    return found.version === version
  })
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

function install() {
  console.log('Installing packages (the first time, and after an update) …')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: 'inherit' }
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (done.status !== 0) fail('The packages could not be installed: see above. Is the npm registry reachable?')
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
