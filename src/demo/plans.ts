import { localDate } from '#src/calendar/local-date.ts'
import type { Applicant } from '#src/dossiers/intake.ts'
import { type Day, drawChannel, drawInstant } from './arrivals.ts'
import type { Plan } from './course.ts'
import { drawFate } from './fate.ts'
import { drawMatter, isDemoDesk, type Lane, type Matter } from './lane.ts'
import { addressIn, asApplicant, business, organisation, personOf } from './people.ts'
import { chance, pick, type Random, whole } from './random.ts'

/** What the next visitor of an ordinary day comes for, and what will become of it. */
export function ordinaryPlan(lane: Lane, random: Random, { day, open }: Day): Plan {
  const { now, calendar } = lane.world
  const channel = drawChannel(random, open)
  const matter = drawMatter(lane, random, channel)
  const at = drawInstant(random, { day, online: channel === 'online', now }, calendar)
  return { at, matter, fate: drawFate(random, matter), by: null, ...drawPeople(lane, random, matter) }
}

/** Whoever comes: some have been here before; online they use their own account. Every now and then it is the demo citizen. */
export function drawPeople(
  lane: Lane,
  random: Random,
  matter: Matter,
  demoCitizen = isDemoDesk(lane) && chance(random, 0.02),
): Pick<Plan, 'person' | 'account' | 'applicant'> {
  const { world, agency } = lane
  const { seed, population, citizens } = world
  const account = demoCitizen ? world.demoCitizen : pick(random, citizens)
  const filed = matter.channel === 'online' || demoCitizen
  const stranger = personOf(seed, whole(random, citizens.length, citizens.length + population))
  const person = filed ? { ...account, female: true } : stranger
  const place = chance(random, 0.8) && agency.kind === 'commune' ? agency : pick(random, communes(lane))
  return { person, account, applicant: applicantOf(random, matter, person, place.shortName) }
}

function applicantOf(random: Random, { procedure }: Matter, person: Plan['person'], place: string): Applicant {
  const may = new Set(procedure.content.applicants)
  const address = addressIn(random, place)
  const firms = may.has('business') || may.has('cooperative')
  const people = may.has('citizen') || may.has('overseas') || may.has('foreigner')
  if (people && (chance(random, 0.85) || !(firms || may.has('organisation')))) return asApplicant(person, address)
  return firms ? business(random, person, address) : organisation(random, person, place)
}

const communes = ({ world }: Lane) => world.agencies.filter(agency => agency.kind === 'commune')

/** The local day on which a plan begins. */
export const dayOf = (plan: Plan) => localDate(plan.at)
