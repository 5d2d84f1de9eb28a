import type { T } from '#src/platform/text.ts'
import { pageQuery, paramsOf } from '#src/reports/asked.ts'
import { figureText } from '#src/reports/cell-text.ts'
import { drillHref } from '#src/reports/drill.ts'
import type { Asked } from '#src/reports/report.ts'
import { Card } from '#src/ui/card.tsx'
import { type Advice, adviceText } from './advice.ts'
import type { Standing } from './standing.query.ts'

const SHOWN = 8

/** `mayList`: whether this reader may see dossiers. */
type AdviceProps = { t: T; advice: readonly Advice[]; standing: Standing; asked: Asked; mayList: boolean }

/** What would raise the score most, and the dossiers it can be done with. */
export function AdviceCard({ t, advice, standing, asked, mayList }: AdviceProps) {
  return (
    <Card title={t('Việc nên làm để tăng điểm nhiều nhất', 'What to do to gain the most')}>
      {advice.length === 0 && (
        <p>
          {standing.score.total === null
            ? t('Chưa có hồ sơ trong kỳ để tính.', 'There are no dossiers in the period to go by.')
            : t('Các chỉ số tính từ hồ sơ đã đạt điểm tối đa.', 'What is computed from dossiers has all its points.')}
        </p>
      )}
      {advice.length > 0 && (
        <ol>
          {advice.slice(0, SHOWN).map(one => (
            <li key={one.move.key}>
              {adviceText(one, t)}. {mayList && <AdviceList {...{ t, one, standing, asked }} />}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** To all there is to choose from: no list knows which of them it should be. */
function AdviceList({ t, one, standing, asked }: Omit<AdviceProps, 'advice' | 'mayList'> & { one: Advice }) {
  const { list, most } = one.move
  if (!list) return null
  const { from, to, asOf, agency } = asked
  const n = figureText(most(standing.measures), t)
  if (list === 'open-in-time') {
    return (
      <a href={drillHref({ cell: 'c12', from, to, asOf, agency: agency.code })}>
        {t(`Xem ${n} hồ sơ đang trong hạn`, `Open dossiers in time: ${n}`)}
      </a>
    )
  }
  return (
    <a href={`/bao-cao/chua-co-tep-ket-qua?${pageQuery({ ...paramsOf(asked), by: undefined })}`}>
      {t(`Xem ${n} hồ sơ chưa có tệp kết quả`, `Results without their file: ${n}`)}
    </a>
  )
}
