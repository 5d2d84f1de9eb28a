import { addMonths, dateOf, dayNumber, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { anchorLedger } from '#src/dossiers/anchor-ledger.ts'
import { audit } from '#src/platform/audit.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import { fixedClock } from '#src/platform/clock.ts'
import { ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { historyDays } from './arrivals.ts'
import { openSpecimen } from './attach-specimen.ts'
import { alone, markBegun, markLoaded } from './demo.store.ts'
import { makeLanes, type World } from './lane.ts'
import { loadProvince } from './load-province.ts'
import { makeGuidance } from './make-guidance.ts'
import { runHistory } from './make-history.ts'
import { type Begun, countLedger, findBegun, readMarks, readProvince, type Staff } from './province.query.ts'

/** `dir`: the folder of the seed files; `blobs`: where papers are kept. `progress` is told how many dossiers there are so far, of how many. */
export type DemoOptions = {
  dir: string
  blobs: Blobs
  dossiers: number
  seed: number
  progress?: (done: number, total: number) => void
}
/** `loaded` false: it was there already, and nothing was changed. */
export type LoadedDemo = { loaded: boolean; seed: number; dossiers: number; events: number }

/** What the pool has to offer: one for each lane at work, one that keeps others out, one to spare. */
export const CONNECTIONS = 8

/** The day the two-tier model and its agencies began; no dossier of theirs is older. */
const TWO_TIER: LocalDate = '2025-07-01'

/**
 * Loads the demo province and a year of its dossiers into an empty database, from the use cases themselves on a moving clock.
 * Loaded already: changes nothing. Interrupted before: goes on with what was asked for then. Needs a pool of `CONNECTIONS`.
 * Throws ConfigError on a database that holds anything else, or while another process is loading.
 */
export async function loadDemo(ctx: Ctx, options: DemoOptions): Promise<LoadedDemo> {
  if (ctx.actor.kind !== 'system') throw new Error('only the platform itself loads the demo')
  const marks = await readMarks(ctx)
  if (marks.seed !== null && marks.loadedAt) {
    return { loaded: false, seed: marks.seed, ...(await countLedger(ctx)) }
  }
  const begun = await alone(ctx, () => load(ctx, options))
  await anchorLedger(ctx)
  await markLoaded(ctx)
  return { loaded: true, seed: begun.seed, ...(await countLedger(ctx)) }
}

async function load(ctx: Ctx, options: DemoOptions): Promise<Begun> {
  const { progress = () => {} } = options
  const begun = await begin(ctx, options)
  const world = await readWorld(ctx, begun, options)
  const { dossiers } = begun
  const start = firstDay(begun.now)
  await runHistory(ctx, world, { start, dossiers, progress: done => progress(done, dossiers) })
  const days = historyDays(world.seed, world.now, start, world.calendar)
  await makeGuidance(ctx, world, { lanes: makeLanes(world), days, dossiers })
  return begun
}

/** The province as loaded, with all that its history is drawn from. */
export async function readWorld(
  ctx: Ctx,
  { seed, dossiers, now }: Begun,
  { dir, blobs }: Pick<DemoOptions, 'dir' | 'blobs'>,
): Promise<World> {
  const province = await readProvince(ctx)
  const staff = Map.groupBy(province.staff, person => `${person.agencyId} ${person.role}`)
  const [demoCitizen, ...citizens] = province.citizens
  if (!demoCitizen) throw new Error('the demo province has no citizen')
  return {
    ...province,
    citizens,
    demoCitizen,
    specimen: openSpecimen(dir, blobs),
    seed,
    now,
    population: Math.max(100, Math.round(dossiers * 0.6)),
    staffAt: (agencyId, role): Staff[] => staff.get(`${agencyId} ${role}`) ?? [],
  }
}

/** Writes the province, or finds it written by a load that was interrupted. */
async function begin(ctx: Ctx, { dir, seed, dossiers }: DemoOptions): Promise<Begun> {
  const marks = await readMarks(ctx)
  if (marks.seed !== null) {
    const begun = await findBegun(ctx)
    if (!begun) throw new ConfigError('The demo of this database cannot be completed: start from an empty one.')
    return begun
  }
  if (marks.inUse) {
    throw new ConfigError('This database has agencies of its own: the demo is loaded into an empty one only.')
  }
  const begun: Begun = { seed, dossiers, now: ctx.clock.now() }
  const start = firstDay(begun.now)
  const validFrom = start < TWO_TIER ? start : TWO_TIER
  await transact({ ...ctx, clock: fixedClock(startOfLocalDay(validFrom)) }, async inner => {
    // Enough people with an account that the online dossiers of a large history are not all theirs.
    const citizens = Math.min(2_000, Math.max(40, Math.round(dossiers / 8)))
    await loadProvince(inner, { dir, seed, validFrom, citizens })
    await markBegun(inner, seed)
    await audit(inner, { action: 'load-demo', subject: 'installation:1', detail: begun })
  })
  return begun
}

/** Twelve months back, but not before the agencies began, unless that would leave less than a month. */
function firstDay(now: Date): LocalDate {
  const today = dayNumber(localDate(now))
  const yearAgo = dateOf(addMonths(today, -12))
  return yearAgo < TWO_TIER && TWO_TIER < dateOf(today - 30) ? TWO_TIER : yearAgo
}
