import { randomUUID } from 'node:crypto'
import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Blobs } from './blobs.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Citizen, Ctx, Officer, Role } from './ctx.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import { Refusal } from './refusal.ts'
import { SESSION_COOKIE, type Session } from './session.ts'
import { instantText, type Lang, type T } from './text.ts'

export type Services = { db: Db; clock: Clock; log: Log; blobs: Blobs; config: Config }

export type Env = {
  Variables: {
    services: Services
    ctx: Ctx
    t: T
    lang: Lang
    requestId: string
    session: Session | null
    /** Code of the dossier a request is about, set by its route: it joins the log line. */
    dossier?: string
  }
}
export type App = OpenAPIHono<Env>
/** What a page or a route is given. Wide enough for routes declared with and without OpenAPI. */
// biome-ignore lint/suspicious/noExplicitAny: the path and input types differ per route and do not matter here
export type RequestContext = Context<Env, any, any>

/** The officer who asks; throws `unauthenticated` for visitors, `forbidden` for citizens. */
export function officerOf(c: RequestContext): Officer {
  const { actor } = c.get('ctx')
  if (actor.kind === 'officer') return actor
  if (actor.kind === 'citizen') throw new Refusal('forbidden', 'officers-only')
  throw new Refusal('unauthenticated', 'sign-in-needed')
}

/** The citizen who asks; throws `unauthenticated` for visitors, `forbidden` for officers. */
export function citizenOf(c: RequestContext): Citizen {
  const { actor } = c.get('ctx')
  if (actor.kind === 'citizen') return actor
  if (actor.kind === 'officer') throw new Refusal('forbidden', 'citizens-only')
  throw new Refusal('unauthenticated', 'sign-in-needed')
}

/** Throws `forbidden` unless the officer acts in one of these roles. */
export function needRole(officer: Officer, ...allowed: readonly Role[]): void {
  if (!allowed.includes(officer.role)) throw new Refusal('forbidden', 'role-not-allowed')
}

/**
 * As `middleware` of an API route: who is not an officer is told so before being told what is wrong with the body.
 * The use case checks again what this officer may do.
 */
export const officersOnly: MiddlewareHandler<Env> = async (c, next) => {
  officerOf(c)
  await next()
}

/** The same for what citizens may do as well as officers. */
export const signedInOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (!c.get('session')) throw new Refusal('unauthenticated', 'sign-in-needed')
  await next()
}

/**
 * The id under which a write is done once: the Idempotency-Key header, or the form's hidden `commandId`.
 * Without either a new one, so that the write counts as not repeated. Throws `invalid` for anything but 1–200 printable characters.
 */
export function commandIdOf(c: RequestContext, form?: FormData): string {
  const posted = form?.get('commandId')
  const id = c.req.header('Idempotency-Key') ?? (typeof posted === 'string' ? posted : undefined)
  if (id === undefined) return randomUUID()
  if (!/^[\x21-\x7e]{1,200}$/u.test(id))
    throw new Refusal('invalid', 'command-id-unusable', { field: 'Idempotency-Key' })
  return id
}

/** As `headers` of an API route that writes. */
export const onceHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: 'The same key again changes nothing and answers the same' }),
})

/** The posted form; throws `invalid` when the body is not one. */
export async function readForm(c: RequestContext): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch (cause) {
    throw Object.assign(new Refusal('invalid', 'body-unreadable'), { cause })
  }
}

/** Answers with a whole page: `return page(c, <OfficerPage …/>)`; 422 when a form comes back with errors. */
export function page(c: RequestContext, document: VNode, status: ContentfulStatusCode = 200): Response {
  return c.html(`<!doctype html>${renderToString(document)}`, status)
}

/** 303 after a successful post. */
export function seeOther(c: RequestContext, path: string): Response {
  return c.redirect(path, 303)
}

/** Path and query of the request, for links that come back here. */
export function pathOf(c: RequestContext): string {
  const url = new URL(c.req.url)
  return url.pathname + url.search
}

/** `path` when it leads to this site, else `fallback`: what a `back` or `next` parameter may be used for. */
export function samePlace(path: string | undefined, fallback: string): string {
  // `//host` and `/\host` lead elsewhere; control characters are dropped by browsers and could hide either.
  return path && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path) ? path : fallback
}

export function setSessionCookie(c: RequestContext, token: string, expiresAt: Date): void {
  const { clock, config } = c.get('services')
  setCookie(c, SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: config.publicUrl.startsWith('https:'),
    // By age, not by date: a training clock's dates mean nothing to a browser.
    maxAge: Math.max(0, Math.round((expiresAt.getTime() - clock.now().getTime()) / 1000)),
  })
}

export function clearSessionCookie(c: RequestContext): void {
  deleteCookie(c, SESSION_COOKIE, { path: '/' })
}

/** The secret tokens are signed with. The doors set one before the first request. */
export function sessionSecret(c: RequestContext): string {
  const secret = c.get('services').config.sessionSecret
  if (!secret) throw new Error('SESSION_SECRET is not set')
  return secret
}

/** What every page says on top while the clock is one for practice. */
export function bannerOf(c: RequestContext): string | undefined {
  const { clock } = c.get('services')
  if (!clock.training) return undefined
  const t = c.get('t')
  const { speed } = clock.training
  const at = instantText(clock.now())
  return speed === 1
    ? t(`Đồng hồ tập huấn: ${at}`, `Training clock: ${at}`)
    : t(`Đồng hồ tập huấn: ${at}, nhanh gấp ${speed} lần`, `Training clock: ${at}, ${speed} times as fast`)
}
