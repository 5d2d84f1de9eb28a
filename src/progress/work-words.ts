import type { Dossier } from '#src/dossiers/dossier.ts'
import type { EventPayloads, EventType, Moving } from '#src/dossiers/dossier-event.ts'
import type { ReadDossier, ReadEvent } from '#src/dossiers/dossier-page.query.ts'
import type { OpinionAnswer } from '#src/dossiers/held-step.ts'
import type { Destination, Move } from '#src/dossiers/move.ts'
import type { T } from '#src/platform/text.ts'
import type { ProcessInForce } from '#src/processes/process.query.ts'
import { exitsOf, findStep } from '#src/processes/process.ts'
import { agencyName, workingHours } from './hands.ts'

type Line = string | null | false
type Words = { [K in EventType]?: (payload: EventPayloads[K], t: T, read: ReadDossier) => Line[] }

/** What events about the work itself say, beside where they lead. */
export const workWords: Words = {
  'step-completed': (p, t, read) => [`${p.step}: ${p.outcomeName}`, ...doneLines(p, read, t), p.note],
  'sent-for-approval': (p, t, read) => [p.title, ...doneLines(p, read, t), p.note],
  claimed: p => [p.name],
  released: p => [p.reason],
  'opinion-given': (p, t, read) => [
    `${agencyName(read, p.agencyId) || p.name}: ${answerText(p.answer, t).toLowerCase()}`,
    p.document && t(`Văn bản số ${p.document}`, `Letter ${p.document}`),
    p.note,
  ],
  'opinion-missing': (p, _, read) => p.opinions.map(({ agencyId, name }) => agencyName(read, agencyId) || name),
  'process-changed': (p, t) => [p.name, t(`Căn cứ: ${p.ground}`, `Ground: ${p.ground}`)],
  'child-opened': (p, _, read) => [[p.code, p.name, agencyName(read, p.agencyId)].filter(Boolean).join(', ')],
  linked: p => [p.code, p.reason],
  'child-ended': (p, t, read) => {
    const child = read.dossier.children.find(({ id }) => id === p.id)
    return [[child?.code, child?.name].filter(Boolean).join(', '), childText(p.outcome, t), p.note]
  },
}

type Done = { document?: { number: string; signer: string | null } | null; data?: Dossier['form'] }

/** The paper a step ended with, and the facts written down at it. */
function doneLines({ document, data }: Done, read: ReadDossier, t: T): string[] {
  const facts = factsIn(data ?? {}, read, t).map(({ name, value }) => `${name}: ${value}`)
  return [...(document ? [documentText(document, t)] : []), ...facts]
}

/** The e-form's fields by their own names; what a step wrote down by the name its process gives it. */
export function factsIn(data: Dossier['form'], { process }: ReadDossier, t: T): { name: string; value: string }[] {
  const asked = process?.process.steps.flatMap(step => ('asks' in step ? step.asks : [])) ?? []
  const names = new Map(asked.map(({ field, name }) => [field, name]))
  return Object.entries(data).map(([field, value]) => ({ name: names.get(field) ?? field, value: factText(value, t) }))
}

function factText(value: string | number | boolean, t: T): string {
  if (typeof value === 'boolean') return value ? t('Có', 'Yes') : t('Không', 'No')
  if (typeof value !== 'number') return value
  const [whole = '', decimals] = String(value).split('.')
  // Dots between thousands, as in sums of money, but none in a year.
  const grouped = Math.abs(value) < 10_000 ? whole : whole.replace(/\B(?=(\d{3})+$)/gu, '.')
  return decimals ? `${grouped},${decimals}` : grouped
}

const documentText = ({ number, signer }: { number: string; signer: string | null }, t: T) =>
  signer
    ? t(`Số ${number}, người ký ${signer}`, `Number ${number}, signed by ${signer}`)
    : t(`Số ${number}`, `No. ${number}`)

export function answerText(answer: OpinionAnswer, t: T): string {
  const texts = {
    agree: t('Thống nhất', 'Agrees'),
    conditional: t('Thống nhất có điều kiện', 'Agrees on conditions'),
    disagree: t('Không thống nhất', 'Disagrees'),
    none: t('Không có ý kiến đúng hạn', 'No opinion in time'),
  }
  return texts[answer]
}

function childText(outcome: EventPayloads['child-ended']['outcome'], t: T): string {
  const texts = {
    granted: t('Có kết quả', 'Granted'),
    refused: t('Từ chối giải quyết', 'Refused'),
    ended: t('Kết thúc, không có kết quả', 'Ended without a result'),
  }
  return texts[outcome]
}

/** Where an event led: what the platform decided or did on the way, and the step entered, whose it is and how long it may take. */
export function moveLines({ payload }: ReadEvent, read: ReadDossier, t: T): string[] {
  const { move } = payload as Moving
  if (!move) return []
  const passed = move.passed.flatMap(one => passedText(one, read) ?? [])
  return move.to ? [...passed, destinationText(move.to, read, t)] : passed
}

/** `Quy mô: Từ 7 tầng`, `Nguy cơ cháy nổ? Có`; what passed without a choice is told only where it left a note. */
function passedText({ step, name, exit, note }: Move['passed'][number], { process }: ReadDossier): string | null {
  const definition = process && findStep(process.process, step)
  if (definition?.kind !== 'choice') return note ?? null
  const taken = exitsOf(definition).find(({ key }) => key === exit)
  return taken ? `${name}${name.endsWith('?') ? '' : ':'} ${taken.name}` : null
}

/** `→ Thẩm định, Sở Xây dựng, 16 giờ` */
function destinationText({ name, agencyId, minutes, asked }: Destination, read: ReadDossier, t: T): string {
  const whose =
    asked.length > 0 ? asked.map(one => agencyName(read, one.agencyId)).join(' + ') : agencyName(read, agencyId)
  return `→ ${[name, whose, minutes !== null && workingHours(minutes, t)].filter(Boolean).join(', ')}`
}

/** `Trần Thị B thay Nguyễn Văn A theo QĐ 12/QĐ-UBND` */
export function actorText({ actorName, onBehalfOf }: ReadEvent, t: T): string {
  const name = actorName ?? t('Hệ thống', 'System')
  if (!onBehalfOf) return name
  const ground = onBehalfOf.ground ? t(` theo ${onBehalfOf.ground}`, ` by ${onBehalfOf.ground}`) : ''
  return t(`${name} thay ${onBehalfOf.name}`, `${name} in place of ${onBehalfOf.name}`) + ground
}

/** `Cấp giấy phép xây dựng, phiên bản 2` */
export function processText({ name, version }: Pick<ProcessInForce, 'name' | 'version'>, t: T): string {
  return t(`${name}, phiên bản ${version}`, `${name}, version ${version}`)
}
