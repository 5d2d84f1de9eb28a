import { BarChart } from '#src/charts/bar-chart.tsx'
import { countText } from '#src/charts/number-text.ts'
import { type Lang, type T, timeText, wallClock } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { Stack } from '#src/ui/layout.tsx'
import { countsBy, type Dashboard } from './dashboard.ts'
import { cardsOf } from './dashboard-cards.ts'
import type { Links } from './dashboard-links.ts'
import { CommuneMap } from './dashboard-places.tsx'
import { NumberCards, StepFunnel, WeekTrend } from './dashboard-work.tsx'

/** `toggle`: the same screen, which then refreshes itself or no longer does. */
export type BigScreenProps = {
  t: T
  lang: Lang
  board: Dashboard
  refreshes: boolean
  back: string
  toggle: string
  banner: string | undefined
}

/** On a wall nobody presses links, and no dossier is named. */
const noLinks: Links = { drill: () => undefined, list: () => undefined }
const SECONDS = 60
const WORST = 3

/** How things stand in type that is read from across a room; always dark, and new every minute until told to stop. */
export function BigScreen({ t, lang, board, refreshes, back, toggle, banner }: BigScreenProps) {
  const work = { t, board, links: noLinks }
  const title = t('Màn hình điều hành', 'Big screen')
  // Three columns either way, so that all of it fits on a screen nobody scrolls.
  const alone = board.agencies.length === 1
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="dark" />
        {refreshes && <meta http-equiv="refresh" content={String(SECONDS)} />}
        <title>{`${title} · Một Cửa`}</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/app.css" />
      </head>
      <body class="screen">
        <header>
          <h1>{board.agency.name}</h1>
          <p class="screen-clock">
            {timeText(board.at)} <span>{dayText(board.at)}</span>
          </p>
        </header>
        <main>
          <NumberCards cards={cardsOf(board, noLinks, t)} />
          <div class="screen-grid">
            <Stack>
              <WeekTrend {...work} />
              {!alone && <WorstAgencies t={t} board={board} />}
            </Stack>
            <StepFunnel {...work} />
            {alone ? <WorstAgencies t={t} board={board} /> : <CommuneMap {...work} measure="qua-han" plain />}
          </div>
        </main>
        <footer>
          {banner && <span>{banner}</span>}
          <a href={back}>{t('Về trang điều hành', 'Back to the desk')}</a>
          <a href={toggle}>
            {refreshes
              ? t('Dừng tự cập nhật (mỗi phút)', 'Stop refreshing every minute')
              : t('Tự cập nhật mỗi phút', 'Refresh every minute')}
          </a>
        </footer>
      </body>
    </html>
  )
}

function dayText(at: Date): string {
  const { day, month, year } = wallClock(at)
  return `${day}/${month}/${year}`
}

/** Where most is overdue; of a single agency its fields. */
function WorstAgencies({ t, board }: { t: T; board: Dashboard }) {
  const ofFields = board.agencies.length === 1
  const counts = countsBy(board, row => (ofFields ? row.fieldId : row.agencyId))
  const nameOf = (id: number) =>
    (ofFields ? board.fields.get(id)?.name : board.agencies.find(agency => agency.id === id)?.shortName) ?? ''
  const worst = [...counts].filter(([, { c13 }]) => c13 > 0).sort(([, a], [, b]) => b.c13 - a.c13)
  const title = t('Quá hạn nhiều nhất', 'Most overdue')
  if (worst.length === 0) {
    return (
      <Card title={title}>
        <Empty title={t('Không có hồ sơ quá hạn', 'Nothing is overdue')} />
      </Card>
    )
  }
  return (
    <Card title={title}>
      <BarChart
        t={t}
        id="worst"
        title={title}
        label={ofFields ? t('Lĩnh vực', 'Field') : t('Cơ quan', 'Agency')}
        series={[{ key: 'overdue', label: t('Quá hạn', 'Overdue'), tone: 'late' }]}
        rows={worst.slice(0, WORST).map(([id, { c13: overdue }]) => ({
          key: String(id),
          label: nameOf(id),
          values: { overdue },
          figures: { overdue: { text: countText(overdue, t) } },
        }))}
      />
    </Card>
  )
}
