import { roleName } from '#src/accounts/account.ts'
import { workingDuration } from '#src/calendar/duration-text.ts'
import type { Cause, PersonShare, Share } from '#src/dossiers/answerability.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import type { ListedAlert } from './alert-list.query.ts'
import { signHref } from './apology.query.ts'
import type { DossierWatch } from './dossier-watch.query.ts'
import { mayRemind, reminderNumber, reminderState, reminderStateText } from './reminder.ts'
import { escalationText, subjectText } from './warning.ts'

type DossierWatchProps = { t: T; read: ReadDossier; watch: DossierWatch; officer: Officer; now: Date }

/** Whose the hours of a dossier were, who caused its delay, and what was said and asked about it. Nothing before reception. */
export function DossierWatchSection({ t, read, watch, officer, now }: DossierWatchProps) {
  const { dossier } = read
  const { shares, cause, alerts, reminders, apologies } = watch
  if (shares.length === 0 && alerts.length === 0) return null
  const draft = apologies.find(one => one.state === 'open')
  const signs = draft && officer.role === 'leader' && officer.agencyId === dossier.competentAgencyId
  return (
    <Card title={t('Thời gian và trách nhiệm', 'Time and answerability')} id="trach-nhiem">
      {cause && <CauseNotice t={t} read={read} cause={cause} />}
      {draft && (
        <Notice t={t} kind="warning" title={t('Phiếu xin lỗi chờ ký', 'An apology waits for a signature')}>
          <p>{draft.reason}</p>
          {signs && (
            <Actions>
              <Button href={signHref(draft)}>{t('Xem và ký', 'Review and sign')}</Button>
            </Actions>
          )}
        </Notice>
      )}
      <ShareTable t={t} read={read} shares={shares} />
      {reminders.length > 0 && (
        <ul>
          {reminders.map(one => (
            <li key={one.id}>
              {mayRemind(officer) ? <a href={`/don-doc/${one.id}`}>{reminderNumber(one)}</a> : reminderNumber(one)} ·{' '}
              {t(`${one.from.name} đôn đốc ${one.to.name}`, `${one.from.name} reminded ${one.to.name}`)} ·{' '}
              {reminderStateText(reminderState(one, now), t)}
            </li>
          ))}
        </ul>
      )}
      {alerts.length > 0 && <AlertLog t={t} alerts={alerts} />}
      {mayRemind(officer) && dossier.code && !dossier.closedAt && (
        <Actions>
          <Button kind="secondary" href={`/don-doc/moi?ho-so=${dossierRef(dossier)}`}>
            {t('Lập phiếu đôn đốc', 'Write a reminder slip')}
          </Button>
        </Actions>
      )}
    </Card>
  )
}

const agencyName = (read: ReadDossier, id: number) => read.agencies.get(id)?.shortName ?? `#${id}`

function CauseNotice({ t, read, cause }: { t: T; read: ReadDossier; cause: Cause }) {
  const who = [
    agencyName(read, cause.agencyId),
    cause.role && roleName(cause.role, t),
    cause.accountId !== null && read.people.get(cause.accountId),
  ]
  const over = workingDuration(cause.over, t)
  return (
    <Notice t={t} kind="error" title={t('Nguyên nhân chậm', 'Cause of the delay')}>
      <p>
        {who.filter(Boolean).join(' · ')}:{' '}
        {cause.why === 'over-allowance'
          ? t(`vượt thời gian của quy trình ${over}.`, `${over} beyond what its steps allow.`)
          : t('đang giữ hồ sơ khi đến hạn.', 'had it when it fell due.')}
      </p>
    </Notice>
  )
}

type Line = {
  key: string
  name: string
  under: string | null
  share: Pick<Share, 'minutes' | 'allowed' | 'over'>
  agency: boolean
}

function ShareTable({ t, read, shares }: { t: T; read: ReadDossier; shares: readonly Share[] }) {
  const lines = shares.flatMap((share): Line[] => [
    { key: String(share.agencyId), name: agencyName(read, share.agencyId), under: null, share, agency: true },
    ...share.people.map((one, nth) => ({
      key: `${share.agencyId}:${nth}`,
      name: personName(read, one, t),
      under: one.steps.join(', ') || null,
      share: one,
      agency: false,
    })),
  ])
  return (
    <DataTable
      caption={t('Thời gian làm việc theo cơ quan và người giữ hồ sơ', 'Working time by agency and holder')}
      rows={lines}
      rowKey={line => line.key}
      columns={[
        {
          key: 'who',
          head: t('Ai giữ', 'Who'),
          cell: line => (line.agency ? <strong>{line.name}</strong> : line.name),
          sub: line => line.under,
          rowHeader: true,
        },
        { key: 'used', head: t('Đã dùng', 'Used'), cell: line => workingDuration(line.share.minutes, t), nowrap: true },
        {
          key: 'allowed',
          head: t('Quy trình cho', 'Allowed'),
          cell: line => (line.share.allowed > 0 ? workingDuration(line.share.allowed, t) : t('không định', 'not set')),
          nowrap: true,
        },
        {
          key: 'over',
          head: t('Vượt', 'Beyond'),
          cell: line => (line.share.over > 0 ? workingDuration(line.share.over, t) : '—'),
          nowrap: true,
        },
      ]}
      dense
      bare
    />
  )
}

function personName(read: ReadDossier, { role, accountId }: PersonShare, t: T): string {
  const desk = role ? roleName(role, t) : t('Chờ hồ sơ liên thông', 'Waiting for the dossier there')
  const name = accountId === null ? undefined : read.people.get(accountId)
  return name ? `${name} · ${desk}` : desk
}

function AlertLog({ t, alerts }: { t: T; alerts: readonly ListedAlert[] }) {
  return (
    <Disclosure summary={t(`Cảnh báo đã gửi (${alerts.length})`, `Warnings sent (${alerts.length})`)}>
      <ul>
        {alerts.map(one => (
          <li key={one.id}>
            {instantText(one.at)} ·{' '}
            {one.late
              ? t(`quá hạn ${instantText(one.dueAt)}`, `missed ${instantText(one.dueAt)}`)
              : t(`sắp đến hạn ${instantText(one.dueAt)}`, `due ${instantText(one.dueAt)}`)}{' '}
            · {one.subject === 'step' && one.step ? one.step : subjectText(one.subject, t)} ·{' '}
            {t(`báo ${escalationText(one.escalateTo, t)}`, `told ${escalationText(one.escalateTo, t)}`)}
            {one.told.length > 0 && `: ${one.told.join(', ')}`}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
