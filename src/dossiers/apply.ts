import { blankDossier } from './blank-dossier.ts'
import { type Adjustment, type Dossier, type FeeLine, owedOn } from './dossier.ts'
import type { DossierEvent, EventPayloads, EventType, Moving, NewEvent, Opening, RecordedDue } from './dossier-event.ts'
import type { HeldStep } from './held-step.ts'
import { partnersOf } from './holder.ts'
import { heldBy, moved } from './move.ts'
import * as work from './work-folds.ts'

type Fold<K extends EventType> = (dossier: Dossier, payload: EventPayloads[K], event: DossierEvent) => Partial<Dossier>

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))

const due = (d: Dossier, recorded: RecordedDue) => ({
  dueAt: instant(recorded.at),
  dueProvisional: recorded.provisional,
  dueGaps: recorded.gaps,
  ...(recorded.step !== undefined && d.step && stepDue(d, d.step, instant(recorded.step))),
})

/** Opinions asked for at a step are awaited as long as it lasts. */
const stepDue = ({ opinions }: Dossier, step: HeldStep, dueAt: Date | null) => ({
  step: { ...step, dueAt },
  opinions: opinions.map(o => (o.step === step.key && !o.answeredAt && !o.closedAt ? { ...o, dueAt } : o)),
})

function financeOf(fees: FeeLine[], exempt: boolean): Dossier['finance'] {
  if (!fees.some(fee => fee.amount > 0)) return 'not-required'
  return exempt ? 'exempt' : 'due'
}

/** What was paid stays paid, unless other fees ask for more than that. */
function financeAfter(d: Dossier, fees: FeeLine[]): Dossier['finance'] {
  if (d.finance !== 'paid') return financeOf(fees, d.finance === 'exempt')
  return owedOn({ fees, receipts: d.receipts }) > 0 ? 'due' : 'paid'
}

/** What was paid while a submission waited stays paid when it is received: nobody pays again (rules on supplements). */
const opening = (d: Dossier, o: Opening): Partial<Dossier> => ({
  trackingSecret: o.secret,
  finance: d.finance === 'paid' ? 'paid' : financeOf(o.fees, o.feeExempt),
  procedureCode: o.procedure,
  procedureVersionId: o.versionId,
  caseCode: o.case,
  lawPack: o.lawPack,
  calendarId: o.calendarId,
  calendarVersion: o.calendarVersion,
  channel: o.channel,
  servicePointId: o.servicePointId,
  receivingAgencyId: o.receivingAgencyId,
  competentAgencyId: o.competentAgencyId,
  processId: o.processId ?? d.processId,
  parentId: o.parentId ?? d.parentId,
  relatives: o.relatives ?? d.relatives,
  supportPointId: o.supportPointId ?? d.supportPointId,
  applicant: o.applicant,
  representative: o.representative,
  summary: o.summary,
  sets: o.sets,
  components: o.components,
  fees: o.fees,
  deliveryChoice: o.delivery,
  form: o.form,
})

/** The clock stops: the due time stays as last promised until it is computed again. */
const pause = (d: Dossier, e: DossierEvent, cause: 'supplement' | 'financial-obligation', ground: string) => ({
  pausedAt: e.at,
  pauses: [...d.pauses, { from: e.at, to: null, cause, ground }],
})

type Moved = Pick<Adjustment, 'kind' | 'to' | 'reason' | 'legalGround'>

/** Every move of the due time is kept beside it. */
const adjusted = (d: Dossier, e: DossierEvent, moved: Moved) => ({
  adjustments: [...d.adjustments, { ...moved, at: e.at, from: d.dueAt, by: e.actor }],
})

/** The clock runs again, to the due time recorded with the event. */
function resume(d: Dossier, e: DossierEvent, next: RecordedDue): Partial<Dossier> {
  const last = d.pauses.at(-1)
  if (!last) return {}
  return {
    ...due(d, next),
    pausedAt: null,
    pauses: [...d.pauses.slice(0, -1), { ...last, to: e.at }],
    ...adjusted(d, e, { kind: 'pause', to: instant(next.at), reason: last.cause, legalGround: last.ground }),
  }
}

/** Without a result: nothing waits for a leader or for the applicant any more. */
const ending = (d: Dossier, e: DossierEvent, reason: string): Partial<Dossier> => ({
  closedAt: e.at,
  endReason: reason,
  step: null,
  opinions: d.opinions.map(o => ({ ...o, closedAt: o.answeredAt ? o.closedAt : (o.closedAt ?? e.at) })),
  supplementProposal: null,
  pausedAt: null,
  pauses: d.pauses.map(p => ({ ...p, to: p.to ?? e.at })),
})

const answered = (d: Dossier, e: DossierEvent) => [
  ...d.supplements.slice(0, -1),
  ...d.supplements.slice(-1).map(s => ({ ...s, answeredAt: e.at })),
]

const folds: { [K in EventType]: Fold<K> } = {
  drafted: (d, p) => ({ ...opening(d, p), state: 'draft' }),
  submitted: (d, p, e) => ({ ...opening(d, p), state: 'submitted', submittedAt: e.at }),
  received: (d, p, e) => ({
    ...opening(d, p),
    ...due(d, p.due),
    state: 'received',
    submittedAt: d.submittedAt ?? e.at,
    receivedAt: e.at,
    term: p.term,
    originalDueAt: instant(p.due.at),
    forwarded: p.receivingAgencyId === p.competentAgencyId,
  }),
  'refused-at-intake': (d, p, e) => ({
    ...(p.opening ? opening(d, p.opening) : {}),
    ...ending(d, e, p.reason),
    state: 'refused-at-intake',
  }),
  'supplement-requested': (d, p, e) => ({
    ...(p.opening ? opening(d, p.opening) : {}),
    state: p.stage === 'intake' ? 'supplement-at-intake' : 'supplement-requested',
    ...(p.stage === 'intake' ? {} : pause(d, e, 'supplement', p.legalGround ?? p.reason)),
    supplementProposal: null,
    supplements: [
      ...d.supplements,
      {
        stage: p.stage,
        at: e.at,
        items: p.items,
        reason: p.reason,
        legalGround: p.legalGround,
        answerBy: p.answerBy,
        requestedBy: p.requestedBy,
        approvedBy: p.approvedBy,
        answeredAt: null,
      },
    ],
  }),
  'supplement-proposed': (_, p, e) => ({ supplementProposal: { ...p, at: e.at } }),
  'supplement-declined': () => ({ supplementProposal: null }),
  'supplement-answered': (d, p, e) => ({
    ...(p.due
      ? { ...resume(d, e, p.due), state: 'in-process' }
      : { state: 'submitted', submittedAt: d.submittedAt ?? e.at }),
    components: p.components,
    supplements: answered(d, e),
  }),
  forwarded: (d, p, e) => ({
    forwarded: true,
    transfers: [
      ...d.transfers,
      { at: e.at, fromAgencyId: p.fromAgencyId, toAgencyId: p.toAgencyId, by: e.actor, note: p.note },
    ],
  }),
  assigned: work.assigned,
  'step-completed': work.stepCompleted,
  claimed: work.claimed,
  released: work.released,
  'opinion-given': work.opinionGiven,
  'opinion-missing': () => ({}),
  'process-changed': () => ({}),
  'child-opened': work.childOpened,
  'child-ended': work.childEnded,
  linked: (d, p, e) => ({ links: [...d.links, { ...p, at: e.at }] }),
  appraised: (_, p, e) => ({ appraisal: { at: e.at, by: e.actor, opinion: p.opinion, note: p.note } }),
  'sent-for-approval': (d, p) => ({
    ...(p.data && { form: { ...d.form, ...p.data } }),
    state: 'pending-approval',
    result: { kind: p.kind, title: p.title, number: null, signer: null, signedAt: null },
  }),
  approved: () => ({ state: 'approved' }),
  'returned-for-rework': () => ({ state: 'in-process', appraisal: null, result: null }),
  'result-signed': (d, p) => ({
    result: {
      kind: p.kind ?? d.result?.kind ?? 'grant',
      title: p.title,
      number: p.number,
      signer: p.signer,
      signedAt: instant(p.signedAt),
    },
  }),
  'result-ready': (d, p, e) => ({
    state: 'result-ready',
    readyAt: e.at,
    judgement: p.judgement,
    workedMinutes: p.worked ?? null,
    ...(p.cause && { causeAgencyId: p.cause.agencyId, causeAccountId: p.cause.accountId, causeOver: p.cause.over }),
    delivery: ({ counter: 'at-counter', post: 'postal', electronic: 'electronic' } as const)[d.deliveryChoice.method],
  }),
  'handed-over': (_, p, e) => ({
    state: 'closed',
    delivery: 'delivered',
    closedAt: e.at,
    handOver: { at: e.at, by: e.actor, ...p },
  }),
  extended: (d, p, e) => ({
    dueAt: instant(p.until),
    dueProvisional: p.provisional,
    dueGaps: p.gaps,
    extendedTo: instant(p.until),
    extensions: d.extensions + 1,
    ...adjusted(d, e, { kind: 'extension', to: instant(p.until), reason: p.reason, legalGround: p.legalGround }),
  }),
  'financial-obligation-notified': (d, p, e) => ({
    state: 'financial-obligation',
    ...pause(d, e, 'financial-obligation', p.ground),
  }),
  'financial-obligation-met': (d, p, e) => ({ ...resume(d, e, p.due), state: 'in-process' }),
  'fee-collected': (d, p, e) => ({ finance: 'paid', receipts: [...d.receipts, { ...p, at: e.at }] }),
  stopped: (d, p, e) => ({ ...ending(d, e, p.reason), state: 'stopped' }),
  withdrawn: (d, p, e) => ({ ...ending(d, e, p.reason), state: 'withdrawn' }),
  corrected: (d, p, e) => corrected(d, p, e),
  'due-recomputed': (d, p, e) => ({
    ...due(d, p.due),
    calendarVersion: p.calendarVersion,
    ...adjusted(d, e, { kind: 'calendar', to: instant(p.due.at), reason: p.reason, legalGround: null }),
  }),
  noted: () => ({}),
}

function corrected(d: Dossier, p: EventPayloads['corrected'], e: DossierEvent): Partial<Dossier> {
  const { applicant, representative, summary, sets, components, delivery, fees, term } = p.changes
  return {
    ...(applicant && { applicant }),
    ...(representative !== undefined && { representative }),
    ...(summary && { summary }),
    ...(sets && { sets }),
    ...(components && { components }),
    ...(delivery && { deliveryChoice: delivery }),
    ...(fees && { fees, finance: financeAfter(d, fees) }),
    ...(p.changes.case !== undefined && { caseCode: p.changes.case }),
    ...(term !== undefined && { term }),
    ...(p.due && {
      ...due(d, p.due),
      ...adjusted(d, e, { kind: 'correction', to: instant(p.due.at), reason: p.reason, legalGround: null }),
    }),
  }
}

/** The dossier after one more event. Pure: the same events always make the same dossier. */
export function apply(dossier: Dossier, event: DossierEvent): Dossier {
  const fold = folds[event.type] as Fold<EventType>
  const payload = event.payload as EventPayloads[EventType] & Moving
  const told = { ...dossier, ...fold(dossier, payload, event) }
  const now = payload.move ? { ...told, ...moved(told, payload.move, event.at) } : told
  const holdings = heldBy(dossier, now, event.at)
  const after = { ...now, holdings, code: dossier.code ?? event.code, version: event.seq }
  const { step, opinions, children } = dossier
  const isSame = after.step === step && after.opinions === opinions && after.children === children
  return isSame && holdings === dossier.holdings ? after : { ...after, partnerIds: partnersOf(after) }
}

/** The dossier after each of several events decided at once, in their order. */
export function applyEach(start: Dossier, events: readonly NewEvent[], by: { at: Date; actor: string }): Dossier[] {
  let dossier = start
  return events.map(event => {
    dossier = apply(dossier, { ...event, ...by, seq: dossier.version + 1, code: null } as DossierEvent)
    return dossier
  })
}

/** The dossier that a whole history makes. */
export function refold(id: number, events: DossierEvent[]): Dossier {
  const first = events[0]
  if (!first) throw new Error(`dossier ${id} has no events`)
  return events.reduce(apply, blankDossier(id, first.at))
}
