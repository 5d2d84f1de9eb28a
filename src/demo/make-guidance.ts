import { isWorkingDay } from '#src/calendar/working-time.ts'
import {
  type GuidanceChannel,
  type GuidanceTopic,
  guidanceChannels,
  guidanceTopics,
  type RecordGuidance,
} from '#src/guidance/guidance.ts'
import { recordGuidance } from '#src/guidance/record-guidance.ts'
import { fixedClock } from '#src/platform/clock.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Day, drawInstant } from './arrivals.ts'
import type { Lane, World } from './lane.ts'
import type { Staff } from './province.query.ts'
import { chance, draw, pick, type Random, seeded, urn } from './random.ts'

const MOST = 600
const LEAST = 40
/** Noted together: what a crash loses is noted again under the same command ids. */
const TOGETHER = 100

const weighed = <Key extends string>(keys: readonly Key[], weights: Readonly<Record<Key, number>>) =>
  urn(keys, key => weights[key])
const ways = weighed<GuidanceChannel>(guidanceChannels, {
  ...{ counter: 60, 'call-in': 18, 'call-out': 10, chat: 8, home: 4 },
})
const subjects = weighed<GuidanceTopic>(guidanceTopics, {
  ...{ papers: 38, where: 12, status: 20, 'online-filing': 18, fees: 7, other: 5 },
})
const notes = [
  'Đã đưa mẫu tờ khai',
  'Hướng dẫn lại trên máy tại quầy',
  'Hẹn quay lại khi đủ giấy tờ',
  'Đã gửi đường dẫn nộp trực tuyến',
]

/** One guidance in six or so dossiers is noted, over the last months of the history; the same ones however often this is begun. */
export async function makeGuidance(
  ctx: Ctx,
  world: World,
  { lanes, days, dossiers }: { lanes: readonly Lane[]; days: readonly Day[]; dossiers: number },
): Promise<void> {
  const open = days.filter(({ day, open: isOpen }) => isOpen && isWorkingDay(day, world.calendar)).slice(-90)
  if (open.length === 0 || lanes.length === 0) return
  const places = urn(lanes, ({ share }) => share)
  const count = Math.max(LEAST, Math.min(MOST, Math.round(dossiers / 6)))
  for (let first = 0; first < count; first += TOGETHER) {
    await ctx.db.transaction().execute(async db => {
      await run(db, 'SET LOCAL synchronous_commit = off', [])
      for (let n = first; n < Math.min(count, first + TOGETHER); n += 1) {
        const random = seeded(world.seed, 'guidance', n)
        const lane = draw(random, places)
        const at = drawInstant(random, { day: pick(random, open).day, online: false, now: world.now }, world.calendar)
        const guided = guidanceAt(lane, random)
        const inner: Ctx = { ...ctx, db, clock: fixedClock(at), actor: guided.officer }
        await recordGuidance(inner, guided.input, `demo:guidance:${n}`)
      }
    })
  }
}

function guidanceAt({ desk, offers }: Lane, random: Random): { officer: Staff; input: RecordGuidance } {
  const channel = draw(random, ways)
  const officer = pick(random, channel === 'home' && desk.home.length > 0 ? desk.home : desk.intake)
  const { procedure } = draw(random, offers.counter)
  const input: RecordGuidance = {
    ...{ channel, topic: draw(random, subjects), outcome: chance(random, 0.3) ? 'dossier' : 'told' },
    ...(chance(random, 0.8) ? { procedure: procedure.code } : { field: procedure.fieldCode }),
    ...(chance(random, 0.2) && { note: pick(random, notes) }),
  }
  return { officer, input }
}
