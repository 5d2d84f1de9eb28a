import { z } from 'zod'
import { PublicPage } from '#src/accounts/public-page.tsx'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, line, parseForm } from '#src/platform/form.ts'
import { type App, page, type RequestContext, seeOther } from '#src/platform/http.ts'
import { refusalSentence } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { ErrorSummary, Form, TextField } from '#src/ui/form.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { ProcessPage } from './process-page.tsx'
import { findTrackedProcess } from './tracked-process.query.ts'
import { bySecret, dossierCodeFrom, findTracked, secretFrom } from './tracking.query.ts'
import { trackingOf } from './tracking.ts'
import { TrackingView } from './tracking-view.tsx'

const HOME = '/tra-cuu'

const Question = z.strictObject({
  code: named(line(80), 'mã hồ sơ', 'the dossier code'),
  m: named(line(40), 'mã tra cứu', 'the tracking code'),
})

/** Tracking without an account: a form, and the address in the QR code of every slip. */
export function trackingPortal(app: App): void {
  app.get(HOME, c => {
    const query = new URL(c.req.url).searchParams
    const t = c.get('t')
    if (!query.has('code') && !query.has('m')) return page(c, <AskPage c={c} />)
    const parsed = parseForm(Question, query, t)
    if (!parsed.ok) return page(c, <AskPage c={c} {...parsed} />, 422)
    const { code, m } = parsed.value
    return seeOther(c, addressOf({ code, secret: m }))
  })
  app.get(`${HOME}/:code`, getTracking)
  app.get(`${HOME}/:code/quy-trinh`, getProcess)
}

type Slip = { code: string; secret: string }

/** The dossier's page, or one below it. */
const addressOf = ({ code, secret }: Slip, below = '') =>
  `${HOME}/${encodeURIComponent(dossierCodeFrom(code))}${below}?m=${encodeURIComponent(secretFrom(secret))}`

async function getTracking(c: RequestContext): Promise<Response> {
  const [ctx, t] = [c.get('ctx'), c.get('t')]
  const slip = slipOf(c)
  const found = slip && (await findTracked(ctx, slip))
  if (!slip || !found?.facts.code) return askAgain(c, slip)
  forItsOwner(c, found.facts.code)
  const tracking = trackingOf(found.facts, { ...found, now: ctx.clock.now() }, t)
  return page(
    c,
    <PublicPage c={c} title={found.facts.code} current={HOME}>
      <TrackingView t={t} tracking={tracking} crumb={crumbOf(t)} picture={addressOf(slip, '/quy-trinh')} />
    </PublicPage>,
  )
}

async function getProcess(c: RequestContext): Promise<Response> {
  const ctx = c.get('ctx')
  const slip = slipOf(c)
  const found = slip && (await findTrackedProcess(ctx, bySecret(ctx, slip)))
  if (!slip || !found?.code) return askAgain(c, slip)
  forItsOwner(c, found.code)
  const crumb = crumbOf(c.get('t'))
  return page(c, <ProcessPage c={c} tracked={found} current={HOME} crumb={crumb} back={addressOf(slip)} />)
}

const crumbOf = (t: T) => ({ label: t('Tra cứu hồ sơ', 'Track a dossier'), href: HOME })

/** Undefined for a code typed into the address bar: the other half is missing. */
function slipOf(c: RequestContext): Slip | undefined {
  const secret = c.req.query('m')
  return secret === undefined ? undefined : { code: c.req.param('code') ?? '', secret }
}

/** The form with what was given: for the half that is missing, or because the two do not belong together. */
function askAgain(c: RequestContext, slip: Slip | undefined): Response | Promise<Response> {
  if (!slip) return page(c, <AskPage c={c} values={{ code: c.req.param('code') ?? '' }} />)
  const message = refusalSentence(new Refusal('not-found', 'tracking-not-found'), c.get('t'))
  const values = { code: slip.code, m: slip.secret }
  return page(c, <AskPage c={c} values={values} errors={[{ field: 'code', message }]} />, 404)
}

/** Whoever uses the same computer next must not find it again. */
function forItsOwner(c: RequestContext, code: string): void {
  c.set('dossier', code)
  c.header('Cache-Control', 'private, no-store')
}

type AskProps = { c: RequestContext; errors?: FieldError[]; values?: FormValues }

function AskPage({ c, errors = [], values = {} }: AskProps) {
  const t = c.get('t')
  const field = { t, errors, values, required: true, autoComplete: 'off', size: 'medium' as const }
  const title = t('Tra cứu hồ sơ', 'Track a dossier')
  return (
    <PublicPage c={c} title={title} current={HOME} narrow>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Không cần đăng nhập. Hai mã được in trên giấy tiếp nhận và hẹn trả kết quả; ông/bà cũng có thể quét mã QR trên giấy đó.',
          'No account needed. Both codes are printed on the receipt slip; you can also scan its QR code.',
        )}
      />
      <Form action={HOME} method="get">
        <TextField
          {...field}
          name="code"
          label={t('Mã hồ sơ', 'Dossier code')}
          hint={t('Ví dụ: H20.01-261119-0042', 'For example: H20.01-261119-0042')}
          maxLength={80}
        />
        <TextField
          {...field}
          name="m"
          label={t('Mã tra cứu', 'Tracking code')}
          hint={t('Tám chữ và số, viết hoa hay thường đều được', 'Eight letters and digits, in capitals or not')}
          maxLength={40}
        />
        <Actions>
          <Button large>{t('Xem hồ sơ', 'Show the dossier')}</Button>
        </Actions>
      </Form>
    </PublicPage>
  )
}
