import { HTTPException } from 'hono/http-exception'
import { page, pathOf, type RequestContext, seeOther } from '#src/platform/http.ts'
import { problem, refusalSentence, refusalStatus, refusalTitle, sendProblem } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isApi } from '#src/platform/request.ts'
import { ErrorPage } from './error-page.tsx'

/** What was thrown, as a page or as problem+json: a refusal by its sentence, a fault of ours without what it broke on. */
export function answerError(error: Error, c: RequestContext): Response {
  const refusal = refusalOf(error)
  if (refusal) return answerRefusal(c, refusal)
  logFault(c, error)
  const t = c.get('t')
  const away = isDatabaseAway(error)
  const status = away ? 503 : 500
  const title = away ? t('Hệ thống đang bận', 'The system is busy') : t('Hệ thống gặp lỗi', 'Something went wrong')
  const detail = away
    ? t(
        'Chưa làm được lúc này. Xin ông/bà thử lại sau ít phút.',
        'Not possible right now. Please try again in a few minutes.',
      )
    : t(
        'Lỗi này đã được ghi lại. Xin ông/bà thử lại; nếu vẫn gặp lỗi, hãy báo người quản trị.',
        'The fault has been recorded. Please try again; if it happens again, tell an administrator.',
      )
  if (isApi(c)) {
    const code = away ? 'busy' : 'fault'
    return sendProblem(c, { type: `/api#${code}`, title, status, code, detail })
  }
  return page(c, <ErrorPage c={c} title={title} sentence={detail} showRequestId />, status)
}

export function answerRefusal(c: RequestContext, refusal: Refusal): Response {
  const t = c.get('t')
  if (isApi(c)) return sendProblem(c, problem(refusal, t))
  const isVisitor = refusal.kind === 'unauthenticated'
  if (isVisitor && c.req.method === 'GET') return seeOther(c, `/dang-nhap?next=${encodeURIComponent(pathOf(c))}`)
  const sentence = refusalSentence(refusal, t)
  const title =
    refusal.code === 'page-not-found' ? t('Không tìm thấy trang', 'Page not found') : refusalTitle(refusal, t)
  return page(c, <ErrorPage c={c} title={title} sentence={sentence} offerSignIn={isVisitor} />, refusalStatus(refusal))
}

/** What the framework and the database refuse is the sender's doing just as well. */
function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof HTTPException) {
    if (error.status === 415) return new Refusal('invalid', 'media-type-unsupported')
    if (error.status === 400) return new Refusal('invalid', 'body-unreadable')
  }
  // NUL and broken UTF-16 arrive in paths and queries too; PostgreSQL has no way to hold them.
  const code = codeOf(error)
  return code === '22021' || code === '22P05' ? new Refusal('invalid', 'text-unreadable') : undefined
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '')

/** Named by its code, or by the driver's words where it gives none: a server that dies while it is asked. */
function isDatabaseAway(error: Error): boolean {
  return (
    /^(ECONN|EPIPE|57P|08|53300)/u.test(codeOf(error)) ||
    /timeout exceeded when trying to connect|Connection terminated|encountered a connection error/u.test(error.message)
  )
}

/** Where it broke, without what it broke on: messages about data (class 22) and `detail` quote people's papers. */
export function logFault(c: RequestContext, error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const code = codeOf(error)
  const frames = stack?.slice(stack.indexOf('\n    at ') + 1)
  const said = code.startsWith('22') ? undefined : message
  c.get('services').log.error({ requestId: c.get('requestId'), name, code, message: said, stack: frames }, 'fault')
}
