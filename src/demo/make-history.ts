import { addDays, type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { fixedClock } from '#src/platform/clock.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { countsOf, type Day, historyDays } from './arrivals.ts'
import type { Plan } from './course.ts'
import { type Lane, makeLanes, type World } from './lane.ts'
import { life } from './life.ts'
import { livePlans } from './live-work.ts'
import { dayOf, ordinaryPlan } from './plans.ts'
import { type Pending, stepQueue } from './queue-of-steps.ts'
import { seeded } from './random.ts'

/** Lanes that work at the same time, each on a connection of its own: while one waits for the database, another thinks. */
const AT_ONCE = 6
/** Steps committed together: an interrupted history goes on from the last of these. */
const TOGETHER = 200

/** One agency's dossiers on their way through the year. */
type Track = {
  lane: Lane
  live: Plan[]
  counts: number[]
  queue: ReturnType<typeof stepQueue>
  begun: number
  clock: ReturnType<typeof fixedClock>
}

/**
 * Lets every agency of the world receive and resolve its dossiers day by day from `start` until `world.now`, in the order of
 * time. A day is over everywhere before the next begins, so ids and the ledger lie in the order of days too. Memory holds
 * only the dossiers under way. `progress` is told how many there are so far.
 */
export async function runHistory(
  ctx: Ctx,
  world: World,
  { start, dossiers, progress }: { start: LocalDate; dossiers: number; progress: (done: number) => void },
): Promise<void> {
  const days = historyDays(world.seed, world.now, start, world.calendar)
  const tracks = makeTracks(world, days, dossiers)
  for (const [i, day] of days.entries()) {
    const waiting = [...tracks]
    const work = async () => {
      for (let track = waiting.shift(); track; track = waiting.shift()) await liveThrough(ctx, track, day, i)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    progress(tracks.reduce((sum, track) => sum + track.begun, 0))
  }
}

function makeTracks(world: World, days: Day[], dossiers: number): Track[] {
  const lanes = makeLanes(world)
  const all = lanes.reduce((sum, lane) => sum + livePlans(lane, 1).length, 0)
  const part = Math.min(1, dossiers / 2 / all)
  let left = dossiers
  return lanes.map((lane, i) => {
    const own = i === lanes.length - 1 ? left : Math.min(left, Math.round(dossiers * lane.share))
    left -= own
    const live = livePlans(lane, part).slice(0, own)
    const counts = countsOf(days, own - live.length)
    return { lane, live, counts, queue: stepQueue(), begun: 0, clock: fixedClock(world.now) }
  })
}

/** Everything that happens to one agency's dossiers on one day, or until now. */
async function liveThrough(ctx: Ctx, track: Track, day: Day, i: number): Promise<void> {
  const { lane, queue, clock } = track
  for (const plan of track.live) if (dayOf(plan) === day.day) begin(track, plan)
  for (let n = 0; n < (track.counts[i] ?? 0); n += 1) {
    const random = seeded(lane.world.seed, lane.agency.code, day.day, n)
    begin(track, ordinaryPlan(lane, random, day))
  }
  const end = Math.min(startOfLocalDay(addDays(day.day, 1)).getTime(), lane.world.now.getTime() + 1)
  const due = () => (queue.peek()?.step.at.getTime() ?? end) < end
  while (due()) {
    await ctx.db.transaction().execute(async db => {
      // What a crash loses is made again from the seed, so the disk need not be waited for.
      await run(db, 'SET LOCAL synchronous_commit = off', [])
      for (let n = 0; n < TOGETHER && due(); n += 1) {
        const alone = queue.peek()?.step.alone ?? false
        if (alone && n > 0) break
        await take({ ...ctx, db, clock }, track)
        if (alone) break
      }
    })
  }
}

function begin(track: Track, plan: Plan): void {
  const { lane, queue } = track
  const index = track.begun
  track.begun += 1
  const course = life(lane, plan, seeded(lane.world.seed, lane.agency.code, 'life', index))
  const first = course.next()
  if (!first.done) queue.push({ step: first.value, order: index, life: course, index, taken: 0 })
}

/** Carries out the next step and lets its dossier choose the one after it. */
async function take(ctx: Ctx & { clock: Track['clock'] }, track: Track): Promise<void> {
  const pending = track.queue.pop() as Pending
  const { step, index, taken } = pending
  ctx.clock.set(step.at)
  const commandId = `demo:${track.lane.agency.code}:${index}:${taken + 1}`
  const next = pending.life.next(await step.run({ ...ctx, actor: step.actor }, commandId))
  if (!next.done) track.queue.push({ ...pending, step: next.value, taken: taken + 1 })
}
