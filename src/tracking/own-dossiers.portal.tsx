import { PublicPage } from '#src/accounts/public-page.tsx'
import { timeLeftText } from '#src/calendar/duration-text.ts'
import { stateLabel } from '#src/dossiers/dossier.ts'
import { toneOf } from '#src/dossiers/time-tone.ts'
import type { Citizen } from '#src/platform/ctx.ts'
import { type App, citizenOf, page, type RequestContext } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { StateBadge, TimeLeft } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { listOwnDossiers, type OwnDossier, type OwnDossiers } from './own-dossiers.query.ts'
import { ProcessPage } from './process-page.tsx'
import { findTrackedProcess } from './tracked-process.query.ts'
import { asOwn, findOwnDossier } from './tracking.query.ts'
import { trackingOf } from './tracking.ts'
import { badgeTone, TrackingView } from './tracking-view.tsx'

const HOME = '/cua-toi'

/** A citizen's own place: their dossiers, each to be followed without its secret. */
export function ownDossiersPortal(app: App): void {
  app.get(HOME, async c => {
    const citizen = citizenOf(c)
    const before = /^\d{1,15}$/u.exec(c.req.query('before') ?? '')
    const list = await listOwnDossiers(c.get('ctx'), citizen, before ? Number(before[0]) : null)
    c.header('Cache-Control', 'private, no-store')
    return page(c, <ListPage c={c} citizen={citizen} list={list} />)
  })
  app.get(`${HOME}/:ref`, getOwn)
  app.get(`${HOME}/:ref/quy-trinh`, getOwnProcess)
}

async function getOwn(c: RequestContext): Promise<Response> {
  const [ctx, t] = [c.get('ctx'), c.get('t')]
  const ref = c.req.param('ref') ?? ''
  const found = await findOwnDossier(ctx, citizenOf(c), ref)
  if (!found) throw new Refusal('not-found', 'page-not-found')
  c.set('dossier', ref)
  c.header('Cache-Control', 'private, no-store')
  const tracking = trackingOf(found.facts, { ...found, now: ctx.clock.now() }, t)
  return page(
    c,
    <PublicPage c={c} title={ref} current={HOME}>
      <TrackingView t={t} tracking={tracking} crumb={crumbOf(t)} picture={`${hrefOf(ref)}/quy-trinh`} />
    </PublicPage>,
  )
}

async function getOwnProcess(c: RequestContext): Promise<Response> {
  const [ctx, t] = [c.get('ctx'), c.get('t')]
  const ref = c.req.param('ref') ?? ''
  const found = await findTrackedProcess(ctx, asOwn(ctx, citizenOf(c), ref))
  if (!found) throw new Refusal('not-found', 'page-not-found')
  c.set('dossier', ref)
  c.header('Cache-Control', 'private, no-store')
  return page(c, <ProcessPage c={c} tracked={found} current={HOME} crumb={crumbOf(t)} back={hrefOf(ref)} />)
}

const crumbOf = (t: T) => ({ label: t('Hồ sơ của tôi', 'My dossiers'), href: HOME })
const hrefOf = (ref: string) => `${HOME}/${encodeURIComponent(ref)}`

function ListPage({ c, citizen, list }: { c: RequestContext; citizen: Citizen; list: OwnDossiers }) {
  const t = c.get('t')
  const title = t('Hồ sơ của tôi', 'My dossiers')
  return (
    <PublicPage c={c} title={title} current={HOME}>
      <PageHead t={t} title={title} sub={t(`Hồ sơ đứng tên ${citizen.name}`, `In the name of ${citizen.name}`)}>
        <form action="/dang-xuat" method="post">
          <Button kind="secondary">{t('Đăng xuất', 'Sign out')}</Button>
        </form>
      </PageHead>
      {list.dossiers.length === 0 ? (
        <Empty title={t('Chưa có hồ sơ nào đứng tên ông/bà.', 'There are no dossiers in your name yet.')}>
          <p>
            <a href="/thu-tuc">{t('Xem các thủ tục', 'See the procedures')}</a> ·{' '}
            <a href="/tra-cuu">{t('Tra cứu bằng mã trên giấy hẹn', 'Track by the codes on a slip')}</a>
          </p>
        </Empty>
      ) : (
        <DataTable
          caption={title}
          captionHidden
          rows={list.dossiers}
          rowKey={dossier => dossier.ref}
          rowHref={dossier => hrefOf(dossier.ref)}
          columns={columns(c)}
        />
      )}
      <Pager t={t} {...(list.next !== null && { nextHref: `${HOME}?before=${list.next}` })} />
    </PublicPage>
  )
}

function columns(c: RequestContext): Column<OwnDossier>[] {
  const t = c.get('t')
  return [
    {
      key: 'procedure',
      head: t('Thủ tục', 'Procedure'),
      cell: dossier => dossier.procedure,
      sub: ({ code, createdAt }) => [code, dateText(createdAt)].filter(Boolean).join(' · '),
    },
    { key: 'agency', head: t('Cơ quan giải quyết', 'Agency'), cell: dossier => dossier.agency },
    {
      key: 'state',
      head: t('Tình trạng', 'State'),
      cell: ({ state }) => <StateBadge tone={badgeTone(state)} text={stateLabel(state, t)} />,
    },
    {
      key: 'due',
      head: t('Hẹn trả', 'Due'),
      cell: ({ timeLeft }) =>
        timeLeft && timeLeft.state !== 'no-term' ? (
          <TimeLeft tone={toneOf(timeLeft)} text={timeLeftText(timeLeft, t)} />
        ) : null,
      // The due time of a paused dossier is not promised any more.
      sub: ({ dueAt, timeLeft }) => (dueAt && timeLeft && timeLeft.state !== 'paused' ? instantText(dueAt) : null),
    },
  ]
}
