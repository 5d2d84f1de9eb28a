import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { requestSupplementAtCounter, type SupplementInput } from '#src/casework/request-supplement.ts'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import { type Course, type Life, pass } from './course.ts'
import { childOf } from './people.ts'
import type { Staff } from './province.query.ts'
import { chance, pick, type Random, whole } from './random.ts'
import { act, open } from './take-step.ts'
import { relations, words } from './words.ts'

/** Brings a dossier in through its door. Returns whether it was received and goes on to be resolved. */
export function* takeIn(course: Course): Life<boolean> {
  const officer = officerAt(course)
  const received = course.matter.channel === 'online' ? yield* online(course, officer) : yield* atDesk(course, officer)
  if (received) yield* collectFee(course, officer)
  return received
}

/** Whoever sits behind this dossier's door; the desk does the work of the post and of home visits where there is nobody. */
export function officerAt({ lane: { desk }, matter: { channel }, random }: Course): Staff {
  if (channel === 'post' && desk.postal.length > 0) return pick(random, desk.postal)
  if (channel === 'home' && desk.home.length > 0) return pick(random, desk.home)
  return pick(random, desk.intake)
}

function* online(course: Course, officer: Staff): Life<boolean> {
  const { fate, account } = course
  const intake = intakeOf(course)
  yield* open(course, account, (ctx, commandId) => submitDossier(ctx, intake, commandId))
  if (fate.stop === 'submitted') return false
  pass(course, 5, 240)
  if (fate.intake === 'refused') {
    yield* act(course, officer, 'refuse', { reason: pick(course.random, words.refused) })
    return false
  }
  if (fate.intake === 'incomplete') {
    yield* act(course, officer, 'request-supplement', supplementFor(course))
    if (!(yield* answered(course, officer))) return false
    pass(course, 5, 120)
  }
  yield* act(course, officer, 'receive')
  return true
}

function* atDesk(course: Course, officer: Staff): Life<boolean> {
  const { fate, random } = course
  const intake = intakeOf(course)
  if (fate.intake === 'refused') {
    const reason = pick(random, words.refused)
    yield* open(course, officer, (ctx, commandId) => refuseAtCounter(ctx, { intake, reason }, commandId))
    return false
  }
  if (fate.intake === 'incomplete') {
    const supplement = supplementFor(course)
    yield* open(course, officer, (ctx, commandId) => requestSupplementAtCounter(ctx, { intake, supplement }, commandId))
    if (!(yield* answered(course, officer))) return false
    pass(course, 2, 20)
    yield* act(course, officer, 'receive')
    return true
  }
  if (fate.intake === 'drafted') {
    yield* open(course, officer, (ctx, commandId) => saveNewDraft(ctx, intake, commandId))
    if (fate.stop === 'draft') return false
    pass(course, 5, 200)
    yield* act(course, officer, 'receive')
    return true
  }
  yield* open(course, officer, (ctx, commandId) => receiveDossier(ctx, intake, commandId))
  return true
}

/** What was missing is brought; or nobody comes, and the desk says so in writing after a month. */
function* answered(course: Course, officer: Staff): Life<boolean> {
  if (course.fate.stop === 'supplement-at-intake') return false
  if (!course.fate.answers) {
    pass(course, 9_600, 14_400)
    yield* act(course, officer, 'refuse', { reason: words.stopped[0] })
    return false
  }
  pass(course, 120, 1_800)
  yield* act(course, officer, 'answer-supplement', { components: linesOf(course) })
  return true
}

function* collectFee(course: Course, officer: Staff): Life {
  const { matter, random, lane } = course
  const online = matter.channel === 'online'
  if (feeExempt(course) || !matter.needs.fees.some(fee => fee.amount > 0) || chance(random, 0.05)) return
  pass(course, 1, online ? 30 : 3)
  const cashier = lane.desk.cashier.length > 0 && (online || officer.role === 'intake')
  const method = online ? 'transfer' : pick(random, ['cash', 'cash', 'transfer', 'card'] as const)
  const by = cashier ? pick(random, lane.desk.cashier) : officer
  yield* act(course, by, 'collect-fee', () => ({ receipt: receiptNumber(course), method }))
}

function receiptNumber({ lane: { numbers, agency } }: Course): string {
  numbers.receipt += 1
  return `BL${agency.code.split('.').pop()}-${String(numbers.receipt).padStart(6, '0')}`
}

/** Drawn from what does not change, so that the intake and the till agree. Nobody waives a fee of their own. */
function feeExempt({ applicant, person, matter }: Course): boolean {
  return matter.channel !== 'online' && applicant.kind === 'citizen' && Number(person.idNumber.slice(-2)) % 25 === 0
}

function linesOf({ matter }: Course) {
  const papers = matter.needs.components.filter(paper => paper.required)
  const lines = (papers.length > 0 ? papers : matter.needs.components.slice(0, 1)).map(paper => ({
    code: paper.code,
    originals: paper.originals,
    certified: paper.certified,
    copies: paper.copies,
  }))
  return lines.map(line => (line.originals + line.certified + line.copies > 0 ? line : { ...line, originals: 1 }))
}

function intakeOf(course: Course): Intake {
  const { matter, lane, random, applicant, fate } = course
  const online = matter.channel === 'online'
  const lines = linesOf(course)
  const chosen = matter.procedure.resolverId === null && !(matter.own && !online)
  return Intake.parse({
    procedure: matter.procedure.code,
    case: matter.caseCode,
    channel: matter.channel,
    receivingPoint: online ? lane.agency.code : undefined,
    competentAgency: chosen ? matter.competent.code : undefined,
    applicant,
    representative: representativeOf(course),
    summary: summaryOf(course),
    sets: chance(random, 0.04) ? 2 : 1,
    components: fate.intake === 'incomplete' ? lines.slice(1) : lines,
    delivery: deliveryOf(course),
    feeExempt: feeExempt(course),
  })
}

function representativeOf({ applicant, person, random }: Course) {
  if (applicant.kind !== 'citizen') return { name: person.name, idNumber: person.idNumber, phone: person.phone }
  if (!chance(random, 0.08)) return undefined
  const index = whole(random, 1, 9_999)
  return {
    name: childOf(random, person),
    phone: `090000${String(index).padStart(4, '0')}`,
    relation: pick(random, relations),
  }
}

function summaryOf({ matter, person, random }: Course): string | undefined {
  const child = childOf(random, person)
  return matter.procedure.code === '1.001193' ? `Đăng ký khai sinh cho con là ${child}` : undefined
}

function deliveryOf({ matter, applicant, random }: Course) {
  const byPost = { method: 'post', address: applicant.address } as const
  if (matter.channel === 'post') return byPost
  const electronic = matter.channel === 'online' && matter.procedure.serviceLevel === 'full'
  if (electronic && chance(random, 0.6)) return { method: 'electronic' } as const
  return chance(random, 0.1) ? byPost : ({ method: 'counter' } as const)
}

/** The one paper that is missing, or another if nothing is. */
export function supplementFor(course: Course): SupplementInput {
  const { random, fate } = course
  const stage = fate.intake === 'incomplete' ? words.incomplete : words.supplement
  const [first] = linesOf(course)
  const item: { component?: string; note: string } = { note: reasonNote(random) }
  if (first) item.component = first.code
  return { items: [item], reason: pick(random, stage) }
}

const reasonNote = (random: Random) =>
  pick(random, ['Bản chính', 'Bản còn giá trị sử dụng', 'Bản có chữ ký của người yêu cầu'])

/** What the applicant brings to a desk that asked. */
export const brought = (course: Course) => ({ components: linesOf(course).slice(0, 1) })
