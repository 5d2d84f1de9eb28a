import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'
import { named } from '#src/platform/field-problems.ts'

// Argon2id with the library's defaults (19 MiB, 2 passes, one lane: OWASP's first recommendation). It runs on the library's
// threads, so that a morning's sign-ins do not stop other requests.

/** A new password: 8 to 200 characters. */
export const newPassword = named(z.string().min(8).max(200), 'mật khẩu', 'the password')

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'))
}

let nobodysHash: Promise<string> | undefined

/** Whether `password` is the one hashed. Without a hash it takes as long and is false, so that an unknown name cannot be told by time. */
export async function passwordMatches(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobodysHash ??= hash('')
  const matches = await verify(passwordHash ?? (await nobodysHash), password.normalize('NFC'))
  return matches && passwordHash !== undefined
}
