import { randomUUID } from 'node:crypto'
import { assignRole } from '#src/accounts/assign-role.ts'
import { createAccount } from '#src/accounts/create-account.ts'
import { createAgency } from '#src/agencies/create-agency.ts'
import { createServicePoint } from '#src/agencies/create-service-point.ts'
import { installNationalCalendar } from '#src/calendar/install-national-calendar.ts'
import type { Answer } from '#src/casework/answer.ts'
import { findCommand } from '#src/casework/commands.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import { fixedClock } from '#src/platform/clock.ts'
import type { Citizen, Ctx, Officer, Role } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'
import { silentLog } from '#src/platform/log.ts'
import { type Publication, publishProcedure } from '#src/procedures/publish-procedure.ts'

/** A small province in a test database: two communes, a centre and a department, with their people and three procedures. */
export type Office = {
  clock: ReturnType<typeof fixedClock>
  system: Ctx
  /** The context of an officer by username: `intake`, `leader`, `b.intake`, `so.specialist` … */
  as(username: string): Ctx
  citizen: Ctx
}

/** A Monday morning within working hours. */
export const MONDAY = '2026-03-02T09:00:00+07:00'
/** The instant of a local time to the minute: `2026-03-02T09:00`. */
export const at = (local: string) => new Date(`${local}:00+07:00`)
export const PASSWORD = 'mot-cua-thu-nghiem'

const people: [username: string, agency: string, role: Role][] = [
  ['intake', 'H20.101', 'intake'],
  ['intake2', 'H20.101', 'intake'],
  ['specialist', 'H20.101', 'specialist'],
  ['specialist2', 'H20.101', 'specialist'],
  ['leader', 'H20.101', 'leader'],
  ['leader2', 'H20.101', 'leader'],
  ['clerk', 'H20.101', 'clerk'],
  ['cashier', 'H20.101', 'cashier'],
  ['postal', 'H20.101', 'postal'],
  ['home', 'H20.101', 'home'],
  ['b.intake', 'H20.102', 'intake'],
  ['b.specialist', 'H20.102', 'specialist'],
  ['b.leader', 'H20.102', 'leader'],
  ['centre.intake', 'H20.01', 'intake'],
  ['director', 'H20.01', 'director'],
  ['control', 'H20.01', 'control'],
  ['reform', 'H20.01', 'reform'],
  ['so.specialist', 'H20.11', 'specialist'],
  ['so.leader', 'H20.11', 'leader'],
  ['so.clerk', 'H20.11', 'clerk'],
  ['admin', 'H20', 'admin'],
]

export async function makeOffice(db: Db, at: string = MONDAY): Promise<Office> {
  const clock = fixedClock(at)
  const system: Ctx = { db, clock, log: silentLog, actor: { kind: 'system', name: 'test' } }
  await installNationalCalendar(system)
  const agencies = await makeAgencies(system)
  const officers = new Map<string, Officer>()
  for (const [username, agency, role] of people) {
    officers.set(username, await makeOfficer(system, { username, agency, role, ids: agencies }))
  }
  for (const procedure of procedures(agencies.get('H20.11') ?? 0)) await publishProcedure(system, procedure)
  const person = { name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' }
  const { id } = await createAccount(system, { kind: 'citizen', username: 'citizen', password: PASSWORD, ...person })
  const actor: Citizen = { kind: 'citizen', accountId: id, ...person }
  const as = (username: string): Ctx => {
    const officer = officers.get(username)
    if (!officer) throw new Error(`no officer ${username} in the test office`)
    return { ...system, actor: officer }
  }
  return { clock, system, as, citizen: { ...system, actor } }
}

async function makeAgencies(ctx: Ctx): Promise<Map<string, number>> {
  const base = { calendar: 1, validFrom: '2020-01-01' }
  const ids = new Map<string, number>()
  const make = async (
    code: string,
    name: string,
    kind: 'province' | 'centre' | 'commune' | 'department',
    parent?: string,
  ) => {
    ids.set(code, (await createAgency(ctx, { ...base, code, name, shortName: name, kind, parent })).id)
  }
  await make('H20', 'UBND tỉnh Đồng Tháp', 'province')
  await make('H20.01', 'Trung tâm Phục vụ hành chính công', 'centre', 'H20')
  await make('H20.11', 'Sở Xây dựng', 'department', 'H20')
  await make('H20.101', 'UBND xã Thanh Bình', 'commune', 'H20')
  await make('H20.102', 'UBND xã Tân Long', 'commune', 'H20')
  for (const agency of ['H20.01', 'H20.101', 'H20.102']) {
    await createServicePoint(ctx, { agency, name: 'Bộ phận một cửa', kind: 'desk' })
  }
  return ids
}

async function makeOfficer(
  ctx: Ctx,
  { username, agency, role, ids }: { username: string; agency: string; role: Role; ids: Map<string, number> },
): Promise<Officer> {
  const name = `Cán bộ ${username}`
  const account = await createAccount(ctx, { kind: 'officer', username, password: PASSWORD, name })
  const assignment = await assignRole(ctx, { accountId: account.id, agency, role })
  return {
    kind: 'officer',
    accountId: account.id,
    assignmentId: assignment.id,
    name,
    role,
    agencyId: ids.get(agency) ?? 0,
    agencyCode: agency,
    servicePointId: null,
  }
}

/** Birth registration (commune, 1 working day), a building permit (department, 15 working days), a certified copy (no term, a fee). */
export function procedures(departmentId: number): Publication[] {
  const paper = (code: string, name: string, required = true) => ({
    code,
    name,
    originals: 1,
    certified: 0,
    copies: 0,
    required,
  })
  const content = (amount: number | null, names: [string, boolean][], fee = 0): Publication['content'] => ({
    kind: 'TTHC được luật giao quy định chi tiết',
    applicants: ['citizen'],
    steps: ['Nộp hồ sơ', 'Nhận kết quả'],
    channels: [
      {
        channel: 'counter',
        term: amount ? { amount, unit: 'working-days' } : null,
        fees: fee ? [{ name: 'Lệ phí', kind: 'le-phi', amount: fee }] : [],
      },
    ],
    cases: [],
    components: names.map(([name, required], i) => paper(`C${i + 1}`, name, required)),
    results: [{ code: 'KQ1', name: 'Giấy tờ kết quả' }],
    legalBasis: [],
    conditions: null,
    authority: 'UBND',
    coordination: [],
    keywords: [],
    keywordText: '',
  })
  const base = { decision: null, serviceLevel: 'full' as const, validFrom: '2020-01-01' }
  const birth = content(1, [
    ['Tờ khai đăng ký khai sinh', true],
    ['Giấy chứng sinh', true],
    ['Văn bản ủy quyền', false],
  ])
  const permit = content(15, [
    ['Đơn đề nghị cấp giấy phép xây dựng', true],
    ['Bản vẽ thiết kế xây dựng', true],
  ])
  return [
    {
      ...base,
      code: '1.001193',
      name: 'Đăng ký khai sinh',
      field: { code: 'ho-tich', name: 'Hộ tịch' },
      level: 'commune',
      resolverId: null,
      content: birth,
    },
    {
      ...base,
      code: '1.009994',
      name: 'Cấp giấy phép xây dựng mới',
      field: { code: 'xay-dung', name: 'Hoạt động xây dựng' },
      level: 'province',
      resolverId: departmentId,
      content: {
        ...permit,
        cases: [
          {
            code: 'sua-chua',
            name: 'Sửa chữa',
            componentCodes: ['C1'],
            channels: [{ channel: 'counter', term: { amount: 5, unit: 'working-days' }, fees: [] }],
          },
        ],
      },
    },
    {
      ...base,
      code: '2.000815',
      name: 'Chứng thực bản sao từ bản chính',
      field: { code: 'chung-thuc', name: 'Chứng thực' },
      level: 'commune',
      resolverId: null,
      content: content(null, [['Bản chính giấy tờ', true]], 20_000),
    },
  ]
}

/** A complete birth registration, or what `change` makes of it. */
export function birthIntake(change: Record<string, unknown> = {}): Intake {
  return Intake.parse({
    procedure: '1.001193',
    channel: 'counter',
    applicant: {
      kind: 'citizen',
      name: 'Nguyễn Văn An',
      idNumber: '000190000001',
      phone: '0900000001',
      address: 'Ấp 1',
    },
    components: [
      { code: 'C1', originals: 1 },
      { code: 'C2', originals: 1 },
    ],
    ...change,
  })
}

export function receiveBirth(ctx: Ctx, change: Record<string, unknown> = {}): Promise<Answer> {
  return receiveDossier(ctx, birthIntake(change), randomUUID())
}

/** Carries out a command as the API would: input through the command's schema. */
export function command(
  ctx: Ctx,
  ref: string | null,
  type: string,
  input: Record<string, unknown> = {},
  more: { commandId?: string; expectedVersion?: number } = {},
): Promise<Answer> {
  const parsed = findCommand(type).input.parse(input)
  return executeCommand(ctx, {
    ref: ref ?? '',
    type,
    input: parsed,
    commandId: more.commandId ?? randomUUID(),
    ...more,
  })
}

/** Brings a birth registration to `state` along the usual way. */
export async function advanceTo(office: Office, code: string | null, state: string): Promise<void> {
  const way: [by: string, type: string, input: Record<string, unknown>, leadsTo: string][] = [
    ['leader', 'assign', { assignee: 'specialist' }, 'in-process'],
    ['specialist', 'appraise', {}, 'appraised'],
    ['specialist', 'submit-for-approval', {}, 'pending-approval'],
    ['leader', 'approve', {}, 'approved'],
    ['clerk', 'sign-result', { number: '12/GKS', signer: 'Cán bộ leader' }, 'signed'],
    ['clerk', 'result-ready', {}, 'result-ready'],
    ['intake', 'hand-over', {}, 'closed'],
  ]
  for (const [by, type, input, leadsTo] of way) {
    await command(office.as(by), code, type, input)
    if (leadsTo === state) return
  }
}
