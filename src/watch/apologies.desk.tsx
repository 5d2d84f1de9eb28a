import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { rowId } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { StateBadge, type StateTone } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips, Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { type ApologyDraft, type ApologyState, apologyStates, listApologyDrafts, signHref } from './apology.query.ts'
import { remindRoles } from './reminder.ts'

const PAGE = 50

/** "Xin lỗi": letters of apology drafted before a promise is broken, for the leader to sign. */
export function apologiesDesk(app: App): void {
  app.get('/xin-loi', showApologies)
}

async function showApologies(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...remindRoles)
  const state = apologyStates.find(one => one === c.req.query('xem')) ?? 'open'
  const before = rowId.safeParse(c.req.query('before')).data
  const found = await listApologyDrafts(c.get('ctx'), officer, { state, before, limit: PAGE + 1 })
  return page(c, <ApologiesPage c={c} state={state} found={found} />)
}

function ApologiesPage({
  c,
  state,
  found,
}: {
  c: RequestContext
  state: ApologyState
  found: readonly ApologyDraft[]
}) {
  const t = c.get('t')
  const officer = officerOf(c)
  const title = t('Phiếu xin lỗi chờ ký', 'Apologies to sign')
  const drafts = found.slice(0, PAGE)
  const href = (one: ApologyState) => (one === 'open' ? '/xin-loi' : `/xin-loi?xem=${one}`)
  const signs = (draft: ApologyDraft) => officer.role === 'leader' && draft.agency.code === officer.agencyCode
  return (
    <OfficerPage c={c} title={title} current="/xin-loi">
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Khi một hồ sơ khó trả đúng hẹn, hệ thống dự thảo phiếu xin lỗi và ngày hẹn lại trước thời điểm phải thông báo. Lãnh đạo sửa và ký ở trang gia hạn.',
          'When a promise will hardly be kept, an apology and a new date are drafted before the applicant must be told. The leader edits and signs on the extension page.',
        )}
      />
      <Stack>
        <FilterChips
          label={t('Lọc phiếu xin lỗi', 'Filter')}
          chips={apologyStates.map(one => ({
            href: href(one),
            label: apologyStateText(one, t),
            current: one === state,
          }))}
        />
        <DataTable
          caption={apologyStateText(state, t)}
          captionHidden
          rows={drafts}
          rowKey={row => row.id}
          columns={columns(t, signs)}
          empty={t('Không có phiếu nào', 'None')}
        />
        {found.length > PAGE && <Pager t={t} nextHref={`/xin-loi?xem=${state}&before=${drafts.at(-1)?.id}`} />}
      </Stack>
    </OfficerPage>
  )
}

function columns(t: T, signs: (draft: ApologyDraft) => boolean): Column<ApologyDraft>[] {
  return [
    {
      key: 'ref',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => <a href={`/ho-so/${row.ref}`}>{row.ref}</a>,
      sub: row => row.procedure,
      rowHeader: true,
      nowrap: true,
    },
    {
      key: 'due',
      head: t('Hẹn trả', 'Promised'),
      cell: row => instantText(row.dueAt),
      sub: row => row.agency.name,
      nowrap: true,
    },
    {
      key: 'reason',
      head: t('Lý do đề xuất', 'Reason proposed'),
      cell: row => row.reason,
      sub: row => row.cause?.agency,
    },
    { key: 'until', head: t('Hẹn lại', 'New date'), cell: row => dateText(startOfLocalDay(row.until)), nowrap: true },
    {
      key: 'do',
      head: t('Xử lý', 'Next'),
      nowrap: true,
      cell: row =>
        row.state === 'open' && signs(row) ? (
          <Button href={signHref(row)} ariaLabel={t(`Xem và ký, hồ sơ ${row.ref}`, `Review and sign, ${row.ref}`)}>
            {t('Xem và ký', 'Review and sign')}
          </Button>
        ) : (
          <StateBadge tone={TONES[row.state]} text={apologyStateText(row.state, t)} />
        ),
    },
  ]
}

const TONES: Record<ApologyState, StateTone> = { open: 'warning', signed: 'done', lapsed: 'plain' }

function apologyStateText(state: ApologyState, t: T): string {
  const names: Record<ApologyState, readonly [string, string]> = {
    open: ['Chờ ký', 'To be signed'],
    signed: ['Đã ký, đã hẹn lại', 'Signed, promised anew'],
    lapsed: ['Không còn cần', 'No longer needed'],
  }
  return t(...names[state])
}
