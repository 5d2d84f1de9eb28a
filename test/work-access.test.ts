import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAgency } from '#src/agencies/agency.query.ts'
import { createAgency } from '#src/agencies/create-agency.ts'
import { commands, findCommand } from '#src/casework/commands.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { isAllowed } from '#src/dossiers/command.ts'
import { type Ctx, type Officer, type Role, roles } from '#src/platform/ctx.ts'
import { type Client, signedInAs, type TestApp, testApp } from './support/app.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { findDossier } from './support/find-dossier.ts'
import { birthIntake, command, makeOffice, type Office } from './support/office.ts'
import { newOfficer } from './support/people.ts'
import { putInForce } from './support/processes.ts'

/**
 * Every role of five agencies against every command, on a dossier at every kind of step: who may is written down here by the rules of the
 * house, not taken from the commands. The centre (R) received the dossier, the department (C) resolves it; commune T has a step of its own
 * in it, T, X and C are asked for opinions, and S has nothing to do with it.
 */
const agencies = { R: 'H20.01', C: 'H20.11', T: 'H20.101', X: 'H20.102', S: 'H20.103' } as const
type Letter = keyof typeof agencies
/** `C.specialist`, and a colleague of theirs, `C.specialist2`. */
type Name = string

let database: TestDatabase
let office: Office
let app: TestApp
const officers = new Map<Name, { officer: Officer; client: Client }>()

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = testApp(database.db)
  app.clock.set(office.clock.now())
  const base = { calendar: 1, validFrom: '2020-01-01', kind: 'commune' as const, parent: 'H20' }
  await createAgency(office.system, { ...base, code: 'H20.103', name: 'UBND xã Lạ', shortName: 'Xã Lạ' })
  for (const letter of Object.keys(agencies) as Letter[]) {
    for (const role of roles) await employ(letter, role)
  }
  await employ('C', 'specialist', '2')
})
afterAll(() => database.close())

async function employ(letter: Letter, role: Role, nth = ''): Promise<void> {
  const code = agencies[letter]
  const username = `${letter.toLowerCase()}.${role}${nth}.here`
  const { accountId, assignmentId } = await newOfficer(office.system, { username, role, agency: code })
  const place = { agencyId: (await findAgency(office.system, code))?.id ?? 0, agencyCode: code, servicePointId: null }
  const officer: Officer = { kind: 'officer', accountId, assignmentId, name: `Cán bộ ${username}`, role, ...place }
  officers.set(`${letter}.${role}${nth}`, { officer, client: await signedInAs(app, officer) })
}

const as = (name: Name): Ctx => {
  const found = officers.get(name)
  if (!found) throw new Error(`nobody is ${name}`)
  return { ...office.system, actor: found.officer }
}

/** Everyone of these roles at these agencies. */
const of = (letters: string, ...given: Role[]): Name[] =>
  [...letters].flatMap(letter => given.flatMap(role => colleagues(`${letter}.${role}`)))
const colleagues = (name: Name) => (name === 'C.specialist' ? [name, 'C.specialist2'] : [name])
/** The one who has it by name. */
const hasIt = ['C.specialist']

type Allowed = Record<string, Name[]>
type Situation = { step: Record<string, unknown>; allowed: Allowed; prepare?: (code: string) => Promise<void> }

const toEnd = (key: string) => [{ key, name: key, to: 'end' }]
const competent = { by: 'competent' }
const step = (kind: string, agency: object, role: Role, ...outcomes: object[]) => ({
  kind,
  key: 'buoc',
  name: 'Bước đang xét',
  agency,
  role,
  hours: 8,
  outcomes,
})
const at = (letter: Letter) => ({ by: 'code', code: agencies[letter] })

/** What both agencies may do however far it is: write a note, link another dossier, take it back, stop it, promise another day. */
const always: Allowed = {
  note: of('RC', 'intake', 'specialist', 'leader', 'clerk', 'cashier', 'postal', 'home'),
  link: of('RC', 'intake', 'specialist', 'leader', 'clerk'),
  withdraw: of('R', 'intake', 'postal', 'home'),
  correct: of('R', 'intake'),
  extend: of('C', 'leader'),
  stop: of('C', 'leader'),
  // Directors look after the whole province.
  'change-process': [...of('C', 'leader'), ...of('RCTXS', 'director')],
}

const situations: Record<string, Situation> = {
  'a transfer at the desk': {
    step: step('transfer', { by: 'receiving' }, 'intake', ...toEnd('handed-over')),
    allowed: { forward: of('R', 'intake', 'postal', 'home'), claim: of('R', 'intake', 'postal', 'home') },
  },
  'a receipt at the department': {
    step: step('receipt', competent, 'clerk', ...toEnd('taken-over')),
    allowed: { 'complete-step': of('C', 'clerk'), claim: of('C', 'clerk') },
  },
  'an assignment': {
    step: step('assign', competent, 'leader', ...toEnd('assigned')),
    allowed: { assign: of('C', 'leader'), claim: of('C', 'leader') },
  },
  'an appraisal nobody has yet': {
    step: step('appraise', competent, 'specialist', ...toEnd('submitted')),
    allowed: {
      appraise: of('C', 'specialist'),
      claim: of('C', 'specialist'),
      'request-supplement': of('C', 'specialist'),
      pause: of('C', 'specialist'),
      assign: of('C', 'leader'),
    },
  },
  'an appraisal one specialist has': {
    step: step('appraise', competent, 'specialist', ...toEnd('submitted')),
    prepare: async code => {
      await command(as('C.specialist'), code, 'claim')
      await command(as('C.specialist'), code, 'appraise')
    },
    allowed: {
      appraise: hasIt,
      'submit-for-approval': hasIt,
      release: hasIt,
      'request-supplement': hasIt,
      pause: hasIt,
      assign: of('C', 'leader'),
      'take-back': of('C', 'leader'),
    },
  },
  'a leader’s approval': {
    step: step('approve', competent, 'leader', ...toEnd('approved'), {
      key: 'returned',
      name: 'r',
      to: 'buoc',
      back: true,
    }),
    allowed: { approve: of('C', 'leader'), 'reject-back': of('C', 'leader'), claim: of('C', 'leader') },
  },
  'the signing of the result': {
    step: step('sign', competent, 'clerk', ...toEnd('ready')),
    // An approved result is no longer corrected.
    allowed: { 'sign-result': of('C', 'clerk'), claim: of('C', 'clerk'), correct: [] },
  },
  'another agency’s task': {
    step: step('task', at('T'), 'specialist', ...toEnd('xong')),
    allowed: {
      'complete-step': of('T', 'specialist'),
      claim: of('T', 'specialist'),
      'request-supplement': of('T', 'specialist'),
      pause: of('T', 'specialist'),
      assign: of('T', 'leader'),
    },
  },
  'a consultation of three agencies': {
    step: {
      ...{ kind: 'consult', key: 'buoc', name: 'Lấy ý kiến', hours: 8 },
      asked: (['T', 'X', 'C'] as const).map(letter => ({
        key: letter.toLowerCase(),
        name: letter,
        agency: at(letter),
      })),
      outcomes: [...toEnd('joined'), ...toEnd('expired')],
    },
    allowed: {
      'give-opinion': of('TXC', 'specialist'),
      claim: of('TXC', 'specialist'),
      assign: of('TXC', 'leader'),
    },
  },
  'a wait for a dossier at another agency': {
    step: {
      ...{ kind: 'child', key: 'buoc', name: 'Chờ hồ sơ liên thông', procedure: '1.001193', agency: at('T'), hours: 8 },
      outcomes: [...toEnd('granted'), ...toEnd('refused')],
    },
    allowed: { 'end-child-wait': of('C', 'leader') },
  },
}

const reason = { reason: 'Theo đề nghị' }
const ground = { ground: 'Điều 9' }
/** A body the API takes for each command, whatever the dossier. */
const inputs: Record<string, Record<string, unknown>> = {
  assign: { assignee: 'so.specialist' },
  'complete-step': { outcome: 'xong' },
  'request-supplement': { items: [{ component: 'C1' }], ...reason },
  'answer-supplement': { components: [{ code: 'C1', originals: 1 }] },
  'decline-supplement': reason,
  'reject-back': reason,
  refuse: reason,
  release: reason,
  'take-back': reason,
  withdraw: reason,
  stop: { ...reason, ...ground },
  pause: { notice: 'TB-1', ...ground },
  resume: { evidence: 'GNT-1' },
  'sign-result': { number: '1/QĐ', signer: 'Lãnh đạo' },
  'give-opinion': { answer: 'agree' },
  'collect-fee': { receipt: 'BL1' },
  extend: { until: '2026-12-25', ...reason },
  correct: { sets: 2, ...reason },
  'change-process': { process: 1, step: 'tham-dinh', ...ground },
  'end-child-wait': { outcome: 'refused', ...ground },
  link: { code: 'H20.01-260302-9999', ...reason },
  note: { text: 'Đã gọi điện' },
  'save-draft': {
    procedure: '1.009994',
    channel: 'counter',
    applicant: { kind: 'citizen', name: 'Nguyễn Văn An', idNumber: '000190000001', phone: '0900000001' },
    components: [{ code: 'C1', originals: 1 }],
  },
}

const papers = ['C1', 'C2'].map(code => ({ code, originals: 1 }))
async function receive({ prepare }: Situation): Promise<string> {
  const intake = birthIntake({ procedure: '1.009994', components: papers })
  const { code } = await receiveDossier(as('R.intake'), intake, randomUUID())
  await prepare?.(code as string)
  return code as string
}

const send = async (name: Name, code: string, type: string): Promise<{ status: number; text: string }> => {
  const body = { type, ...inputs[type] }
  const { status, text } = await (officers.get(name) as { client: Client }).client.send(
    'POST',
    `/api/v1/dossiers/${code}/commands`,
    body,
  )
  return { status, text }
}

/** Commands officers have; what only the platform does is no command of the API. */
const types = commands.filter(({ system }) => system !== 'only').map(({ type }) => type)
const NOT_ALLOWED = [403, 404, 409]

async function atOnce<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const rest = [...all]
  const hand = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: 8 }, hand))
}

let day = 1
describe.each(Object.entries(situations))('at %s', (_, situation) => {
  const allowed: Allowed = { ...always, ...situation.allowed }
  const pairs = () => [...officers.keys()].flatMap(name => types.map(type => ({ name, type })))
  const may = ({ name, type }: { name: Name; type: string }) => (allowed[type] ?? []).includes(name)
  let code: string

  beforeAll(async () => {
    day += 1
    const process = { name: 'Đang xét', start: 'buoc', steps: [situation.step] }
    const validFrom = `2026-02-${String(day).padStart(2, '0')}`
    await putInForce(office.system, { key: 'dang-xet', procedure: '1.009994', process, validFrom })
    code = await receive(situation)
  })

  test('the commands are offered to those who may, and to nobody else', async () => {
    const dossier = await findDossier(office.system, code)
    if (!dossier) throw new Error('no dossier')
    const offered = pairs().filter(({ name, type }) => isAllowed(findCommand(type), dossier, as(name).actor as Officer))
    const shown = (list: { name: Name; type: string }[]) => list.map(({ name, type }) => `${type} by ${name}`).sort()
    expect(shown(offered)).toEqual(shown(pairs().filter(may)))
    for (const { type } of commands.filter(({ system }) => system === 'only')) {
      for (const name of officers.keys()) {
        expect(isAllowed(findCommand(type), dossier, as(name).actor as Officer), `${type} by ${name}`).toBe(false)
      }
    }
  })

  test('the API refuses everyone else, and changes nothing', async () => {
    const before = await findDossier(office.system, code)
    const wrong: string[] = []
    await atOnce(
      pairs().filter(pair => !may(pair)),
      async ({ name, type }) => {
        const { status, text } = await send(name, code, type)
        if (!NOT_ALLOWED.includes(status)) wrong.push(`${type} by ${name}: ${status} ${text}`)
        const stranger = ['admin', 'reform'].includes(name.split('.')[1] ?? '')
        if (stranger && status !== 404) wrong.push(`${type} by ${name}: ${status}, who may not even know of it`)
      },
    )
    expect(wrong).toEqual([])
    expect(await findDossier(office.system, code)).toEqual(before)
  }, 120_000)

  test('the API lets those who may', async () => {
    const wrong: string[] = []
    // One of each command and agency: what differs from role to role has been looked at above.
    const some = new Map(
      pairs()
        .filter(may)
        .map(pair => [`${pair.type} ${pair.name[0]}`, pair]),
    )
    for (const { name, type } of some.values()) {
      const { status, text } = await send(name, await receive(situation), type)
      if (status !== 200 && status !== 422) wrong.push(`${type} by ${name}: ${status} ${text}`)
    }
    expect(wrong).toEqual([])
  }, 60_000)
})
