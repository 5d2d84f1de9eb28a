import { timeLeftText, workingDuration } from '#src/calendar/duration-text.ts'
import { termText } from '#src/calendar/term-text.ts'
import { isOpen } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { toneOf } from '#src/dossiers/time-tone.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { dossierSteps } from '#src/progress/dossier-steps.ts'
import { StateBadge, TimeLeft } from '#src/ui/badge.tsx'
import { Card } from '#src/ui/card.tsx'
import { DeadlineBar } from '#src/ui/deadline-bar.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Steps } from '#src/ui/steps.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { adjustmentText, countingText, dueDays, dueSegments, dueWhen, leftOf } from './due-words.ts'
import { judgementText } from './event-words.ts'

type Props = { t: T; read: ReadDossier; now: Date }

/** When it is due, what became of the time so far, why, and where the dossier stands. */
export function DeadlineCard({ t, read, now }: Props) {
  const { dossier } = read
  const tone = toneOf(leftOf(read, now))
  // What was used before a pause stays visible; the badge says that it is paused.
  const barTone = tone === 'paused' ? 'ok' : tone
  return (
    <Card title={title({ t, read, now })} aside={<Standing t={t} read={read} now={now} />}>
      {dossier.dueProvisional && <ProvisionalNote t={t} years={dossier.dueGaps} />}
      {dossier.dueAt && (
        <DeadlineBar t={t} segments={dueSegments(read, now)} tone={barTone}>
          {summary({ t, read, now })}
        </DeadlineBar>
      )}
      {!dossier.dueAt && <p class="deadline-note">{withoutDue(read, t)}</p>}
      <Adjustments t={t} read={read} />
      {dossier.dueAt && <Why t={t} read={read} now={now} />}
      <Steps t={t} steps={dossierSteps(read, t)} />
    </Card>
  )
}

function title({ t, read: { dossier }, now }: Props): string {
  if (dossier.readyAt)
    return t(`Có kết quả ${instantText(dossier.readyAt)}`, `Result ready ${instantText(dossier.readyAt)}`)
  if (!dossier.receivedAt) return t('Chưa tính thời hạn', 'The clock has not started')
  if (!dossier.dueAt) return t('Không quy định thời hạn', 'No time limit')
  const when = dueWhen(dossier.dueAt, now, t)
  if (dossier.pausedAt) return t(`Tạm dừng; hạn trước khi dừng ${when}`, `Paused; was due ${when}`)
  return t(`Hạn trả ${when}`, `Due ${when}`)
}

function Standing({ t, read, now }: Props) {
  const { dossier } = read
  if (dossier.judgement) {
    const tone = dossier.judgement === 'late' ? 'late' : 'done'
    return <TimeLeft tone={tone} text={judgementText(dossier.judgement, t)} />
  }
  if (!isOpen(dossier.state)) return dossier.closedAt ? <StateBadge text={t('Đã kết thúc', 'Ended')} /> : null
  const left = leftOf(read, now)
  return left.state === 'no-term' ? null : <TimeLeft tone={toneOf(left)} text={timeLeftText(left, t)} />
}

function withoutDue({ dossier }: ReadDossier, t: T): string {
  return dossier.receivedAt
    ? t('Thủ tục này không quy định thời hạn giải quyết.', 'This procedure has no time limit.')
    : t(
        'Thời hạn được tính từ khi hồ sơ đầy đủ và được tiếp nhận.',
        'The term begins when the dossier is complete and received.',
      )
}

/** '24 giờ làm việc theo quy định · đã dùng 21 giờ 50 phút · tạm dừng 1 lần (bổ sung, từ 18/11)' */
function summary({ t, read, now }: Props): string {
  const { dossier } = read
  const used = dueSegments(read, now).reduce(
    (sum, { kind, minutes }) => (kind === 'used' || kind === 'over' ? sum + minutes : sum),
    0,
  )
  const causes = { supplement: t('bổ sung', 'supplement'), 'financial-obligation': t('nghĩa vụ tài chính', 'payment') }
  const pauses = dossier.pauses.map(({ cause, from, to }) =>
    [causes[cause], `${dayText(from)}${to ? `–${dayText(to)}` : ''}`].join(' '),
  )
  return [
    dossier.term && t(`${termText(dossier.term, t)} theo quy định`, `${termText(dossier.term, t)} by law`),
    t(`đã dùng ${workingDuration(used, t)}`, `${workingDuration(used, t)} used`),
    pauses.length > 0 &&
      t(`tạm dừng ${pauses.length} lần (${pauses.join('; ')})`, `paused ${pauses.length}× (${pauses.join('; ')})`),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** `18/11`: the year stands in the line above. */
const dayText = (at: Date) => dateText(at).slice(0, 5)

function ProvisionalNote({ t, years }: { t: T; years: readonly number[] }) {
  const list = years.join(', ')
  return (
    <Notice t={t} kind="warning">
      {t(
        `Hạn tạm tính: chưa có thông báo lịch nghỉ, làm bù chính thức của năm ${list}. Khi có thông báo, hạn được tính lại.`,
        `Provisional: the official notice of days off for ${list} has not been entered. The date will be recomputed then.`,
      )}
    </Notice>
  )
}

function Adjustments({ t, read: { dossier } }: { t: T; read: ReadDossier }) {
  const { originalDueAt, dueAt, adjustments } = dossier
  if (!originalDueAt || !dueAt || originalDueAt.getTime() === dueAt.getTime()) return null
  return (
    <div class="deadline-note">
      <p>{t(`Hạn ban đầu: ${instantText(originalDueAt)}`, `Originally due ${instantText(originalDueAt)}`)}</p>
      <ul>
        {adjustments.map(adjustment => (
          <li key={adjustment.at.getTime()}>{adjustmentText(adjustment, t)}</li>
        ))}
      </ul>
    </div>
  )
}

function Why({ t, read, now }: Props) {
  const { dossier } = read
  const { dueAt, term, extendedTo } = dossier
  if (!dueAt || !term) return null
  const when = dueWhen(dueAt, now, t)
  const question = dossier.pausedAt
    ? t('Thời hạn được tính thế nào?', 'How is the term counted?')
    : t(`Vì sao là ${when}?`, `Why ${when}?`)
  return (
    <Disclosure id="vi-sao" summary={question}>
      <p>{countingText(term, t)}</p>
      {extendedTo && (
        <p>
          {t(
            `Sau khi xin lỗi, hạn được hẹn lại đến ${instantText(extendedTo)}; bảng dưới đây là cách tính hạn theo quy định.`,
            `After the apology the new date is ${instantText(extendedTo)}; the table shows the term by law.`,
          )}
        </p>
      )}
      <DataTable
        caption={t('Cách tính thời hạn từng ngày', 'The term day by day')}
        captionHidden
        dense
        bare
        rows={dueDays(read, t)}
        rowKey={row => row.day}
        columns={[
          { key: 'day', head: t('Ngày', 'Day'), cell: row => row.day, nowrap: true },
          { key: 'counted', head: t('Được tính', 'Counted'), cell: row => row.counted, nowrap: true },
          { key: 'why', head: t('Vì sao', 'Why'), cell: row => row.why },
        ]}
      />
    </Disclosure>
  )
}
