// Builds, then becomes dist/<name>.js: one process, so that a signal sent to npm reaches it and not a shell in between. For the
// same reason "npm start" says `exec … || …`: sh becomes node, and Windows, which knows no exec, takes what follows.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'

const [name, ...args] = process.argv.slice(2)
if (!(await build())) process.exit(1)
const script = join(import.meta.dirname, '..', 'dist', `${name}.js`)
process.argv.splice(1, process.argv.length, script, ...args)
process.setSourceMapsEnabled(true)
await import(pathToFileURL(script).href)
