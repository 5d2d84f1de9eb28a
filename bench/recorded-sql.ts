import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { findCommand } from '#src/casework/commands.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import type { Scene } from './scene.ts'

/** A birth registration as a desk sends it. */
export const intakeBody = {
  procedure: '1.001193',
  channel: 'counter',
  applicant: {
    kind: 'citizen',
    name: 'Nguyễn Văn An',
    idNumber: '000190000001',
    phone: '0900000001',
    address: 'Ấp 1, xã Thanh Bình',
  },
  components: [
    { code: 'C1', originals: 1 },
    { code: 'C2', originals: 1 },
  ],
}

/** A dossier's way after its reception: who does what. */
export const STEPS: [role: Role, body: { type: string } & Record<string, unknown>][] = [
  ['leader', { type: 'assign', assignee: 'specialist' }],
  ['specialist', { type: 'appraise' }],
  ['specialist', { type: 'submit-for-approval' }],
  ['leader', { type: 'approve' }],
  ['clerk', { type: 'sign-result', number: '12/GKS', signer: 'Lãnh đạo' }],
  ['clerk', { type: 'result-ready' }],
  ['intake', { type: 'hand-over' }],
]

/** The one statement a use case writes with, and its values for another agency, dossier or command. */
export type Recorded = {
  text: string
  /** `facts: false` leaves out what is written for reports. */
  with(values: { agency?: number; id?: number; version?: number; command?: string; facts?: false }): unknown[]
}

/** Carries out use cases while listening to the driver, and keeps their writes: the same rows, without the rules. */
async function listen(work: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
  const heard: { text: string; values: unknown[] }[] = []
  const driver = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const original = driver.query
  driver.query = function query(...args) {
    const [config] = args as [{ text?: string; values?: unknown[] }]
    if (config?.text?.includes('INSERT INTO dossier_event')) {
      heard.push({ text: config.text, values: [...(config.values ?? [])] })
    }
    return original.apply(this, args)
  }
  try {
    await work()
  } finally {
    driver.query = original
  }
  return heard
}

/** The write of a reception. */
export async function recordIntake(scene: Scene): Promise<Recorded> {
  const command = randomUUID()
  const [write] = await listen(() => receiveOne(scene, command))
  if (!write) throw new Error('nothing was written')
  return ofIntake(write, command)
}

/** The writes of a dossier's life after its reception, in their order: played again and again, each moves the row as it did then. */
export async function recordLife(scene: Scene): Promise<Recorded[]> {
  const recorded: Recorded[] = []
  const { code } = await receiveOne(scene, randomUUID())
  for (const [role, { type, ...input }] of STEPS) {
    const command = randomUUID()
    const ctx = await officer(scene, role)
    const parsed = findCommand(type).input.parse(input)
    const [write] = await listen(() =>
      executeCommand(ctx, { ref: code ?? '', type, input: parsed, commandId: command }),
    )
    if (!write) throw new Error(`${type} wrote nothing`)
    recorded.push(ofAdvance(write, command))
  }
  return recorded
}

async function officer(scene: Scene, role: Role): Promise<Ctx> {
  const row = await scene.ctx.db
    .selectFrom('assignment')
    .innerJoin('agency', 'agency.id', 'assignment.agency_id')
    .select(['assignment.id', 'account_id', 'agency_id', 'agency.code'])
    .where('role', '=', role)
    .orderBy('assignment.id')
    .executeTakeFirstOrThrow()
  const place = { agencyId: row.agency_id, agencyCode: row.code, servicePointId: null }
  return {
    ...scene.ctx,
    actor: { kind: 'officer', accountId: row.account_id, assignmentId: row.id, name: role, role, ...place },
  }
}

async function receiveOne(scene: Scene, command: string) {
  return receiveDossier(await officer(scene, 'intake'), Intake.parse(intakeBody), command)
}

/** Columns that hold the agency of the recorded dossier, wherever they stand in the statement. */
function ofIntake({ text, values }: { text: string; values: unknown[] }, command: string): Recorded {
  const columns = /INSERT INTO dossier \(([^)]+)\)/u.exec(text)?.[1]?.split(', ') ?? []
  const agencyAt = ['receiving_agency_id', 'competent_agency_id', 'holder_agency_id'].map(name => columns.indexOf(name))
  const agency = values[agencyAt[0] ?? 0]
  const counterAt = values.findIndex((value, i) => i >= columns.length - 2 && value === agency)
  const commandAt = values.indexOf(command)
  return {
    text,
    with: to => {
      const next = [...values]
      for (const at of [...agencyAt, counterAt]) next[at] = Number(agency) + (to.agency ?? 1) - 1
      next[commandAt] = to.command
      if (to.facts === false) next.splice(-FACTS, FACTS, ...Array.from({ length: FACTS }, () => []))
      return next
    },
  }
}

/** Lists at the end of every write: instants, measures and numbers of its facts. */
const FACTS = 3

function ofAdvance({ text, values }: { text: string; values: unknown[] }, command: string): Recorded {
  const parameter = (pattern: RegExp) => Number(pattern.exec(text)?.[1]) - 1
  const versionAt = parameter(/version = \$(\d+)::int[, ]/u)
  const idAt = parameter(/WHERE id = \$(\d+)/u)
  const expectedAt = parameter(/AND version = \$(\d+)/u)
  const seqAt = values.findIndex(value => Array.isArray(value) && value[0] === values[versionAt])
  const commandAt = values.indexOf(command)
  return {
    text,
    with: to => {
      const next = [...values]
      const version = to.version ?? 1
      next[idAt] = to.id
      next[expectedAt] = version
      next[versionAt] = version + 1
      next[seqAt] = [version + 1]
      next[commandAt] = to.command
      return next
    },
  }
}
