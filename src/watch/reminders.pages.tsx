import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { StateBadge, type StateTone } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { ErrorSummary, Form, Hidden, NumberField, TextArea, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips, Pager } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { Remindable } from './reminder.query.ts'
import {
  mayAnswer,
  type RemindedDossier,
  type Reminder,
  type ReminderState,
  reminderNumber,
  reminderState,
  reminderStateText,
  type Signer,
} from './reminder.ts'

type RemindersProps = { c: RequestContext; reminders: readonly Reminder[]; open: boolean; next: number | undefined }

export function RemindersPage({ c, reminders, open, next }: RemindersProps) {
  const t = c.get('t')
  const title = t('Phiếu đôn đốc', 'Reminder slips')
  return (
    <OfficerPage c={c} title={title} current="/don-doc">
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Phiếu gửi cho cơ quan xử lý chậm, kèm thời hạn trả lời; mọi phiếu và câu trả lời được lưu lại.',
          'Slips to an agency that is slow, with a time to answer; slips and answers are kept.',
        )}
      >
        <Button href="/don-doc/moi">{t('Lập phiếu đôn đốc', 'Write a slip')}</Button>
      </PageHead>
      <Stack>
        <FilterChips
          label={t('Lọc phiếu', 'Filter')}
          chips={[
            { href: '/don-doc', label: t('Chưa trả lời', 'Unanswered'), current: open },
            { href: '/don-doc?xem=tat-ca', label: t('Tất cả', 'All'), current: !open },
          ]}
        />
        <DataTable
          caption={title}
          captionHidden
          rows={reminders}
          rowKey={row => row.id}
          columns={listColumns(t, c.get('ctx').clock.now())}
          empty={t('Không có phiếu nào', 'None')}
        />
        {next !== undefined && <Pager t={t} nextHref={`/don-doc?${open ? '' : 'xem=tat-ca&'}before=${next}`} />}
      </Stack>
    </OfficerPage>
  )
}

const TONES: Record<ReminderState, StateTone> = { waiting: 'active', unanswered: 'bad', answered: 'done' }

function AnswerBadge({ t, reminder, now }: { t: T; reminder: Reminder; now: Date }) {
  const state = reminderState(reminder, now)
  return <StateBadge tone={TONES[state]} text={reminderStateText(state, t)} />
}

function listColumns(t: T, now: Date): Column<Reminder>[] {
  return [
    {
      key: 'number',
      head: t('Số', 'Number'),
      cell: row => <a href={`/don-doc/${row.id}`}>{reminderNumber(row)}</a>,
      sub: row => instantText(row.at),
      rowHeader: true,
      nowrap: true,
    },
    { key: 'from', head: t('Từ', 'From'), cell: row => row.from.name },
    { key: 'to', head: t('Gửi', 'To'), cell: row => row.to.name },
    {
      key: 'about',
      head: t('Hồ sơ', 'Dossiers'),
      cell: row => row.dossiers[0]?.ref,
      sub: ({ dossiers }) =>
        dossiers.length > 1 && t(`và ${dossiers.length - 1} hồ sơ khác`, `and ${dossiers.length - 1} more`),
    },
    {
      key: 'state',
      head: t('Trả lời', 'Answer'),
      cell: row => <AnswerBadge t={t} reminder={row} now={now} />,
      sub: row => t(`trước ${instantText(row.answerBy)}`, `by ${instantText(row.answerBy)}`),
    },
  ]
}

type NewReminderProps = {
  c: RequestContext
  dossiers: readonly Remindable[]
  /** To answer within, unless said otherwise. */
  hours: number
  values: FormValues
  errors: FieldError[]
  commandId: string
}

export function NewReminderPage(props: NewReminderProps) {
  const { c, dossiers, errors } = props
  const t = c.get('t')
  const title = t('Lập phiếu đôn đốc', 'Write a reminder slip')
  const crumbs = [{ href: '/don-doc', label: t('Phiếu đôn đốc', 'Reminder slips') }, { label: title }]
  return (
    <OfficerPage c={c} title={title} current="/don-doc">
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} crumbs={crumbs} />
      <Stack>
        {dossiers.length > 0 && <DossierTable t={t} dossiers={dossiers.map(one => ({ ...one, seen: true }))} />}
        {dossiers.length > 0 ? <SlipForm {...props} /> : <AskForDossier {...props} />}
      </Stack>
    </OfficerPage>
  )
}

function AskForDossier({ c, values, errors }: NewReminderProps) {
  const t = c.get('t')
  const label = t('Mã hồ sơ cần đôn đốc', 'Code of the dossier')
  return (
    <Form action="/don-doc/moi" method="get">
      <TextField t={t} errors={errors} values={values} name="ho-so" label={label} required />
      <Actions>
        <Button>{t('Tiếp tục', 'Continue')}</Button>
      </Actions>
    </Form>
  )
}

/** Other agencies with a part in every one of the dossiers, the holder of the first foremost. */
function urgeable(dossiers: readonly Remindable[], own: number) {
  const [first, ...others] = dossiers
  const inAll = (id: number) => others.every(one => one.agencies.some(agency => agency.id === id))
  return (first?.agencies ?? []).filter(({ id }) => id !== own && inAll(id))
}

function SlipForm({ c, dossiers, hours, values, errors, commandId }: NewReminderProps) {
  const t = c.get('t')
  const agencies = urgeable(dossiers, officerOf(c).agencyId)
  const field = { t, errors, values: { answerHours: String(hours), ...values } }
  const answerLabel = t('Trả lời trong vòng', 'To be answered within')
  if (agencies.length === 0) {
    return (
      <Notice t={t}>
        {t(
          'Không có cơ quan nào khác cùng tham gia giải quyết các hồ sơ này. Trong cơ quan, ông/bà giao việc trực tiếp.',
          'No other agency takes part in all of these. Within your own agency, give the work out directly.',
        )}
      </Notice>
    )
  }
  return (
    <Form action="/don-doc">
      <Hidden name="commandId" value={commandId} />
      {dossiers.map(one => (
        <Hidden key={one.id} name="dossiers" value={one.ref} />
      ))}
      <SelectField
        {...field}
        name="to"
        label={t('Gửi cơ quan', 'To')}
        placeholder={null}
        options={agencies.map(({ code, name }) => ({ value: code, label: name }))}
        required
      />
      <TextArea {...field} name="text" label={t('Nội dung đôn đốc', 'Text')} rows={6} maxLength={4000} required />
      <NumberField {...field} name="answerHours" label={answerLabel} unit={t('giờ', 'hours')} min={1} max={720} />
      <Actions>
        <Button>{t('Ký, gửi phiếu', 'Sign and send')}</Button>
      </Actions>
    </Form>
  )
}

function DossierTable({ t, dossiers }: { t: T; dossiers: readonly RemindedDossier[] }) {
  return (
    <DataTable
      caption={t('Hồ sơ được đôn đốc', 'Dossiers')}
      rows={dossiers}
      rowKey={row => row.id}
      columns={[
        {
          key: 'ref',
          head: t('Mã hồ sơ', 'Code'),
          cell: row => (row.seen ? <a href={`/ho-so/${row.ref}`}>{row.ref}</a> : row.ref),
          rowHeader: true,
          nowrap: true,
        },
        { key: 'procedure', head: t('Thủ tục', 'Procedure'), cell: row => row.procedure },
        {
          key: 'due',
          head: t('Hẹn trả', 'Promised'),
          cell: row => (row.dueAt ? instantText(row.dueAt) : t('không có hạn', 'no due time')),
          nowrap: true,
        },
      ]}
      dense
    />
  )
}

type ReminderPageProps = { c: RequestContext; reminder: Reminder; errors: FieldError[]; values: FormValues }

/** The slip as it is printed, with its answer or the form for it. */
export function ReminderPage({ c, reminder, errors, values }: ReminderPageProps) {
  const t = c.get('t')
  const officer = officerOf(c)
  const title = t(`Phiếu đôn đốc số ${reminderNumber(reminder)}`, `Reminder slip ${reminderNumber(reminder)}`)
  return (
    <OfficerPage c={c} title={title} current="/don-doc">
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        crumbs={[
          { href: '/don-doc', label: t('Phiếu đôn đốc', 'Reminder slips') },
          { label: reminderNumber(reminder) },
        ]}
      >
        <AnswerBadge t={t} reminder={reminder} now={c.get('ctx').clock.now()} />
      </PageHead>
      <Stack>
        <Slip t={t} reminder={reminder} />
        {reminder.answer && (
          <Card title={t('Trả lời', 'Answer')}>
            <Stack>
              {paragraphs(reminder.answer.text)}
              <Signed t={t} signer={reminder.answer} at={reminder.answer.at} />
            </Stack>
          </Card>
        )}
        {mayAnswer(officer, reminder) && (
          <Card title={t('Trả lời phiếu', 'Answer the slip')}>
            <Form action={`/don-doc/${reminder.id}/tra-loi`}>
              <TextArea
                t={t}
                errors={errors}
                values={values}
                name="answer"
                label={t('Nội dung trả lời', 'Answer')}
                rows={5}
                maxLength={4000}
                required
              />
              <Actions>
                <Button>{t('Ký, gửi trả lời', 'Sign and send')}</Button>
              </Actions>
            </Form>
          </Card>
        )}
      </Stack>
    </OfficerPage>
  )
}

function Slip({ t, reminder }: { t: T; reminder: Reminder }) {
  const { from, to, text, at, answerBy, dossiers } = reminder
  return (
    <Card title={from.name}>
      <Stack>
        <p>
          {t('Kính gửi:', 'To:')} <strong>{to.name}</strong>
        </p>
        {paragraphs(text)}
        <DossierTable t={t} dossiers={dossiers} />
        <p>
          {t(
            `Đề nghị quý cơ quan trả lời bằng văn bản trước ${instantText(answerBy)}.`,
            `Please answer in writing by ${instantText(answerBy)}.`,
          )}
        </p>
        <Signed t={t} signer={from} at={at} />
      </Stack>
    </Card>
  )
}

/** Lines of typed text, each a paragraph. */
const paragraphs = (text: string) => text.split('\n').map((line, nth) => <p key={`${nth}:${line}`}>{line}</p>)

function Signed({ t, signer, at }: { t: T; signer: Signer; at: Date }) {
  const { person, title, onBehalfOf } = signer
  const who = title ? `${title}, ${person}` : person
  const acting = onBehalfOf ? t(` (ký thay ông/bà ${onBehalfOf})`, ` (for ${onBehalfOf})`) : ''
  return <p>{t(`Ngày ${dateText(at)} · ${who}${acting}`, `${dateText(at)} · ${who}${acting}`)}</p>
}
