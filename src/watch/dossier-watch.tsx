import { dossierRef, isOpen } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { escalationText, subjectText } from '#src/warnings/warning.ts'
import type { ListedAlert } from './alert-list.query.ts'
import { signHref } from './apology.query.ts'
import type { DossierWatch } from './dossier-watch.query.ts'
import { mayRemind, type Reminder, reminderNumber, reminderState, reminderStateText } from './reminder.ts'

type DossierWatchProps = { t: T; read: ReadDossier; watch: DossierWatch; officer: Officer; now: Date }

/** Warnings, reminder slips and the apology that waits for a dossier; and the way to write a slip. Nothing before reception. */
export function DossierWatchSection({ t, read, watch, officer, now }: DossierWatchProps) {
  const { dossier } = read
  const { alerts, reminders, apologies } = watch
  const draft = apologies.find(one => one.state === 'open')
  const signs = draft && officer.role === 'leader' && officer.agencyId === dossier.competentAgencyId
  const urges = mayRemind(officer) && isOpen(dossier.state)
  if (!draft && !urges && alerts.length === 0 && reminders.length === 0) return null
  return (
    <Card title={t('Cảnh báo, đôn đốc', 'Warnings and reminders')} id="canh-bao">
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
      {reminders.length > 0 && <Slips {...{ t, reminders, officer, now }} />}
      {alerts.length > 0 && <AlertLog t={t} alerts={alerts} />}
      {urges && (
        <Actions>
          <Button kind="secondary" href={`/don-doc/moi?ho-so=${dossierRef(dossier)}`}>
            {t('Lập phiếu đôn đốc', 'Write a reminder slip')}
          </Button>
        </Actions>
      )}
    </Card>
  )
}

type SlipsProps = Pick<DossierWatchProps, 't' | 'officer' | 'now'> & { reminders: readonly Reminder[] }

function Slips({ t, reminders, officer, now }: SlipsProps) {
  return (
    <ul>
      {reminders.map(one => (
        <li key={one.id}>
          {mayRemind(officer) ? <a href={`/don-doc/${one.id}`}>{reminderNumber(one)}</a> : reminderNumber(one)} ·{' '}
          {t(`${one.from.name} đôn đốc ${one.to.name}`, `${one.from.name} reminded ${one.to.name}`)} ·{' '}
          {reminderStateText(reminderState(one, now), t)}
        </li>
      ))}
    </ul>
  )
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
