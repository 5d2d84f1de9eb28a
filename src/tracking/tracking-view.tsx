import { timeLeftText } from '#src/calendar/duration-text.ts'
import { type Judgement, type State, stateLabel } from '#src/dossiers/dossier.ts'
import { toneOf } from '#src/dossiers/time-tone.ts'
import { dateText, instantText, isoLocal, type T } from '#src/platform/text.ts'
import { StateBadge, type StateTone, TimeLeft } from '#src/ui/badge.tsx'
import type { Crumb } from '#src/ui/breadcrumbs.tsx'
import { Card } from '#src/ui/card.tsx'
import { type Definition, DefinitionList } from '#src/ui/definition-list.tsx'
import { Columns, PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Timeline } from '#src/ui/timeline.tsx'
import { spokenInstant } from './opening-hours.ts'
import type { TrackedChild, Tracking } from './tracking.ts'

type ViewProps = {
  t: T
  tracking: Tracking
  crumb: Crumb
  /** Where its process is drawn; without it, or before the process is known, the procedure's is linked to. */
  picture?: string
}

/** One dossier told to its citizen: what to do first, then where it is, then what happened. */
export function TrackingView({ t, tracking, crumb, picture }: ViewProps) {
  const { code, procedure } = tracking
  const label = code ?? t('Chưa có mã', 'No code yet')
  return (
    <>
      <PageHead t={t} title={procedure.name} sub={`${t('Mã hồ sơ', 'Dossier')} ${label}`} crumbs={[crumb, { label }]} />
      <Columns
        aside={
          <Card title={t('Các việc đã qua', 'What happened')}>
            <History t={t} tracking={tracking} />
          </Card>
        }
      >
        <Standing t={t} tracking={tracking} picture={picture} />
        {tracking.children.length > 0 && <Parts t={t} tracking={tracking} />}
        <Task t={t} tracking={tracking} />
      </Columns>
    </>
  )
}

function Standing({ t, tracking, picture }: Omit<ViewProps, 'crumb'>) {
  const { state, stateText, timeLeft, provisional, gaps } = tracking
  return (
    <Card
      title={stateText}
      aside={
        timeLeft && timeLeft.state !== 'no-term' ? (
          <TimeLeft tone={toneOf(timeLeft)} text={timeLeftText(timeLeft, t)} />
        ) : (
          <StateBadge tone={badgeTone(state)} text={stateLabel(state, t)} />
        )
      }
    >
      <Stack>
        <DefinitionList items={factsOf(tracking, t)} />
        {provisional && <Provisional t={t} gaps={gaps} />}
        <p>
          <PictureLink t={t} tracking={tracking} picture={picture} />
        </p>
      </Stack>
    </Card>
  )
}

function PictureLink({ t, tracking, picture }: Omit<ViewProps, 'crumb'>) {
  const { procedure, receivedAt, step } = tracking
  if (picture === undefined || receivedAt === null) {
    return (
      <a href={`/thu-tuc/${procedure.code}/quy-trinh`}>
        {t('Hồ sơ loại này đi qua những ai, mất bao lâu', 'Who handles such a dossier, and for how long')}
      </a>
    )
  }
  return (
    <a href={picture}>
      {step === null
        ? t('Xem hồ sơ đã qua những bước nào của quy trình', 'See which steps of its process it has passed')
        : t('Xem hồ sơ đang ở bước nào trong quy trình', 'See which step of its process it is at')}
    </a>
  )
}

function factsOf(tracking: Tracking, t: T): Definition[] {
  const { receivedAt, dueAt, originalDueAt, where, since, step, asked, result, judgement, paused } = tracking
  const facts: (Definition | false)[] = [
    where !== null && { term: t('Hồ sơ đang ở', 'It is now at'), value: placeSince({ where, since }, t) },
    step !== null && { term: t('Đang làm', 'Under way'), value: step },
    asked.length > 0 && { term: t('Đang hỏi ý kiến', 'Opinions asked of'), value: <Opinions t={t} asked={asked} /> },
    receivedAt !== null && { term: t('Tiếp nhận lúc', 'Received'), value: spokenInstant(receivedAt, t) },
    receivedAt !== null && {
      term: paused ? t('Hạn trước khi tạm dừng', 'Due before the pause') : t('Hẹn trả kết quả', 'Due'),
      value: dueAt ? spokenInstant(dueAt, t) : t('Không quy định thời hạn', 'No time limit is set'),
    },
    originalDueAt !== null &&
      dueAt?.getTime() !== originalDueAt.getTime() && {
        term: t('Hẹn ban đầu', 'First promised'),
        value: spokenInstant(originalDueAt, t),
      },
    result !== null && {
      term: t('Kết quả', 'Result'),
      value: `${result.title} ${t('số', 'no.')} ${result.number}${result.signedAt ? `, ${dateText(result.signedAt)}` : ''}`,
    },
    judgement !== null && judgement !== 'no-term' && { term: t('Giải quyết', 'Handled'), value: judged(judgement, t) },
  ]
  return facts.filter(fact => fact !== false)
}

/** “Thuế tỉnh Đồng Tháp, từ 09:15 02/03/2026”. */
function placeSince({ where, since }: { where: string; since: Date | null }, t: T): string {
  return since === null ? where : `${where}, ${t('từ', 'since')} ${instantText(since)}`
}

function Opinions({ t, asked }: { t: T; asked: Tracking['asked'] }) {
  return (
    <ul class="plain">
      {asked.map(({ agency, since, until, answeredAt }) => (
        <li key={agency}>
          {agency},{' '}
          {answeredAt
            ? t(`đã trả lời ${instantText(answeredAt)}`, `answered ${instantText(answeredAt)}`)
            : `${t('từ', 'since')} ${instantText(since)}${until ? t(`, hạn ${instantText(until)}`, `, by ${instantText(until)}`) : ''}`}
        </li>
      ))}
    </ul>
  )
}

/** What other agencies do for this dossier, each with who has it now. */
function Parts({ t, tracking }: { t: T; tracking: Tracking }) {
  return (
    <Card title={t('Phần việc ở cơ quan khác', 'Parts handled by other agencies')} id="parts">
      <Stack>
        {tracking.children.map(child => (
          <section key={child.code}>
            <Stack>
              <h3>
                {child.procedure.name} <StateBadge tone={badgeTone(child.state)} text={stateLabel(child.state, t)} />
              </h3>
              <DefinitionList items={partFacts(child, t)} />
            </Stack>
          </section>
        ))}
      </Stack>
    </Card>
  )
}

function partFacts({ code, state, agency, where, since, step, dueAt, result }: TrackedChild, t: T): Definition[] {
  const runs = state !== 'supplement-requested' && state !== 'financial-obligation'
  const facts: (Definition | false)[] = [
    { term: t('Cơ quan giải quyết', 'Handled by'), value: code ? `${agency} (${code})` : agency },
    where !== null && { term: t('Đang ở', 'Now at'), value: placeSince({ where, since }, t) },
    where !== null && step !== null && { term: t('Đang làm', 'Under way'), value: step },
    where !== null && runs && dueAt !== null && { term: t('Hạn của phần này', 'Due'), value: spokenInstant(dueAt, t) },
    result !== null && { term: t('Kết quả', 'Result'), value: `${result.title} ${t('số', 'no.')} ${result.number}` },
  ]
  return facts.filter(fact => fact !== false)
}

function deskFacts({ name, address, phone, hours }: Tracking['desk'], t: T): Definition[] {
  const facts: (Definition | false)[] = [
    { term: t('Nơi nộp và nhận', 'Desk'), value: name },
    address !== null && { term: t('Địa chỉ', 'Address'), value: address },
    phone !== null && {
      term: t('Điện thoại', 'Telephone'),
      value: <a href={`tel:${phone.replace(/[^\d+]/gu, '')}`}>{phone}</a>,
    },
    hours !== null && { term: t('Giờ mở cửa', 'Opening hours'), value: hours },
  ]
  return facts.filter(fact => fact !== false)
}

function judged(judgement: Exclude<Judgement, 'no-term'>, t: T): string {
  const words = {
    early: t('trước hạn', 'before time'),
    'on-time': t('đúng hạn', 'on time'),
    late: t('trễ hạn', 'late'),
  }
  return words[judgement]
}

function Provisional({ t, gaps }: { t: T; gaps: number[] }) {
  const years = gaps.join(', ')
  return (
    <Notice t={t} title={t('Ngày hẹn này là tạm tính', 'This date is provisional')}>
      {t(
        `Lịch nghỉ lễ, làm bù năm ${years} chưa được công bố. Khi có lịch chính thức, ngày hẹn được tính lại và có thể lùi vài ngày.`,
        `The official days off of ${years} have not been announced. The date is counted again when they are, and may move by some days.`,
      )}
    </Notice>
  )
}

function Task({ t, tracking }: { t: T; tracking: Tracking }) {
  const { next, supplement, extension, endReason, desk } = tracking
  return (
    <Card title={t('Ông/bà cần làm gì', 'What you need to do')} id="next">
      <Stack>
        <p>{next}</p>
        {supplement && <Supplement t={t} supplement={supplement} />}
        {endReason && <Reason title={t('Lý do', 'Reason')} text={endReason} />}
        {extension && (
          <Notice t={t} kind="warning" title={t('Xin lỗi và hẹn lại', 'Apology and new date')}>
            <p>
              {t(
                `Cơ quan giải quyết xin lỗi ông/bà vì chưa trả kết quả đúng hẹn. Ngày hẹn mới: ${spokenInstant(extension.until, t)}.`,
                `The agency apologises for not keeping the date promised. The new date: ${spokenInstant(extension.until, t)}.`,
              )}
            </p>
            <Reason title={t('Lý do', 'Reason')} text={extension.reason} />
          </Notice>
        )}
        <DefinitionList items={deskFacts(desk, t)} />
      </Stack>
    </Card>
  )
}

function Supplement({ t, supplement }: { t: T; supplement: NonNullable<Tracking['supplement']> }) {
  const { items, reason } = supplement
  return (
    <Stack>
      <h3>{t(`Giấy tờ cần bổ sung (${items.length})`, `Papers to bring (${items.length})`)}</h3>
      <ol>
        {items.map(({ name, note }, n) => (
          <li key={n}>
            {name}
            {note && `: ${note}`}
          </li>
        ))}
      </ol>
      <Reason title={t('Lý do', 'Reason')} text={reason} />
    </Stack>
  )
}

function Reason({ title, text }: { title: string; text: string }) {
  return (
    <p>
      <strong>{title}:</strong> {text}
    </p>
  )
}

function History({ t, tracking }: { t: T; tracking: Tracking }) {
  const entries = tracking.history
    .map(({ at, text, code }, n) => {
      const meta = code && { meta: t(`hồ sơ ${code}`, `dossier ${code}`) }
      return { key: n, title: text, at: instantText(at), dateTime: isoLocal(at), ...meta }
    })
    .reverse()
  return <Timeline entries={entries} />
}

export function badgeTone(state: State): StateTone {
  if (state === 'result-ready' || state === 'closed') return 'done'
  if (['supplement-at-intake', 'supplement-requested', 'financial-obligation'].includes(state)) return 'warning'
  if (state === 'refused-at-intake' || state === 'stopped') return 'bad'
  return state === 'withdrawn' ? 'plain' : 'active'
}
