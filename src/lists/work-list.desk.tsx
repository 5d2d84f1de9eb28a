import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { dossierRef } from '#src/dossiers/dossier.ts'
import type { Officer, Role } from '#src/platform/ctx.ts'
import { parseForm } from '#src/platform/form.ts'
import { type App, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { Hidden } from '#src/ui/form.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { type Chip, FilterChips, SearchBox } from '#src/ui/list.tsx'
import { NOTICES_PATH } from '#src/ui/page.tsx'
import { registerScope } from './dossier-list.query.ts'
import { DossierTable, LIST_SCRIPTS, ListKeys, ListPager, type Stood, withStanding } from './dossier-table.tsx'
import { dossierHref } from './listed-words.ts'
import { listWork, type WorkPage, type WorkRow, type WorkView, workRole, workViews } from './work-list.query.ts'

const PAGE = 50

const Query = z.object({ view: z.enum(workViews).default('all'), cursor: z.string().max(100).optional() })

/** "Việc của tôi": what waits for the officer, most urgent first. */
export function workListDesk(app: App): void {
  app.get('/viec', showWork)
}

async function showWork(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  const t = c.get('t')
  const parsed = parseForm(Query, new URL(c.req.url).searchParams, t)
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const { view, cursor } = parsed.value
  const ctx = c.get('ctx')
  const work = await listWork(ctx, officer, { view, page: { cursor, limit: PAGE } })
  const rows = await withStanding(ctx, work.rows, t)
  return page(c, <WorkListPage c={c} officer={officer} view={view} isFirst={!cursor} work={work} rows={rows} />)
}

type WorkListProps = {
  c: RequestContext
  officer: Officer
  view: WorkView
  isFirst: boolean
  work: WorkPage
  rows: Stood<WorkRow>[]
}

function WorkListPage({ c, officer, view, isFirst, work, rows }: WorkListProps) {
  const t = c.get('t')
  const title = t('Việc của tôi', 'My work')
  const mayReceive = workRole(officer.role) === 'intake'
  const mayRead = registerScope(officer) !== 'nothing'
  return (
    <OfficerPage c={c} title={title} current="/viec" counts={navCounts(work)} scripts={LIST_SCRIPTS}>
      <PageHead t={t} title={title} sub={summary(work, t)}>
        {mayRead && (
          <SearchBox
            t={t}
            action="/ho-so"
            label={t('Tìm mã hồ sơ, tên, số căn cước', 'Find by code, name or ID number')}
            shortcut
          />
        )}
        {officer.role === 'leader' && (
          <Button href="/phan-cong" kind="secondary">
            {t('Phân công', 'Give out work')}
          </Button>
        )}
        {mayReceive && (
          <Button href="/tiep-nhan" shortcut="n">
            {t('Tiếp nhận hồ sơ mới', 'Receive a dossier')}
          </Button>
        )}
      </PageHead>
      <FilterChips label={t('Lọc việc', 'Filter the work')} chips={chipsOf(work, view, t)} />
      {rows.length > 0 ? (
        <DossierTable
          t={t}
          now={c.get('ctx').clock.now()}
          caption={title}
          rows={rows}
          {...(view === 'unassigned' ? {} : { act: (row: WorkRow) => taking(row, t) })}
        />
      ) : (
        <NothingToDo t={t} view={view} role={officer.role} mayRead={mayRead} />
      )}
      <ListPager
        t={t}
        start={isFirst ? undefined : viewHref(view)}
        next={work.next ? `/viec?${new URLSearchParams({ view, cursor: work.next })}` : undefined}
      />
      <ListKeys t={t} mayReceive={mayReceive} />
    </OfficerPage>
  )
}

/** Taking what waits for anyone of the role, in one press, and handing back what one has, which asks for a reason on its own page. */
function taking(row: WorkRow, t: T) {
  const name = t('Nhận việc', 'Claim')
  const back = t('Trả lại việc', 'Hand back')
  const asked = row.isAsked && <span class="cell-sub">{t('Xin ý kiến cơ quan ông/bà', 'Your agency is asked')}</span>
  if (isToTake(row)) {
    return (
      <form action={`${dossierHref(row)}/lam/claim`} method="post">
        {asked}
        <Hidden name="commandId" value={randomUUID()} />
        <Hidden name="version" value={row.version} />
        <Button kind="secondary" ariaLabel={`${name} ${dossierRef(row)}`}>
          {name}
        </Button>
      </form>
    )
  }
  if (!isToHandBack(row)) return asked || null
  return (
    <>
      {asked}
      <a href={`${dossierHref(row)}/lam/release`} aria-label={`${back} ${dossierRef(row)}`}>
        {back}
      </a>
    </>
  )
}

const isToTake = ({ isOpen, atWork }: WorkRow) => isOpen && atWork
const isToHandBack = ({ turn, isOpen, atWork }: WorkRow) => atWork && !isOpen && (turn === 'own' || turn === 'asked')

function NothingToDo({ t, view, role, mayRead }: { t: T; view: WorkView; role: Role; mayRead: boolean }) {
  if (view !== 'all') {
    return (
      <Empty title={t('Không có hồ sơ nào ở mục này', 'No dossier here')}>
        <Actions>
          <Button kind="secondary" href="/viec">
            {t('Xem tất cả việc', 'See all work')}
          </Button>
        </Actions>
      </Empty>
    )
  }
  const hasTurn = !['control', 'reform', 'admin'].includes(role)
  return (
    <Empty title={t('Không có hồ sơ nào đang chờ ông/bà', 'No dossier is waiting for you')}>
      <p>
        {hasTurn
          ? t('Hồ sơ đến lượt ông/bà sẽ hiện ở đây.', 'A dossier shows up here when it is your turn.')
          : t('Vai trò này không giữ hồ sơ.', 'This role holds no dossiers.')}{' '}
        {mayRead && <a href="/ho-so">{t('Tra cứu hồ sơ', 'Find dossiers')}</a>}
      </p>
      {OVERSIGHT.includes(role) && (
        <Actions>
          <Button kind="secondary" href="/canh-bao">
            {t('Xem cảnh báo tiến độ', 'See the warnings')}
          </Button>
          <Button kind="secondary" href="/quy-trinh">
            {t('Xem các quy trình', 'See the processes')}
          </Button>
        </Actions>
      )}
    </Empty>
  )
}

/** Whose day is the work of others: an empty list is not the end of it. */
const OVERSIGHT: readonly Role[] = ['control', 'director']

const views: Record<WorkView, { label: readonly [vi: string, en: string]; tone?: Chip['tone'] }> = {
  all: { label: ['Tất cả', 'All'] },
  overdue: { label: ['Quá hạn', 'Overdue'], tone: 'late' },
  today: { label: ['Hôm nay', 'Today'], tone: 'soon' },
  unassigned: { label: ['Chưa phân công', 'Unassigned'], tone: 'soon' },
  asked: { label: ['Chờ cho ý kiến', 'Opinions asked'] },
  submitted: { label: ['Chờ tiếp nhận', 'To be received'] },
  supplement: { label: ['Chờ bổ sung', 'Supplement'] },
  paused: { label: ['Tạm dừng', 'Paused'] },
  'hand-over': { label: ['Chờ trả kết quả', 'To be handed over'] },
}
const viewHref = (view: WorkView) => (view === 'all' ? '/viec' : `/viec?view=${view}`)
const ALWAYS: readonly WorkView[] = ['all', 'overdue', 'today']

/** Views with nothing in them are left out, the three that say whether one is behind excepted. */
function chipsOf({ counts }: WorkPage, current: WorkView, t: T): Chip[] {
  return workViews
    .filter(view => ALWAYS.includes(view) || counts[view] > 0 || view === current)
    .map(view => {
      const { label, tone } = views[view]
      return {
        href: viewHref(view),
        label: `${t(...label)} ${few(counts[view])}`,
        current: view === current,
        ...(tone && counts[view] > 0 ? { tone } : {}),
      }
    })
}

/** Past a hundred the number says nothing more. */
const few = (count: number) => (count > 99 ? '99+' : String(count))

function summary({ counts, countedAll }: WorkPage, t: T): string {
  const all = `${counts.all}${countedAll ? '' : '+'}`
  return [
    t(`${all} hồ sơ`, `${all} ${counts.all === 1 ? 'dossier' : 'dossiers'}`),
    counts.overdue > 0 && t(`${counts.overdue} quá hạn`, `${counts.overdue} overdue`),
    counts.today > 0 && t(`${counts.today} đến hạn hôm nay`, `${counts.today} due today`),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Numbers beside the sidebar's items and the bell. */
export function navCounts({ counts, unread }: WorkPage): Record<string, number> {
  return { '/viec': counts.all, '/tra-ket-qua': counts['hand-over'], [NOTICES_PATH]: unread }
}
