import type { ComponentChildren } from 'preact'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { workingDuration } from '#src/calendar/duration-text.ts'
import { rowId } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { TimeLeft } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Form } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips, Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { RULES_PATH, RuleTable } from '#src/warnings/rule-table.tsx'
import { subjectText, type WarningRule, watcherRoles } from '#src/warnings/warning.ts'
import { listRules } from '#src/warnings/warning-rule.query.ts'
import { type AlertView, alertViews, type ListedAlert, listAlerts } from './alert-list.query.ts'
import { mayRemind } from './reminder.ts'

const PAGE = 50
/** Of open ones; who has more has other worries than a second page. */
const MOST = 200

/** "Cảnh báo": what is about to be late, what is late, and by whom. */
export function alertsDesk(app: App): void {
  app.get('/canh-bao', showAlerts)
}

async function showAlerts(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...watcherRoles)
  const ctx = c.get('ctx')
  const view = alertViews.find(one => one === c.req.query('xem')) ?? 'open'
  const before = rowId.safeParse(c.req.query('before')).data
  const limit = view === 'all' ? PAGE : MOST
  const [found, rules] = await Promise.all([
    listAlerts(ctx, officer, { view, before, limit: limit + 1 }),
    listRules(ctx),
  ])
  const alerts = found.slice(0, limit)
  const next = view === 'all' && found.length > limit ? alerts.at(-1)?.id : undefined
  return page(c, <AlertsPage c={c} view={view} alerts={alerts} next={next} cut={found.length > limit} rules={rules} />)
}

type AlertsPageProps = {
  c: RequestContext
  view: AlertView
  alerts: readonly ListedAlert[]
  next: number | undefined
  cut: boolean
  rules: readonly WarningRule[]
}

function AlertsPage({ c, view, alerts, next, cut, rules }: AlertsPageProps) {
  const t = c.get('t')
  const title = t('Cảnh báo tiến độ', 'Warnings')
  const href = (one: AlertView) => (one === 'open' ? '/canh-bao' : `/canh-bao?xem=${one}`)
  const officer = officerOf(c)
  // Within one's own agency work is given out, not asked for in writing.
  const canUrge = (one: ListedAlert) => one.seen && one.agency !== null && one.agency.code !== officer.agencyCode
  const canRemind = mayRemind(officer) && view !== 'all' && alerts.some(canUrge)
  const table = <AlertTable t={t} view={view} alerts={alerts} choose={canRemind ? canUrge : undefined} />
  return (
    <OfficerPage c={c} title={title} current="/canh-bao">
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Hệ thống xem lại mỗi phút: báo trước khi đến hạn, khi quá hạn, rồi báo lên cấp trên. Mỗi quy tắc báo một lần.',
          'Looked at every minute: a warning ahead, one when time is missed, then up the tree. Each rule speaks once.',
        )}
      />
      <Stack>
        <FilterChips
          label={t('Lọc cảnh báo', 'Filter')}
          chips={alertViews.map(one => ({ href: href(one), label: viewText(one, t), current: one === view }))}
        />
        {canRemind ? <RemindForm t={t}>{table}</RemindForm> : table}
        {cut && view !== 'all' && <p>{t(`Chỉ hiện ${MOST} hồ sơ gấp nhất.`, `Only the ${MOST} most urgent.`)}</p>}
        {next !== undefined && <Pager t={t} nextHref={`/canh-bao?xem=all&before=${next}`} />}
        <Disclosure summary={t('Khi nào báo, báo cho ai', 'When, and who is told')}>
          <RuleTable t={t} rules={rules} />
          {officer.role === 'control' && (
            <p>
              <a href={RULES_PATH}>{t('Thay đổi quy tắc cảnh báo', 'Change the rules')}</a>
            </p>
          )}
        </Disclosure>
      </Stack>
    </OfficerPage>
  )
}

function RemindForm({ t, children }: { t: T; children: ComponentChildren }) {
  return (
    <Form action="/don-doc/moi" method="get">
      {children}
      <div class="stays">
        <Actions>
          <Button>{t('Đôn đốc các hồ sơ đã chọn', 'Remind about those chosen')}</Button>
        </Actions>
      </div>
    </Form>
  )
}

function viewText(view: AlertView, t: T): string {
  const names: Record<AlertView, readonly [string, string]> = {
    open: ['Đang còn', 'Open'],
    late: ['Đã quá hạn', 'Late'],
    all: ['Tất cả lần báo', 'Everything said'],
  }
  return t(...names[view])
}

type AlertTableProps = {
  t: T
  view: AlertView
  alerts: readonly ListedAlert[]
  choose: ((one: ListedAlert) => boolean) | undefined
}

function AlertTable({ t, view, alerts, choose }: AlertTableProps) {
  return (
    <DataTable
      caption={viewText(view, t)}
      captionHidden
      rows={alerts}
      rowKey={row => row.id}
      columns={[...(choose ? [chooseColumn(t, choose)] : []), ...alertColumns(t)]}
      dense
      empty={t('Không có cảnh báo nào', 'No warnings')}
    />
  )
}

function chooseColumn(t: T, may: (one: ListedAlert) => boolean): Column<ListedAlert> {
  return {
    key: 'choose',
    head: t('Chọn', 'Choose'),
    headHidden: true,
    cell: row =>
      may(row) && (
        <input
          type="checkbox"
          name="ho-so"
          value={row.ref}
          aria-label={t(`Chọn hồ sơ ${row.ref}`, `Choose ${row.ref}`)}
        />
      ),
  }
}

function alertColumns(t: T): Column<ListedAlert>[] {
  return [
    {
      key: 'ref',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => (row.seen ? <a href={`/ho-so/${row.ref}`}>{row.ref}</a> : row.ref),
      rowHeader: true,
      nowrap: true,
    },
    {
      key: 'what',
      head: t('Cảnh báo', 'Warning'),
      cell: row => <TimeLeft tone={toneOf(row)} text={alertText(row, t)} />,
      sub: row => `${aboutText(row, t)} · ${row.procedure}`,
    },
    {
      key: 'holder',
      head: t('Đang giữ khi báo', 'Whose it was'),
      cell: row => row.agency?.name,
      sub: row => row.person,
    },
    {
      key: 'cause',
      head: t('Nguyên nhân chậm', 'Caused by'),
      cell: row => causeText(row, t),
      sub: row => row.cause?.person,
    },
    {
      key: 'told',
      head: t('Đã báo', 'Told'),
      cell: row => row.told.join(', ') || t('chưa có người nhận', 'nobody there'),
      sub: row => instantText(row.at),
    },
  ]
}

function aboutText({ subject, step }: ListedAlert, t: T): string {
  return subject === 'step' && step ? t(`Bước “${step}”`, `Step “${step}”`) : subjectText(subject, t)
}

const toneOf = ({ open, late }: ListedAlert) => (open ? (late ? 'late' : 'soon') : 'done')

function alertText({ open, late, dueAt }: ListedAlert, t: T): string {
  const due = instantText(dueAt)
  if (!open) return t(`Đã qua (hạn ${due})`, `Over (due ${due})`)
  return late ? t(`Quá hạn từ ${due}`, `Late since ${due}`) : t(`Đến hạn ${due}`, `Due ${due}`)
}

function causeText({ cause }: ListedAlert, t: T): string | null {
  if (!cause) return null
  const { name } = cause.agency
  if (cause.over === 0) return name
  const over = workingDuration(cause.over, t)
  return t(`${name}, vượt quy trình ${over}`, `${name}, ${over} beyond its steps`)
}
