import type { Officer } from '#src/platform/ctx.ts'
import { type FormValues, parseForm } from '#src/platform/form.ts'
import type { App, RequestContext } from '#src/platform/http.ts'
import {
  clearSessionCookie,
  officerOf,
  page,
  readForm,
  samePlace,
  seeOther,
  sessionSecret,
  setSessionCookie,
} from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { rememberLanguage } from '#src/platform/request.ts'
import type { Session } from '#src/platform/session.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { RadioGroup } from '#src/ui/choice.tsx'
import { ErrorSummary, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { roleName } from './account.ts'
import { type Assignment, listAssignments, listSubstitutions, type Substitution } from './assignment.query.ts'
import { OfficerPage } from './officer-page.tsx'
import { PublicPage } from './public-page.tsx'
import { SignIn, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { choiceText, SwitchAssignment, switchAssignment } from './switch-assignment.ts'

/** Signing in and out, choosing where to work, choosing the language. */
export function accountsDesk(app: App): void {
  app.get('/dang-nhap', c => {
    const session = c.get('session')
    if (session) return seeOther(c, startPage(session))
    return page(c, <SignInPage c={c} next={c.req.query('next')} />)
  })
  app.post('/dang-nhap', postSignIn)
  app.post('/dang-xuat', async c => {
    const session = c.get('session')
    if (session) await signOut(c.get('ctx'), { session })
    clearSessionCookie(c)
    return seeOther(c, '/dang-nhap')
  })
  app.get('/doi-vai-tro', async c => page(c, await switchPage(c, {})))
  app.post('/doi-vai-tro', postSwitch)
  app.on(['GET', 'POST'], '/ngon-ngu/:lang{(?:vi|en)}', c => {
    rememberLanguage(c, c.req.param('lang') === 'en' ? 'en' : 'vi')
    return seeOther(c, samePlace(c.req.query('back'), '/'))
  })
}

const SignInForm = SignIn.pick({ username: true, password: true })

async function postSignIn(c: RequestContext): Promise<Response> {
  const form = await readForm(c)
  const next = String(form.get('next') ?? '')
  form.delete('next')
  const parsed = parseForm(SignInForm, form, c.get('t'))
  if (!parsed.ok) return page(c, <SignInPage c={c} next={next} {...parsed} />, 422)
  try {
    const { token, session } = await signIn(c.get('ctx'), { ...parsed.value, secret: sessionSecret(c) })
    setSessionCookie(c, token, session.expiresAt)
    const place = samePlace(next, startPage(session))
    return seeOther(c, session.canSwitch ? `/doi-vai-tro?next=${encodeURIComponent(place)}` : place)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const values = { username: parsed.value.username }
    return page(c, <SignInPage c={c} next={next} errors={formErrors(error, c.get('t'))} values={values} />, 422)
  }
}

/** Where a person begins after signing in: a director with how things stand, unless they first choose in which role. */
function startPage({ actor, canSwitch }: Session): string {
  if (actor.kind !== 'officer') return '/cua-toi'
  return actor.role === 'director' && !canSwitch ? '/dieu-hanh' : '/viec'
}

type SignInPageProps = { c: RequestContext; next?: string | undefined; errors?: FieldError[]; values?: FormValues }

function SignInPage({ c, next, errors = [], values = {} }: SignInPageProps) {
  const t = c.get('t')
  const field = { t, errors, values, required: true }
  return (
    <PublicPage c={c} title={t('Đăng nhập', 'Sign in')} current="/dang-nhap" narrow>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={t('Đăng nhập', 'Sign in')}
        sub={t(
          'Dành cho cán bộ và cho công dân, tổ chức đã có tài khoản. Tra cứu hồ sơ không cần đăng nhập.',
          'For officers, and for citizens and organisations with an account. Tracking a dossier needs no account.',
        )}
      />
      <Form action="/dang-nhap">
        {next && <Hidden name="next" value={samePlace(next, '')} />}
        <TextField
          {...field}
          name="username"
          label={t('Tên đăng nhập', 'User name')}
          autoComplete="username"
          size="medium"
        />
        <TextField
          {...field}
          name="password"
          label={t('Mật khẩu', 'Password')}
          type="password"
          autoComplete="current-password"
          size="medium"
        />
        <Actions>
          <Button>{t('Đăng nhập', 'Sign in')}</Button>
        </Actions>
      </Form>
    </PublicPage>
  )
}

async function postSwitch(c: RequestContext): Promise<Response> {
  officerOf(c)
  const session = c.get('session') as Session
  const form = await readForm(c)
  const next = String(form.get('next') ?? '')
  form.delete('next')
  const parsed = parseForm(SwitchAssignment, form, c.get('t'))
  if (!parsed.ok) return page(c, await switchPage(c, { next, errors: parsed.errors }), 422)
  try {
    await switchAssignment(c.get('ctx'), { session, to: parsed.value.assignment })
    return seeOther(c, samePlace(next, '/viec'))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return page(c, await switchPage(c, { next, errors: formErrors(error, c.get('t')) }), refusalStatus(error))
  }
}

async function switchPage(c: RequestContext, given: { next?: string; errors?: FieldError[] }) {
  const { db, clock } = c.get('ctx')
  const officer = officerOf(c)
  const t = c.get('t')
  const [all, substitutions] = await Promise.all([
    listAssignments(db, officer.accountId, clock.now()),
    listSubstitutions(db, officer.accountId, clock.now()),
  ])
  const own = all.filter(one => one.valid)
  const next = samePlace(given.next ?? c.req.query('next'), '/viec')
  const errors = given.errors ?? []
  return (
    <OfficerPage c={c} title={t('Nơi làm việc', 'Where to work')}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={t('Ông/bà làm việc ở đâu?', 'Where do you work now?')}
        sub={t('Việc và quyền của ông/bà theo nơi đã chọn.', 'Your work and rights follow the place you choose.')}
      />
      <Form action="/doi-vai-tro">
        <Hidden name="next" value={next} />
        <RadioGroup
          t={t}
          name="assignment"
          label={t('Cơ quan, vai trò, điểm tiếp nhận', 'Agency, role, service point')}
          required
          errors={errors}
          values={{ assignment: placeNow(officer) }}
          options={[...own.map(one => placeOption(one, c)), ...substitutions.map(one => substituteOption(one, t))]}
        />
        <Actions>
          <Button>{t('Tiếp tục', 'Continue')}</Button>
        </Actions>
      </Form>
    </OfficerPage>
  )
}

function placeOption(one: Assignment, c: RequestContext) {
  const hint = one.servicePoint ? { hint: one.servicePoint } : {}
  return { value: String(one.id), label: `${roleName(one.role, c.get('t'))} · ${one.agency}`, ...hint }
}

function placeNow({ assignmentId, onBehalfOf }: Officer): string {
  return choiceText(onBehalfOf ? { delegation: onBehalfOf.delegationId } : { assignment: assignmentId })
}

function substituteOption({ id, role, agency, absent, servicePoint, ground, until }: Substitution, t: T) {
  const place = `${roleName(role, t)} · ${agency}`
  const end = instantText(until)
  return {
    value: choiceText({ delegation: id }),
    label: t(`${place} — thay ông/bà ${absent}`, `${place} — in place of ${absent}`),
    hint: [servicePoint, ground, t(`đến ${end}`, `until ${end}`)].filter(Boolean).join(' · '),
  }
}
