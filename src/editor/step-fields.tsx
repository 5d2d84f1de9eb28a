import { roleName } from '#src/accounts/account.ts'
import type { Agency } from '#src/agencies/agency.ts'
import type { Draft } from '#src/design/draft.query.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { isWork, rolesFor, type Share, type Step, shares, type WorkStep } from '#src/processes/process.ts'
import { Checkbox, RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { TextArea, TextField } from '#src/ui/form.tsx'
import type { KnownFact } from './conditions.ts'
import { AskedRows, AsksRows, BranchRows, OutcomeRows } from './step-rows.tsx'

export type FieldsProps = {
  t: T
  draft: Draft
  step: Step
  facts: KnownFact[]
  errors: FieldError[]
  values: FormValues
}

/** What each kind of step is asked, the name first. */
export function StepFields(props: FieldsProps) {
  const { t, step, errors, values } = props
  return (
    <>
      <TextField
        t={t}
        errors={errors}
        values={values}
        name="name"
        label={t('Tên bước', 'Name of the step')}
        required
        maxLength={200}
      />
      {isWork(step) && <WorkFields {...props} step={step} />}
      {step.kind === 'consult' && <ConsultFields {...props} />}
      {step.kind === 'choice' && <BranchRows {...props} />}
      {step.kind === 'automatic' && <AutomaticFields {...props} />}
      {step.kind === 'child' && <ChildFields {...props} />}
      {step.kind === 'sub-process' && <SubProcessFields {...props} />}
      {step.kind !== 'choice' && <OutcomeRows {...props} />}
      {isWork(step) && <MoreWork {...props} />}
    </>
  )
}

function WorkFields({ t, draft, step, errors, values }: FieldsProps & { step: WorkStep }) {
  const field = { t, errors, values }
  return (
    <>
      <AgencyField {...field} agencies={draft.bounds.agencies} />
      <SelectField
        {...field}
        name="role"
        label={t('Ai làm', 'Who does it')}
        required
        placeholder={null}
        options={rolesFor[step.kind].map(role => ({ value: role, label: roleName(role, t) }))}
      />
      <HoursField {...field} draft={draft} />
      <RadioGroup
        {...field}
        name="share"
        label={t('Giao việc cho ai trong số họ', 'Which of them gets it')}
        options={shares.map(share => ({ value: share, label: shareName(share, t) }))}
      />
    </>
  )
}

function shareName(share: Share, t: T): string {
  const names = {
    'by-hand': t('Lãnh đạo giao, hoặc người nhận việc tự lấy', 'A leader gives it, or somebody takes it'),
    'round-robin': t('Lần lượt từng người', 'Each in turn'),
    'least-loaded': t('Người đang ít việc nhất', 'Whoever has least in hand'),
  }
  return names[share]
}

type One = { t: T; errors: FieldError[]; values: FormValues }

function HoursField({ draft, ...field }: One & { draft: Draft }) {
  const { t } = field
  const hint = draft.definition.scaled
    ? t('Quy trình chung: phần của bước này trong thời hạn.', 'The general process: this step’s share of the term.')
    : t('Tám giờ là một ngày làm việc; 0,25 là 15 phút.', 'Eight hours are a working day; 0.25 is 15 minutes.')
  return (
    <TextField
      {...field}
      name="hours"
      label={t('Số giờ làm việc', 'Working hours')}
      hint={hint}
      required
      size="short"
      inputMode="decimal"
    />
  )
}

/** The agency that received, the one that resolves, one by name, or what a condition names. */
export function agencyOptions(agencies: readonly Agency[], t: T, withRule: boolean) {
  const groups: [Agency['kind'][], string][] = [
    [['province', 'centre', 'department'], t('Cấp tỉnh', 'Province')],
    [['vertical'], t('Cơ quan ngành dọc', 'Central agencies')],
    [['commune'], t('Cấp xã', 'Communes')],
    [['postal'], t('Bưu chính', 'Post')],
  ]
  return [
    { value: 'receiving', label: t('Cơ quan tiếp nhận hồ sơ', 'The agency that received the dossier') },
    { value: 'competent', label: t('Cơ quan giải quyết', 'The agency that resolves it') },
    ...(withRule
      ? [{ value: 'rule', label: t('Tùy điều kiện (ghi ở ô dưới)', 'By a condition (written below)') }]
      : []),
    ...groups
      .map(([kinds, label]) => ({
        label,
        options: agencies
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ code, name }) => ({ value: `code:${code}`, label: name })),
      }))
      .filter(({ options }) => options.length > 0),
  ]
}

function AgencyField({ agencies, ...field }: One & { agencies: readonly Agency[] }) {
  const { t, values, errors } = field
  const open = values.agency === 'rule' || errors.some(error => error.field === 'rule')
  return (
    <>
      <SelectField
        {...field}
        name="agency"
        label={t('Cơ quan', 'Agency')}
        required
        placeholder={null}
        options={agencyOptions(agencies, t, true)}
      />
      <Disclosure summary={t('Cơ quan tùy điều kiện', 'An agency by condition')} open={open}>
        <TextField
          {...field}
          name="rule"
          label={t('Công thức (ngôn ngữ FEEL) cho ra mã cơ quan', 'Formula (in FEEL) that gives the code of an agency')}
          hint={
            <>
              {t('Ví dụ', 'For example')}: <code>if form.dienTich &gt; 500 then "H20.11" else competent</code>
            </>
          }
        />
      </Disclosure>
    </>
  )
}

function MoreWork(props: FieldsProps) {
  const { t, step, errors, values } = props
  const field = { t, errors, values }
  return (
    <>
      <TextArea
        {...field}
        name="papers"
        label={t('Giấy tờ phải đính kèm', 'Documents to attach')}
        hint={t('Mỗi dòng một loại. Để trống nếu không cần.', 'One a line. Empty if none.')}
        rows={2}
      />
      <Checkbox
        {...field}
        name="signature"
        label={t('Ghi số, ký hiệu và người ký văn bản', 'Number and signer of a document are recorded')}
      />
      {step.kind === 'sign' && (
        <Checkbox
          {...field}
          name="refuses"
          label={t('Văn bản phát hành là thông báo không giải quyết', 'What is issued is a refusal')}
        />
      )}
      <AsksRows {...props} />
    </>
  )
}

function ConsultFields(props: FieldsProps) {
  const { t, draft, step, errors, values } = props
  const field = { t, errors, values }
  const most = step.kind === 'consult' ? Math.max(step.asked.length + 1, step.need) : 1
  const numbers = Array.from({ length: most }, (_, n) => String(n + 1))
  return (
    <>
      <AskedRows {...props} />
      <SelectField
        {...field}
        name="need"
        label={t('Cần bao nhiêu ý kiến', 'How many answers are needed')}
        placeholder={null}
        options={[
          { value: '0', label: t('Tất cả', 'All of them') },
          ...numbers.map(n => ({ value: n, label: t(`Ít nhất ${n}`, `At least ${n}`) })),
        ]}
      />
      <HoursField {...field} draft={draft} />
    </>
  )
}

function AutomaticFields({ t, errors, values }: FieldsProps) {
  const field = { t, errors, values }
  return (
    <>
      <TextArea {...field} name="note" label={t('Ghi vào lịch sử hồ sơ', 'Written into the history')} rows={2} />
      <TextField
        {...field}
        name="field"
        label={t('Thông tin được tính', 'Fact worked out')}
        hint={t('Ví dụ: Diện tích tính thuế', 'For example: Taxable area')}
        size="medium"
      />
      <TextField
        {...field}
        name="value"
        label={t('Cách tính, bằng công thức (ngôn ngữ FEEL)', 'How, as a formula (in FEEL)')}
        hint={
          <>
            {t('Ví dụ', 'For example')}: <code>form.dienTich * 2</code>
          </>
        }
        size="medium"
      />
    </>
  )
}

function ChildFields({ t, draft, errors, values }: FieldsProps) {
  const field = { t, errors, values }
  return (
    <>
      <AgencyField {...field} agencies={draft.bounds.agencies} />
      <TextField
        {...field}
        name="procedure"
        label={t('Mã thủ tục của cơ quan đó', 'Code of that agency’s procedure')}
        hint={t('Ví dụ: 1.004222', 'For example: 1.004222')}
        required
        size="short"
      />
      <TextField
        {...field}
        name="case"
        label={t('Mã trường hợp', 'Code of the case')}
        hint={t('Để trống nếu thủ tục không chia trường hợp.', 'Empty where the procedure has no cases.')}
        size="short"
      />
      <RadioGroup
        {...field}
        name="wait"
        label={t('Hồ sơ này', 'This dossier')}
        options={[
          { value: 'yes', label: t('chờ kết quả của hồ sơ liên thông', 'waits for the result of the child dossier') },
          { value: 'no', label: t('đi tiếp, không chờ', 'goes on without waiting') },
        ]}
      />
      <HoursField {...field} draft={draft} />
    </>
  )
}

function SubProcessFields({ t, draft, errors, values }: FieldsProps) {
  const library = Object.entries(draft.bounds.library)
  return (
    <SelectField
      t={t}
      errors={errors}
      values={values}
      name="process"
      label={t('Quy trình dùng chung', 'Shared process')}
      hint={
        library.length === 0
          ? t('Chưa có quy trình dùng chung nào được phê duyệt.', 'No shared process is approved yet.')
          : undefined
      }
      required
      options={library.map(([key, { name }]) => ({ value: key, label: name }))}
    />
  )
}

/** Everybody who may be asked for an opinion. */
export const askedRoles: readonly Role[] = ['specialist', 'leader', 'clerk', 'intake', 'director']
