import { workedMinutes } from '#src/dossiers/answerability.ts'
import type { PastEvent } from '#src/dossiers/append-history.ts'
import { judge } from '#src/dossiers/dossier-deadline.ts'
import type { Imported, NewEvent, RecordedDue } from '#src/dossiers/dossier-event.ts'
import type { Course } from './history-course.ts'
import type { HistoryRow } from './history-row.ts'

/** The other system kept no reason; the law asks for one in the events of this one. */
const NO_REASON = 'Hệ thống cũ không ghi lý do'

/** What a dossier went through elsewhere, as our own events: oldest first, and in the order of the work where instants are the same. */
export function pastEvents(row: HistoryRow, from: Pick<Imported, 'source' | 'file'> & { secret: string }): PastEvent[] {
  const { course } = row
  const events = [received(row, from), ...feePaid(row), ...extension(row), ...pauses(course), ...ending(row)]
  return events.sort((a, b) => a.at.getTime() - b.at.getTime())
}

const recorded = (at: Date | null): RecordedDue => ({ at: at?.toISOString() ?? null, provisional: false, gaps: [] })

function received(
  row: HistoryRow,
  { source, file, secret }: { source: string; file: string; secret: string },
): PastEvent {
  const { course, agency, receiving, procedure, code, note, fee, number } = row
  const imported = { source, number, file, ...(code && { code }), ...(note && { note }) }
  return {
    at: course.receivedAt,
    event: {
      type: 'received',
      payload: {
        secret,
        procedure: procedure.code,
        versionId: procedure.id,
        case: null,
        lawPack: row.lawPack,
        calendarId: agency.calendar.id,
        calendarVersion: agency.calendar.version,
        channel: row.channel,
        servicePointId: null,
        receivingAgencyId: receiving.id,
        competentAgencyId: agency.id,
        applicant: row.applicant,
        representative: null,
        summary: procedure.name.slice(0, 1000),
        sets: row.sets,
        components: [],
        fees: fee ? [{ name: 'Phí, lệ phí', kind: 'phi', amount: fee.amount, quantity: 1 }] : [],
        feeExempt: false,
        delivery: { method: 'how' in course.end ? course.end.how : 'counter' },
        form: {},
        term: null,
        due: recorded(course.extension?.dueBefore ?? course.dueAt),
        imported,
      },
    },
  }
}

function feePaid({ fee, course }: HistoryRow): PastEvent[] {
  return fee ? [{ at: course.receivedAt, event: { type: 'fee-collected', payload: { number: '', ...fee } } }] : []
}

function extension({ course: { extension, dueAt }, note, agency }: HistoryRow): PastEvent[] {
  if (!extension || !dueAt) return []
  const until = { until: dueAt.toISOString(), provisional: false, gaps: [], lateNotice: false }
  const payload = { reason: note ?? NO_REASON, legalGround: null, agencyAtFault: agency.id, ...until }
  return [{ at: extension.at, event: { type: 'extended', payload } }]
}

/** What is promised once the clock runs again is what was promised last by then. */
function pauses({ pauses, extension, dueAt }: Course): PastEvent[] {
  return pauses.flatMap(({ cause, from, to }) => {
    const [stop, goOn] = cause === 'supplement' ? supplement : obligation
    const due = recorded(extension && to && to < extension.at ? extension.dueBefore : dueAt)
    return [{ at: from, event: stop }, ...(to ? [{ at: to, event: goOn(due) }] : [])]
  })
}

type Pause = [stop: NewEvent, goOn: (due: RecordedDue) => NewEvent]
const supplement: Pause = [
  {
    type: 'supplement-requested',
    payload: {
      ...{ stage: 'appraisal', items: [], reason: NO_REASON, legalGround: null },
      ...{ answerBy: null, requestedBy: '', approvedBy: null },
    },
  },
  due => ({ type: 'supplement-answered', payload: { components: [], note: null, due } }),
]
const obligation: Pause = [
  { type: 'financial-obligation-notified', payload: { notice: '', ground: NO_REASON, amount: null } },
  due => ({ type: 'financial-obligation-met', payload: { evidence: '', due } }),
]

function ending(row: HistoryRow): PastEvent[] {
  const { course, note } = row
  const { end } = course
  const reason = note ?? NO_REASON
  if (!('how' in end)) {
    const event = end.outcome === 'withdrawn' ? withdrawn(reason) : stopped(reason)
    return [{ at: end.at, event }]
  }
  const person = { collector: '', idNumber: null, relation: null }
  return [
    ...result(row),
    { at: end.at, event: readyAt(row, end.at) },
    { at: end.handedOverAt, event: { type: 'handed-over', payload: { ...person, method: end.how } } },
  ]
}

const withdrawn = (reason: string): NewEvent => ({ type: 'withdrawn', payload: { reason } })
const stopped = (reason: string): NewEvent => ({ type: 'stopped', payload: { reason, ground: NO_REASON } })

/** Nobody is asked who caused the delay: the steps of the other system are not known here. */
function readyAt({ course, agency }: HistoryRow, at: Date): NewEvent {
  const judgement = judge(at, course.dueAt)
  const worked = workedMinutes(
    { receivedAt: course.receivedAt, pauses: course.pauses.map(pause => ({ ...pause, ground: '' })) },
    at,
    agency.calendar,
  )
  return { type: 'result-ready', payload: { judgement, late: judgement === 'late', worked } }
}

/** Only where there is something to say: without one, a result is a grant. */
function result({ course: { end }, procedure }: HistoryRow): PastEvent[] {
  if (!('number' in end) || (end.outcome === 'granted' && !end.number)) return []
  const kind = end.outcome === 'granted' ? ('grant' as const) : ('refusal' as const)
  const signed = { number: end.number ?? '', signer: '', signedAt: end.at.toISOString() }
  return [
    { at: end.at, event: { type: 'result-signed', payload: { kind, title: procedure.name.slice(0, 300), ...signed } } },
  ]
}
