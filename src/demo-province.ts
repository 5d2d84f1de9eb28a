import { join } from 'node:path'
import { CONNECTIONS, type LoadedDemo, loadDemo } from '#src/demo/load-demo.ts'
import { figure, progressBar, span } from '#src/demo/progress.ts'
import { demoIsMissing } from '#src/demo/province.query.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import { type Config, ConfigError, packageRoot } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { openServices, systemCtx } from '#src/platform/services.ts'

/** What an ordinary demo holds. */
const DOSSIERS = 2_000
const SEED = 1
const MOST = 10_000_000

/** Loads the demo as asked for on the command line, with a progress bar on standard error. Throws ConfigError with a sentence. */
export async function loadDemoProvince(
  ctx: Ctx,
  asked: { dossiers: string | undefined; seed: string | undefined; blobs: Blobs },
): Promise<void> {
  const dossiers = wholeNumber('--dossiers', asked.dossiers ?? String(DOSSIERS), 1, MOST)
  const seed = wholeNumber('--seed', asked.seed ?? String(SEED), 0, 2 ** 31 - 1)
  const began = performance.now()
  const demo = await load(ctx, { dossiers, seed, blobs: asked.blobs })
  const holds = `${figure(demo.dossiers)} dossiers with ${figure(demo.events)} events, seed ${demo.seed}`
  if (demo.loaded) return console.log(`The demo province is loaded: ${holds}, in ${since(began)}.`)
  console.log(`The demo province is there already: ${holds}. For another one, set DATA_DIR to a new folder.`)
}

/** A first start loads the demo, or the rest of one that was interrupted; a later start finds it there. A database in use is left alone. */
export async function loadDemoAtFirstStart(config: Config): Promise<void> {
  const services = await openServices('start', config, { max: CONNECTIONS })
  const ctx = systemCtx(services, 'start')
  try {
    if (!(await demoIsMissing(ctx))) return
    console.log('Loading the demo province: agencies, officers, procedures, and a year of dossiers …')
    const began = performance.now()
    const { dossiers } = await load(ctx, { dossiers: DOSSIERS, seed: SEED, blobs: services.blobs })
    console.log(`The demo province is loaded: ${figure(dossiers)} dossiers in ${since(began)}.`)
  } finally {
    await services.close()
  }
}

function load(ctx: Ctx, what: { dossiers: number; seed: number; blobs: Blobs }): Promise<LoadedDemo> {
  const progress = progressBar(process.stderr, () => performance.now())
  return loadDemo(ctx, { dir: join(packageRoot, 'db/demo'), ...what, progress })
}

const since = (began: number) => span((performance.now() - began) / 1000)

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/u.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new ConfigError(`${option} must be a whole number from ${least} to ${most}, not "${text}".`)
}
