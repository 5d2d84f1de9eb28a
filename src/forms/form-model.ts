import { termText } from '#src/calendar/term-text.ts'
import { refold } from '#src/dossiers/apply.ts'
import { bookEntryOf, bookOrder, bookRow } from '#src/dossiers/book-row.ts'
import { channelLabel, type Dossier, dossierRef } from '#src/dossiers/dossier.ts'
import type { EventPayloads, EventType } from '#src/dossiers/dossier-event.ts'
import type { ReadAgency, ReadDossier, ReadEvent } from '#src/dossiers/dossier-page.query.ts'
import type { ComponentLine } from '#src/dossiers/intake.ts'
import type { FormComponent, FormHeader, FormModels } from '#src/papers/statutory-form.ts'
import { requirementsOf } from '#src/procedures/procedure.ts'
import { handOversOf } from './control-slip.ts'
import type { DossierForm } from './dossier-forms.ts'

/** Papers are in Vietnamese whatever the screen speaks. */
const vi = (text: string) => text

/** A form's model from the dossier as it stood at the form's event; the control slip from the dossier as it stands. Pure. */
export function formModel(read: ReadDossier, form: DossierForm, publicUrl: string): FormModels[typeof form.kind] {
  const event = read.events.find(one => one.seq === form.seq)
  if (!event) throw new Error(`dossier ${read.dossier.id} has no event ${form.seq}`)
  const asOf = refold(
    read.dossier.id,
    read.events.filter(one => one.seq <= form.seq),
  )
  const source: Source = { read, form, event, asOf: { ...asOf, code: read.dossier.code }, publicUrl }
  switch (form.kind) {
    case 'receipt':
      return receiptModel(source)
    case 'supplement':
      return supplementModel(source)
    case 'refusal':
      return refusalModel(source)
    case 'apology':
      return apologyModel(source)
    case 'stop':
      return stopModel(source)
    case 'control':
      return controlModel(source)
    case 'book':
      return bookModel(source)
  }
}

/** `asOf`: the dossier as of the event, under the code it has by now. */
type Source = { read: ReadDossier; form: DossierForm; event: ReadEvent; asOf: Dossier; publicUrl: string }

const payload = <K extends EventType>(event: ReadEvent, type: K) => {
  if (event.type !== type) throw new Error(`event ${event.seq} is ${event.type}, not ${type}`)
  return event.payload as EventPayloads[K]
}

function receiptModel(source: Source): FormModels['receipt'] {
  const { read, asOf, event } = source
  const { applicant, representative } = asOf
  const received = read.events.findLast(one => one.type === 'received') ?? event
  return {
    ...header(source, 'TNHS', 'desk'),
    ...person(asOf),
    resolvingAgency: read.competent.id === read.receiving.id ? null : read.competent.name,
    supportPlace: read.supportPoint && `${read.supportPoint.name}, ${read.supportPoint.agency}`,
    channel: channelLabel(asOf.channel, vi).toLowerCase(),
    idNumber: applicant.idNumber,
    representative: representative && [representative.name, representative.relation].filter(Boolean).join(', '),
    content: content(source),
    ownerName: applicant.name,
    ownerAddress: applicant.address ?? null,
    components: asOf.components.map(line => named(read, line)),
    setCount: asOf.sets,
    termText: asOf.term && termText(asOf.term, vi),
    receivedAt: asOf.receivedAt ?? event.at,
    dueAt: asOf.dueAt,
    provisionalYears: asOf.dueProvisional ? asOf.dueGaps : [],
    resultPlace: resultPlace(source),
    book: bookOrder(read.dossier, asOf.receivedAt ?? event.at),
    receiverName: received.actorName ?? '',
    submitterName: asOf.channel === 'online' ? null : (representative?.name ?? applicant.name),
    fees:
      asOf.finance === 'exempt'
        ? []
        : asOf.fees.filter(fee => fee.amount > 0).map(fee => ({ name: fee.name, amount: fee.amount * fee.quantity })),
    correctedAt: event.type === 'corrected' ? event.at : null,
  }
}

function supplementModel(source: Source): FormModels['supplement'] {
  const { read, asOf, event, form } = source
  const asked = payload(event, 'supplement-requested')
  const published = new Map(read.procedure.content.components.map(one => [one.code, one]))
  return {
    ...header(source, `BS${form.nth}`, asked.stage === 'intake' ? 'desk' : 'office'),
    ...person(asOf),
    content: content(source),
    items: asked.items.map(({ component, note }) => {
      const paper = component ? published.get(component) : undefined
      const counts = paper ?? { originals: 0, certified: 0, copies: 0 }
      const { originals, certified, copies } = counts
      return { name: paper?.name ?? 'Nội dung khác', originals, certified, copies, note: note || null }
    }),
    reason: asked.legalGround ? `${asked.reason} Căn cứ: ${asked.legalGround}.` : asked.reason,
    contactOfficer: asked.requestedBy,
    ...contact(source),
    answerBy: asked.answerBy ? new Date(`${asked.answerBy}T17:00:00+07:00`) : null,
    stage: asked.stage,
  }
}

function refusalModel(source: Source): FormModels['refusal'] {
  const { asOf, event } = source
  return {
    ...header(source, 'TCHS', 'desk'),
    ...person(asOf),
    idNumber: asOf.applicant.idNumber,
    content: content(source),
    submittedAt: asOf.channel === 'online' ? asOf.submittedAt : null,
    reason: payload(event, 'refused-at-intake').reason,
    contactOfficer: event.actorName,
    ...contact(source),
    submitterName: asOf.channel === 'online' ? null : (asOf.representative?.name ?? asOf.applicant.name),
    refuserName: event.actorName ?? '',
  }
}

function apologyModel(source: Source): FormModels['apology'] {
  const { read, asOf, event } = source
  const { reason, until, agencyAtFault } = payload(event, 'extended')
  const before = refold(
    asOf.id,
    read.events.filter(one => one.seq < event.seq),
  )
  return {
    ...header(source, 'XL', 'office'),
    ...recipient(asOf),
    receivedAt: asOf.receivedAt ?? event.at,
    content: content(source),
    originalDue: before.dueAt ?? event.at,
    agencyAtFault: read.agencies.get(agencyAtFault)?.name ?? read.competent.name,
    reason,
    newDue: new Date(until),
    resultPlace: resultPlace(source) ?? read.receiving.name,
    timesExtended: before.extensions,
    ...signer(event),
  }
}

function stopModel(source: Source): FormModels['stop'] {
  const { asOf, event, read } = source
  const { reason, ground } = payload(event, 'stopped')
  const paid = asOf.receipts.reduce((sum, receipt) => sum + receipt.amount, 0)
  return {
    ...header(source, 'DGQ', 'office'),
    ...recipient(asOf),
    receivedAt: asOf.receivedAt,
    content: content(source),
    requestedBy: null,
    ground: `${reason} Căn cứ: ${ground}.`,
    stoppedAt: event.at,
    papersHandling: `Trả lại giấy tờ đã nộp tại ${read.receiving.name}.`,
    feesHandling: paid > 0 ? 'Thực hiện theo quy định về phí, lệ phí.' : 'Chưa thu phí, lệ phí.',
    contactOfficer: event.actorName,
    contactPhone: read.competent.phone,
    ...signer(event),
  }
}

function controlModel(source: Source): FormModels['control'] {
  const { read } = source
  const { dossier } = read
  return {
    ...header(source, null, 'desk'),
    ...person(dossier),
    content: content(source),
    ownerName: dossier.applicant.name,
    receivedAt: dossier.receivedAt ?? source.event.at,
    termText: dossier.term && termText(dossier.term, vi),
    dueAt: dossier.dueAt,
    components: dossier.components.map(line => named(read, line)),
    setCount: dossier.sets,
    resolvingAgency: read.competent.name,
    coordinatingAgencies: coordinating(read),
    handOvers: handOversOf(read),
  }
}

/** Those that had a part in this dossier; until one has, those the procedure names. */
function coordinating({ dossier, agencies, procedure }: ReadDossier): string[] {
  const partners = dossier.partnerIds.flatMap(id => agencies.get(id)?.name ?? [])
  return partners.length > 0 ? partners : procedure.content.coordination
}

/** The book with this dossier's line alone. */
function bookModel(source: Source): FormModels['book'] {
  const entry = bookEntryOf(source.read)
  const volume = bookOrder(entry, entry.receivedAt)?.volume ?? null
  const period = { from: entry.receivedAt, to: entry.receivedAt }
  return { ...header(source, null, 'desk'), volume, ...period, rows: [bookRow(entry, 1)] }
}

/** Slips of the desk name the desk; letters and later requests name the agency that resolves. */
function header({ read, form, event, publicUrl }: Source, mark: string | null, by: 'desk' | 'office'): FormHeader {
  const { dossier, receiving, competent, servicePoint } = read
  const agency = by === 'desk' ? receiving : competent
  const atOwnDesk = by === 'desk' && servicePoint?.kind === 'desk' && agency.kind === 'commune'
  return {
    superior: atOwnDesk
      ? agency.name
      : agency.kind === 'commune' || agency.kind === 'province'
        ? ''
        : (agency.parentName ?? ''),
    unit: atOwnDesk ? servicePoint.name : agency.name,
    place: placeName(agency),
    at: event.type === 'received' && form.kind === 'control' ? (dossier.receivedAt ?? event.at) : event.at,
    number: mark && `${dossierRef(dossier)}/${mark}`,
    code: dossier.code,
    trackingUrl: dossier.code ? trackingUrl(publicUrl, dossier) : null,
    trackingSecret: dossier.code && dossier.trackingSecret,
  }
}

/** What the QR code of a slip opens: the citizen's page of this dossier, without an account. */
export function trackingUrl(
  publicUrl: string,
  { code, trackingSecret }: Pick<Dossier, 'code' | 'trackingSecret'>,
): string {
  return `${publicUrl}/tra-cuu/${code}?m=${trackingSecret}`
}

/** `Thanh Bình` of `Ủy ban nhân dân xã Thanh Bình`; of an agency of the province, the province. */
export function placeName({ name, parentName }: Pick<ReadAgency, 'name' | 'parentName'>): string {
  const place = /(?:xã|phường|đặc khu|tỉnh|thành phố)\s+(.+)$/iu
  return place.exec(name)?.[1] ?? place.exec(parentName ?? '')?.[1] ?? ''
}

function person({ applicant }: Dossier) {
  return {
    applicantName: applicant.name,
    applicantAddress: applicant.address ?? null,
    phone: applicant.phone,
    email: applicant.email ?? null,
  }
}

function recipient({ applicant }: Dossier) {
  const { name, address, phone } = applicant
  return { recipientName: name, recipientAddress: address ?? null, recipientPhone: phone }
}

const signer = (event: ReadEvent) => ({
  signerTitle: event.actorTitle ?? 'Thủ trưởng cơ quan',
  signerName: event.actorName ?? '',
})

function content({ read, asOf }: Source): string {
  const name = `${read.procedure.name} (${asOf.procedureCode})`
  return asOf.summary && asOf.summary !== read.procedure.name ? `${asOf.summary} – ${name}` : name
}

function contact({ read, publicUrl }: Source) {
  return { contactPhone: read.receiving.phone, website: `${publicUrl}/thu-tuc/${read.dossier.procedureCode}` }
}

function resultPlace({ read, asOf }: Source): string | null {
  const { method, address } = asOf.deliveryChoice
  if (method === 'electronic') return 'Bản điện tử, qua tài khoản dịch vụ công'
  if (method === 'post') return `Qua bưu chính công ích: ${address ?? asOf.applicant.address ?? ''}`
  const { servicePoint, receiving } = read
  // A desk called only "Bộ phận một cửa" could be any commune's.
  const isNamed = servicePoint?.name.includes(placeName(receiving))
  const parts = [servicePoint?.name, isNamed ? null : receiving.name, servicePoint?.address ?? receiving.address]
  return parts.filter(Boolean).join(', ')
}

function named(read: ReadDossier, line: ComponentLine): FormComponent {
  const { components } = requirementsOf(read.procedure.content, read.dossier.channel, null)
  const { code, originals, certified, copies } = line
  return { name: components.find(one => one.code === code)?.name ?? code, originals, certified, copies }
}
