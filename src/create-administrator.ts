import { text } from 'node:stream/consumers'
import { assignRole } from '#src/accounts/assign-role.ts'
import { CreateAccount, createAccount } from '#src/accounts/create-account.ts'
import { listAgencies } from '#src/agencies/agency.query.ts'
import { ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'

type Asked = { username: string | undefined; name: string | undefined; agency: string | undefined }

/** The first administrator of an installation, from the command line. Throws ConfigError with a sentence on what is missing. */
export async function createAdministrator(ctx: Ctx, asked: Asked): Promise<void> {
  const agency = await agencyCode(ctx, asked.agency)
  const input = CreateAccount.safeParse({
    username: asked.username,
    name: asked.name ?? asked.username,
    password: await readPassword(),
  })
  if (!input.success) {
    throw new ConfigError(
      `These are missing or cannot be used: ${input.error.issues.map(issue => issue.path.join('.')).join(', ')}.`,
    )
  }
  await transact(ctx, async inner => {
    const { id } = await createAccount(inner, input.data)
    await assignRole(inner, { accountId: id, agency, role: 'admin' })
  })
  console.log(`${input.data.username} may now sign in as administrator of ${agency}.`)
}

async function agencyCode(ctx: Ctx, wanted: string | undefined): Promise<string> {
  const agencies = await listAgencies(ctx)
  const top = agencies.find(agency => (wanted ? agency.code === wanted : agency.parentId === null))
  if (top) return top.code
  throw new ConfigError(
    wanted ? `There is no agency ${wanted}.` : 'There is no agency yet that the administrator could belong to.',
  )
}

/** Never from the arguments, which every user of the machine can read while the command runs. */
async function readPassword(): Promise<string> {
  if (process.env.ADMIN_PASSWORD) return process.env.ADMIN_PASSWORD
  if (process.stdin.isTTY) console.error('Type the password, then Enter and Ctrl-D:')
  return (await text(process.stdin)).replace(/\r?\n$/u, '')
}
