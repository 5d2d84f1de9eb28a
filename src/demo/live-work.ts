import type { Term } from '#src/calendar/deadline.ts'
import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import { termMinutes } from '#src/processes/step-hours.ts'
import type { Plan } from './course.ts'
import { type Fate, type Stop, usual } from './fate.ts'
import { drawMatter, isDemoDesk, type Lane, type Matter, type Offer, processFor } from './lane.ts'
import { earlier } from './office-hours.ts'
import { drawPeople } from './plans.ts'
import { between, chance, pick, type Random, seeded, urn } from './random.ts'
import { canStopAt } from './ways.ts'

/** How much working time is left at the end of the history: overdue, due soon, or days away. */
type Left = 'over' | 'soon' | 'far'

/** Work that is to be there at the end: how many at the demo desk, at any other commune, at the centre. */
type Live = {
  stop: Stop
  left: Left
  fate?: Partial<Fate>
  own?: boolean
  many: [demo: number, commune: number, centre: number]
}

const LIVE: Live[] = [
  { stop: 'draft', left: 'far', fate: { intake: 'drafted' }, many: [2, 1, 2] },
  { stop: 'submitted', left: 'far', many: [3, 2, 4] },
  { stop: 'supplement-at-intake', left: 'far', fate: { intake: 'incomplete' }, many: [1, 1, 2] },
  { stop: 'unforwarded', left: 'far', own: false, many: [2, 0, 4] },
  { stop: 'received', left: 'far', many: [2, 1, 4] },
  { stop: 'received', left: 'soon', many: [1, 0, 1] },
  { stop: 'received', left: 'over', many: [1, 0, 1] },
  { stop: 'handed', left: 'far', own: false, many: [1, 0, 3] },
  { stop: 'consulting', left: 'far', many: [2, 1, 4] },
  { stop: 'consulting', left: 'soon', many: [1, 0, 2] },
  { stop: 'consulting', left: 'over', many: [1, 0, 1] },
  { stop: 'waiting', left: 'far', many: [2, 0, 0] },
  { stop: 'assigned', left: 'far', many: [2, 1, 4] },
  { stop: 'assigned', left: 'soon', many: [2, 0, 2] },
  { stop: 'assigned', left: 'over', many: [2, 1, 3] },
  { stop: 'appraised', left: 'soon', many: [1, 0, 2] },
  { stop: 'asked', left: 'far', fate: { supplement: true }, many: [2, 1, 4] },
  { stop: 'proposed', left: 'far', fate: { supplement: true, second: 'approved' }, many: [2, 0, 2] },
  { stop: 'notified', left: 'far', fate: { obligation: true }, many: [2, 0, 5] },
  { stop: 'sent', left: 'far', many: [2, 0, 3] },
  { stop: 'sent', left: 'soon', many: [2, 1, 2] },
  { stop: 'sent', left: 'over', many: [1, 0, 1] },
  { stop: 'approved', left: 'far', many: [2, 0, 2] },
  { stop: 'approved', left: 'soon', many: [2, 1, 2] },
  { stop: 'approved', left: 'over', many: [1, 0, 1] },
  { stop: 'signed', left: 'far', many: [1, 0, 2] },
  { stop: 'signed', left: 'soon', many: [1, 0, 0] },
  { stop: 'ready', left: 'far', many: [2, 1, 4] },
  { stop: 'ready', left: 'over', many: [1, 0, 1] },
]

/** Ends that must not be missing from a small history either. */
const ENDED: { fate: Partial<Fate>; channel: Channel }[] = [
  { fate: { intake: 'refused' }, channel: 'counter' },
  { fate: { intake: 'refused' }, channel: 'online' },
  { fate: { end: 'withdrawn' }, channel: 'counter' },
  { fate: { end: 'withdrawn' }, channel: 'online' },
  { fate: { end: 'stopped' }, channel: 'counter' },
  { fate: { end: 'stopped' }, channel: 'post' },
  { fate: { pace: 'late', apology: true }, channel: 'counter' },
  { fate: { supplement: true, second: 'declined' }, channel: 'counter' },
]

/**
 * The work that lies on the desks when the history ends, so that no list of the demo accounts is empty, and the rarer ends.
 * `part` (0 to 1) takes less of it for a small history; the demo desk keeps one of each.
 */
export function livePlans(lane: Lane, part: number): Plan[] {
  const demo = isDemoDesk(lane)
  const column = demo ? 0 : lane.agency.kind === 'commune' ? 1 : 2
  const plans: Plan[] = []
  for (const [row, live] of LIVE.entries()) {
    const many = live.many[column]
    const count = demo ? Math.ceil(many * part) : Math.floor(many * part)
    for (let i = 0; i < count; i += 1) plans.push(livePlan(lane, live, row * 10 + i))
  }
  if (demo) for (const [i, { fate, channel }] of ENDED.entries()) plans.push(endedPlan(lane, fate, channel, i))
  return plans
}

function livePlan(lane: Lane, live: Live, number: number): Plan {
  const { world } = lane
  const random = seeded(world.seed, lane.agency.code, 'live', number)
  const fate: Fate = { ...usual, ...live.fate, stop: live.stop }
  const left = minutesLeft(lane, random, live.left)
  const matter = liveMatter(lane, random, live, left)
  const people = drawPeople(lane, random, matter, isDemoDesk(lane) && number % 7 === 0)
  if (live.stop === 'draft' || live.stop === 'submitted' || live.stop === 'supplement-at-intake') {
    const online = matter.channel === 'online'
    const at = online
      ? new Date(world.now.getTime() - Math.floor(between(random, 300, 72_000)) * 1000)
      : earlier(world.now, between(random, 10, 600), world.calendar)
    return { at, matter, fate, by: null, ...people }
  }
  const term = minutesOf(matter.needs.term, live.left)
  const at = earlier(world.now, Math.max(60, term - left), world.calendar)
  const by = earlier(world.now, Math.min(between(random, 5, 240), (term - left) / 3), world.calendar)
  return { at, matter, fate, by, ...people }
}

/** "Soon" is today while the office is open, else the first hours of the next working day. */
function minutesLeft({ world: { now, calendar } }: Lane, random: Random, left: Left): number {
  const tonight = startOfLocalDay(addDays(localDate(now), 1))
  const today = workingMinutesBetween(now, tonight, calendar)
  if (left === 'over') return -between(random, 40, 1_400)
  if (left === 'soon') return (today > 20 ? today : 240) * between(random, 0.15, 0.9)
  return between(random, 500, 2_400)
}

/** Working minutes of a term in working days, and of one in days where the hour does not matter; zero for the others. */
function minutesOf(term: Term | null, left: Left): number {
  const fits = term?.unit === 'working-days' || (term?.unit === 'days' && left === 'far')
  return (fits && termMinutes(term)) || 0
}

function liveMatter(lane: Lane, random: Random, live: Live, left: number): Matter {
  const channel = channelFor(random, live)
  const own = live.own ?? lane.agency.kind === 'commune'
  const all = lane.offers[channel].things
  const fits = (offer: Offer): boolean => {
    if (offer.competent === null || (offer.competent.id === lane.agency.id) !== own) return false
    if (live.fate?.obligation && offer.procedure.fieldCode !== 'dat-dai') return false
    const terms = offer.procedure.content.channels.map(c => minutesOf(c.term, live.left))
    if (!canStopAt(processFor(lane.world, offer.procedure.code, offer.procedure.content.cases[0]?.code), live.stop))
      return false
    return Math.min(...terms) > Math.max(left, 0) + 200
  }
  const urnOf = (wanted: (offer: Offer) => boolean) => urn(all.filter(wanted), offer => offer.weight)
  // A case may have a shorter term of its own, so a matter is drawn again until it fits too.
  for (let tries = 0; tries < 20; tries += 1) {
    const matter = drawMatter(lane, random, channel, urnOf(fits))
    const process = processFor(lane.world, matter.procedure.code, matter.caseCode)
    if (minutesOf(matter.needs.term, live.left) > Math.max(left, 0) + 60 && canStopAt(process, live.stop)) return matter
  }
  throw new Error(`no procedure at ${lane.agency.code} fits live work (${live.stop}, ${live.left})`)
}

function channelFor(random: Random, { stop }: Live): Channel {
  if (stop === 'draft') return 'counter'
  if (stop === 'submitted') return 'online'
  return chance(random, 0.6) ? 'counter' : 'online'
}

function endedPlan(lane: Lane, fate: Partial<Fate>, channel: Channel, number: number): Plan {
  const { world } = lane
  const random = seeded(world.seed, lane.agency.code, 'ended', number)
  const short = urn(
    lane.offers[channel].things.filter(({ procedure, competent }) => {
      const [line] = procedure.content.channels
      return competent?.id === lane.agency.id && line?.term?.unit === 'working-days' && line.term.amount <= 5
    }),
    offer => offer.weight,
  )
  const matter = drawMatter(lane, random, channel, short)
  const at = earlier(world.now, between(random, 9_600, 28_800), world.calendar)
  const people = drawPeople(lane, random, matter, pick(random, [true, false, false]))
  return { at, matter, fate: { ...usual, ...fate }, by: null, ...people }
}
