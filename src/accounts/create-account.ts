import { z } from 'zod'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { tidy } from '#src/platform/text.ts'
import { insertAccount } from './account.store.ts'
import { mayAdminister } from './may-administer.ts'
import { hashPassword, newPassword } from './password.ts'

export const CreateAccount = z.strictObject({
  kind: named(z.enum(['officer', 'citizen']), 'loại tài khoản', 'the kind of account').default('officer'),
  username: named(
    z
      .string()
      .overwrite(name => tidy(name).toLowerCase())
      .min(1)
      .regex(
        /^[a-z0-9][a-z0-9._-]{1,59}$/u,
        says(
          'Tên đăng nhập gồm 2–60 chữ thường không dấu, chữ số, dấu chấm, gạch dưới, gạch nối.',
          'A user name has 2–60 unaccented lower-case letters, digits, dots, underscores or hyphens.',
        ),
      ),
    'tên đăng nhập',
    'the user name',
  ),
  password: newPassword,
  name: named(line(120), 'họ và tên', 'the full name'),
  title: named(line(120), 'chức vụ', 'the title').optional(),
  idNumber: named(
    z.string().regex(/^(\d{9}|\d{12})$/u, says('Số định danh gồm 12 chữ số.', 'The ID number has 12 digits.')),
    'số định danh',
    'the ID number',
  ).optional(),
  phone: named(
    z
      .string()
      .overwrite(phone => phone.replace(/[\s.]/gu, ''))
      .regex(/^\+?\d{8,15}$/u, says('Số điện thoại gồm 8–15 chữ số.', 'A phone number has 8–15 digits.')),
    'số điện thoại',
    'the phone number',
  ).optional(),
  email: named(z.email().max(200), 'thư điện tử', 'the e-mail address').optional(),
})
export type CreateAccount = z.infer<typeof CreateAccount>

/** `demo` marks synthetic people; `passwordHash`, made of this very password before, lets many of them share one slow hash. */
export type NewAccount = CreateAccount & { demo?: boolean; passwordHash?: string }

/** A new account, to be given assignments by assignRole. Returns its id; throws `username-taken`. */
export async function createAccount(ctx: Ctx, input: NewAccount): Promise<{ id: number }> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'admin-only')
  const { password, passwordHash: madeBefore, demo = false, ...account } = input
  if (account.kind === 'citizen' && !account.idNumber) {
    throw new Refusal('invalid', 'citizen-needs-id-number', { field: 'idNumber' })
  }
  const passwordHash = madeBefore ?? (await hashPassword(password))
  const { title, idNumber, phone, email } = account
  const row = { ...account, title, idNumber, phone, email, passwordHash, demo, createdAt: ctx.clock.now() }
  return transact(ctx, async inner => {
    const id = await insertAccount(inner.db, row).catch(refuseTakenName)
    await audit(inner, { action: 'create-account', subject: `account:${id}`, detail: { kind: account.kind } })
    return { id }
  })
}

function refuseTakenName(error: unknown): never {
  if (brokeConstraint(error, 'account_username')) throw new Refusal('conflict', 'username-taken', { field: 'username' })
  throw error
}
