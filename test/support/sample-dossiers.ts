import { randomUUID } from 'node:crypto'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { requestSupplementAtCounter } from '#src/casework/request-supplement.ts'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { rateDossiers } from '#src/indices/rate-dossiers.ts'
import { storePaper } from '#src/papers/store-paper.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import { answerReminder } from '#src/watch/answer-reminder.ts'
import { detectDelays } from '#src/watch/detect-delays.ts'
import { draftApologies } from '#src/watch/draft-apologies.ts'
import { sendReminder } from '#src/watch/send-reminder.ts'
import { workOff } from './jobs.ts'
import { advanceTo, birthIntake, command, type Office } from './office.ts'
import { interconnectedProcess, permitProcess, putInForce } from './processes.ts'

/** The tracking secret is of the dossier `supplement`, whose citizen has something to do. */
export type SampleDossiers = Record<Situation, string> & { secret: string; own: string } & Slips
/** Reminder slips to the commune: one that waits for its answer, one that has it. */
type Slips = { reminder: string; answered: string }

const situations = [
  ...['draft', 'submitted', 'at-intake', 'refused', 'received', 'overdue', 'permit', 'fee', 'in-process', 'supplement'],
  ...['site', 'consultation', 'waiting', 'part'],
  ...['proposed', 'obligation', 'appraised', 'pending', 'approved', 'signed', 'ready', 'closed', 'stopped'],
] as const
type Situation = (typeof situations)[number]

const ITEM = { items: [{ component: 'C2', note: 'bản chụp bị mờ' }], reason: 'Không đọc được ngày sinh' }

/** A dossier in every situation an officer or a citizen may meet, ten in the morning of Wednesday 4 March 2026. */
export async function sampleDossiers(office: Office): Promise<SampleDossiers> {
  const desk = office.as('intake')
  const received = async (state?: string, change = {}) => {
    const { code } = await receiveDossier(desk, birthIntake(change), randomUUID())
    if (state) await advanceTo(office, code, state)
    return code as string
  }
  const overdue = await received('in-process')
  office.clock.set('2026-03-04T09:00:00+07:00')
  const permit = { procedure: '1.009994', case: 'sua-chua', components: [{ code: 'C1', originals: 1 }] }
  const copy = { procedure: '2.000815', components: [{ code: 'C1', originals: 1 }] }
  const codes = {
    overdue,
    received: await received(),
    permit: await received(undefined, permit),
    fee: await received(undefined, copy),
    'in-process': await received('in-process'),
    supplement: await received('in-process'),
    proposed: await received('in-process'),
    obligation: await received('in-process'),
    appraised: await received('appraised'),
    pending: await received('pending-approval'),
    approved: await received('approved'),
    signed: await received('signed'),
    ready: await received('result-ready'),
    closed: await received('closed'),
    stopped: await received(),
  }
  await turnAside(office, codes)
  const across = { ...(await acrossAgencies(office)), ...(await interconnected(office)) }
  office.clock.set('2026-03-04T10:00:00+07:00')
  await rateDossiers(office.system)
  const others = { ...(await withoutNumbers(office)), ...(await citizens(office, codes.supplement)) }
  return { ...codes, ...across, ...others, ...(await watched(office, codes)) }
}

/** What is late has been found and apologised for, and the commune urged on about it. */
async function watched(office: Office, { overdue, permit }: Record<'overdue' | 'permit', string>): Promise<Slips> {
  await detectDelays(office.system)
  await draftApologies(office.system)
  const urge = async (dossiers: string[]) => {
    const slip = { to: 'H20.101', dossiers, text: 'Hồ sơ đã quá hạn.\nĐề nghị báo cáo nguyên nhân.' }
    return (await sendReminder(office.as('director'), slip, randomUUID())).id
  }
  const [waiting, answered] = [await urge([overdue]), await urge([overdue, permit])]
  await answerReminder(office.as('leader'), {
    id: answered,
    answer: 'Đã phân công người khác, trả kết quả trong ngày.',
  })
  return { reminder: String(waiting), answered: String(answered) }
}

/** Nobody opens the files of these dossiers. */
const nowhere: Blobs = {
  put: async () => {},
  putStream: async () => {},
  get: async () => undefined,
  getStream: async () => undefined,
  delete: async () => {},
}

/** Two building permits by a process of several agencies: one waits for a site visit, one for the opinions of two communes. */
async function acrossAgencies(office: Office): Promise<Record<'site' | 'consultation', string>> {
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
  const components = ['C1', 'C2'].map(code => ({ code, originals: 1 }))
  const inspector = office.as('specialist')
  const bytes = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
  const begun = async () => {
    const intake = birthIntake({ procedure: '1.009994', components })
    const { code } = await receiveDossier(office.as('centre.intake'), intake, randomUUID())
    await command(office.as('centre.intake'), code, 'forward')
    await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
    await command(office.as('so.specialist'), code, 'complete-step', { outcome: 'kiem-tra', note: 'Gần kho gas' })
    return code as string
  }
  const [site, consultation] = [await begun(), await begun()]
  const { id } = await storePaper(inspector, { blobs: nowhere, name: 'bien-ban.pdf', bytes })
  const papers = [{ id, component: 'Biên bản kiểm tra' }]
  await command(inspector, consultation, 'complete-step', { outcome: 'xong', papers, data: { fireRisk: true } })
  await command(office.as('b.specialist'), consultation, 'give-opinion', { answer: 'agree', document: '12/UBND-KT' })
  return { site, consultation }
}

/** A certified copy that waits for a permit of the department, and that permit. */
async function interconnected(office: Office): Promise<Record<'waiting' | 'part', string>> {
  const process = interconnectedProcess()
  await putInForce(office.system, { key: 'lien-thong', procedure: '2.000815', process })
  const copy = { procedure: '2.000815', components: [{ code: 'C1', originals: 1 }] }
  const given = birthIntake({ ...copy, supportPoint: 'H20.01' })
  const { id, code } = await receiveDossier(office.as('intake'), given, randomUUID())
  await command(office.as('specialist'), code, 'complete-step', { outcome: 'da-dang-ky' })
  await workOff(office.system)
  const part = await office.system.db
    .selectFrom('dossier')
    .select('code')
    .where('parent_id', '=', id)
    .where('procedure_code', '=', '1.009994')
    .executeTakeFirstOrThrow()
  return { waiting: code as string, part: part.code as string }
}

async function turnAside(office: Office, codes: Record<'supplement' | 'proposed' | 'obligation' | 'stopped', string>) {
  const [specialist, leader] = [office.as('specialist'), office.as('leader')]
  const legalGround = 'Điều 17 Nghị định 118/2025/NĐ-CP'
  await command(specialist, codes.supplement, 'request-supplement', { ...ITEM, answerBy: '2026-03-10' })
  await command(specialist, codes.proposed, 'request-supplement', ITEM)
  await command(office.as('intake'), codes.proposed, 'answer-supplement', {
    components: [{ code: 'C2', originals: 1 }],
  })
  await command(specialist, codes.proposed, 'request-supplement', { ...ITEM, legalGround })
  const notice = { notice: 'TB-77', ground: 'Luật Phí và lệ phí', amount: 120_000 }
  await command(specialist, codes.obligation, 'pause', notice)
  await command(leader, codes.stopped, 'stop', { reason: 'Có tranh chấp', ground: 'Điều 9 Luật Hộ tịch' })
}

async function withoutNumbers(office: Office) {
  const desk = office.as('intake')
  const ref = ({ id }: { id: number }) => `D${id}`
  const intake = birthIntake()
  return {
    draft: ref(await saveNewDraft(desk, intake, randomUUID())),
    refused: ref(await refuseAtCounter(desk, { intake, reason: 'Không thuộc thẩm quyền' }, randomUUID())),
    'at-intake': ref(await requestSupplementAtCounter(desk, { intake, supplement: ITEM }, randomUUID())),
  }
}

async function citizens(office: Office, tracked: string) {
  const applicant = { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' }
  const own = await submitDossier(
    office.citizen,
    birthIntake({ channel: 'online', receivingPoint: 'H20.101', applicant }),
    randomUUID(),
  )
  const { tracking_secret: secret } = await office.system.db
    .selectFrom('dossier')
    .select('tracking_secret')
    .where('code', '=', tracked)
    .executeTakeFirstOrThrow()
  return { submitted: own.code as string, own: own.code as string, secret }
}
