import { type FormValues, parseForm, rowId } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { AccountForm, AccountListPage, AccountPage } from './account-admin.pages.tsx'
import { type AccountDetail, findAccount, listAccounts } from './account-list.query.ts'
import { AssignRole, assignRole } from './assign-role.ts'
import { listAssignments } from './assignment.query.ts'
import { CreateAccount, createAccount } from './create-account.ts'
import { deactivateAccount } from './deactivate-account.ts'
import { listPlaces } from './place.query.ts'

const LIST = '/quan-tri/tai-khoan'

/** Administrators: who has an account, and where they work. */
export function accountAdminDesk(app: App): void {
  app.get(LIST, showList)
  app.get(`${LIST}/moi`, c => {
    needAdmin(c)
    return page(c, <AccountForm c={c} />)
  })
  app.post(LIST, postAccount)
  app.get(`${LIST}/:id`, async c => showAccount(c, await accountOf(c)))
  app.post(`${LIST}/:id/phan-cong`, postAssignment)
  app.post(`${LIST}/:id/ngung`, c => setActive(c, false))
  app.post(`${LIST}/:id/mo-lai`, c => setActive(c, true))
}

function needAdmin(c: RequestContext): void {
  needRole(officerOf(c), 'admin')
}

async function showList(c: RequestContext): Promise<Response> {
  needAdmin(c)
  const { db, clock } = c.get('ctx')
  const q = c.req.query('q')?.slice(0, 100)
  const after = rowId.safeParse(c.req.query('after')).data
  const accounts = await listAccounts(db, { q, after, at: clock.now() })
  return page(c, <AccountListPage c={c} accounts={accounts} q={q} />)
}

async function postAccount(c: RequestContext): Promise<Response> {
  needAdmin(c)
  const parsed = parseForm(CreateAccount, await readForm(c), c.get('t'))
  if (!parsed.ok) return page(c, <AccountForm c={c} errors={parsed.errors} values={parsed.values} />, 422)
  try {
    const { id } = await createAccount(c.get('ctx'), parsed.value)
    return seeOther(c, `${LIST}/${id}`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { password: _, ...typed } = parsed.value
    return page(
      c,
      <AccountForm c={c} errors={formErrors(error, c.get('t'))} values={typed as FormValues} />,
      refusalStatus(error),
    )
  }
}

async function accountOf(c: RequestContext): Promise<AccountDetail> {
  needAdmin(c)
  const id = rowId.safeParse(c.req.param('id')).data
  const account = id === undefined ? undefined : await findAccount(c.get('ctx').db, id)
  if (!account) throw new Refusal('not-found', 'account-not-found')
  return account
}

async function showAccount(
  c: RequestContext,
  account: AccountDetail,
  given: { errors?: FieldError[]; values?: FormValues; status?: 403 | 404 | 409 | 422 } = {},
): Promise<Response> {
  const { db, clock } = c.get('ctx')
  const [assignments, places] = await Promise.all([
    listAssignments(db, account.id, clock.now()),
    listPlaces(db, clock.now()),
  ])
  const { errors, values, status } = given
  const shown = { account, assignments, places, errors, values }
  return page(c, <AccountPage c={c} {...shown} />, status)
}

async function postAssignment(c: RequestContext): Promise<Response> {
  const account = await accountOf(c)
  const form = await readForm(c)
  const parsed = parseForm(AssignRole, form, c.get('t'))
  if (!parsed.ok) return showAccount(c, account, { ...parsed, status: 422 })
  try {
    await assignRole(c.get('ctx'), { ...parsed.value, accountId: account.id })
    return seeOther(c, `${LIST}/${account.id}`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
    return showAccount(c, account, { errors: formErrors(error, c.get('t')), values, status: 422 })
  }
}

async function setActive(c: RequestContext, active: boolean): Promise<Response> {
  const account = await accountOf(c)
  await deactivateAccount(c.get('ctx'), { accountId: account.id, active })
  return seeOther(c, `${LIST}/${account.id}`)
}
