// Builds, starts everything, and on each change builds again and has the processes replaced; the database stays up.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { buildOptions, compressAssets, copyAssets } from './build.mjs'

let platform
let timer

const reload = {
  name: 'reload',
  setup(build) {
    build.onEnd(result => {
      if (result.errors.length) return
      // Both builds finish at about the same time: one restart for the two.
      clearTimeout(timer)
      timer = setTimeout(restart, 100)
    })
  },
}

async function restart() {
  await compressAssets()
  if (platform) {
    console.log('Changed: starting again …')
    platform.send('reload')
    return
  }
  platform = fork(join(import.meta.dirname, '../dist/start.js'), { execArgv: ['--enable-source-maps'] })
  platform.once('exit', code => process.exit(code ?? 1))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => (platform ? platform.kill('SIGTERM') : process.exit(0)))
}

await copyAssets()
const { server, browser } = await buildOptions()
for (const options of [server, browser]) {
  const context = await esbuild.context({ ...options, plugins: [reload], logLevel: 'info' })
  await context.watch()
}
