import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { PublicPage } from '#src/accounts/public-page.tsx'
import { pathOf, type RequestContext } from '#src/platform/http.ts'
import { Button } from '#src/ui/button.tsx'
import { PageHead } from '#src/ui/layout.tsx'

export type ErrorPageProps = {
  c: RequestContext
  title: string
  sentence: string
  /** Shown when someone will have to look into it. */
  showRequestId?: boolean
  offerSignIn?: boolean
}

/** What a person reads instead of the page they asked for. */
export function ErrorPage(props: ErrorPageProps) {
  const { c, title } = props
  const isOfficer = c.get('session')?.actor.kind === 'officer'
  return isOfficer ? (
    <OfficerPage c={c} title={title}>
      <ErrorText {...props} />
    </OfficerPage>
  ) : (
    <PublicPage c={c} title={title} narrow>
      <ErrorText {...props} />
    </PublicPage>
  )
}

function ErrorText({ c, title, sentence, showRequestId, offerSignIn }: ErrorPageProps) {
  const t = c.get('t')
  const next = c.req.method === 'GET' ? `?next=${encodeURIComponent(pathOf(c))}` : ''
  return (
    <>
      <PageHead t={t} title={title} sub={sentence} />
      {showRequestId && (
        <p>
          {t('Khi cần hỗ trợ, xin cho biết mã yêu cầu', 'When asking for help, quote the request id')}{' '}
          <code>{c.get('requestId')}</code>.
        </p>
      )}
      <p>
        {offerSignIn ? (
          <Button href={`/dang-nhap${next}`}>{t('Đăng nhập', 'Sign in')}</Button>
        ) : (
          <a href="/">{t('Về trang chủ', 'To the home page')}</a>
        )}
      </p>
    </>
  )
}
