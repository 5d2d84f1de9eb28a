import type { ComponentChildren, VNode } from 'preact'
import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { dossierRef, stateLabel } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'
import { TimeLeft } from '#src/ui/badge.tsx'
import { KeyHints } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { ListedDossier } from './dossier-list.ts'
import { cameInText, dossierHref, maskedContact, type Standing, standingOf, whereText } from './listed-words.ts'

export type Stood<Row extends ListedDossier> = Row & { standing: Standing }
export type StandingDossier = Stood<ListedDossier>

/** Adds to each dossier how it stands now; calendars are kept by the process, so this rarely asks the database. */
export async function withStanding<Row extends ListedDossier>(ctx: Ctx, rows: Row[], t: T): Promise<Stood<Row>[]> {
  const now = ctx.clock.now()
  const calendars = new Map<string, WorkingCalendar>()
  for (const { calendar } of rows) {
    const key = `${calendar.id}:${calendar.version}`
    if (!calendars.has(key)) calendars.set(key, await getCalendar(ctx, calendar.id, calendar.version))
  }
  return rows.map(row => {
    const calendar = calendars.get(`${row.calendar.id}:${row.calendar.version}`) as WorkingCalendar
    return { ...row, standing: standingOf(row, now, calendar, t) }
  })
}

export type DossierTableProps<Row extends ListedDossier> = {
  t: T
  now: Date
  caption: string
  rows: readonly Stood<Row>[]
  /** Where a row leads; its own page unless another is given. */
  href?: (row: ListedDossier) => string
  /** A column before the others, and one after them. */
  first?: Column<Stood<Row>>
  last?: Column<Stood<Row>>
  /** What can be done at once with a row, below whose it is. */
  act?: (row: Row) => ComponentChildren
  /** Half the columns, where something stands beside the table. */
  lean?: boolean
}

/** The officers' table of dossiers, the same in every list. */
export function DossierTable<Row extends ListedDossier>(props: DossierTableProps<Row>) {
  const { t, now, caption, rows, href = dossierHref, first, last, act, lean } = props
  const columns = lean ? leanColumns(t) : columnsOf(t, now, act)
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={row => row.id}
      rowHref={href}
      columns={[...(first ? [first] : []), ...columns, ...(last ? [last] : [])]}
      island="list-keys"
    />
  )
}

function columnsOf<Row extends ListedDossier>(
  t: T,
  now: Date,
  act?: (row: Row) => ComponentChildren,
): Column<Stood<Row>>[] {
  return [
    {
      key: 'code',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => dossierRef(row),
      nowrap: true,
      rowHeader: true,
      sub: row => cameInText(row, now, t),
    },
    {
      key: 'procedure',
      head: t('Thủ tục', 'Procedure'),
      cell: row => row.procedure.name,
      sub: row => situation(row, t),
    },
    {
      key: 'who',
      head: t('Người nộp', 'Applicant'),
      cell: row => row.applicant.name,
      sub: row => maskedContact(row.applicant, t),
    },
    {
      key: 'at',
      head: t('Đang ở', 'Now with'),
      cell: row => <WhereCell where={whereText(row, t)} act={act?.(row)} />,
      nowrap: true,
    },
    dueColumn(t),
  ]
}

function WhereCell({ where, act }: { where: ReturnType<typeof whereText>; act: ComponentChildren }) {
  return (
    <>
      {where.place}
      <span class="cell-sub">{where.who}</span>
      {act && <div class="row-act">{act}</div>}
    </>
  )
}

function leanColumns(t: T): Column<StandingDossier>[] {
  return [
    {
      key: 'code',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => dossierRef(row),
      nowrap: true,
      rowHeader: true,
      sub: row => row.procedure.name,
    },
    {
      key: 'situation',
      head: t('Bước', 'Step'),
      cell: row => row.stepName ?? stateLabel(row.state, t),
      sub: row => {
        const { place, who } = whereText(row, t)
        return `${place} · ${who}`
      },
    },
    dueColumn(t),
  ]
}

const dueColumn = (t: T): Column<StandingDossier> => ({
  key: 'due',
  head: t('Hạn trả', 'Due'),
  cell: row => dueCell(row.standing),
})

/** The state, the step it is at, and for which dossier it was opened. */
function situation({ state, stepName, parent }: ListedDossier, t: T): string {
  const forWhich = parent && t(`liên thông của ${parent}`, `opened for ${parent}`)
  return [stateLabel(state, t), stepName, forWhich].filter(Boolean).join(' · ')
}

/** Nothing at all where no clock runs, so that a narrow screen leaves the line out. */
function dueCell({ badge, lines, step }: Standing): VNode | null {
  if (!badge && lines.length === 0) return null
  const [first, ...rest] = lines
  return (
    <>
      {badge ? <TimeLeft {...badge} /> : first}
      {(badge ? lines : rest).map(line => (
        <span key={line} class="cell-sub">
          {line}
        </span>
      ))}
      {step && <span class={step.late ? 'cell-sub cell-late' : 'cell-sub'}>{step.text}</span>}
    </>
  )
}

/** Onwards by cursor; back only to the start, as the pages before have no cursor of their own. */
export function ListPager({ t, start, next }: { t: T; start: string | undefined; next: string | undefined }) {
  return (
    <>
      {start && (
        <p class="key-hints">
          <a href={start}>{t('Về đầu danh sách', 'Back to the start of the list')}</a>
        </p>
      )}
      <Pager t={t} nextHref={next} />
    </>
  )
}

export const LIST_SCRIPTS = ['/assets/list-keys.js']

/** What the keys of a list do, below it and in the help that `?` opens. Single keys can be turned off there (WCAG 2.1.4). */
export function ListKeys({ t, mayReceive }: { t: T; mayReceive: boolean }) {
  const hints = [
    { keys: ['J', 'K'], label: t('chọn', 'move') },
    { keys: ['↵'], label: t('mở', 'open') },
    ...(mayReceive ? [{ keys: ['N'], label: t('tiếp nhận mới', 'new intake') }] : []),
    { keys: ['/'], label: t('tìm', 'search') },
    { keys: ['?'], label: t('trợ giúp', 'help') },
  ]
  return (
    <div data-list-keys hidden>
      <KeyHints t={t} hints={hints} />
      <KeysHelp t={t} mayReceive={mayReceive} />
    </div>
  )
}

function KeysHelp({ t, mayReceive }: { t: T; mayReceive: boolean }) {
  return (
    <dialog class="card" id="list-help" aria-labelledby="list-help-title">
      <div class="stack">
        <h2 id="list-help-title">{t('Phím tắt của danh sách', 'Keys of the list')}</h2>
        <dl class="facts">
          <Key keys="J, ↓" does={t('hồ sơ sau', 'next dossier')} />
          <Key keys="K, ↑" does={t('hồ sơ trước', 'dossier before')} />
          <Key keys="Enter" does={t('mở hồ sơ đang chọn', 'open it')} />
          {mayReceive && <Key keys="N" does={t('tiếp nhận hồ sơ mới', 'receive a new dossier')} />}
          <Key keys="/" does={t('đến ô tìm kiếm', 'go to the search box')} />
          <Key keys="?" does={t('mở bảng này', 'open this help')} />
        </dl>
        <form method="dialog" class="actions">
          <button class="button" type="submit">
            {t('Đóng', 'Close')}
          </button>
          <button
            class="button button-secondary"
            type="button"
            data-keys-toggle
            data-off={t('Tắt phím tắt', 'Turn the keys off')}
            data-on={t('Bật phím tắt', 'Turn the keys on')}
          >
            {t('Tắt phím tắt', 'Turn the keys off')}
          </button>
        </form>
      </div>
    </dialog>
  )
}

function Key({ keys, does }: { keys: string; does: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{does}</dd>
    </div>
  )
}
