import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import type { ReportKind, Words } from './report.ts'
import type { ReportAction } from './report-page.tsx'

const groups: Record<ReportKind['group'], Words> = {
  statutory: ['Báo cáo theo biểu mẫu', 'Statutory reports'],
  progress: ['Tiến độ giải quyết', 'Progress'],
  work: ['Khối lượng công việc', 'Workload'],
  service: ['Phục vụ người dân, doanh nghiệp', 'Service to citizens'],
  index: ['Chỉ số đánh giá', 'Indices'],
}

/** "Báo cáo": every report one may read, by group, each with what it is for; `places`: what else belongs to reporting. */
export function ReportListPage({
  c,
  kinds,
  places,
}: {
  c: RequestContext
  kinds: readonly ReportKind[]
  places: readonly ReportAction[]
}) {
  const t = c.get('t')
  const title = t('Báo cáo', 'Reports')
  const byGroup = Map.groupBy(kinds, ({ group }) => group)
  const named = Object.entries(groups) as [ReportKind['group'], Words][]
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Số liệu tính thẳng từ diễn biến từng hồ sơ, đúng tại mọi thời điểm.',
          'Counted from what happened to each dossier, exact as of any instant.',
        )}
      />
      <Stack>
        {kinds.length === 0 && <Empty title={t('Chưa có báo cáo nào', 'No reports yet')} />}
        {named.map(([group, words]) => {
          const theirs = byGroup.get(group) ?? []
          return theirs.length === 0 ? null : <Group key={group} c={c} title={t(...words)} kinds={theirs} />
        })}
        {places.length > 0 && (
          <section class="card">
            <div class="card-head">
              <h2>{t('Kỳ, cách tính và tệp báo cáo', 'Periods, definitions and files')}</h2>
            </div>
            <ul class="report-places">
              {places.map(({ href, label }) => (
                <li key={href}>
                  <a href={href}>{t(...label)}</a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </OfficerPage>
  )
}

function Group({ c, title, kinds }: { c: RequestContext; title: string; kinds: readonly ReportKind[] }) {
  const t = c.get('t')
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
      </div>
      <dl class="report-list">
        {kinds.map(kind => (
          <div key={kind.key}>
            <dt>
              <a href={`/bao-cao/${kind.key}`}>{t(...kind.title)}</a>
            </dt>
            <dd>
              {t(...kind.about)}
              {kind.form && <span class="report-form-name"> {kind.form}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
