import { roles } from '#src/platform/ctx.ts'
import type { FormValues } from '#src/platform/form.ts'
import { pathOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { DateField, ErrorSummary, Form, TextField } from '#src/ui/form.tsx'
import { Columns, PageHead } from '#src/ui/layout.tsx'
import { Pager, SearchBox } from '#src/ui/list.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { roleName } from './account.ts'
import type { AccountDetail, AccountRow, AccountPage as Accounts } from './account-list.query.ts'
import type { Assignment } from './assignment.query.ts'
import { OfficerPage } from './officer-page.tsx'
import type { PlaceOption } from './place.query.ts'

const LIST = '/quan-tri/tai-khoan'

export function AccountListPage({ c, accounts, q }: { c: RequestContext; accounts: Accounts; q: string | undefined }) {
  const t = c.get('t')
  const title = t('Tài khoản', 'Accounts')
  return (
    <OfficerPage c={c} title={title} current={LIST}>
      <PageHead t={t} title={title}>
        <SearchBox t={t} action={LIST} label={t('Tìm tên, tên đăng nhập', 'Find a name or user name')} value={q} />
        <Button href={`${LIST}/moi`}>{t('Tài khoản mới', 'New account')}</Button>
      </PageHead>
      <DataTable
        caption={title}
        captionHidden
        dense
        rows={accounts.rows}
        rowKey={row => row.id}
        rowHref={row => `${LIST}/${row.id}`}
        empty={t('Không có tài khoản nào', 'No accounts')}
        columns={[
          { key: 'name', head: t('Họ và tên', 'Name'), cell: row => row.name, sub: row => row.title ?? '' },
          { key: 'username', head: t('Tên đăng nhập', 'User name'), cell: row => row.username },
          { key: 'work', head: t('Phân công', 'Assignments'), cell: row => assignmentsText(row, t) },
          { key: 'state', head: t('Trạng thái', 'State'), cell: row => stateText(row.active, t) },
        ]}
      />
      <Pager t={t} nextHref={nextHref(c, accounts.nextAfter)} />
    </OfficerPage>
  )
}

function nextHref(c: RequestContext, after: number | undefined): string | undefined {
  if (after === undefined) return undefined
  const url = new URL(pathOf(c), 'http://localhost')
  url.searchParams.set('after', String(after))
  return url.pathname + url.search
}

function assignmentsText(row: AccountRow, t: T): string {
  if (row.kind === 'citizen') return t('Công dân, tổ chức', 'Citizen or organisation')
  return row.assignments.map(one => `${roleName(one.role, t)} · ${one.agency}`).join('; ') || '–'
}

function stateText(active: boolean, t: T): string {
  return active ? t('Đang dùng', 'In use') : t('Đã ngừng', 'Deactivated')
}

type FormState = { c: RequestContext; errors?: FieldError[]; values?: FormValues }

export function AccountForm({ c, errors = [], values = {} }: FormState) {
  const t = c.get('t')
  const field = { t, errors, values: values.kind ? values : { ...values, kind: 'officer' } }
  const title = t('Tài khoản mới', 'New account')
  return (
    <OfficerPage c={c} title={title} current={LIST}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} crumbs={[{ href: LIST, label: t('Tài khoản', 'Accounts') }, { label: title }]} />
      <Form action={LIST}>
        <RadioGroup
          {...field}
          name="kind"
          label={t('Loại tài khoản', 'Kind of account')}
          inline
          options={[
            { value: 'officer', label: t('Cán bộ', 'Officer') },
            { value: 'citizen', label: t('Công dân, tổ chức', 'Citizen or organisation') },
          ]}
        />
        <TextField {...field} name="name" label={t('Họ và tên', 'Full name')} required size="medium" />
        <TextField {...field} name="title" label={t('Chức vụ', 'Title')} size="medium" />
        <TextField
          {...field}
          name="username"
          label={t('Tên đăng nhập', 'User name')}
          hint={t('Chữ thường không dấu, ví dụ: an.nguyen', 'Unaccented lower case, for example: an.nguyen')}
          required
          size="medium"
          autoComplete="off"
        />
        <TextField
          {...field}
          name="password"
          type="password"
          label={t('Mật khẩu', 'Password')}
          hint={t('Ít nhất 8 ký tự', 'At least 8 characters')}
          required
          size="medium"
          autoComplete="new-password"
        />
        <TextField {...field} name="idNumber" label={t('Số định danh', 'ID number')} inputMode="numeric" size="short" />
        <TextField {...field} name="phone" type="tel" label={t('Số điện thoại', 'Phone')} size="short" />
        <TextField {...field} name="email" type="email" label={t('Thư điện tử', 'E-mail')} size="medium" />
        <Actions>
          <Button>{t('Tạo tài khoản', 'Create the account')}</Button>
        </Actions>
      </Form>
    </OfficerPage>
  )
}

type AccountPageProps = FormState & { account: AccountDetail; assignments: Assignment[]; places: PlaceOption[] }

export function AccountPage(props: AccountPageProps) {
  const { c, account, errors = [] } = props
  const t = c.get('t')
  return (
    <OfficerPage c={c} title={account.name} current={LIST}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={account.name}
        sub={[account.username, account.title, stateText(account.active, t)].filter(Boolean).join(' · ')}
        crumbs={[{ href: LIST, label: t('Tài khoản', 'Accounts') }, { label: account.name }]}
      />
      <Columns aside={<ActiveCard t={t} account={account} />}>
        {account.kind === 'officer' && <Assignments {...props} />}
        {account.kind === 'officer' && <AssignmentForm {...props} />}
      </Columns>
    </OfficerPage>
  )
}

function ActiveCard({ t, account }: { t: T; account: AccountDetail }) {
  const { active, id } = account
  return (
    <Card title={t('Trạng thái', 'State')}>
      <p>
        {active
          ? t(
              'Ngừng dùng thì người này bị đăng xuất ngay; việc đã làm vẫn được giữ.',
              'Deactivating signs the person out at once; what they did is kept.',
            )
          : t('Tài khoản đã ngừng dùng.', 'The account is deactivated.')}
      </p>
      <Form action={`${LIST}/${id}/${active ? 'ngung' : 'mo-lai'}`}>
        <Actions>
          <Button kind={active ? 'danger' : 'secondary'}>
            {active ? t('Ngừng dùng', 'Deactivate') : t('Dùng lại', 'Activate')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}

function Assignments({ c, assignments }: AccountPageProps) {
  const t = c.get('t')
  const title = t('Phân công', 'Assignments')
  return (
    <Card title={title}>
      {assignments.length === 0 ? (
        <Empty title={t('Chưa được phân công', 'No assignment yet')} />
      ) : (
        <DataTable
          caption={title}
          captionHidden
          dense
          bare
          rows={assignments}
          rowKey={one => one.id}
          columns={[
            { key: 'role', head: t('Vai trò', 'Role'), cell: one => roleName(one.role, t) },
            {
              key: 'agency',
              head: t('Cơ quan', 'Agency'),
              cell: one => one.agency,
              sub: one => one.servicePoint ?? '',
            },
            { key: 'from', head: t('Từ ngày', 'From'), cell: one => dayText(one.validFrom) },
            {
              key: 'to',
              head: t('Đến trước ngày', 'Until before'),
              cell: one => (one.validTo ? dayText(one.validTo) : '–'),
            },
          ]}
        />
      )}
    </Card>
  )
}

/** `2026-03-02` → `02/03/2026` */
function dayText(day: string): string {
  return day.split('-').reverse().join('/')
}

function AssignmentForm({ c, account, places, errors = [], values = {} }: AccountPageProps) {
  const t = c.get('t')
  const field = { t, errors, values }
  const points = places
    .filter(place => place.points.length > 0)
    .map(place => ({
      label: place.name,
      options: place.points.map(point => ({ value: String(point.id), label: point.name })),
    }))
  return (
    <Card title={t('Thêm phân công', 'Add an assignment')}>
      <Form action={`${LIST}/${account.id}/phan-cong`}>
        <SelectField
          {...field}
          name="agency"
          label={t('Cơ quan', 'Agency')}
          required
          options={places.map(place => ({ value: place.code, label: `${place.name} (${place.code})` }))}
        />
        <SelectField
          {...field}
          name="role"
          label={t('Vai trò', 'Role')}
          required
          options={roles.map(role => ({ value: role, label: roleName(role, t) }))}
        />
        <SelectField
          {...field}
          name="servicePoint"
          label={t('Điểm tiếp nhận', 'Service point')}
          hint={t('Để trống nếu làm việc chung cho cơ quan', 'Leave empty to work for the whole agency')}
          options={points}
        />
        <DateField
          {...field}
          name="validFrom"
          label={t('Từ ngày', 'From')}
          hint={t('Để trống là từ hôm nay', 'Empty: from today')}
        />
        <DateField {...field} name="validTo" label={t('Đến trước ngày', 'Until before')} />
        <Actions>
          <Button>{t('Phân công', 'Assign')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}
