import fc from 'fast-check'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { commands, findCommand } from '#src/casework/commands.ts'
import { type Command, isAllowed } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Officer } from '#src/platform/ctx.ts'

/** One step of a random walk: numbers that choose among what is possible at that moment, and the time that passes first. */
export type Stride = {
  pick: number
  choice: number
  minutes: number
  seconds: number
  manner: 'onward' | 'any' | 'astray'
}

/** What a stride comes to on a dossier: who does what with which input, as a client would send it. */
export type Attempt = { officer: Officer; definition: Command; input: Record<string, unknown> }

/** From the same minute to a fortnight, nights, weekends and holidays among them. */
const pause = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 200, max: 20_160 }))

export const strides = fc.array(
  fc.record({
    pick: fc.nat(10_000),
    choice: fc.nat(10_000),
    minutes: pause,
    seconds: fc.nat(59),
    /** Towards the result, anything that is allowed, or anything at all. */
    manner: fc.oneof(
      { weight: 6, arbitrary: fc.constant('onward' as const) },
      { weight: 8, arbitrary: fc.constant('any' as const) },
      { weight: 1, arbitrary: fc.constant('astray' as const) },
    ),
  }),
  { minLength: 4, maxLength: 30, size: 'max' },
)

/** Steps that lead to the result, in such an order that the first possible one gets there. */
const ONWARD = [
  ...['receive', 'forward', 'submit-for-approval', 'approve-supplement', 'appraise', 'assign', 'approve'],
  ...['result-ready', 'sign-result', 'hand-over', 'answer-supplement', 'resume'],
]
/** Endings come seldom, so that most walks go far. */
const SELDOM = new Set([
  'link',
  'withdraw',
  'stop',
  'refuse',
  'note',
  'save-draft',
  'change-process',
  'claim',
  'release',
  'take-back',
])

/** What this stride tries; undefined when nobody may do anything of the kind. */
export function attemptOf(dossier: Dossier, officers: readonly Officer[], stride: Stride): Attempt | undefined {
  const found = choose(dossier, officers, stride)
  return found && { ...found, input: inputFor(found.definition.type, dossier, stride.choice) }
}

function choose(dossier: Dossier, officers: readonly Officer[], { manner, pick, choice }: Stride) {
  const seldom = choice % 5 === 0
  const list =
    manner === 'onward'
      ? ONWARD.map(findCommand)
      : commands.filter(c => c.system !== 'only').filter(c => manner === 'astray' || seldom || !SELDOM.has(c.type))
  const pairs = list.flatMap(definition => officers.map(officer => ({ officer, definition })))
  if (manner === 'astray') return pairs[pick % pairs.length]
  const ordered = manner === 'onward' ? pairs : shuffled(pairs, pick)
  return ordered.find(({ definition, officer }) => isAllowed(definition, dossier, officer))
}

/** Every element once, in an order that `seed` decides. */
function shuffled<V>(list: V[], seed: number): V[] {
  const key = (i: number) => Math.imul(i + 1, 2_654_435_761 ^ (seed * 40_503)) >>> 0
  return list
    .map((value, i) => [key(i), value] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, value]) => value)
}

const paper = (code: string, originals = 1) => ({ code, originals })
const REASON = { reason: 'Theo đề nghị của người nộp' }

/** Inputs of every kind: right ones mostly, and ones the rules have to refuse. */
function inputFor(type: string, dossier: Dossier, choice: number): Record<string, unknown> {
  const one = <V>(...variants: V[]): V => variants[Math.floor(choice / 8) % variants.length] as V
  const day = (days: number) => addDays(localDate(dossier.dueAt ?? dossier.createdAt), days)
  const papers = () => one([paper('C1'), paper('C2')], [paper('C1')], [paper('C1'), paper('C2'), paper('C3', 2)])
  const inputs: Record<string, () => Record<string, unknown>> = {
    submit: () => ({}),
    receive: () => one<Record<string, unknown>>({}, { components: papers() }, { sets: 2, components: papers() }),
    forward: () => ({}),
    assign: () => ({ assignee: one('specialist', 'specialist2', 'so.specialist', 'nobody') }),
    appraise: () => one<Record<string, unknown>>({}, { opinion: 'ineligible', note: 'Không đủ điều kiện' }),
    'submit-for-approval': () => ({}),
    'approve-supplement': () => ({}),
    approve: () => ({}),
    'sign-result': () => ({ number: `${choice}/QĐ`, signer: 'Lãnh đạo' }),
    'result-ready': () => ({}),
    'hand-over': () => one<Record<string, unknown>>({}, { collector: 'Nguyễn Văn Bình', relation: 'con' }),
    'answer-supplement': () => ({ components: one(papers(), [paper('C1', 3)], [], [paper('C9')]) }),
    resume: () => ({ evidence: 'GNT-01' }),
    'request-supplement': () => ({ ...supplement(one), ...REASON }),
    pause: () => ({ notice: 'TB-77', ground: 'Luật Đất đai 2024' }),
    'decline-supplement': () => REASON,
    'reject-back': () => REASON,
    refuse: () => REASON,
    'collect-fee': () => one<Record<string, unknown>>({ receipt: 'BL01' }, { receipt: 'BL02', amount: 1 }),
    extend: () => ({ until: day(one(1, 4, 7, 12, 30, -1)), ...REASON }),
    correct: () => ({ ...correction(one, papers), ...REASON }),
    withdraw: () => REASON,
    stop: () => ({ ...REASON, ground: 'Khoản 2 Điều 9' }),
    'save-draft': () => ({ ...intakeOf(dossier), components: papers() }),
    'complete-step': () =>
      one<Record<string, unknown>>({ outcome: dossier.step?.exits[0]?.key ?? 'x', ...REASON }, { outcome: 'x' }),
    claim: () => ({}),
    release: () => REASON,
    'take-back': () => REASON,
    'give-opinion': () => one<Record<string, unknown>>({ answer: 'agree' }, { answer: 'disagree' }),
    'change-process': () => ({
      process: 1,
      step: one('tham-dinh', 'phe-duyet', 'phan-cong', 'x'),
      ground: 'QĐ 12/QĐ-UBND',
    }),
    'end-child-wait': () => ({ outcome: 'granted', ground: 'Công văn 12' }),
    link: () => ({ code: dossier.code ?? 'H20.101-260302-0001', reason: 'Cùng thửa đất' }),
    note: () => ({ text: 'Đã gọi điện cho người nộp' }),
  }
  const make = inputs[type]
  if (!make) throw new Error(`the walk has no input for ${type}: add one to ${import.meta.url}`)
  return make()
}

function supplement(one: <V>(...variants: V[]) => V): Record<string, unknown> {
  return one<Record<string, unknown>>(
    { items: [{ component: 'C1' }] },
    { items: [{ component: 'C1' }, { component: 'C2', note: 'bản rõ nét' }], legalGround: 'Điều 17 Nghị định 61' },
    { items: [{ note: 'Kê khai lại mục 3' }], legalGround: 'Điều 17 Nghị định 61', answerBy: '2027-12-31' },
    { items: [{}] },
    { items: [{ component: 'C9' }] },
  )
}

function correction(one: <V>(...variants: V[]) => V, papers: () => unknown): Record<string, unknown> {
  return one<Record<string, unknown>>(
    { applicant: { name: 'Nguyễn Văn Ân', idNumber: '000190000009', phone: '0900000009' } },
    { case: 'sua-chua' },
    { case: null },
    { components: papers() },
    { sets: 3, delivery: { method: 'post', address: 'Ấp 2' }, representative: null },
    {},
  )
}

function intakeOf({ procedureCode, channel, applicant }: Dossier): Record<string, unknown> {
  return { procedure: procedureCode, channel, applicant }
}
