import type { Role } from '#src/platform/ctx.ts'
import {
  type Channel,
  channels,
  type ProcedureCase,
  type Requirements,
  requirementsOf,
} from '#src/procedures/procedure.ts'
import type { Process } from '#src/processes/process.ts'
import type { Specimen } from './attach-specimen.ts'
import type { Account, Offered, Place, Province, Staff } from './province.query.ts'
import { chance, draw, pick, type Random, type Urn, urn } from './random.ts'

/** What every lane of one history shares. `now`: where the history ends; `population`: how many people there are. */
export type World = Province & {
  seed: number
  now: Date
  population: number
  staffAt(agencyId: number, role: Role): Staff[]
  demoCitizen: Account
  /** What every document of the demo looks like. */
  specimen: Specimen
}

/** One thing people come for at a desk, and who resolves it: one agency, or (null) the commune that is asked. */
export type Offer = { procedure: Offered; competent: Place | null; weight: number }

/** The dossiers that one agency receives, in the order of time; its numbers are its own, so lanes never wait for each other. */
export type Lane = {
  world: World
  index: number
  lanes: number
  agency: Place
  /** Share of the province's dossiers. */
  share: number
  /** Who is at its desk behind which door. */
  desk: { intake: Staff[]; postal: Staff[]; home: Staff[]; cashier: Staff[] }
  offers: Record<Channel, Urn<Offer>>
  numbers: { receipt: number; result: number }
}

/** What one dossier is about. */
export type Matter = {
  offer: Offer
  procedure: Offered
  caseCode: string | undefined
  channel: Channel
  needs: Requirements
  competent: Place
  /** Received and resolved by the same agency. */
  own: boolean
}

/**
 * How often people come for what, beside the ordinary 0.5: birth, marriage, death, copies, homes, land, small trades, passports, and what
 * several agencies answer for.
 */
const asked: Record<string, number> = {
  '1.001193': 16,
  '2.000815': 18,
  '2.000884': 7,
  '1.004873': 10,
  '1.000656': 6,
  '1.000894': 6,
  '2.000635': 7,
  '1.004222': 8,
  '1.004194': 8,
  '1.001612': 6,
  '2.000720': 3,
  '1.004859': 4,
  '2.001035': 3,
  '1.013225': 5,
  '1.004884': 2,
  '1.001022': 1.5,
  '3.000333': 16,
  '1.001456': 16,
  '1.012783': 12,
  '1.012784': 10,
  '1.012786': 4,
  '1.014061': 6,
  '2.000986': 4,
  '1.001939': 4,
  '3.000348': 4,
  '1.012753': 3,
  '1.013992': 4,
  '2.001827': 4,
  '1.010727': 3,
  '3.000490': 3,
  '1.004223': 1.5,
  '1.011607': 2,
  '1.008591': 2,
}
const ORDINARY = 0.5

/** The desks of the province that have people for everything: the centre and the communes with a full staff. */
export function makeLanes(world: World): Lane[] {
  const agencies = world.agencies.filter(a => {
    const intake = world.staffAt(a.id, 'intake').length > 0
    return intake && (a.kind === 'centre' || (a.kind === 'commune' && resolves(world, a)))
  })
  const demo = demoDesk(world)
  const ordinary = agencies.filter(a => a.kind === 'commune' && a.id !== demo).length
  const shareOf = (a: Place) => (a.kind === 'centre' ? 0.26 : a.id === demo ? 0.22 : 0.52 / ordinary)
  return agencies
    .map(agency => ({ agency, share: shareOf(agency) }))
    .sort((a, b) => b.share - a.share || a.agency.id - b.agency.id)
    .map((lane, index) => ({ ...lane, ...deskOf(world, lane.agency), world, index, lanes: agencies.length }))
}

const demoDesk = ({ staff }: World) => staff.find(({ username }) => username === 'intake')?.agencyId

export function isDemoDesk(lane: Lane): boolean {
  return lane.desk.intake.some(officer => officer.username === 'intake')
}

function deskOf(world: World, agency: Place): Pick<Lane, 'desk' | 'offers' | 'numbers'> {
  const at = (role: Role) => world.staffAt(agency.id, role)
  const offers = offersAt(world, agency)
  const through = (channel: Channel) => {
    const published = channel === 'home' || channel === 'phone' ? 'counter' : channel
    const open = offers.filter(offer => offer.procedure.content.channels.some(c => c.channel === published))
    return urn(open, offer => offer.weight)
  }
  return {
    desk: { intake: at('intake'), postal: at('postal'), home: at('home'), cashier: at('cashier') },
    offers: Object.fromEntries(channels.map(channel => [channel, through(channel)])) as Lane['offers'],
    numbers: { receipt: 0, result: 0 },
  }
}

function resolves(world: World, agency: Place): boolean {
  return (['specialist', 'leader', 'clerk'] as const).every(role => world.staffAt(agency.id, role).length > 0)
}

/** Communes' matters at communes, the province's at the centre; and a little of each at the other, for the desk nearest to the person. */
function offersAt(world: World, agency: Place): Offer[] {
  const atCommune = agency.kind === 'commune'
  return world.procedures.flatMap(procedure => {
    const resolver = world.agencies.find(a => a.id === procedure.resolverId)
    if (resolver && !resolves(world, resolver)) return []
    if (waitsForOthers(world, procedure) && agency.id !== demoDesk(world)) return []
    const home = atCommune === (procedure.level === 'commune')
    const competent = resolver ?? (atCommune ? agency : null)
    const weight = (asked[procedure.code] ?? ORDINARY) * (home ? 1 : 0.03)
    return [{ procedure, competent, weight }]
  })
}

/**
 * Whether a process of the procedure opens dossiers at other agencies. Only one desk receives such, because those other dossiers are numbered
 * where they are opened, and numbers are given in the order of time.
 */
function waitsForOthers({ processes }: World, { code }: Offered): boolean {
  return processes.some(one => one.procedure === code && one.process.steps.some(({ kind }) => kind === 'child'))
}

export function drawMatter(lane: Lane, random: Random, channel: Channel, offers = lane.offers[channel]): Matter {
  const offer = draw(random, offers)
  const communes = () => lane.world.agencies.filter(a => a.kind === 'commune' && resolves(lane.world, a))
  const competent = offer.competent ?? pick(random, communes())
  const { procedure } = offer
  const caseCode = drawCase(random, procedure.content.cases)
  const needs = requirementsOf(procedure.content, channel, caseCode)
  return { offer, procedure, caseCode, channel, needs, competent, own: competent.id === lane.agency.id }
}

/** What a dossier of this procedure and case runs by: the case's own process, the procedure's, or the one for all others. */
export function processFor({ processes }: World, procedure: string, caseCode: string | undefined): Process {
  const own = processes.filter(one => one.procedure === procedure)
  const found =
    own.find(one => one.case !== null && one.case === caseCode) ??
    own.find(one => one.case === null) ??
    processes.find(one => one.procedure === null)
  if (!found) throw new Error('the demo province has no process for the rest')
  return found.process
}

/** The first case of a procedure is the usual one. */
function drawCase(random: Random, cases: ProcedureCase[]): string | undefined {
  const usual = cases[0]
  if (!usual) return undefined
  return (chance(random, 0.6) ? usual : pick(random, cases)).code
}
