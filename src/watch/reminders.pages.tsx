import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { StateBadge, type StateTone } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { ErrorSummary, Form, TextArea } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips, Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { DossierTable } from './new-reminder.pages.tsx'
import {
  mayAnswer,
  type Reminder,
  type ReminderState,
  reminderNumber,
  reminderState,
  reminderStateText,
  type Signer,
} from './reminder.ts'
import type { Standing } from './standing.query.ts'

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

type Standings = ReadonlyMap<number, Standing>
type ReminderPageProps = {
  c: RequestContext
  reminder: Reminder
  /** Of its dossiers, when it was written. */
  standings: Standings
  errors: FieldError[]
  values: FormValues
}

/** The slip as it is printed, with its answer or the form for it. */
export function ReminderPage({ c, reminder, standings, errors, values }: ReminderPageProps) {
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
        <Slip t={t} reminder={reminder} standings={standings} />
        {reminder.answer && (
          <Card title={t('Trả lời', 'Answer')}>
            <Stack>
              {paragraphs(reminder.answer.text)}
              <Signed t={t} signer={reminder.answer} at={reminder.answer.at} />
            </Stack>
          </Card>
        )}
        {mayAnswer(officer, reminder) && <AnswerForm t={t} id={reminder.id} errors={errors} values={values} />}
      </Stack>
    </OfficerPage>
  )
}

function AnswerForm({ t, id, errors, values }: { t: T; id: number; errors: FieldError[]; values: FormValues }) {
  const label = t('Nội dung trả lời', 'Answer')
  return (
    <Card title={t('Trả lời phiếu', 'Answer the slip')}>
      <Form action={`/don-doc/${id}/tra-loi`}>
        <TextArea
          t={t}
          errors={errors}
          values={values}
          name="answer"
          label={label}
          rows={5}
          maxLength={4000}
          required
        />
        <Actions>
          <Button>{t('Ký, gửi trả lời', 'Sign and send')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function Slip({ t, reminder, standings }: { t: T; reminder: Reminder; standings: Standings }) {
  const { from, to, text, at, answerBy, dossiers } = reminder
  return (
    <Card title={from.name}>
      <Stack>
        <p>
          {t('Kính gửi:', 'To:')} <strong>{to.name}</strong>
        </p>
        {paragraphs(text)}
        <DossierTable t={t} dossiers={dossiers} standings={standings} at={at} />
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
