import { roleName } from '#src/accounts/account.ts'
import { isOpen, type Judgement, stateLabel } from '#src/dossiers/dossier.ts'
import { eventLabels } from '#src/dossiers/dossier-event.ts'
import type { Family, FamilyEvent, FamilyMember } from '#src/families/family.query.ts'
import { dateText, instantText, isoLocal, type T, timeText } from '#src/platform/text.ts'
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
      head: t('Tình trạng, hạn trả', 'State, due'),
      cell: member => <State t={t} member={member} now={now} />,
      sub: member => [member.step, dueText(member, t)].filter(Boolean).join(' · '),
    },
    {
      key: 'holder',
      head: t('Đang ở', 'Now at'),
      cell: ({ holder, agency }) => holder?.agency ?? agency,
      sub: ({ holder }) => holder && heldSince(holder, t),
    },
  ]
}

function Name({ t, member, isCurrent }: { t: T; member: FamilyMember; isCurrent: boolean }) {
  const { code, id, mayOpen } = member
  const label = code ?? `D${id}`
  if (isCurrent) {
    return (
      <>
        <strong class="nowrap">{label}</strong> <span class="muted">{t('(hồ sơ này)', '(this one)')}</span>
      </>
    )
  }
  return mayOpen ? (
    <a class="nowrap" href={`/ho-so/${label}`}>
      {label}
    </a>
  ) : (
    <span class="nowrap">{label}</span>
  )
}

/** `10:00 02/03`: a matter seldom outlasts its year. */
const shortly = (at: Date) => `${timeText(at)} ${dateText(at).slice(0, 5)}`

function heldSince({ role, since }: NonNullable<FamilyMember['holder']>, t: T): string {
  const at = t(`từ ${shortly(since)}`, `since ${shortly(since)}`)
  return role ? `${roleName(role, t)}, ${at}` : t(`chờ kết quả, ${at}`, `waiting for a result, ${at}`)
}

function State({ t, member, now }: { t: T; member: FamilyMember; now: Date }) {
  const { state, dueAt, paused } = member
  const isLate = isOpen(state) && !paused && dueAt !== null && dueAt < now
  return (
    <>
      <StateBadge tone={badgeTone(state)} text={stateLabel(state, t)} />
      {isLate && <TimeLeft tone="late" text={t('Quá hạn', 'Overdue')} />}
    </>
  )
}

function dueText({ dueAt, paused, judgement, state }: FamilyMember, t: T): string | null {
  if (judgement && judgement !== 'no-term') return judged(judgement, t)
  if (!dueAt || !isOpen(state)) return null
  return paused ? t('tạm dừng', 'paused') : t(`hạn ${shortly(dueAt)}`, `due ${shortly(dueAt)}`)
}

function judged(judgement: Exclude<Judgement, 'no-term'>, t: T): string {
  const words = {
    early: t('trước hạn', 'before time'),
    'on-time': t('đúng hạn', 'on time'),
    late: t('trễ hạn', 'late'),
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
