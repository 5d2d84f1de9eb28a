import type { ComponentChildren } from 'preact'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import type { T } from '#src/platform/text.ts'
import { figureText } from '#src/reports/cell-text.ts'
import type { Asked } from '#src/reports/report.ts'
import { Notes } from '#src/reports/report-page.tsx'
import { StateBadge, type StateTone } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { ErrorSummary } from '#src/ui/form.tsx'
import { PageHead, Stack, Stats } from '#src/ui/layout.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { type IndexDefinition, type IndexKey, type IndexSet, takesEntries } from './indicator-set.ts'
import { roundTo, type ScoredGroup, type ScoredIndicator, type SetScore } from './score.ts'
import { hrefsOf, isPoints } from './score-kinds.query.ts'
import { periodQuery, ScorePeriod, type ScorePeriodRead } from './score-period.tsx'
import { type Standing, type Standings, shownOf } from './standing.query.ts'

export const SCORES_PATH = '/chi-so'
export const SETS_PATH = '/chi-so/bo-chi-so'
export const ENTRY_PATH = '/chi-so/nhap'
/** Where the scores of a set are shown. */
export const scoresOf: Record<IndexKey, string> = {
  '766': SCORES_PATH,
  'chi-tieu': '/bao-cao/chi-tieu',
  'chin-chi-so': '/danh-gia',
}

const title = (t: T) => t('Chỉ số phục vụ', 'Service index')

/** The best and the last band stand out; the words say which it is. */
function BandBadge({ t, definition, score }: { t: T; definition: IndexDefinition; score: SetScore }) {
  const { band } = score
  if (!band) return <StateBadge text={t('Chưa có số liệu', 'No data yet')} />
  const place = definition.bands.findIndex(({ from }) => from === band.from)
  const tone: StateTone = place === 0 ? 'done' : place === definition.bands.length - 1 ? 'bad' : 'plain'
  return <StateBadge tone={tone} text={t(...band.name)} />
}

const points = (n: number | null, t: T) => (n === null ? '–' : figureText(roundTo(n, 2), t))

type RankingProps = { c: RequestContext; read: ScorePeriodRead; standings: Standings | null }

export function RankingPage({ c, read, standings }: RankingProps) {
  const t = c.get('t')
  return (
    <OfficerPage c={c} title={title(t)} current={SCORES_PATH}>
      <ErrorSummary t={t} errors={read.errors} />
      <PageHead
        t={t}
        title={title(t)}
        sub={t(
          'Điểm theo Quyết định 766/QĐ-TTg, tính từ dữ liệu hồ sơ đến lúc này.',
          'Scores by Decision 766/QĐ-TTg, from the dossiers as they are now.',
        )}
      >
        <div class="actions">
          <Button kind="secondary" href={`${SETS_PATH}/766`}>
            {t('Bộ chỉ số', 'Index set')}
          </Button>
          <Button kind="secondary" href={`/bao-cao/chi-tieu${periodQuery(read)}`}>
            {t('Chỉ tiêu', 'Targets')}
          </Button>
          <Button kind="secondary" href={`/bao-cao/chi-so-766${periodQuery(read)}`}>
            {t('Báo cáo, tải về', 'Report, download')}
          </Button>
        </div>
      </PageHead>
      <Stack>
        <ScorePeriod c={c} read={read} action={SCORES_PATH} />
        {standings && <Ranking t={t} standings={standings} query={periodQuery(read)} />}
      </Stack>
    </OfficerPage>
  )
}

function Ranking({ t, standings, query }: { t: T; standings: Standings; query: string }) {
  const { set, whole } = standings
  const { shown, notes } = shownOf(standings)
  const href = ({ agency }: Standing) => `${SCORES_PATH}/${agency.code}${query}`
  const columns: Column<Standing>[] = [
    { key: 'rank', head: t('Hạng', 'Rank'), cell: one => one.rank ?? '–', numeric: true },
    {
      key: 'agency',
      head: t('Cơ quan', 'Agency'),
      cell: one => <AgencyName name={one.agency.shortName} />,
      rowHeader: true,
    },
    ...set.definition.groups.map(
      (group, i): Column<Standing> => ({
        key: group.code,
        head: t(...group.name),
        cell: ({ score }) => <GroupPoints t={t} group={score.groups[i]} />,
        numeric: true,
      }),
    ),
    { key: 'total', head: t('Điểm quy đổi', 'Score'), cell: ({ score }) => points(score.total, t), numeric: true },
    {
      key: 'band',
      head: t('Xếp loại', 'Band'),
      cell: ({ score }) => <BandBadge t={t} definition={set.definition} score={score} />,
    },
  ]
  return (
    <>
      <Stats items={wholeStats(whole, t, href(whole))} />
      <DataTable
        caption={t('Xếp hạng các cơ quan', 'Agencies by score')}
        columns={columns}
        rows={shown}
        rowKey={({ agency }) => agency.code}
        rowHref={href}
        wide
        dense
        empty={t('Kỳ này chưa có hồ sơ nào để chấm điểm', 'There are no dossiers in this period to score by')}
      />
      <Notes t={t} notes={notes} />
    </>
  )
}

/** Names longer than this take two lines, so that the band has its place. */
const LONG = 24

const AgencyName = ({ name }: { name: string }) => <span class={name.length > LONG ? undefined : 'nowrap'}>{name}</span>

function GroupPoints({ t, group }: { t: T; group: ScoredGroup | undefined }) {
  if (!group || group.reachable === 0) return <span title={t('Chưa có số liệu', 'No data yet')}>–</span>
  return <>{`${points(group.score, t)}/${points(group.reachable, t)}`}</>
}

function wholeStats({ agency, score }: Standing, t: T, href?: string) {
  return [
    { value: points(score.total, t), label: agency.name, ...(href && { href }) },
    { value: score.band ? t(...score.band.name) : '–', label: t('Xếp loại', 'Band') },
    {
      value: `${points(score.score, t)}/${points(score.reachable, t)}`,
      label: t(
        `Điểm đạt được trên số điểm có số liệu (tối đa ${points(score.max, t)})`,
        `Points of those with data (at most ${points(score.max, t)})`,
      ),
    },
  ]
}

type AgencyScoreProps = {
  c: RequestContext
  read: ScorePeriodRead
  asked: Asked
  set: IndexSet
  standing: Standing
  mayList: boolean
  /** What is advised. */
  children: ComponentChildren
}

export function AgencyScorePage({ c, read, asked, set, standing, mayList, children }: AgencyScoreProps) {
  const t = c.get('t')
  const { agency, score } = standing
  const query = periodQuery(read)
  return (
    <OfficerPage c={c} title={agency.name} current={SCORES_PATH}>
      <PageHead
        t={t}
        title={agency.name}
        sub={t(...set.name)}
        crumbs={[{ href: `${SCORES_PATH}${query}`, label: title(t) }, { label: agency.shortName }]}
      >
        <Button kind="secondary" href={`/bao-cao/chi-so-766${query}&co-quan=${agency.code}&theo=indicator`}>
          {t('Báo cáo, tải về', 'Report, download')}
        </Button>
      </PageHead>
      <Stack>
        <ScorePeriod c={c} read={read} action={`${SCORES_PATH}/${agency.code}`} />
        <Stats items={wholeStats(standing, t)} />
        {children}
        {score.groups.map(group => (
          <GroupTable key={group.code} {...{ t, group, asked, mayList }} />
        ))}
        <MissingCard {...{ c, standing, set, query }} />
      </Stack>
    </OfficerPage>
  )
}

const Linked = ({ t, href, n }: { t: T; href: string | undefined; n: number }) =>
  href ? <a href={href}>{figureText(n, t)}</a> : figureText(n, t)

type GroupProps = { t: T; group: ScoredGroup; asked: Asked; mayList: boolean }

function GroupTable({ t, group, asked, mayList }: GroupProps) {
  const linked = (one: ScoredIndicator, key: 'numerator' | 'denominator') => {
    const n = one[key]
    if (one.score === null || n === null) return '–'
    return <Linked t={t} href={mayList ? hrefsOf(one.indicator, asked)[key] : undefined} n={n} />
  }
  const columns: Column<ScoredIndicator>[] = [
    {
      key: 'name',
      head: t('Chỉ số', 'Indicator'),
      cell: ({ indicator }) => `${indicator.code} ${t(...indicator.name)}`,
      sub: ({ indicator }) => indicator.source && t(...indicator.source),
      rowHeader: true,
    },
    { key: 'numerator', head: t('Tử số', 'Numerator'), cell: one => linked(one, 'numerator'), numeric: true },
    { key: 'denominator', head: t('Mẫu số', 'Denominator'), cell: one => linked(one, 'denominator'), numeric: true },
    {
      key: 'rate',
      head: t('Tỷ lệ', 'Rate'),
      cell: one => (one.rate === null || isPoints(one.indicator) ? '–' : `${figureText(one.rate * 100, t)}%`),
      numeric: true,
    },
    {
      key: 'score',
      head: t('Điểm', 'Points'),
      cell: ({ score }) => (score === null ? t('chưa có số liệu', 'no data yet') : points(score, t)),
      numeric: true,
    },
    { key: 'max', head: t('Tối đa', 'Maximum'), cell: ({ indicator }) => points(indicator.max, t), numeric: true },
  ]
  return (
    <DataTable
      caption={groupCaption(group, t)}
      columns={columns}
      rows={group.indicators}
      rowKey={({ indicator }) => indicator.code}
      dense
    />
  )
}

function groupCaption({ name, score, reachable, max }: ScoredGroup, t: T): string {
  const reached = reachable > 0 ? `${points(score, t)}/${points(reachable, t)}` : '–'
  return `${t(...name)}: ${reached} (${t('tối đa', 'at most')} ${points(max, t)})`
}

/** What has no source in the dossiers and nobody has entered. */
function MissingCard({
  c,
  standing,
  set,
  query,
}: {
  c: RequestContext
  standing: Standing
  set: IndexSet
  query: string
}) {
  const t = c.get('t')
  const all = standing.score.groups.flatMap(({ indicators }) => indicators)
  const missing = all.filter(({ indicator, score }) => score === null && takesEntries(indicator))
  if (missing.length === 0) return null
  const sum = missing.reduce((total, { indicator }) => total + indicator.max, 0)
  return (
    <Card title={t('Chỉ số chưa có số liệu', 'Indicators without data')}>
      <p>
        {t(
          `${missing.length} chỉ số nhập theo kỳ chưa có số liệu, ${points(sum, t)} điểm chưa tính vào điểm tối đa: `,
          `Indicators that are entered for a period and have no data yet: ${missing.length}. Their ${points(sum, t)} points do not count: `,
        )}
        {missing.map(({ indicator }) => t(...indicator.name)).join('; ')}.
      </p>
      <p>
        <a href={`${ENTRY_PATH}/${set.key}${query}&co-quan=${standing.agency.code}`}>
          {t('Nhập số liệu theo kỳ', 'Enter numbers of the period')}
        </a>
      </p>
    </Card>
  )
}
