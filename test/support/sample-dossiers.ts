import { randomUUID } from 'node:crypto'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { requestSupplementAtCounter } from '#src/casework/request-supplement.ts'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { advanceTo, birthIntake, command, type Office } from './office.ts'

/** The tracking secret is of the dossier `supplement`, whose citizen has something to do. */
export type SampleDossiers = Record<Situation, string> & { secret: string; own: string }

const situations = [
  ...['draft', 'submitted', 'at-intake', 'refused', 'received', 'overdue', 'permit', 'fee', 'in-process', 'supplement'],
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
  office.clock.set('2026-03-04T10:00:00+07:00')
  return { ...codes, ...(await withoutNumbers(office)), ...(await citizens(office, codes.supplement)) }
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
