import { PublicPage } from '#src/accounts/public-page.tsx'
import { type App, page, type RequestContext } from '#src/platform/http.ts'
import { CardGrid, LinkCard } from '#src/ui/card.tsx'
import { SearchBox } from '#src/ui/list.tsx'
import { CATALOGUE } from './catalogue.portal.tsx'
import { listPopularProcedures } from './catalogue.query.ts'

/** The first page: one question, and the ways on. */
export function homePortal(app: App): void {
  app.get('/', async c => page(c, <HomePage c={c} popular={await listPopularProcedures(c.get('ctx'), 4)} />))
}

function HomePage({ c, popular }: { c: RequestContext; popular: { code: string; name: string }[] }) {
  const t = c.get('t')
  const kind = c.get('session')?.actor.kind
  return (
    <PublicPage c={c} title={t('Trang chủ', 'Home')} current="/" hero={<Hero c={c} popular={popular} />}>
      <CardGrid>
        <LinkCard href={CATALOGUE} title={t('Thủ tục', 'Procedures')}>
          {t(
            'Giấy tờ cần chuẩn bị, thời hạn, phí và nơi nộp của từng thủ tục.',
            'Papers to prepare, time, fees and where to go, for each procedure.',
          )}
        </LinkCard>
        <LinkCard href="/tra-cuu" title={t('Tra cứu hồ sơ', 'Track a dossier')}>
          {t(
            'Nhập mã trên giấy hẹn hoặc quét mã QR. Không cần đăng nhập.',
            'Type the codes on the slip or scan its QR code. No account needed.',
          )}
        </LinkCard>
        {kind === 'officer' ? (
          <LinkCard href="/viec" title={t('Việc của tôi', 'My work')}>
            {t('Hồ sơ đang chờ ông/bà xử lý.', 'Dossiers that wait for you.')}
          </LinkCard>
        ) : kind === 'citizen' ? (
          <LinkCard href="/cua-toi" title={t('Hồ sơ của tôi', 'My dossiers')}>
            {t('Mọi hồ sơ đứng tên ông/bà và việc cần làm tiếp.', 'Every dossier in your name and what comes next.')}
          </LinkCard>
        ) : (
          <LinkCard href="/dang-nhap" title={t('Đăng nhập', 'Sign in')}>
            {t('Xem mọi hồ sơ đứng tên ông/bà ở một nơi.', 'See every dossier in your name in one place.')}
          </LinkCard>
        )}
      </CardGrid>
    </PublicPage>
  )
}

function Hero({ c, popular }: { c: RequestContext; popular: { code: string; name: string }[] }) {
  const t = c.get('t')
  return (
    <>
      <h1>{t('Ông/bà cần làm việc gì hôm nay?', 'What do you need to do today?')}</h1>
      <p>
        {t(
          'Tìm thủ tục, chuẩn bị giấy tờ, theo dõi kết quả tại một nơi.',
          'Find a procedure, prepare the papers, follow the result, in one place.',
        )}
      </p>
      <SearchBox
        t={t}
        action={CATALOGUE}
        label={t('Tìm thủ tục', 'Find a procedure')}
        placeholder={t('Ví dụ: khai sinh, giấy phép xây dựng, hộ kinh doanh', 'For example: khai sinh, hộ kinh doanh')}
        large
      />
      {popular.length > 0 && (
        <p>
          {t('Gần đây nhiều người làm: ', 'Often done lately: ')}
          {popular.map(({ code, name }, n) => (
            <span key={code}>
              {n > 0 && ' · '}
              <a href={`${CATALOGUE}/${code}`}>{shortName(name)}</a>
            </span>
          ))}
        </p>
      )}
    </>
  )
}

/** Published names may run over many lines; here they only lead on. */
function shortName(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 60).replace(/[\s(,]+\S*$/u, '')}…`
}
