import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { BarChart } from '#src/charts/bar-chart.tsx'
import { FiguresTable } from '#src/charts/figure.tsx'
import { LineChart } from '#src/charts/line-chart.tsx'
import { countText } from '#src/charts/number-text.ts'
import { kindName } from '#src/editor/step-kinds.ts'
import { DossierTable, type StandingDossier } from '#src/lists/dossier-table.tsx'
import type { T } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { Empty } from '#src/ui/empty.tsx'
import type { Dashboard, Week } from './dashboard.ts'
import { dayMonth, type Card as NumberCard } from './dashboard-cards.ts'
import type { Links } from './dashboard-links.ts'

export type WorkProps = { t: T; board: Dashboard; links: Links }

/** Numbers in large type, each with its list. */
export function NumberCards({ cards }: { cards: readonly NumberCard[] }) {
  return (
    <dl class="numbers">
      {cards.map(({ key, label, text, href, tone, notes }) => (
        <div key={key} class={tone ? `number number-${tone}` : 'number'}>
          <dt>{label}</dt>
          <dd class="number-value">
            {href && text !== '0' ? (
              <a href={href} aria-label={`${label}: ${text}`}>
                {text}
              </a>
            ) : (
              text
            )}
          </dd>
          {notes.map(note => (
            <dd key={note.text} class="number-note">
              {note.href ? <a href={note.href}>{note.text}</a> : note.text}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

/** Received, solved and overdue at the end of each week. */
export function WeekTrend({ t, board, links }: WorkProps) {
  const title = t('12 tuần gần đây', 'The last 12 weeks')
  return (
    <Card title={title}>
      <LineChart
        t={t}
        title={title}
        label={t('Tuần', 'Week')}
        series={[
          { key: 'received', label: t('Tiếp nhận', 'Received') },
          { key: 'solved', label: t('Đã giải quyết', 'Solved') },
          { key: 'overdue', label: t('Quá hạn cuối tuần', 'Overdue at its end') },
        ]}
        points={board.weeks.map(week => pointOf(week, links, t))}
      />
    </Card>
  )
}

function pointOf({ from, to, ...values }: Week, links: Links, t: T) {
  const [first, last] = [dayMonth(startOfLocalDay(from)), dayMonth(startOfLocalDay(to))]
  const figure = (n: number, cell: 'received' | 'c7' | 'c13') => ({
    text: countText(n, t),
    href: links.drill(cell, { from, to }),
  })
  return {
    key: from,
    label: first,
    name: t(`Tuần ${first} – ${last}`, `Week ${first} – ${last}`),
    href: links.drill('received', { from, to }),
    values,
    figures: {
      received: figure(values.received, 'received'),
      solved: figure(values.solved, 'c7'),
      overdue: figure(values.overdue, 'c13'),
    },
  }
}

/** How many dossiers stand at which kind of step, from reception to the result, and how many are there too long. */
export function StepFunnel({ t, board, links }: WorkProps) {
  const title = t('Hồ sơ theo bước', 'Dossiers by step')
  if (board.steps.length === 0) {
    return (
      <Card title={title}>
        <Empty title={t('Không có hồ sơ nào đang giải quyết', 'No dossiers under way')} />
      </Card>
    )
  }
  return (
    <Card title={title}>
      <BarChart
        t={t}
        id="steps"
        title={title}
        label={t('Bước', 'Step')}
        layout="centred"
        series={[
          { key: 'inTime', label: t('Trong thời gian của bước', 'Within the step’s time'), tone: 'main' },
          { key: 'late', label: t('Quá thời gian của bước', 'Beyond it'), tone: 'late' },
        ]}
        rows={board.steps.map(({ kind, dossiers, late }) => ({
          key: kind,
          label: kindName(kind, t),
          href: links.list({ view: 'step', kind, late: null }),
          values: { inTime: dossiers - late, late },
          figures: {
            inTime: { text: countText(dossiers - late, t), href: links.list({ view: 'step', kind, late: false }) },
            late: { text: countText(late, t), href: links.list({ view: 'step', kind, late: true }) },
          },
        }))}
      />
    </Card>
  )
}

/** The most overdue, with who has them. */
export function TopOverdue({ t, board, links, rows }: WorkProps & { rows: readonly StandingDossier[] }) {
  const title = t('Quá hạn lâu nhất', 'Most overdue')
  const isAny = board.day.c13 > 0
  // By other definitions than the usual, dossiers count as overdue whose own clock does not say so.
  const none = isAny
    ? t(
        'Hồ sơ quá hạn ở các đơn vị trực thuộc, đang tạm dừng hoặc đã gia hạn',
        'What is overdue is with the agencies below, paused, or extended',
      )
    : t('Không có hồ sơ quá hạn', 'Nothing is overdue')
  return (
    <Card title={title} aside={isAny && <a href={links.drill('c13')}>{t('Xem tất cả', 'See all')}</a>}>
      {rows.length === 0 ? (
        <Empty title={none} />
      ) : (
        <DossierTable t={t} now={board.at} caption={title} rows={rows} lean />
      )}
    </Card>
  )
}

/** What each officer of one agency has in hand. */
export function OfficerLoads({ t, board, links }: WorkProps) {
  if (!board.load || board.load.length === 0) return null
  const title = t('Việc trong tay từng cán bộ', 'What each officer has in hand')
  const list = (accountId: number, late: boolean) => links.list({ view: 'officer', accountId, late })
  return (
    <Card title={title}>
      <FiguresTable
        caption={title}
        table={{
          label: t('Cán bộ', 'Officer'),
          heads: [t('Đang giữ', 'In hand'), t('Hạn hôm nay', 'Due today'), t('Quá hạn', 'Overdue')],
          rows: board.load.map(({ accountId, name, held, late, dueToday }) => ({
            label: name,
            figures: [
              { text: countText(held, t), href: list(accountId, false) },
              { text: countText(dueToday, t) },
              { text: countText(late, t), href: list(accountId, true) },
            ],
          })),
        }}
      />
    </Card>
  )
}
