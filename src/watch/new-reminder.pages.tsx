import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { timeLeftText } from '#src/calendar/duration-text.ts'
import { stateLabel } from '#src/dossiers/dossier.ts'
import type { FormValues } from '#src/platform/form.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { ErrorSummary, Form, Hidden, NumberField, TextArea, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import type { Remindable } from './reminder.query.ts'
import type { RemindedDossier } from './reminder.ts'
import type { Standing } from './standing.query.ts'

type NewReminderProps = {
  c: RequestContext
  dossiers: readonly Remindable[]
  standings: ReadonlyMap<number, Standing>
  /** To answer within, unless said otherwise. */
  hours: number
  values: FormValues
  errors: FieldError[]
  commandId: string
}

export function NewReminderPage(props: NewReminderProps) {
  const { c, dossiers, standings, errors } = props
  const t = c.get('t')
  const title = t('Lập phiếu đôn đốc', 'Write a reminder slip')
  const crumbs = [{ href: '/don-doc', label: t('Phiếu đôn đốc', 'Reminder slips') }, { label: title }]
  return (
    <OfficerPage c={c} title={title} current="/don-doc">
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} crumbs={crumbs} />
      <Stack>
        {dossiers.length > 0 && (
          <DossierTable
            t={t}
            dossiers={dossiers.map(one => ({ ...one, seen: true }))}
            standings={standings}
            at={c.get('ctx').clock.now()}
          />
        )}
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
      <NumberField
        {...field}
        name="answerHours"
        label={answerLabel}
        hint={t('Tính cả ban đêm và ngày nghỉ', 'Nights and days off count')}
        unit={t('giờ', 'hours')}
        min={1}
        max={720}
      />
      <Actions>
        <Button>{t('Ký, gửi phiếu', 'Sign and send')}</Button>
      </Actions>
    </Form>
  )
}

type DossierTableProps = {
  t: T
  dossiers: readonly RemindedDossier[]
  standings: ReadonlyMap<number, Standing>
  /** When they stood so. */
  at: Date
}

/** What is urged on and why: the step under way, since when, and by how much it and the whole dossier are late. */
export function DossierTable({ t, dossiers, standings, at }: DossierTableProps) {
  const standing = (row: RemindedDossier) => standings.get(row.id)
  const when = instantText(at)
  return (
    <DataTable
      caption={t(`Hồ sơ được đôn đốc, tình trạng lúc ${when}`, `Dossiers, as they stood at ${when}`)}
      rows={dossiers}
      rowKey={row => row.id}
      columns={[
        {
          key: 'ref',
          head: t('Mã hồ sơ', 'Code'),
          cell: row => (row.seen ? <a href={`/ho-so/${row.ref}`}>{row.ref}</a> : row.ref),
          sub: row => row.procedure,
          rowHeader: true,
          nowrap: true,
        },
        {
          key: 'step',
          head: t('Bước đang xử lý', 'Step under way'),
          cell: row => stepText(standing(row), t),
          sub: row => sinceText(standing(row), t),
        },
        {
          key: 'step-due',
          head: t('Hạn của bước', 'Step due'),
          cell: row => dueText(standing(row)?.step?.dueAt, t),
          sub: row => lateText(standing(row)?.step, t),
          nowrap: true,
        },
        {
          key: 'due',
          head: t('Hẹn trả', 'Promised'),
          cell: row => dueText(standing(row)?.dueAt, t),
          sub: row => lateText(standing(row), t),
          nowrap: true,
        },
      ]}
      dense
    />
  )
}

function stepText(standing: Standing | undefined, t: T): string | undefined {
  return standing && (standing.step?.name ?? stateLabel(standing.state, t))
}

function sinceText(standing: Standing | undefined, t: T): string | undefined {
  if (!standing?.step) return undefined
  const { since, agencies } = standing.step
  return [agencies.join(', '), t(`từ ${instantText(since)}`, `since ${instantText(since)}`)].filter(Boolean).join(' · ')
}

const dueText = (due: Date | null | undefined, t: T) => (due ? instantText(due) : t('không có hạn', 'no due time'))

/** `Quá hạn 3 giờ`, `Còn 2 giờ`; nothing where nothing is due. */
function lateText(timed: Pick<Standing, 'dueAt' | 'left'> | null | undefined, t: T): string | undefined {
  return timed?.dueAt ? timeLeftText(timed.left, t) : undefined
}
