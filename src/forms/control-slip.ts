import { sharesOf } from '#src/dossiers/answerability.ts'
import type { Moving } from '#src/dossiers/dossier-event.ts'
import type { ReadDossier, ReadEvent } from '#src/dossiers/dossier-page.query.ts'
import type { Holding, Opinion } from '#src/dossiers/held-step.ts'
import type { ControlHandOver, ControlParty } from '#src/papers/statutory-form.ts'

/** The papers with one party: the desk that took them in, or an agency. `steps` is empty for a desk that passed them on at once. */
type Stay = { agencyId: number; isDesk: boolean; holdings: Holding[]; from: Date; to: Date | null }

/**
 * The rows of the control slip in the order of time: every hand-over between the desk and agencies, judged by the hours the giver's
 * steps allowed, and every opinion asked, with silence written down. Pure.
 */
export function handOversOf(read: ReadDossier): ControlHandOver[] {
  const stays = staysOf(read)
  const passed = stays.slice(1).flatMap((stay, n) => {
    const giver = stays[n]
    return giver ? [handedOver(read, giver, stay)] : []
  })
  const rows = [...passed, ...read.dossier.opinions.map(opinion => asked(read, opinion))]
  return rows.sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0))
}

/** From the desk through the agencies, and back to the desk with the result. What goes on in a consultation has rows of its own. */
function staysOf(read: ReadDossier): Stay[] {
  const { dossier } = read
  const { receivedAt, readyAt, receivingAgencyId: agencyId } = dossier
  if (!receivedAt) return []
  const consulted = new Set(dossier.opinions.map(({ step }) => step))
  const desk = (from: Date): Stay => ({ agencyId, isDesk: true, holdings: [], from, to: from })
  const stays = [desk(receivedAt)]
  for (const holding of dossier.holdings.filter(({ step }) => step === null || !consulted.has(step))) {
    const isDesk = isAtDesk(read, holding)
    const last = stays.at(-1)
    if (last?.agencyId === holding.agencyId && last.isDesk === isDesk) {
      last.holdings.push(holding)
      last.to = holding.to
    } else {
      stays.push({ agencyId: holding.agencyId, isDesk, holdings: [holding], from: holding.from, to: holding.to })
    }
  }
  return readyAt ? [...stays, desk(readyAt)] : stays
}

/** Another agency's desk is all there is of that agency; at the resolving agency's own, the desk are its intake officers. */
function isAtDesk({ dossier }: ReadDossier, { agencyId, role }: Holding): boolean {
  if (agencyId !== dossier.receivingAgencyId) return false
  return agencyId !== dossier.competentAgencyId || role === 'intake'
}

function handedOver(read: ReadDossier, giver: Stay, taker: Stay): ControlHandOver {
  const at = giver.to ?? taker.from
  const { result } = read.dossier
  const isResult = taker.isDesk && read.dossier.readyAt?.getTime() === taker.from.getTime()
  const given = read.events.findLast(event => moveOf(event) !== undefined && event.at.getTime() === at.getTime())
  const taken = receiptOf(read, taker)
  return {
    from: party(read, giver, given?.actorName ?? null),
    to: party(read, taker, taken?.actorName ?? firstIn(read, taker)),
    at,
    takenAt: taken?.at ?? null,
    result: judged(read, giver, at),
    note: isResult ? (result?.number ? `Kết quả số ${result.number}` : null) : noteOf(read, taker, given),
  }
}

const moveOf = ({ payload }: ReadEvent) => (payload as Moving).move

/** Who took the papers over, where the process has a step for that. */
function receiptOf({ events, process }: ReadDossier, { holdings }: Stay): ReadEvent | undefined {
  const [first] = holdings
  const step = process?.process.steps.find(({ key }) => key === first?.step)
  if (!first || step?.kind !== 'receipt') return undefined
  return events.find(event => event.at >= first.from && moveOf(event)?.left?.step === first.step)
}

function firstIn({ people }: ReadDossier, { holdings }: Stay): string | null {
  const named = holdings.find(({ accountId }) => accountId !== null)
  return named?.accountId ? (people.get(named.accountId)?.name ?? null) : null
}

function party({ agencies }: ReadDossier, { agencyId, isDesk }: Stay, officer: string | null): ControlParty {
  const agency = agencies.get(agencyId)
  return { agency: isDesk ? `${agency?.shortName ?? ''}, bộ phận một cửa` : (agency?.name ?? ''), officer }
}

/** By working time against what the steps allowed; blank where nothing was promised. */
function judged({ dossier, calendar }: ReadDossier, { holdings }: Stay, at: Date): ControlHandOver['result'] {
  const [share] = sharesOf({ ...dossier, holdings }, calendar, at)
  if (!share || share.allowed === 0) return ''
  if (share.over >= 1) return 'Quá hạn'
  return share.allowed - share.minutes >= 1 ? 'Trước hạn' : 'Đúng hạn'
}

function noteOf({ dossier }: ReadDossier, taker: Stay, given: ReadEvent | undefined): string | null {
  if (taker.holdings[0]?.role === null) {
    const child = dossier.children.find(({ agencyId }) => agencyId === taker.agencyId)
    return child?.code ? `Hồ sơ liên thông ${child.code}` : 'Hồ sơ liên thông'
  }
  const { note } = (given?.payload ?? {}) as { note?: string | null }
  return note ?? null
}

const answers = { agree: 'Thống nhất', conditional: 'Thống nhất có điều kiện', disagree: 'Không thống nhất' } as const

/** Asked in the name of the agency that resolves. */
function asked(read: ReadDossier, opinion: Opinion): ControlHandOver {
  const { agencies, people, competent } = read
  const { agencyId, accountId, askedAt, answeredAt } = opinion
  return {
    from: { agency: competent.name, officer: null },
    to: {
      agency: agencies.get(agencyId)?.name ?? opinion.name,
      officer: accountId === null ? null : (people.get(accountId)?.name ?? null),
    },
    at: askedAt,
    takenAt: null,
    result: answerJudged(opinion),
    note: answeredAt ? `Lấy ý kiến: ${answerText(opinion)}` : silenceText(opinion),
  }
}

function answerJudged({ answer, answeredAt, dueAt }: Opinion): ControlHandOver['result'] {
  if (answer === 'none') return 'Quá hạn'
  if (!answeredAt || !dueAt) return ''
  if (answeredAt > dueAt) return 'Quá hạn'
  return answeredAt < dueAt ? 'Trước hạn' : 'Đúng hạn'
}

function answerText({ answer, document }: Opinion): string {
  const said = answer && answer !== 'none' ? answers[answer] : ''
  return [said.toLowerCase(), document && `văn bản số ${document}`].filter(Boolean).join(', ')
}

function silenceText({ answer, closedAt }: Opinion): string {
  if (answer === 'none') return 'Lấy ý kiến: không có ý kiến'
  return closedAt ? 'Lấy ý kiến: không cần nữa' : 'Lấy ý kiến: đang chờ'
}
