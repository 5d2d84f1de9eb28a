import { roleName } from '#src/accounts/account.ts'
import { workingDuration } from '#src/calendar/duration-text.ts'
import { type Cause, causeOf, type PersonShare, type Share, sharesOf } from '#src/dossiers/answerability.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { T } from '#src/platform/text.ts'
import { TimeLeft } from '#src/ui/badge.tsx'
import { Card } from '#src/ui/card.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { agencyName, workingHours } from './hands.ts'

type Props = { t: T; read: ReadDossier; now: Date }
type Row = PersonShare & { agencyId: number }

/** Whose every working hour was, against what their steps allowed; and, when late, whose delay it is. */
export function HoldersCard({ t, read, now }: Props) {
  const shares = sharesOf(read.dossier, read.calendar, now)
  if (shares.length === 0) return null
  const cause = causeOf(read.dossier, read.calendar, now)
  return (
    <Card title={t('Ai giữ hồ sơ bao lâu', 'Who had it for how long')} id="thoi-gian">
      {cause && (
        <Notice t={t} kind="warning" title={t('Cơ quan gây chậm', 'Who caused the delay')}>
          <p>{causeText(read, cause, t)}</p>
        </Notice>
      )}
      <DataTable<Row>
        caption={t('Ai giữ hồ sơ bao lâu, theo giờ làm việc', 'Who had it for how long, in working time')}
        captionHidden
        dense
        bare
        rows={rowsOf(shares)}
        rowKey={row => `${row.agencyId}:${row.role}:${row.accountId}`}
        columns={[
          {
            key: 'who',
            head: t('Cơ quan, người giữ', 'Agency, holder'),
            cell: row => agencyName(read, row.agencyId),
            sub: row => personIn(read, row, t),
          },
          { key: 'steps', head: t('Bước', 'Steps'), cell: row => row.steps.join(', ') },
          {
            key: 'minutes',
            head: t('Đã giữ', 'Had it'),
            cell: row => workingDuration(row.minutes, t),
            sub: row => allowedText(row, t),
            nowrap: true,
          },
          {
            key: 'over',
            head: t('So với được giao', 'Against allowance'),
            cell: row => <Against t={t} row={row} />,
            nowrap: true,
          },
        ]}
      />
    </Card>
  )
}

const rowsOf = (shares: readonly Share[]): Row[] =>
  shares.flatMap(({ agencyId, people }) => people.map(person => ({ ...person, agencyId })))

function allowedText({ allowed }: Row, t: T): string | null {
  if (allowed === 0) return null
  const hours = workingHours(allowed, t)
  return t(`được giao ${hours}`, `${hours} allowed`)
}

function personIn(read: ReadDossier, { role, accountId }: Pick<Row, 'role' | 'accountId'>, t: T): string {
  const name = accountId === null ? null : read.people.get(accountId)?.name
  if (role === null) return t('chờ hồ sơ liên thông', 'waiting for a dossier elsewhere')
  return [name, roleName(role, t)].filter(Boolean).join(', ')
}

function Against({ t, row }: { t: T; row: Row }) {
  if (row.allowed === 0) return null
  if (row.over >= 1) {
    const over = workingDuration(row.over, t)
    return <TimeLeft tone="late" text={t(`Vượt ${over}`, `Over by ${over}`)} />
  }
  return <TimeLeft tone="done" text={t('Trong mức', 'Within it')} />
}

/** `Sở Xây dựng (Nguyễn Văn A, Chuyên viên): vượt thời gian được giao 5 giờ.` */
export function causeText(read: ReadDossier, cause: Cause, t: T): string {
  const who = `${agencyName(read, cause.agencyId)} (${personIn(read, cause, t)})`
  if (cause.why === 'held-when-due') {
    return t(
      `${who}: đang giữ hồ sơ khi đến hạn; chưa bước nào vượt thời gian được giao.`,
      `${who}: had it when it fell due; no step took longer than allowed.`,
    )
  }
  const over = workingDuration(cause.over, t)
  return t(`${who}: vượt thời gian được giao ${over}.`, `${who}: ${over} beyond what was allowed.`)
}
