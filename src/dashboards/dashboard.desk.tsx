import { z } from 'zod'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { sightOf } from '#src/dossiers/sight.ts'
import { kindName } from '#src/editor/step-kinds.ts'
import { DossierTable, LIST_SCRIPTS, ListPager, type StandingDossier, withStanding } from '#src/lists/dossier-table.tsx'
import type { Officer } from '#src/platform/ctx.ts'
import { line, parseForm, rowId } from '#src/platform/form.ts'
import { type App, bannerOf, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { isWhole } from '#src/reports/asked.query.ts'
import { Button } from '#src/ui/button.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { BigScreen } from './big-screen.tsx'
import { getScope, readDashboard } from './dashboard.query.ts'
import { type Dashboard, dashboardRoles, SOON_DAYS, stepOrder } from './dashboard.ts'
import { asOfText, cardsOf } from './dashboard-cards.ts'
import {
  DASHBOARD_PATH,
  dashboardHref,
  LIST_PATH,
  linksFor,
  listHref,
  SCREEN_PATH,
  viewWords,
} from './dashboard-links.ts'
import { CommuneMap, FieldHeat, measures, type PlaceMeasure } from './dashboard-places.tsx'
import { NumberCards, OfficerLoads, StepFunnel, TopOverdue, WeekTrend } from './dashboard-work.tsx'
import { listPressing, type Pressing } from './pressing.query.ts'

const TOP = 8
const PAGE = 50

const Query = z.object({
  'co-quan': line(40).optional(),
  xem: z.enum(measures).default('qua-han').catch('qua-han'),
})

/** "Điều hành": how things stand, for those who answer for it; the lists behind its live numbers; the same for a large screen. */
export function dashboardDesk(app: App): void {
  app.get(DASHBOARD_PATH, showDashboard)
  app.get(LIST_PATH, showList)
  app.get(SCREEN_PATH, showScreen)
}

const queryOf = <S extends z.ZodObject>(c: RequestContext, schema: S): z.infer<S> => {
  const parsed = parseForm(schema, new URL(c.req.url).searchParams, c.get('t'))
  // Addresses of these pages come from links; one that was tampered with leads nowhere.
  if (!parsed.ok) throw new Refusal('not-found', 'page-not-found')
  return parsed.value
}

async function showDashboard(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...dashboardRoles)
  const ctx = c.get('ctx')
  const { 'co-quan': code, xem: measure } = queryOf(c, Query)
  const board = await readDashboard(ctx, officer, code)
  const agencies = board.isProvince ? null : board.agencies.map(({ id }) => id)
  const top = await listPressing(ctx, officer, { pressing: { view: 'overdue' }, agencies, page: { limit: TOP } })
  const rows = await withStanding(ctx, top.rows, c.get('t'))
  return page(c, <DashboardPage c={c} officer={officer} board={board} measure={measure} rows={rows} asked={code} />)
}

type DashboardProps = {
  c: RequestContext
  officer: Officer
  board: Dashboard
  measure: PlaceMeasure
  rows: readonly StandingDossier[]
  asked: string | undefined
}

/** Code to narrow lists by; none for the province. */
const agencyOf = ({ isProvince, agency }: Dashboard) => (isProvince ? undefined : agency.code)

function DashboardPage({ c, officer, board, measure, rows, asked }: DashboardProps) {
  const t = c.get('t')
  const agency = agencyOf(board)
  const links = linksFor(officer, { today: board.today, agency })
  const title = t('Điều hành', 'At a glance')
  const work = { t, board, links }
  const crumbs = asked ? [{ label: title, href: DASHBOARD_PATH }, { label: board.agency.name }] : undefined
  return (
    <OfficerPage c={c} title={title} current={DASHBOARD_PATH}>
      <PageHead
        t={t}
        title={asked ? board.agency.name : title}
        sub={`${asked ? '' : `${board.agency.name} · `}${asOfText(board.at, t)}`}
        {...(crumbs && { crumbs })}
      >
        <AgencyChoice t={t} board={board} />
        <Button kind="secondary" href={agency ? `${SCREEN_PATH}?co-quan=${agency}` : SCREEN_PATH}>
          {t('Màn hình lớn', 'Big screen')}
        </Button>
      </PageHead>
      <Stack>
        <NumberCards cards={cardsOf(board, links, t)} />
        <div class="dash">
          <Stack>
            <WeekTrend {...work} />
            <CommuneMap {...work} measure={measure} />
            <OfficerLoads {...work} />
          </Stack>
          <Stack>
            <StepFunnel {...work} />
          </Stack>
        </div>
        <FieldHeat {...work} measure={measure} />
        {officer.role !== 'reform' && <TopOverdue {...work} rows={rows} />}
      </Stack>
    </OfficerPage>
  )
}

/** One of the agencies below, by name. */
function AgencyChoice({ t, board }: { t: T; board: Dashboard }) {
  const below = board.agencies.filter(({ id }) => id !== board.agency.id)
  if (below.length === 0) return null
  return (
    <form class="dash-choice" action={DASHBOARD_PATH} method="get">
      <select class="input" name="co-quan" aria-label={t('Cơ quan', 'Agency')} required>
        <option value="">{t('Chọn cơ quan…', 'Choose an agency…')}</option>
        {below.map(({ code, shortName }) => (
          <option key={code} value={code}>
            {shortName}
          </option>
        ))}
      </select>
      <Button kind="secondary">{t('Xem', 'Show')}</Button>
    </form>
  )
}

async function showScreen(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...dashboardRoles)
  const { 'co-quan': code, dung: stopped } = queryOf(c, Query.extend({ dung: z.literal('yes').optional() }))
  const board = await readDashboard(c.get('ctx'), officer, code)
  const toggle = new URLSearchParams()
  if (code !== undefined) toggle.set('co-quan', code)
  if (!stopped) toggle.set('dung', 'yes')
  const address = { back: dashboardHref(code), toggle: `${SCREEN_PATH}?${toggle}` }
  return page(
    c,
    <BigScreen
      t={c.get('t')}
      lang={c.get('lang')}
      board={board}
      refreshes={!stopped}
      {...address}
      banner={bannerOf(c)}
    />,
  )
}

const ListQuery = z.object({
  'co-quan': line(40).optional(),
  xem: z.enum(Object.values(viewWords)),
  buoc: z.enum(stepOrder).optional(),
  'can-bo': rowId.optional(),
  tre: z.enum(['yes', 'no']).optional(),
  cursor: z.string().max(100).optional(),
})

function pressingOf({ xem, buoc, 'can-bo': accountId, tre }: z.infer<typeof ListQuery>): Pressing {
  const late = tre === 'yes'
  const view = (Object.keys(viewWords) as Pressing['view'][]).find(one => viewWords[one] === xem)
  if (view === 'step' && buoc) return { view, kind: buoc, late: tre === undefined ? null : late }
  if (view === 'officer' && accountId) return { view, accountId, late }
  if (view === 'step' || view === 'officer' || view === undefined) throw new Refusal('not-found', 'page-not-found')
  return { view }
}

async function showList(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, 'director', 'leader', 'control')
  const query = queryOf(c, ListQuery)
  const pressing = pressingOf(query)
  const ctx = c.get('ctx')
  const t = c.get('t')
  const { top, below } = await getScope(ctx, officer, query['co-quan'])
  const agencies = isWhole(top) ? null : below.map(({ id }) => id)
  const asked = { pressing, agencies, page: { cursor: query.cursor, limit: PAGE } }
  const { rows, next } = await listPressing(ctx, officer, asked)
  const title = listTitle(pressing, t)
  const href = listHref(pressing, query['co-quan'])
  const back = { label: t('Điều hành', 'At a glance'), href: dashboardHref(query['co-quan']) }
  return page(
    c,
    <OfficerPage c={c} title={title} current={DASHBOARD_PATH} scripts={LIST_SCRIPTS}>
      <PageHead t={t} title={title} sub={top.name} crumbs={[back, { label: title }]} />
      {below.length > 1 && !sightOf(officer).all && (
        <Notice t={t}>
          <p>
            {t(
              'Chỉ có những hồ sơ ông/bà được xem; con số gồm cả hồ sơ của các đơn vị trực thuộc.',
              'Only dossiers you may open are here; the number counts those of the agencies below as well.',
            )}
          </p>
        </Notice>
      )}
      {rows.length === 0 && <Empty title={t('Không có hồ sơ nào', 'No dossiers')} />}
      {rows.length > 0 && (
        <DossierTable t={t} now={ctx.clock.now()} caption={title} rows={await withStanding(ctx, rows, t)} />
      )}
      <ListPager t={t} start={query.cursor && href} next={next ? `${href}&cursor=${next}` : undefined} />
    </OfficerPage>,
  )
}

function listTitle(pressing: Pressing, t: T): string {
  switch (pressing.view) {
    case 'overdue':
      return t('Hồ sơ đang quá hạn', 'Overdue dossiers')
    case 'due-today':
      return t('Hồ sơ đến hạn hôm nay', 'Due today')
    case 'due-soon':
      return t(`Hồ sơ đến hạn trong ${SOON_DAYS} ngày`, `Due within ${SOON_DAYS} days`)
    case 'waiting':
      return t('Hồ sơ nộp trực tuyến chờ tiếp nhận', 'Online submissions to be received')
    case 'step': {
      const kind = kindName(pressing.kind, t)
      if (pressing.late === null) return t(`Đang ở bước: ${kind}`, `At the step: ${kind}`)
      return pressing.late
        ? t(`Quá thời gian của bước: ${kind}`, `Beyond the step’s time: ${kind}`)
        : t(`Trong thời gian của bước: ${kind}`, `Within the step’s time: ${kind}`)
    }
    case 'officer':
      return pressing.late
        ? t('Hồ sơ quá hạn trong tay cán bộ', 'Overdue dossiers in an officer’s hand')
        : t('Hồ sơ trong tay cán bộ', 'Dossiers in an officer’s hand')
  }
}
