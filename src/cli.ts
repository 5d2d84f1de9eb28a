import { parseArgs } from 'node:util'
import { importBordersFile } from '#src/borders-file.ts'
import { createAdministrator } from '#src/create-administrator.ts'
import { CONNECTIONS } from '#src/demo/load-demo.ts'
import { loadDemoProvince } from '#src/demo-province.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { checkFacts } from '#src/facts/check-facts.ts'
import { rebuildFacts } from '#src/facts/rebuild-facts.ts'
import { historyHelp, importHistory, printTemplate } from '#src/import-history.ts'
import { openBlobs } from '#src/platform/blobs.ts'
import { type Config, ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { startEmbedded } from '#src/platform/embedded.ts'
import { tryInstanceLock } from '#src/platform/instance-lock.ts'
import { migrate } from '#src/platform/migrate.ts'
import { complain } from '#src/platform/process.ts'
import { databaseUrl, openServices, processConfig, systemCtx } from '#src/platform/services.ts'

type Options = Record<string, string | undefined>
type Command = {
  usage: string
  does: string
  /** How many words it takes beside its options; none unless said. */
  words?: number
  options?: readonly string[]
  /** Options without a value. */
  flags?: readonly string[]
  /** What `--help` says beyond that. */
  more?(): string
  run(config: Config, words: string[], options: Options): Promise<unknown>
}

/** What `npm run cli -- <command>` can do. */
const commands: Record<string, Command> = {
  'admin create': {
    usage: 'admin create <username> [--name <full name>] [--agency <code>] [--agency-name <name>]',
    does: 'makes an administrator (on an empty database also their province); password from ADMIN_PASSWORD or standard input',
    words: 1,
    options: ['name', 'agency', 'agency-name'],
    run: (config, [username], { name, agency, 'agency-name': agencyName }) =>
      withServices(config, ctx => createAdministrator(ctx, { username, name, agency, agencyName })),
  },
  'check-facts': {
    usage: 'check-facts',
    does: 'compares what reports count with what every dossier is, and every kept sum with what it sums up',
    run: config => withServices(config, reportFacts),
  },
  'check-ledger': {
    usage: 'check-ledger',
    does: 'verifies every hash chain, daily anchor and fold, and names the first broken event of a dossier',
    run: config => withServices(config, reportLedger),
  },
  'database-url': {
    usage: 'database-url',
    does: 'prints the address of the database, for psql and the like',
    run: async config => console.log(await databaseUrl(config)),
  },
  demo: {
    usage: 'demo [--dossiers <number>] [--seed <number>]',
    does: 'loads the demo province and a year of its dossiers (2000) into an empty database, or the rest of an interrupted load',
    options: ['dossiers', 'seed'],
    run: (config, _, { dossiers, seed }) =>
      withServices(config, ctx => loadDemoProvince(ctx, { dossiers, seed, blobs: openBlobs(config) }), CONNECTIONS),
  },
  'import borders': {
    usage: 'import borders <file> [--check]',
    does: 'replaces the borders of communes on maps by those of a GeoJSON or TopoJSON file in degrees (WGS 84); features are matched by unit code or name; --check only says what does not fit',
    words: 1,
    flags: ['check'],
    run: (config, [path], { check }) => withServices(config, ctx => importBordersFile(ctx, path, check === 'yes')),
  },
  'import dossiers': {
    usage: 'import dossiers <file.csv|file.xlsx> [--check] [--source <name>] | --template | --help',
    does: 'adds ended dossiers of another system with their original times; --check only says what is wrong; --source names that system (history), so that nothing is imported twice; --template prints a file to fill in; --help lists the columns',
    words: 1,
    options: ['source'],
    flags: ['check', 'template'],
    more: historyHelp,
    run: async (config, [file], { check, source, template }) =>
      template
        ? printTemplate()
        : withServices(config, ctx => importHistory(ctx, { file, source, check: check === 'yes' })),
  },
  migrate: {
    usage: 'migrate',
    does: 'brings the database up to this release',
    run: config =>
      withDatabase(config, async url => {
        const applied = await migrate(url, config.training)
        console.log(applied.length ? `Applied: ${applied.join(', ')}.` : 'The database is up to date.')
      }),
  },
  'rebuild-facts': {
    usage: 'rebuild-facts',
    does: 'counts all dossiers anew for reports, which wait for it; may be interrupted and goes on when the worker starts',
    run: config =>
      withServices(config, ctx =>
        rebuildFacts(ctx, (after, last) => console.log(`Counted up to ${after} of ${last}.`)),
      ),
  },
}

/** Of millions of dossiers; beside the report, which may go to a file. */
function tellProgress(dossiers: number): void {
  if (dossiers % 100_000 === 0) console.error(`${dossiers} dossiers read`)
}

/** Throws ConfigError, hence exit code 1, when something does not fit. */
async function reportLedger(ctx: Ctx): Promise<void> {
  const { dossiers, events, days, faults } = await checkLedger(ctx, tellProgress)
  for (const { dossier, event, fault } of faults) console.log(`${dossier}${event ? ` event ${event}` : ''}: ${fault}`)
  console.log(`Checked ${dossiers} dossiers, ${events} events, ${days} days.`)
  if (faults.length) throw new ConfigError(`The ledger is damaged: ${faults.length} faults.`)
  console.log('The ledger is whole.')
}

/** Throws ConfigError, hence exit code 1, when something does not fit. */
async function reportFacts(ctx: Ctx): Promise<void> {
  const { dossiers, facts, days, counting, faults } = await checkFacts(ctx, tellProgress)
  if (counting)
    throw new ConfigError('Dossiers are still being counted: by the worker once it runs, or by "rebuild-facts" now.')
  for (const fault of faults) console.log(fault)
  console.log(`Checked ${dossiers} dossiers, ${facts} facts, sums of ${days} days.`)
  if (faults.length) throw new ConfigError('The facts are wrong; "rebuild-facts" counts them anew from the dossiers.')
  console.log('The facts are right.')
}

/** Runs `work` on the database; an embedded one that is not running is started for as long as it takes. */
async function withDatabase<R>(config: Config, work: (url: string) => Promise<R>): Promise<R> {
  if (config.databaseUrl) return work(await databaseUrl(config))
  const server = await startEmbedded(config.dataDir)
  try {
    if (server.started) await migrate(server.url, config.training)
    return await work(server.url)
  } finally {
    // A start that came meanwhile works on this server, and stops it when it is done.
    const lock = server.started ? await tryInstanceLock(server.url) : undefined
    if (lock) {
      await lock.release()
      await server.stop()
    }
  }
}

function withServices<R>(config: Config, work: (ctx: Ctx) => Promise<R>, max = 4): Promise<R> {
  return withDatabase(config, async () => {
    const services = await openServices('cli', config, { max })
    try {
      return await work(systemCtx(services, 'cli'))
    } finally {
      await services.close()
    }
  })
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, does }) => `  ${usage}\n      ${does}`)
  return ['Usage: npm run cli -- <command>', '', ...lines, '', 'Settings: docs/operations.md'].join('\n')
}

async function main(argv: string[]): Promise<void> {
  if (argv.length === 0 || ['help', '--help', '-h'].includes(argv[0] ?? '')) return console.log(help())
  const name = [argv.slice(0, 2).join(' '), argv[0] ?? ''].find(words => Object.hasOwn(commands, words))
  const command = name && commands[name]
  if (!command) throw new ConfigError(`There is no command "${argv.join(' ')}".\n\n${help()}`)
  if (argv.includes('--help'))
    return console.log(`Usage: npm run cli -- ${command.usage}\n${command.does}\n\n${command.more?.() ?? ''}`)
  await command.run(processConfig(), ...wordsAndOptions(command, argv.slice(name.split(' ').length)))
}

/** Throws ConfigError for what the command does not know: of two files, the second would otherwise be passed over in silence. */
function wordsAndOptions(command: Command, args: string[]): [string[], Options] {
  const known = [
    ...(command.options ?? []).map(option => [option, { type: 'string' as const }]),
    ...(command.flags ?? []).map(flag => [flag, { type: 'boolean' as const }]),
  ]
  try {
    const { values, positionals } = parseArgs({ args, options: Object.fromEntries(known), allowPositionals: true })
    const spare = positionals[command.words ?? 0]
    if (spare !== undefined) throw new Error(`Unexpected argument '${spare}'.`)
    const texts = Object.entries(values).map(([name, value]) => [name, value === true ? 'yes' : value])
    return [positionals, Object.fromEntries(texts) as Options]
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\nUsage: npm run cli -- ${command.usage}`)
  }
}

await main(process.argv.slice(2)).catch(error => {
  complain(error)
  process.exitCode = 1
})
