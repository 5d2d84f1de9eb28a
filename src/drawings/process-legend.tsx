import type { T } from '#src/platform/text.ts'
import { exitsOf, type Process } from '#src/processes/process.ts'

/** How to read the chart, in one line: only of what is drawn in this one. */
export function ProcessLegend({ t, process }: { t: T; process: Process }) {
  const has = (kind: string) => process.steps.some(step => step.kind === kind)
  const returns = process.steps.some(step => exitsOf(step).some(({ back }) => back))
  const parts = [
    t('Mỗi cột là một cơ quan, đọc từ trên xuống.', 'A column is an agency; read downwards.'),
    returns && t('Nét đứt: trả lại bước trước.', 'Dashed line: back to an earlier step.'),
    has('choice') && t('Hình thoi: rẽ nhánh theo điều kiện.', 'Diamond: the way depends on a condition.'),
    has('consult') && t('Khung chồng: hỏi ý kiến nhiều nơi cùng lúc.', 'Stacked box: several are asked at once.'),
    has('child') &&
      t('Khung viền đôi: hồ sơ riêng ở cơ quan khác.', 'Double frame: a dossier of its own at another agency.'),
  ]
  return (
    <p class="hint process-legend">
      {parts.filter(Boolean).join(' ')}{' '}
      <span class="process-swipe">
        {t('Vuốt ngang để xem hết sơ đồ, hoặc đọc bằng chữ.', 'Swipe sideways to see it all, or read it in words.')}
      </span>
    </p>
  )
}
