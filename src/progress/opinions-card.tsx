import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Opinion } from '#src/dossiers/held-step.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { StateBadge, type StateTone } from '#src/ui/badge.tsx'
import { Card } from '#src/ui/card.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { agencyName, personText } from './hands.ts'
import { answerText } from './work-words.ts'

type Props = { t: T; read: ReadDossier; now: Date }

/** Which agencies were asked, what they said, and who kept silent. The newest consultation first. */
export function OpinionsCard({ t, read, now }: Props) {
  const { opinions } = read.dossier
  if (opinions.length === 0) return null
  const rows = opinions.toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime())
  return (
    <Card title={t('Ý kiến các cơ quan', 'Opinions')} id="y-kien" aside={<Count t={t} opinions={rows} />}>
      <DataTable<Opinion>
        caption={t('Ý kiến các cơ quan', 'Opinions')}
        captionHidden
        dense
        bare
        rows={rows}
        rowKey={row => `${row.key}:${row.askedAt.getTime()}`}
        columns={[
          {
            key: 'agency',
            head: t('Cơ quan', 'Agency'),
            cell: row => agencyName(read, row.agencyId),
            sub: row => askedOf(read, row, t),
          },
          { key: 'answer', head: t('Trả lời', 'Answer'), cell: row => <Answered t={t} now={now} opinion={row} /> },
          { key: 'at', head: t('Thời gian', 'When'), cell: row => whenText(row, t) },
          {
            key: 'document',
            head: t('Văn bản, nội dung', 'Letter, contents'),
            cell: row => row.document ?? '',
            sub: row => row.note,
          },
        ]}
      />
    </Card>
  )
}

function Count({ t, opinions }: { t: T; opinions: readonly Opinion[] }) {
  const given = opinions.filter(({ answeredAt }) => answeredAt).length
  return (
    <span class="muted">{t(`${given}/${opinions.length} đã trả lời`, `${given} of ${opinions.length} answered`)}</span>
  )
}

/** What was asked, where that says more than the agency's name; and who has it. */
function askedOf(read: ReadDossier, opinion: Opinion, t: T): string {
  const { name, answeredAt, closedAt } = opinion
  const isNamed = agencyName(read, opinion.agencyId).toLowerCase().includes(name.toLowerCase())
  const who = answeredAt || closedAt ? null : personText(read, opinion, t)
  return [isNamed ? null : name, who].filter(Boolean).join(' · ')
}

function Answered({ t, now, opinion }: { t: T; now: Date; opinion: Opinion }) {
  const [tone, text] = stateOf(opinion, now, t)
  return <StateBadge tone={tone} text={text} />
}

function stateOf({ answer, answeredAt, closedAt, dueAt }: Opinion, now: Date, t: T): [StateTone, string] {
  if (answer) return [answerTones[answer], answerText(answer, t)]
  if (closedAt && !answeredAt) return ['plain', t('Không cần nữa', 'Not needed any more')]
  return dueAt && dueAt < now ? ['bad', t('Quá hạn trả lời', 'Overdue')] : ['active', t('Đang chờ', 'Awaited')]
}

const answerTones = { agree: 'done', conditional: 'warning', disagree: 'bad', none: 'bad' } as const

function whenText({ answeredAt, dueAt }: Opinion, t: T): string {
  if (answeredAt) return instantText(answeredAt)
  return dueAt ? t(`hạn ${instantText(dueAt)}`, `due ${instantText(dueAt)}`) : ''
}
