import type { ComponentChildren } from 'preact'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { DateField, ErrorSummary, Form, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'

const reports = (t: T) => ({ href: '/bao-cao', label: t('Báo cáo', 'Reports') })

type ListProps = { c: RequestContext; title: string; sub: string; done: boolean; children: ComponentChildren }

/** Rules that reports go by, one card each. */
export function RuleList({ c, title, sub, done, children }: ListProps) {
  const t = c.get('t')
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <PageHead t={t} title={title} crumbs={[reports(t), { label: title }]} sub={sub} />
      <Stack>
        {done && <Notice t={t}>{t('Đã ghi nhận thay đổi.', 'The change is recorded.')}</Notice>}
        {children}
      </Stack>
    </OfficerPage>
  )
}

export function ChangeLink({ t, href, what }: { t: T; href: string; what: string }) {
  return (
    <Actions>
      <Button kind="secondary" href={href} ariaLabel={t(`Thay đổi: ${what}`, `Change: ${what}`)}>
        {t('Thay đổi', 'Change')}
      </Button>
    </Actions>
  )
}

type FormProps = {
  c: RequestContext
  /** Where the rules are listed, and what that list is called. */
  list: { href: string; label: string }
  title: string
  sub?: string
  /** The last crumb, where it is not the title. */
  crumb?: string
  action: string
  values: FormValues
  errors: readonly FieldError[]
  tomorrow: string
  dayHint?: string
  children: ComponentChildren
}

/** A change of a rule: what it is to be (`children`), on what ground and from which day on. */
export function RuleForm({ c, list, title, sub, crumb = title, action, children, ...rest }: FormProps) {
  const t = c.get('t')
  const { values, errors, tomorrow, dayHint } = rest
  const field = { t, values, errors }
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} crumbs={[reports(t), list, { label: crumb }]} {...(sub && { sub })} />
      <Form action={action}>
        {children}
        <TextField {...field} name="ground" label={t('Căn cứ', 'Ground')} maxLength={500} required />
        <DateField
          {...field}
          name="from"
          label={t('Áp dụng từ ngày', 'Applies from')}
          {...(dayHint && { hint: dayHint })}
          min={tomorrow}
          required
        />
        <Actions>
          <Button>{t('Ghi nhận thay đổi', 'Record the change')}</Button>
          <Button href={list.href} kind="secondary">
            {t('Quay lại', 'Back')}
          </Button>
        </Actions>
      </Form>
    </OfficerPage>
  )
}
