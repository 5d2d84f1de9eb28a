import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Citizen, Officer } from './ctx.ts'

/** A person signed in, as the session's row keeps it. */
export type Session = {
  tokenHash: Buffer
  expiresAt: Date
  actor: Officer | Citizen
  /** Where the officer acts: names for the screen. Undefined for citizens. */
  place: SessionPlace | undefined
  /** True when the officer has other assignments to switch to. */
  canSwitch: boolean
  /** What the officer has been told and has not read yet, to a hundred, as of a moment ago. */
  unread: number
}
export type SessionPlace = { agency: string; agencyShort: string; servicePoint?: string | undefined }

export const SESSION_COOKIE = 'motcua'
export const SESSION_HOURS = 12

/** A new token for the cookie or the Authorization header: 32 random bytes and their HMAC under the installation's secret. */
export function mintToken(secret: string): string {
  const id = randomBytes(32).toString('base64url')
  return `${id}.${sign(id, secret)}`
}

/** The key of the session's row, or undefined when the token was not signed by this installation. Constant time. */
export function readToken(token: string, secret: string): Buffer | undefined {
  const [id, signature, more] = token.split('.')
  if (!id || !signature || more !== undefined) return undefined
  const expected = Buffer.from(sign(id, secret))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  return createHash('sha256').update(id).digest()
}

function sign(id: string, secret: string): string {
  return createHmac('sha256', secret).update(id).digest('base64url')
}
