import { text } from 'node:stream/consumers'
import { assignRole } from '#src/accounts/assign-role.ts'
import { CreateAccount, createAccount } from '#src/accounts/create-account.ts'
import { listAgencies } from '#src/agencies/agency.query.ts'
import { CreateAgency, createAgency } from '#src/agencies/create-agency.ts'
import { installNationalCalendar } from '#src/calendar/install-national-calendar.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { isoLocal } from '#src/platform/text.ts'

type Asked = Partial<Record<'username' | 'name' | 'agency' | 'agencyName', string | undefined>>

/**
 * An administrator from the command line. On an empty installation also the national calendar and the province they belong to.
 * Throws ConfigError with a sentence on what is missing.
 */
export async function createAdministrator(ctx: Ctx, asked: Asked): Promise<void> {
  const account = readable(CreateAccount, {
    username: asked.username,
    name: asked.name ?? asked.username,
    password: await readPassword(),
  })
  await transact(ctx, async inner => {
    const agency = await agencyCode(inner, asked)
    const { id } = await createAccount(inner, account)
    await assignRole(inner, { accountId: id, agency, role: 'admin' })
    console.log(`${account.username} may now sign in as administrator of ${agency}.`)
  })
}

async function agencyCode(ctx: Ctx, { agency: code, agencyName }: Asked): Promise<string> {
  const agencies = await listAgencies(ctx)
  const found = agencies.find(agency => (code ? agency.code === code : agency.parentId === null))
  if (found) return found.code
  if (agencies.length) throw new ConfigError(`There is no agency ${code}.`)
  if (!code || !agencyName) {
    throw new ConfigError('There is no agency yet: name the province with --agency <code> --agency-name <name>.')
  }
  await installNationalCalendar(ctx)
  const province = readable(CreateAgency, {
    code,
    name: agencyName,
    shortName: agencyName,
    kind: 'province',
    calendar: nationalCalendar.id,
    validFrom: isoLocal(ctx.clock.now()).slice(0, 10),
  })
  await createAgency(ctx, province)
  return code
}

type Schema<V> = {
  safeParse(
    input: unknown,
  ): { success: true; data: V } | { success: false; error: { issues: { path: PropertyKey[] }[] } }
}

function readable<V>(schema: Schema<V>, input: object): V {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const fields = new Set(read.error.issues.map(issue => issue.path.join('.')))
  throw new ConfigError(`Missing, or not usable: ${[...fields].join(', ')}.`)
}

/** Never from the arguments, which every user of the machine can read while the command runs. */
async function readPassword(): Promise<string> {
  if (process.env.ADMIN_PASSWORD) return process.env.ADMIN_PASSWORD
  if (process.stdin.isTTY) console.error('Type the password, then Enter and Ctrl-D:')
  return (await text(process.stdin)).replace(/\r?\n$/u, '')
}
