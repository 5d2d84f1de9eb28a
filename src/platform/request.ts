import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import type { Env, RequestContext } from './http.ts'
import { requestSeconds } from './metrics.ts'
import { Refusal } from './refusal.ts'
import { SESSION_COOKIE } from './session.ts'
import { type Lang, translator } from './text.ts'

const LANG_COOKIE = 'lang'
const MB = 1024 * 1024
const BODY_LIMIT_MB = 1
const UPLOAD_LIMIT_MB = 30
const QUIET = new Set(['/healthz', '/readyz', '/metrics', '/assets/*'])

/** One line and one measurement per request: pattern, never address or query, since those name people's papers. */
export const logRequests: MiddlewareHandler<Env> = async (c, next) => {
  const startedAt = performance.now()
  await next()
  const ms = performance.now() - startedAt
  const last = routePath(c, -1)
  const route = last === '*' || last === '/*' ? 'unmatched' : last
  const { method } = c.req
  const { status } = c.res
  requestSeconds.observe({ method, route, status }, ms / 1000)
  const dossier = c.get('dossier')
  const line = { method, route, status, ms: Math.round(ms * 10) / 10, requestId: c.get('requestId'), dossier }
  c.get('services').log[QUIET.has(route) ? 'debug' : 'info'](line, 'request')
}

/** No inline script or style, no framing, no addresses of ours (they may hold a tracking secret) to other sites. */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const secure = publicUrl.startsWith('https:')
  return secureHeaders({
    // A route may be stricter: files people hand in are sent with no rights at all.
    overwrite: false,
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: secure ? 'max-age=31536000' : false,
    permissionsPolicy: { camera: ['self'], geolocation: [], microphone: [], payment: [], usb: [] },
  })
}

/** Vietnamese unless the person chose otherwise; machines may choose by Accept-Language. */
export const chooseLanguage: MiddlewareHandler<Env> = async (c, next) => {
  const chosen = getCookie(c, LANG_COOKIE) ?? (isApi(c) ? c.req.header('Accept-Language')?.slice(0, 2) : undefined)
  const lang: Lang = chosen === 'en' ? 'en' : 'vi'
  c.set('lang', lang)
  c.set('t', translator(lang))
  await next()
}

export function rememberLanguage(c: RequestContext, lang: Lang): void {
  setCookie(c, LANG_COOKIE, lang, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 365 * 24 * 3600 })
}

/**
 * A write must come from one of our own pages. Browsers say where a request comes from in Sec-Fetch-Site, older ones in
 * Origin; a request with neither is not from a browser and passes only without the cookie a browser would have added.
 */
export const refuseForeignWrites: MiddlewareHandler<Env> = async (c, next) => {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) && !isOurs(c)) throw new Refusal('forbidden', 'cross-site')
  await next()
}

function isOurs(c: RequestContext): boolean {
  if (bearerOf(c) !== undefined) return true
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('Origin')
  if (origin === undefined) return getCookie(c, SESSION_COOKIE) === undefined
  const host = c.req.header('Host') ?? new URL(c.req.url).host
  return hostOf(origin) === host || origin === c.get('services').config.publicUrl
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host
}

/** Uploads may be larger than what is typed. */
export const limitBodies: MiddlewareHandler<Env> = (c, next) => {
  const isUpload = c.req.header('Content-Type')?.toLowerCase().startsWith('multipart/form-data')
  return (isUpload ? limitUpload : limitBody)(c, next)
}
const limitBody = limitTo(BODY_LIMIT_MB)
const limitUpload = limitTo(UPLOAD_LIMIT_MB)

/** A body that says how long it is need not be measured: the server reads no more than that. */
function limitTo(limit: number): MiddlewareHandler {
  const tooLarge = () => {
    throw new Refusal('invalid', 'body-too-large', { params: { limit } })
  }
  const measure = bodyLimit({ maxSize: limit * MB, onError: tooLarge })
  return (c, next) => {
    const length = c.req.header('Content-Length')
    if (length === undefined || c.req.header('Transfer-Encoding') !== undefined) return measure(c, next)
    return Number(length) > limit * MB ? tooLarge() : next()
  }
}

/** The token of the Authorization header, if it is a Bearer token. */
function bearerOf(c: RequestContext): string | undefined {
  const header = c.req.header('Authorization')
  return header?.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7).trim() : undefined
}

export function tokenOf(c: RequestContext): string | undefined {
  return bearerOf(c) ?? getCookie(c, SESSION_COOKIE)
}

export function isApi(c: RequestContext): boolean {
  return c.req.path.startsWith('/api/')
}
