import { timeLeftText } from '#src/calendar/duration-text.ts'
import { timeLeft } from '#src/calendar/time-left.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { awaitedOpinions, type FreeExit, type HeldStep } from '#src/dossiers/held-step.ts'
import { toneOf } from '#src/dossiers/time-tone.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { TimeLeft } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { type Definition, DefinitionList } from '#src/ui/definition-list.tsx'
import { agencyByCode, agencyName, handText, workingHours } from './hands.ts'
import { wayAhead } from './way-ahead.ts'
import { processText } from './work-words.ts'

export type StepCardProps = {
  t: T
  read: ReadDossier
  now: Date
  /** Ways out of the step that this officer may choose now. */
  exits: readonly FreeExit[]
  hrefOf: (exit: FreeExit) => string
  /** No other button of the page is the next step: the usual way on is. */
  leads: boolean
}

/** Where the dossier stands in its process: who has it, since when, by when, what comes next. */
export function StepCard({ t, read, now, exits, hrefOf, leads }: StepCardProps) {
  const { dossier } = read
  const { step } = dossier
  if (!step) return null
  const first = exits.find(exit => !exit.back)
  const left = timeLeft({ due: step.dueAt, paused: dossier.pausedAt !== null }, now, read.calendar)
  return (
    <Card
      id="buoc"
      title={t(`Đang ở bước: ${step.name}`, `At step: ${step.name}`)}
      aside={left.state === 'no-term' ? undefined : <TimeLeft tone={toneOf(left)} text={timeLeftText(left, t)} />}
    >
      <div class="stack">
        <DefinitionList items={facts(read, step, t)} />
        {exits.length > 0 && (
          <Actions>
            {exits.map(exit => (
              <Button
                key={exit.key}
                kind={leads && exit === first ? 'primary' : 'secondary'}
                href={hrefOf(exit)}
                icon={exit.back ? 'chevron-left' : undefined}
              >
                {exit.name}
              </Button>
            ))}
          </Actions>
        )}
        {read.process && (
          <p class="deadline-note">
            <a href={`/ho-so/${dossierRef(dossier)}/quy-trinh`}>{t('Xem sơ đồ quy trình', 'See the process drawn')}</a>
            {' · '}
            {processText(read.process, t)}
          </p>
        )}
      </div>
    </Card>
  )
}

function facts(read: ReadDossier, step: HeldStep, t: T): Definition[] {
  return [
    { term: t('Đang giữ', 'With'), value: holderText(read, step, t) },
    { term: t('Thời gian', 'Time'), value: timeText(read, step, t) },
    { term: t('Dự kiến tiếp theo', 'Likely next'), value: nextText(read, t) },
  ]
}

function holderText(read: ReadDossier, step: HeldStep, t: T): string {
  const { dossier } = read
  if (dossier.supplementProposal) {
    const leader = handText(read, { ...step, role: 'leader', accountId: null }, t)
    return t(`${leader}: chờ ý kiến về yêu cầu bổ sung thêm`, `${leader}: to decide on a further supplement`)
  }
  if (step.kind === 'consult') {
    const awaited = awaitedOpinions(dossier).map(({ agencyId }) => agencyName(read, agencyId))
    return t(`Chờ ý kiến của ${awaited.join(', ')}`, `Waits for ${awaited.join(', ')}`)
  }
  if (step.kind !== 'child') return handText(read, step, t)
  const child = dossier.children.find(({ id }) => id === step.childId)
  const at = agencyName(read, step.agencyId)
  return child?.code
    ? t(`Chờ hồ sơ ${child.code} tại ${at}`, `Waits for dossier ${child.code} at ${at}`)
    : t(`Chờ hồ sơ liên thông tại ${at}`, `Waits for a dossier at ${at}`)
}

/** `từ 09:00 04/03/2026 đến 09:00 06/03/2026, được giao 16 giờ làm việc` */
function timeText({ dossier }: ReadDossier, { since, minutes, dueAt }: HeldStep, t: T): string {
  const begun = instantText(since)
  // While the clock stands still nobody can say when the step is due.
  const due = dueAt && !dossier.pausedAt ? t(` đến ${instantText(dueAt)}`, ` to ${instantText(dueAt)}`) : ''
  const hours = minutes === null ? '' : workingHours(minutes, t)
  const allowed = hours && t(`, được giao ${hours} làm việc`, `, ${hours} of working time`)
  return t(`từ ${begun}`, `from ${begun}`) + due + allowed
}

function nextText(read: ReadDossier, t: T): string {
  const [next] = wayAhead(read)
  if (!next) return t('Trả kết quả tại bộ phận một cửa', 'Result at the one-stop desk')
  const agency = agencyByCode(read, next.agency)
  return agency ? `${next.step.name} (${agency})` : next.step.name
}
