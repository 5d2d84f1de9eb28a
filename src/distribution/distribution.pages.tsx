import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { Colleague } from '#src/desk/colleague.query.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import { DossierTable, ListPager, type Stood } from '#src/lists/dossier-table.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { refusalSentence } from '#src/platform/problem.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup } from '#src/ui/choice.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { typedValues } from '#src/ui/field.tsx'
import { ErrorSummary, Form, Hidden, TextArea } from '#src/ui/form.tsx'
import { Columns, PageHead, Stack } from '#src/ui/layout.tsx'
import { type Chip, FilterChips } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import type { Column } from '#src/ui/table.tsx'
import type { Outcome } from './assign-many.ts'
import type { GiveView, RowToGive, WorkToGive } from './work-to-give.query.ts'

export type DistributionProps = {
  c: RequestContext
  work: WorkToGive
  rows: Stood<RowToGive>[]
  people: readonly Colleague[]
  /** Whose work is looked at. */
  person: Colleague | undefined
  view: GiveView
  isFirst: boolean
  commandId: string
  errors: FieldError[]
  values: FormValues
  /** What became of what was just given out. */
  outcomes: readonly Outcome[] | undefined
}

const SCRIPTS = ['/assets/pick-rows.js']

export function DistributionPage(props: DistributionProps) {
  const { c, work, rows, person, view, isFirst, errors, outcomes } = props
  const t = c.get('t')
  const title = t('Phân công', 'Give out work')
  const here = hrefOf(view, person)
  return (
    <OfficerPage c={c} title={title} current="/phan-cong" counts={{ '/phan-cong': work.counts.open }} scripts={SCRIPTS}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} sub={summary(work, t)} />
      {outcomes && <Outcomes t={t} outcomes={outcomes} />}
      <FilterChips label={t('Lọc việc', 'Filter the work')} chips={chipsOf(props)} />
      {rows.length > 0 ? (
        <GiveForm {...props} />
      ) : (
        <Empty title={emptyText(view, person, t)}>
          <People {...props} />
        </Empty>
      )}
      <ListPager
        t={t}
        start={isFirst ? undefined : here}
        next={work.next ? `${here}&${new URLSearchParams({ cursor: work.next })}` : undefined}
      />
    </OfficerPage>
  )
}

const hrefOf = (view: GiveView, person?: Colleague) =>
  person ? `/phan-cong?${new URLSearchParams({ person: person.username })}` : `/phan-cong?view=${view}`

function summary({ counts }: WorkToGive, t: T): string {
  return t(
    `${counts.open} việc chưa có người thụ lý · ${counts.given} việc đã giao`,
    `${counts.open} without anybody · ${counts.given} given out`,
  )
}

function emptyText(view: GiveView, person: Colleague | undefined, t: T): string {
  if (person) return t(`${person.name} không có việc nào trong tay`, `${person.name} has nothing in hand`)
  return view === 'open'
    ? t('Mọi việc đều đã có người thụ lý', 'Everything has somebody')
    : t('Chưa giao việc nào', 'Nothing is given out')
}

function chipsOf({ c, work, person, view }: DistributionProps): Chip[] {
  const t = c.get('t')
  const { open, given } = work.counts
  return [
    {
      href: hrefOf('open'),
      label: t('Chưa phân công', 'Unassigned'),
      count: open,
      current: !person && view === 'open',
      ...(open > 0 ? { tone: 'soon' as const } : {}),
    },
    {
      href: hrefOf('given'),
      label: t('Đã phân công', 'Given out'),
      count: given,
      current: !person && view === 'given',
    },
    ...(person ? [{ href: hrefOf('given', person), label: person.name, current: true }] : []),
  ]
}

function GiveForm(props: DistributionProps) {
  const { c, rows, people, person, view, commandId, errors, values } = props
  const t = c.get('t')
  const field = { t, errors, values }
  const button = t('Giao việc đã chọn', 'Give the chosen work')
  return (
    <Form action={hrefOf(view, person)} island="pick-rows">
      <Hidden name="commandId" value={commandId} />
      <Columns
        aside={
          <Card title={t('Giao cho', 'Give to')}>
            <Stack>
              <RadioGroup
                {...field}
                name="to"
                label={t('Người thụ lý hoặc cách chia', 'Person or way of sharing')}
                required
                options={[...people.map(one => personOption(one, t)), ...(people.length > 1 ? sharing(t) : [])]}
              />
              <TextArea {...field} name="note" label={t('Ý kiến chỉ đạo', 'Instruction')} rows={2} />
              <Actions>
                <Button>{button}</Button>
              </Actions>
            </Stack>
          </Card>
        }
      >
        <DossierTable
          t={t}
          now={c.get('ctx').clock.now()}
          caption={t('Việc để phân công', 'Work to give out')}
          rows={rows}
          lean
          first={pickColumn(rows, values, t)}
          {...(view === 'given' || person ? { last: whoColumn(t) } : {})}
        />
      </Columns>
    </Form>
  )
}

/** Who has how much, when there is nothing to give. */
function People({ c, people }: DistributionProps) {
  const t = c.get('t')
  return (
    <>
      {people.map(one => (
        <p key={one.username}>
          <a href={hrefOf('given', one)}>{one.name}</a>: {busyText(one, t)}
        </p>
      ))}
    </>
  )
}

function personOption(one: Colleague, t: T) {
  return {
    value: one.username,
    label: one.name,
    hint: (
      <>
        {busyText(one, t)}
        {one.open > 0 && (
          <>
            {' · '}
            <a href={hrefOf('given', one)} aria-label={t(`Xem việc của ${one.name}`, `See the work of ${one.name}`)}>
              {t('xem', 'see')}
            </a>
          </>
        )}
      </>
    ),
  }
}

function busyText({ open, late }: Colleague, t: T): string {
  if (open === 0) return t('không giữ hồ sơ nào', 'nothing in hand')
  return late > 0
    ? t(`đang giữ ${open} hồ sơ, ${late} quá hạn`, `${open} in hand, ${late} late`)
    : t(`đang giữ ${open} hồ sơ`, `${open} in hand`)
}

function sharing(t: T) {
  return [
    {
      value: 'share:round-robin',
      label: t('Chia đều theo lượt', 'Share out in turn'),
      hint: t('lần lượt mỗi người một hồ sơ', 'one each, one after the other'),
    },
    {
      value: 'share:least-loaded',
      label: t('Chia cho người ít việc nhất', 'Share out to who has least'),
      hint: t('hồ sơ tiếp theo cho người đang giữ ít nhất', 'the next one to whoever has least in hand'),
    },
  ]
}

function pickColumn(rows: readonly RowToGive[], values: FormValues, t: T): Column<Stood<RowToGive>> {
  const picked = typedValues('pick', values)
  return {
    key: 'pick',
    head: t('Chọn', 'Choose'),
    cell: row => {
      const value = `${dossierRef(row)}@${row.version}`
      return (
        <input
          class="pick"
          id={row === rows[0] ? 'f-pick' : undefined}
          type="checkbox"
          name="pick"
          value={value}
          checked={picked.includes(value)}
          aria-label={t(`Chọn ${dossierRef(row)}`, `Choose ${dossierRef(row)}`)}
        />
      )
    },
  }
}

function whoColumn(t: T): Column<Stood<RowToGive>> {
  return { key: 'who-has', head: t('Người thụ lý', 'Has it'), cell: row => row.who ?? '', nowrap: true }
}

/** Dossier by dossier, when it is not all to one person. */
function Outcomes({ t, outcomes }: { t: T; outcomes: readonly Outcome[] }) {
  const given = outcomes.filter(one => 'to' in one)
  const left = outcomes.filter(one => 'refusal' in one)
  const perPerson = Map.groupBy(given, one => one.to.name)
  return (
    <>
      {given.length > 0 && (
        <Notice
          t={t}
          kind="success"
          title={t(
            `Đã giao ${given.length} hồ sơ`,
            `${given.length} ${given.length === 1 ? 'dossier' : 'dossiers'} given`,
          )}
        >
          <ul>
            {[...perPerson].map(([name, theirs]) => (
              <li key={name}>
                {name} ({theirs.length}): {theirs.map(({ ref }) => ref).join(', ')}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {left.length > 0 && (
        <Notice t={t} kind="warning" title={t(`Chưa giao được ${left.length} hồ sơ`, `${left.length} not given`)}>
          <ul>
            {left.map(({ ref, refusal }) => (
              <li key={ref}>
                <a href={`/ho-so/${ref}`}>{ref}</a>: {refusalSentence(refusal, t)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}
