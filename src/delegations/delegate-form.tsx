import { randomUUID } from 'node:crypto'
import { roleName } from '#src/accounts/account.ts'
import type { PlaceOption } from '#src/accounts/place.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { isoLocal, type T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { DateField, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { SUBSTITUTE_PATH } from '#src/ui/page.tsx'
import type { Candidate, DelegationPage, HeldAssignment } from './delegation.query.ts'
import type { Delegation } from './delegation.ts'

export type Shown = {
  officer: Officer
  at: Date
  agencyCode: string
  /** Upcoming or in force. */
  open: readonly Delegation[]
  past: DelegationPage
  /** Whose place the officer may give to a substitute; none while acting for another. */
  delegable: readonly HeldAssignment[]
  candidates: readonly Candidate[]
  /** For administrators to choose from. */
  agencies: readonly PlaceOption[]
}

export type SubstitutePageProps = {
  c: RequestContext
  shown: Shown
  errors: FieldError[]
  values: FormValues
  /** The delegation whose revocation came back with errors. */
  revoking: number | undefined
}

/** For administrators: whose people to see to. */
export function AgencyForm({ t, shown }: { t: T; shown: Shown }) {
  const options = shown.agencies.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))
  const values = { 'co-quan': shown.agencyCode }
  return (
    <Card title={t('Cơ quan', 'Agency')}>
      <Form action={SUBSTITUTE_PATH} method="get">
        <SelectField {...{ t, values, options }} name="co-quan" label={t('Xem cơ quan', 'Agency')} placeholder={null} />
        <Actions>
          <Button kind="secondary">{t('Xem', 'Show')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

/** Who is absent, who acts, by what decision, from when to when. */
export function DelegateForm({ c, shown, errors, values: typed, revoking }: SubstitutePageProps) {
  const t = c.get('t')
  const { officer, delegable } = shown
  if (delegable.length === 0) return <NoForm t={t} officer={officer} />
  const isBack = revoking === undefined && errors.length > 0
  const values = isBack ? typed : { assignment: String(officer.assignmentId) }
  const field = { t, errors: isBack ? errors : [], values, required: true }
  return (
    <Card title={t('Cử người làm thay', 'Name a substitute')}>
      <Form action={here(shown, SUBSTITUTE_PATH)}>
        <Hidden name="commandId" value={randomUUID()} />
        <PeopleFields field={field} shown={shown} />
        <PeriodFields field={field} at={shown.at} />
        <Actions>
          <Button>{t('Cử người làm thay', 'Name the substitute')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

type Given = { t: T; errors: FieldError[]; values: FormValues; required: boolean }

function PeopleFields({ field, shown }: { field: Given; shown: Shown }) {
  const { t } = field
  const { officer, delegable, candidates } = shown
  return (
    <>
      <SelectField
        {...field}
        name="assignment"
        label={t('Người vắng mặt, vị trí', 'Absent officer, place')}
        options={delegable.map(one => ({ value: String(one.id), label: heldText(one, t) }))}
      />
      <SelectField
        {...field}
        name="substitute"
        label={t('Người làm thay', 'Substitute')}
        hint={t('Công tác tại cơ quan này hoặc cơ quan cấp trên', 'Working in this agency or the one above it')}
        options={candidates
          .filter(one => one.accountId !== officer.accountId)
          .map(one => ({ value: one.username, label: candidateText(one) }))}
      />
    </>
  )
}

function PeriodFields({ field, at }: { field: Given; at: Date }) {
  const { t } = field
  return (
    <>
      <TextField
        {...field}
        name="ground"
        label={t('Số văn bản', 'Number of the decision')}
        hint={t('Ví dụ: QĐ 12/QĐ-SXD', 'For example: QĐ 12/QĐ-SXD')}
      />
      <DateField
        {...field}
        required={false}
        type="datetime-local"
        name="from"
        label={t('Từ lúc', 'From')}
        hint={t('Để trống là từ bây giờ', 'Empty: from now')}
      />
      <DateField
        {...field}
        type="datetime-local"
        name="until"
        label={t('Đến lúc', 'Until')}
        min={isoLocal(at).slice(0, 16)}
      />
    </>
  )
}

function NoForm({ t, officer }: { t: T; officer: Officer }) {
  return (
    <Card title={t('Cử người làm thay', 'Name a substitute')}>
      <p>
        {officer.onBehalfOf
          ? t(
              'Đang làm thay người khác thì không cử người làm thay. Xin đổi về nơi làm việc của ông/bà.',
              'Nobody is named while you act in a colleague’s place. Switch to your own place first.',
            )
          : t(
              'Vai trò quản trị và kiểm soát thủ tục hành chính không giao cho người làm thay.',
              'The roles of administrator and procedure control are not given to a substitute.',
            )}
      </p>
    </Card>
  )
}

function heldText({ name, role, servicePoint }: HeldAssignment, t: T): string {
  return `${name} — ${[roleName(role, t), servicePoint].filter(Boolean).join(' · ')}`
}

function candidateText({ name, title, agency }: Candidate): string {
  return `${name} (${[title, agency].filter(Boolean).join(', ')})`
}

/** An administrator comes back to the agency they were looking at. */
export function here({ officer, agencyCode }: Shown, path: string): string {
  return agencyCode === officer.agencyCode ? path : `${path}?co-quan=${encodeURIComponent(agencyCode)}`
}
