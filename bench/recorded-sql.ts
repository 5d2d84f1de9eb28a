import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { executeCommand } from '#src/casework/execute-command.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import type { Scene } from './scene.ts'

/** The one statement a use case writes with, and its values for another agency, dossier or command. */
export type Recorded = {
  text: string
  with(values: { agency?: number; id?: number; version?: number; command?: string }): unknown[]
}

/** Carries out the use case once while listening to the driver, and keeps its write: the same rows, without the rules. */
export async function record(scene: Scene, what: 'intake' | 'advance'): Promise<Recorded> {
  const heard: { text: string; values: unknown[] }[] = []
  const driver = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const original = driver.query
  driver.query = function query(...args) {
    const [config] = args as [{ text?: string; values?: unknown[] }]
    if (config?.text?.includes('INSERT INTO dossier_event'))
      heard.push({ text: config.text, values: [...(config.values ?? [])] })
    return original.apply(this, args)
  }
  const command = randomUUID()
  try {
    await (what === 'intake' ? receiveOne(scene, command) : assignOne(scene, command))
  } finally {
    driver.query = original
  }
  const write = heard.at(-1)
  if (!write) throw new Error('nothing was written')
  return what === 'intake' ? ofIntake(write, command) : ofAdvance(write, command)
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
  const intake = Intake.parse({
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
  })
  return receiveDossier(await officer(scene, 'intake'), intake, command)
}

async function assignOne(scene: Scene, command: string) {
  const { code } = await receiveOne(scene, randomUUID())
  const input = { assignee: 'specialist' }
  return executeCommand(await officer(scene, 'leader'), { ref: code ?? '', type: 'assign', input, commandId: command })
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
      return next
    },
  }
}

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
