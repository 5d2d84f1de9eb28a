import { z } from 'zod'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { dossierRef, stateLabel } from '#src/dossiers/dossier.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { line, parseForm } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, seeOther } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { SearchBox } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { listRegister } from './dossier-list.query.ts'
import type { ListedDossier } from './dossier-list.ts'
import { readSearch } from './dossier-search.ts'
import {
  DossierTable,
  LIST_SCRIPTS,
  ListKeys,
  ListPager,
  type StandingDossier,
  withStanding,
} from './dossier-table.tsx'
import { dossierHref } from './listed-words.ts'
import { navCounts } from './work-list.desk.tsx'
import { listWork, type WorkPage } from './work-list.query.ts'

const PAGE = 50

const Query = z.object({ q: line(500).optional(), cursor: z.string().max(100).optional() })

/** "Trả kết quả": results that wait at the desk for whoever comes to fetch them. */
export function resultsDesk(app: App): void {
  app.get('/tra-ket-qua', showResults)
}

/** A slip that was scanned, or a whole code, leads straight to its hand-over when the result is there. */
async function showResults(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, 'intake', 'postal', 'home')
  const parsed = parseForm(Query, new URL(c.req.url).searchParams, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const { q, cursor } = parsed.value
  const ctx = c.get('ctx')
  const work = await listWork(ctx, officer, { view: 'hand-over', filter: { text: q }, page: { cursor, limit: PAGE } })
  const named = q !== undefined && 'ref' in readSearch(q)
  const [only] = work.rows
  if (named && only) return seeOther(c, handOverHref(only))
  const elsewhere = named ? await findElsewhere(ctx, officer, q) : undefined
  const rows = await withStanding(ctx, work.rows, c.get('t'))
  return page(c, <ResultsPage c={c} q={q} isFirst={!cursor} work={work} rows={rows} elsewhere={elsewhere} />)
}

const handOverHref = (row: ListedDossier) => `${dossierHref(row)}/lam/hand-over`

/** The dossier someone asks for although its result is not at this desk: the officer can say why. */
async function findElsewhere(ctx: Ctx, officer: Officer, q: string): Promise<ListedDossier | undefined> {
  const { rows } = await listRegister(ctx, officer, { text: q }, { limit: 1 })
  return rows[0]
}

type ResultsProps = {
  c: RequestContext
  q: string | undefined
  isFirst: boolean
  work: WorkPage
  rows: StandingDossier[]
  elsewhere: ListedDossier | undefined
}

function ResultsPage({ c, q, isFirst, work, rows, elsewhere }: ResultsProps) {
  const t = c.get('t')
  const title = t('Trả kết quả', 'Hand over results')
  const waiting = work.counts['hand-over']
  const hrefOf = (more: Record<string, string>) => `/tra-ket-qua?${new URLSearchParams({ ...(q && { q }), ...more })}`
  return (
    <OfficerPage c={c} title={title} current="/tra-ket-qua" counts={navCounts(work)} scripts={LIST_SCRIPTS}>
      <PageHead
        t={t}
        title={title}
        sub={t(
          `${waiting} kết quả chờ người nhận tại bộ phận một cửa`,
          `${waiting} ${waiting === 1 ? 'result waits' : 'results wait'} at the desk`,
        )}
      >
        <ScanBox t={t} q={q} />
      </PageHead>
      {elsewhere && <NotHere c={c} dossier={elsewhere} />}
      {rows.length > 0 && (
        <DossierTable t={t} now={c.get('ctx').clock.now()} caption={title} rows={rows} href={handOverHref} />
      )}
      {rows.length === 0 && !elsewhere && <NoResult t={t} searched={q !== undefined} />}
      <ListPager
        t={t}
        start={isFirst ? undefined : hrefOf({})}
        next={work.next ? hrefOf({ cursor: work.next }) : undefined}
      />
      {rows.length > 0 && <ListKeys t={t} mayReceive={false} />}
    </OfficerPage>
  )
}

function ScanBox({ t, q }: { t: T; q: string | undefined }) {
  return (
    <SearchBox
      t={t}
      action="/tra-ket-qua"
      label={t(
        'Quét mã QR trên giấy hẹn, hoặc gõ mã, tên, số điện thoại',
        'Scan the slip’s QR code, or type a code, name or phone',
      )}
      placeholder={t('Quét giấy hẹn, hoặc gõ mã, tên', 'Scan the slip, or type code, name')}
      value={q}
      shortcut
    />
  )
}

function NoResult({ t, searched }: { t: T; searched: boolean }) {
  return (
    <Empty
      title={
        searched
          ? t('Không có kết quả nào khớp', 'No result matches')
          : t('Chưa có kết quả nào chờ trả', 'No result is waiting')
      }
    >
      {searched && <a href="/tra-ket-qua">{t('Xem tất cả kết quả chờ trả', 'See all waiting results')}</a>}
    </Empty>
  )
}

function NotHere({ c, dossier }: { c: RequestContext; dossier: ListedDossier }) {
  const t = c.get('t')
  const ref = dossierRef(dossier)
  return (
    <Notice
      t={t}
      kind="warning"
      title={t(`Hồ sơ ${ref} chưa có kết quả để trả tại đây`, `${ref} has no result to hand over here`)}
    >
      <p>
        {t('Trạng thái hiện tại: ', 'It is now: ')}
        {stateLabel(dossier.state, t)}. <a href={dossierHref(dossier)}>{t('Mở hồ sơ', 'Open the dossier')}</a>
      </p>
    </Notice>
  )
}
