import { z } from 'zod'
import { PublicPage } from '#src/accounts/public-page.tsx'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, line, parseForm } from '#src/platform/form.ts'
import { type App, page, type RequestContext, seeOther } from '#src/platform/http.ts'
import { refusalSentence } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { ErrorSummary, Form, TextField } from '#src/ui/form.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { dossierCodeFrom, findTracked, secretFrom } from './tracking.query.ts'
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
    return seeOther(c, `${HOME}/${encodeURIComponent(dossierCodeFrom(code))}?m=${encodeURIComponent(secretFrom(m))}`)
  })
  app.get(`${HOME}/:code`, getTracking)
}

async function getTracking(c: RequestContext): Promise<Response> {
  const [ctx, t] = [c.get('ctx'), c.get('t')]
  const code = c.req.param('code') ?? ''
  const secret = c.req.query('m')
  // A code typed into the address bar: only the other half is missing.
  if (secret === undefined) return page(c, <AskPage c={c} values={{ code }} />)
  const found = await findTracked(ctx, { code, secret })
  if (!found?.facts.code) {
    const message = refusalSentence(new Refusal('not-found', 'tracking-not-found'), t)
    return page(c, <AskPage c={c} values={{ code, m: secret }} errors={[{ field: 'code', message }]} />, 404)
  }
  c.set('dossier', found.facts.code)
  // Whoever uses the same computer next must not find it again.
  c.header('Cache-Control', 'private, no-store')
  const now = ctx.clock.now()
  const tracking = trackingOf(found.facts, { ...found, now }, t)
  return page(
    c,
    <PublicPage c={c} title={found.facts.code} current={HOME}>
      <TrackingView t={t} tracking={tracking} crumb={{ label: t('Tra cứu hồ sơ', 'Track a dossier'), href: HOME }} />
    </PublicPage>,
  )
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
