import { findPlace, listPlaces } from '#src/accounts/place.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type FormValues, parseForm, rowId, typedIn } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { SUBSTITUTE_PATH } from '#src/ui/page.tsx'
import type { Shown } from './delegate-form.tsx'
import { DelegateRole, delegateRole } from './delegate-role.ts'
import { listCandidates, listDelegable, listDelegations } from './delegation.query.ts'
import { isHeadOf } from './delegation.ts'
import { SubstitutePage } from './delegations.pages.tsx'
import { getDelegation, RevokeDelegation, revokeDelegation } from './revoke-delegation.ts'

/** Who stands in for the officer, and for whom the officer stands in; heads of an agency see to their colleagues. */
export function delegationsDesk(app: App): void {
  app.get(SUBSTITUTE_PATH, c => show(c))
  app.post(SUBSTITUTE_PATH, postDelegation)
  app.post(`${SUBSTITUTE_PATH}/:id/thu-hoi`, postRevocation)
}

type Given = {
  errors?: FieldError[]
  values?: FormValues
  revoking?: number
  status?: ReturnType<typeof refusalStatus>
}

async function show(c: RequestContext, given: Given = {}): Promise<Response> {
  const officer = officerOf(c)
  const { status, errors = [], values = {}, revoking } = given
  const shown = await shownTo(c, officer)
  return page(c, <SubstitutePage c={c} shown={shown} errors={errors} values={values} revoking={revoking} />, status)
}

const PAST = 50
/** More than an agency has at once. */
const OPEN = 200

async function shownTo(c: RequestContext, officer: Officer): Promise<Shown> {
  const ctx = c.get('ctx')
  const { db } = ctx
  const at = ctx.clock.now()
  const isAdmin = officer.role === 'admin'
  const agencyCode = (isAdmin && c.req.query('co-quan')) || officer.agencyCode
  const agencyId = isAdmin ? (await findPlace(db, agencyCode, undefined))?.agencyId : officer.agencyId
  if (agencyId === undefined) throw new Refusal('not-found', 'page-not-found')
  const accountId = isAdmin || isHeadOf(officer, agencyId) ? undefined : officer.accountId
  const before = rowId.safeParse(c.req.query('before')).data
  const [open, past, delegable, candidates, agencies] = await Promise.all([
    listDelegations(ctx, officer, { open: true, agencyId, limit: OPEN }),
    listDelegations(ctx, officer, { open: false, agencyId, before, limit: PAST }),
    officer.onBehalfOf ? [] : listDelegable(db, { agencyId, accountId, at }),
    listCandidates(db, agencyId, at),
    isAdmin ? listPlaces(db, at) : [],
  ])
  return {
    officer,
    at,
    agencyCode,
    open: open.rows.toSorted((a, b) => a.from.getTime() - b.from.getTime()),
    past,
    delegable,
    candidates,
    agencies,
  }
}

async function postDelegation(c: RequestContext): Promise<Response> {
  officerOf(c)
  const form = await readForm(c)
  const parsed = parseForm(DelegateRole, form, c.get('t'))
  if (!parsed.ok) return show(c, { ...parsed, status: 422 })
  try {
    await delegateRole(c.get('ctx'), parsed.value, commandIdOf(c, form))
    return seeOther(c, placeOf(c))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return show(c, { errors: formErrors(error, c.get('t')), values: typedIn(form), status: refusalStatus(error) })
  }
}

async function postRevocation(c: RequestContext): Promise<Response> {
  officerOf(c)
  const ctx = c.get('ctx')
  const id = rowId.safeParse(c.req.param('id')).data
  if (id === undefined) throw new Refusal('not-found', 'delegation-not-found')
  await getDelegation(ctx, id)
  const form = await readForm(c)
  const parsed = parseForm(RevokeDelegation, form, c.get('t'))
  if (!parsed.ok) return show(c, { ...parsed, revoking: id, status: 422 })
  await revokeDelegation(ctx, { ...parsed.value, id }, commandIdOf(c, form))
  return seeOther(c, placeOf(c))
}

/** Back to the agency an administrator was looking at. */
function placeOf(c: RequestContext): string {
  const agency = c.req.query('co-quan')
  return agency ? `${SUBSTITUTE_PATH}?co-quan=${encodeURIComponent(agency)}` : SUBSTITUTE_PATH
}
