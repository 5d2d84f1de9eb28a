import { z } from '@hono/zod-openapi'
import type { FieldProblem } from './field-problems.ts'
import type { App, RequestContext } from './http.ts'
import { fillIn, type Refusal, type RefusalKind, type RefusalTexts } from './refusal.ts'
import type { T } from './text.ts'

/** Errors of the API (RFC 9457, application/problem+json). */
export const Problem = z
  .object({
    type: z
      .string()
      .openapi({ description: 'Stable address of this kind of refusal', example: '/api#dossier-changed' }),
    title: z.string().openapi({ description: 'What kind of refusal it is' }),
    status: z.number().int(),
    code: z.string().openapi({ description: 'Stable code of the refusal', example: 'dossier-changed' }),
    detail: z
      .string()
      .openapi({ description: 'A sentence for the person, in the language of Accept-Language or the cookie' }),
    field: z
      .string()
      .optional()
      .openapi({ description: 'Dotted name of the field concerned', example: 'applicant.name' }),
    errors: z
      .array(z.object({ field: z.string(), code: z.string().optional(), message: z.string() }))
      .optional()
      .openapi({ description: 'Every field that is wrong' }),
    requestId: z.string().openapi({ description: 'To be quoted when asking for help' }),
  })
  .openapi('Problem')
export type Problem = z.infer<typeof Problem>

/** Codes of the platform itself; each room lists its own in `<room>.refusals.ts`. */
export const platformRefusals: RefusalTexts = {
  'sign-in-needed': ['Ông/bà cần đăng nhập để tiếp tục.', 'Please sign in to continue.'],
  'officers-only': ['Phần này chỉ dành cho cán bộ.', 'This part is for officers only.'],
  'citizens-only': ['Phần này chỉ dành cho công dân, tổ chức.', 'This part is for citizens and organisations only.'],
  'role-not-allowed': ['Vai trò hiện tại của ông/bà không được làm việc này.', 'Your current role may not do this.'],
  'page-not-found': [
    'Địa chỉ này không dẫn đến nội dung nào. Ông/bà hãy kiểm tra lại địa chỉ.',
    'There is nothing at this address. Please check it.',
  ],
  'command-id-unusable': [
    'Mã chống gửi trùng (Idempotency-Key) phải gồm 1 đến 200 ký tự in được, không có dấu cách.',
    'Idempotency-Key must be 1 to 200 printable characters without spaces.',
  ],
  'command-id-reused': [
    'Mã chống gửi trùng này đã dùng cho một yêu cầu khác.',
    'This Idempotency-Key was used for a different request.',
  ],
  'cross-site': [
    'Yêu cầu đến từ một trang khác nên không được thực hiện. Ông/bà hãy mở lại trang và thử lại.',
    'The request came from another site and was not carried out. Open the page again and retry.',
  ],
  'body-too-large': ['Nội dung gửi lên vượt quá {limit} MB.', 'What was sent is larger than {limit} MB.'],
  'body-unreadable': ['Không đọc được nội dung gửi lên.', 'The body of the request cannot be read.'],
  'media-type-unsupported': [
    'Kiểu nội dung (Content-Type) này không được nhận; hãy gửi application/json.',
    'This Content-Type is not accepted; send application/json.',
  ],
  'fields-invalid': ['Có thông tin chưa đúng, xin xem từng mục.', 'Some fields are not right; see each of them.'],
  'text-unreadable': [
    'Có ký tự không lưu được trong nội dung gửi lên.',
    'The request contains characters that cannot be stored.',
  ],
}

/** Codes whose status says more than their kind. */
const STATUS_OF_CODE: Record<string, ProblemStatus> = {
  'body-too-large': 413,
  'body-unreadable': 400,
  'text-unreadable': 400,
  'media-type-unsupported': 415,
}
type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429

const KINDS: Record<RefusalKind, readonly [status: ProblemStatus, vi: string, en: string]> = {
  invalid: [422, 'Thông tin chưa đúng', 'Not valid'],
  unauthenticated: [401, 'Chưa đăng nhập', 'Not signed in'],
  forbidden: [403, 'Không được phép', 'Not allowed'],
  'not-found': [404, 'Không tìm thấy', 'Not found'],
  conflict: [409, 'Không thực hiện được lúc này', 'Conflict'],
  'too-many': [429, 'Quá nhiều lần thử', 'Too many attempts'],
}

let texts: RefusalTexts = platformRefusals

/** Called once by src/app.tsx with the texts of the platform and of every room. */
export function useRefusalTexts(all: RefusalTexts): void {
  texts = all
}

/** The sentence a person is shown for a refusal. */
export function refusalSentence(refusal: Refusal, t: T): string {
  const text = texts[refusal.code]
  if (!text) throw new Error(`no text for the refusal "${refusal.code}"`)
  return fillIn(t(text[0], text[1]), refusal.params)
}

export function refusalStatus(refusal: Refusal): ProblemStatus {
  return STATUS_OF_CODE[refusal.code] ?? KINDS[refusal.kind][0]
}

export function refusalTitle(refusal: Refusal, t: T): string {
  const [, vi, en] = KINDS[refusal.kind]
  return t(vi, en)
}

/** What to show in a form that is sent back: the errors of the refusal, or its sentence at its field (`''` = the whole form). */
export function formErrors(refusal: Refusal, t: T): { field: string; message: string }[] {
  if (refusal.errors.length > 0) return refusal.errors
  return [{ field: refusal.field ?? '', message: refusalSentence(refusal, t) }]
}

/** The body of a problem+json answer, `requestId` excepted. */
export function problem(refusal: Refusal, t: T): Omit<Problem, 'requestId'> {
  const errors: (FieldProblem | { field: string; message: string })[] = refusal.errors
  return {
    type: `/api#${refusal.code}`,
    title: refusalTitle(refusal, t),
    status: refusalStatus(refusal),
    code: refusal.code,
    detail: refusalSentence(refusal, t),
    ...(refusal.field ? { field: refusal.field } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  }
}

export function sendProblem(c: RequestContext, body: Omit<Problem, 'requestId'>): Response {
  return c.body(JSON.stringify({ ...body, requestId: c.get('requestId') }), body.status as ProblemStatus | 500, {
    'Content-Type': 'application/problem+json; charset=utf-8',
  })
}

/** For `responses` of createRoute: a JSON body of this schema. */
export function answers<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

const MEANING: Record<ProblemStatus, string> = {
  400: 'The body cannot be read',
  401: 'Not signed in',
  403: 'Not allowed for this role',
  404: 'Not there, or not to be seen by this person',
  409: 'Not possible in the present state',
  413: 'Too large',
  415: 'Content-Type not accepted',
  422: 'Fields missing or wrong',
  429: 'Too many attempts',
}

/** For `responses` of createRoute: `{ 200: answers(Dossier, 'The dossier'), ...refuses(401, 404) }`. */
export function refuses<S extends ProblemStatus>(...statuses: S[]) {
  return Object.fromEntries(
    statuses.map(status => [
      status,
      { description: MEANING[status], content: { 'application/problem+json': { schema: Problem } } },
    ]),
  ) as unknown as Record<never, never>
}

/** The schema of a route's JSON body as the route declared it; `path` in the router's style (`/dossiers/:ref`). */
export function bodySchema(app: App, method: string, path: string): z.ZodType | undefined {
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue
    const { route } = definition
    if (route.method.toUpperCase() !== method || route.path.replace(/\{(\w+)\}/gu, ':$1') !== path) continue
    const json = route.request?.body?.content?.['application/json']
    return json && 'schema' in json && json.schema instanceof z.ZodType ? json.schema : undefined
  }
  return undefined
}
