import { roleName } from '#src/accounts/account.ts'
import { isOpen, type Judgement, stateLabel } from '#src/dossiers/dossier.ts'
import { eventLabels } from '#src/dossiers/dossier-event.ts'
import type { Family, FamilyEvent, FamilyMember } from '#src/families/family.query.ts'
import { instantText, isoLocal, type T } from '#src/platform/text.ts'
import { StateBadge, TimeLeft } from '#src/ui/badge.tsx'
import { Card } from '#src/ui/card.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Stack } from '#src/ui/layout.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { Timeline } from '#src/ui/timeline.tsx'
import { badgeTone } from './tracking-view.tsx'

export type FamilyViewProps = {
  t: T
  family: Family
  /** Number of the dossier whose page it stands on. */
  current: number
  now: Date
}

/** An interconnected matter as its officers see it: every dossier of it, who has each now, what happened in all of them, what is linked. */
export function FamilyView({ t, family, current, now }: FamilyViewProps) {
  const { members, events, links } = family
  const title = t('Hồ sơ liên thông', 'Interconnected dossiers')
  return (
    <Card title={members.length > 0 ? title : t('Hồ sơ liên quan', 'Related dossiers')} id="lien-thong">
      <Stack>
        {members.length > 0 && (
          <DataTable
            caption={title}
            captionHidden
            dense
            bare
            rows={members}
            rowKey={({ id }) => id}
            columns={columns({ t, current, now })}
          />
        )}
        {events.length > 0 && (
          <Disclosure summary={t('Diễn biến chung', 'What happened in all of them')}>
            <Timeline entries={events.map(event => entryOf(event, members, t))} />
          </Disclosure>
        )}
        {links.length > 0 && <Links t={t} links={links} titled={members.length > 0} />}
      </Stack>
    </Card>
  )
}

type Shown = Omit<FamilyViewProps, 'family'>

function columns({ t, current, now }: Shown): Column<FamilyMember>[] {
  return [
    {
      key: 'procedure',
      head: t('Hồ sơ', 'Dossier'),
      cell: member => <Name t={t} member={member} isCurrent={member.id === current} />,
      sub: ({ procedure, depth }) => `${depth > 0 ? '↳ ' : ''}${procedure}`,
    },
    {
      key: 'state',
      head: t('Tình trạng', 'State'),
      cell: ({ state }) => <StateBadge tone={badgeTone(state)} text={stateLabel(state, t)} />,
      sub: ({ step }) => step,
    },
    {
      key: 'holder',
      head: t('Đang ở', 'Now at'),
      cell: ({ holder, agency }) => holder?.agency ?? agency,
      sub: ({ holder }) => holder && heldSince(holder, t),
    },
    { key: 'due', head: t('Hạn trả', 'Due'), nowrap: true, cell: member => dueOf(member, now, t) },
  ]
}

function Name({ t, member, isCurrent }: { t: T; member: FamilyMember; isCurrent: boolean }) {
  const { code, id, mayOpen } = member
  const label = code ?? `D${id}`
  if (isCurrent) return <strong>{t(`${label} (hồ sơ này)`, `${label} (this one)`)}</strong>
  return mayOpen ? <a href={`/ho-so/${label}`}>{label}</a> : label
}

function heldSince({ role, since }: NonNullable<FamilyMember['holder']>, t: T): string {
  const at = t(`từ ${instantText(since)}`, `since ${instantText(since)}`)
  return role ? `${roleName(role, t)}, ${at}` : t(`chờ kết quả, ${at}`, `waiting for a result, ${at}`)
}

function dueOf({ dueAt, paused, judgement, state }: FamilyMember, now: Date, t: T) {
  if (judgement && judgement !== 'no-term') return judged(judgement, t)
  if (!dueAt || !isOpen(state)) return null
  if (paused) return <TimeLeft tone="paused" text={t('Tạm dừng', 'Paused')} />
  const text = instantText(dueAt)
  return dueAt < now ? <TimeLeft tone="late" text={t(`Quá hạn ${text}`, `Overdue, ${text}`)} /> : text
}

function judged(judgement: Exclude<Judgement, 'no-term'>, t: T): string {
  const words = {
    early: t('Trước hạn', 'Before time'),
    'on-time': t('Đúng hạn', 'On time'),
    late: t('Trễ hạn', 'Late'),
  }
  return words[judgement]
}

function entryOf({ at, type, dossierId, agency, step }: FamilyEvent, members: readonly FamilyMember[], t: T) {
  const member = members.find(({ id }) => id === dossierId)
  const label = t(...eventLabels[type])
  return {
    title: step ? `${label} → ${step}` : label,
    at: instantText(at),
    dateTime: isoLocal(at),
    meta: [member?.code, agency ?? t('Hệ thống', 'System')].filter(Boolean).join(' · '),
  }
}

function Links({ t, links, titled }: { t: T; links: Family['links']; titled: boolean }) {
  return (
    <div>
      {titled && <h3>{t('Hồ sơ liên quan', 'Related dossiers')}</h3>}
      <ul>
        {links.map(({ id, code, reason }) => (
          <li key={id}>
            <a href={`/ho-so/${code}`}>{code}</a>: {reason}
          </li>
        ))}
      </ul>
    </div>
  )
}
