import { randomUUID } from 'node:crypto'
import { roleName } from '#src/accounts/account.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { allowedCommands } from '#src/casework/commands.ts'
import { channelLabel, dossierRef, stateLabel } from '#src/dossiers/dossier.ts'
import type { ReadDossier, ReadEvent } from '#src/dossiers/dossier-page.query.ts'
import type { Family } from '#src/families/family.query.ts'
import { formsOf } from '#src/forms/dossier-forms.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import { instantText, isoLocal, type T } from '#src/platform/text.ts'
import { shortInstant } from '#src/progress/dossier-steps.ts'
import { HoldersCard } from '#src/progress/holders-card.tsx'
import { OpinionsCard } from '#src/progress/opinions-card.tsx'
import { StepCard } from '#src/progress/step-card.tsx'
import { actorText } from '#src/progress/work-words.ts'
import { FamilyView } from '#src/tracking/family-view.tsx'
import { StateBadge } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Form, Hidden } from '#src/ui/form.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { Columns, PageHead } from '#src/ui/layout.tsx'
import { Menu } from '#src/ui/menu.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Timeline, type TimelineEntry } from '#src/ui/timeline.tsx'
import type { DossierWatch } from '#src/watch/dossier-watch.query.ts'
import { DossierWatchSection } from '#src/watch/dossier-watch.tsx'
import { type Arranged, type ArrangedCommands, arrangeCommands } from './command-order.ts'
import { DeadlineCard } from './deadline-card.tsx'
import { ComponentsCard, DeclaredCard, ResultCard, SupplementsCard } from './dossier-facts.tsx'
import { eventWords } from './event-words.ts'

/** `done`: label of the command just carried out. */
export type DossierPageProps = {
  c: RequestContext
  read: ReadDossier
  watch: DossierWatch
  /** The interconnected matter it belongs to. */
  family: Family | null
  done?: string | undefined
}

export function DossierPage({ c, read, watch, family, done }: DossierPageProps) {
  const t = c.get('t')
  const { dossier, procedure } = read
  const now = c.get('ctx').clock.now()
  const ref = dossierRef(dossier)
  const commands = commandsFor(c, read)
  const isAsking = dossier.step?.kind === 'consult'
  return (
    <OfficerPage c={c} title={`${ref} · ${procedure.name}`} current="/ho-so">
      <PageHead
        t={t}
        title={procedure.name}
        sub={subtitle(read, t)}
        crumbs={[{ label: t('Việc của tôi', 'My work'), href: '/viec' }, { label: ref }]}
      >
        <FormMenu t={t} read={read} />
        <CommandButtons t={t} read={read} commands={commands} />
      </PageHead>
      {done && (
        <Notice t={t} kind="success">
          {t(`Đã ghi nhận: ${done}.`, `Recorded: ${done}.`)}
        </Notice>
      )}
      <Columns aside={<Ledger t={t} read={read} />}>
        <StepCard
          {...{ t, read, now, exits: commands.exits, leads: !commands.primary }}
          hrefOf={exit => `${commandHref(ref, 'complete-step')}?ra=${exit.key}`}
        />
        {isAsking && <OpinionsCard t={t} read={read} now={now} />}
        <DeadlineCard t={t} read={read} now={now} />
        {!isAsking && <OpinionsCard t={t} read={read} now={now} />}
        <SupplementsCard t={t} read={read} />
        <ResultCard t={t} read={read} />
        <HoldersCard t={t} read={read} now={now} />
        <DossierWatchSection {...{ t, read, watch, now, officer: officerOf(c) }} />
        {family && <FamilyView t={t} family={family} current={dossier.id} now={now} />}
        {!isImported(read) && <ComponentsCard t={t} read={read} />}
        <DeclaredCard t={t} read={read} />
      </Columns>
    </OfficerPage>
  )
}

function subtitle({ dossier }: ReadDossier, t: T) {
  const at = instantText(dossier.receivedAt ?? dossier.submittedAt ?? dossier.createdAt)
  return (
    <>
      {dossier.applicant.name} · {channelLabel(dossier.channel, t).toLowerCase()}, {at}{' '}
      <StateBadge tone="active" text={stateLabel(dossier.state, t)} />
    </>
  )
}

/** Which papers it came with the other system did not say, which is not the same as none; and what forms it was given, it was given there. */
const isImported = ({ events }: ReadDossier) => events[0]?.recordedAt != null

function FormMenu({ t, read }: { t: T; read: ReadDossier }) {
  if (isImported(read)) return null
  const forms = formsOf(read.formSet, read.events)
  if (forms.length === 0) return null
  const base = `/ho-so/${dossierRef(read.dossier)}/phieu`
  const many = forms.filter(form => form.kind === 'supplement').length > 1
  const items = forms.map(({ number, title, nth, kind, at }) => ({
    href: `${base}/${number}.pdf${kind === 'supplement' ? `?lan=${nth}` : ''}`,
    label: title,
    hint: [
      t(`Mẫu ${number}`, `Form ${number}`),
      kind === 'supplement' && many && t(`lần ${nth}`, `no. ${nth}`),
      shortInstant(at),
    ]
      .filter(Boolean)
      .join(' · '),
    newTab: true,
  }))
  return <Menu label={t('In phiếu', 'Print')} icon="printer" items={items} />
}

function commandsFor(c: RequestContext, { dossier }: ReadDossier): ArrangedCommands {
  const { actor } = c.get('ctx')
  return arrangeCommands(dossier, allowedCommands(dossier, actor), actor.kind === 'officer' ? actor.agencyId : null)
}

type CommandsProps = { t: T; read: ReadDossier; commands: ArrangedCommands }

/** What the officer can do now: the rest behind a menu, then the next step last, where the eye ends. */
function CommandButtons({ t, read, commands: { primary, secondary, rare } }: CommandsProps) {
  const hrefOf = (command: Arranged) => commandHref(dossierRef(read.dossier), command.type)
  return (
    <>
      {rare.length > 0 && (
        <Menu label={t('Việc khác', 'More')} items={rare.map(one => ({ href: hrefOf(one), label: t(...one.label) }))} />
      )}
      {secondary.map(one => (
        <Button key={one.type} kind="secondary" href={hrefOf(one)}>
          {t(...one.label)}
        </Button>
      ))}
      {primary?.isPlain && <PlainCommand t={t} read={read} command={primary} />}
      {primary && !primary.isPlain && <Button href={hrefOf(primary)}>{t(...primary.label)}</Button>}
    </>
  )
}

export function commandHref(ref: string, type: string): string {
  return type === 'save-draft' ? `/tiep-nhan?nhap=${ref}` : `/ho-so/${ref}/lam/${type}`
}

/** A step that asks nothing is one press on the dossier's own page. */
function PlainCommand({ t, read, command }: { t: T; read: ReadDossier; command: Arranged }) {
  return (
    <Form action={commandHref(dossierRef(read.dossier), command.type)}>
      <Hidden name="commandId" value={randomUUID()} />
      <Hidden name="version" value={read.dossier.version} />
      <Button>{t(...command.label)}</Button>
    </Form>
  )
}

function Ledger({ t, read }: { t: T; read: ReadDossier }) {
  const ref = dossierRef(read.dossier)
  const last = read.events.at(-1)
  const views =
    read.views >= 1000 ? t('trên 999 lượt xem', 'over 999 views') : t(`${read.views} lượt xem`, `${read.views} views`)
  return (
    <Card title={t('Diễn biến', 'History')}>
      <Timeline entries={read.events.toReversed().map(event => entryOf(event, read, t))}>
        <Icon name="lock" />{' '}
        {read.chainIntact
          ? t(
              `Chuỗi băm khớp đến ${last ? shortInstant(last.recordedAt ?? last.at) : ''}`,
              `Hash chain intact to ${last ? shortInstant(last.recordedAt ?? last.at) : ''}`,
            )
          : t('Chuỗi băm KHÔNG khớp, hãy báo quản trị', 'The hash chain is BROKEN: tell an administrator')}{' '}
        · {views} · <a href={`/ho-so/${ref}/luot-xem`}>{t('ai đã xem?', 'who looked?')}</a>
      </Timeline>
    </Card>
  )
}

function entryOf(event: ReadEvent, read: ReadDossier, t: T): TimelineEntry {
  const { title, lines } = eventWords(event, read, t)
  const form = event.form && formsOf(read.formSet, read.events).find(one => one.seq === event.seq)
  const base = `/ho-so/${dossierRef(read.dossier)}/phieu`
  return {
    key: event.seq,
    title,
    at: event.recordedAt ? instantText(event.at) : shortInstant(event.at),
    dateTime: isoLocal(event.at),
    meta: (
      <>
        {event.recordedAt
          ? t(
              `nhập từ hệ thống cũ ${instantText(event.recordedAt)}`,
              `from an earlier system, entered ${instantText(event.recordedAt)}`,
            )
          : [actorText(event, t), event.role && roleName(event.role, t), event.agency].filter(Boolean).join(', ')}
        {form && (
          <>
            {' · '}
            <a
              href={`${base}/${form.number}.pdf${form.kind === 'supplement' ? `?lan=${form.nth}` : ''}`}
              target="_blank"
              rel="noopener"
            >
              {t(`Mẫu ${form.number}`, `Form ${form.number}`)}
            </a>
          </>
        )}
      </>
    ),
    children: lines.length > 0 && lines.map(line => <p key={line}>{line}</p>),
  }
}
