import { randomUUID } from 'node:crypto'
import { intakeRoles } from '#src/casework/receive-dossier.ts'
import { IdNumber, Intake } from '#src/dossiers/intake.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm } from '#src/platform/http.ts'
import { searchProcedures } from '#src/procedures/catalogue.query.ts'
import { draftFrame, newFrame } from './intake-frame.query.ts'
import { IntakePage } from './intake-page.tsx'
import { IntakeStartPage } from './intake-start-page.tsx'
import { firstValues, type IntakeFrame, withPerson } from './intake-view.ts'
import { recentTexts, recentTitle, sourceText } from './known-person.ts'
import { findPerson } from './person.query.ts'
import { postIntake } from './post-intake.tsx'
import { listUsualProcedures } from './usual-procedures.query.ts'

const FOUND = 12

/** Taking in at the counter: choose the procedure, then one page for everything else. */
export function intakeDesk(app: App): void {
  app.get('/tiep-nhan', showIntake)
  app.post('/tiep-nhan', postIntake)
  app.get('/tiep-nhan/thu-tuc.json', suggestProcedures)
  app.post('/tiep-nhan/nguoi.json', suggestPerson)
}

async function showIntake(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...intakeRoles)
  const frame = await frameOf(c)
  if (!frame) return showStart(c)
  const idNumber = IdNumber.safeParse(c.req.query('so') ?? '')
  const known = idNumber.success
    ? await findPerson(c.get('ctx'), {
        officer: officerOf(c),
        procedure: frame.procedure.code,
        idNumber: idNumber.data,
      })
    : undefined
  const values = withPerson(
    { ...firstValues(frame), ...(idNumber.success ? { 'applicant.idNumber': idNumber.data } : {}) },
    known,
  )
  const unknown = idNumber.success && !known
  const view = { ...frame, commandId: randomUUID(), values, scans: [], errors: [], known, unknown, notice: null }
  return page(c, <IntakePage c={c} view={view} />)
}

async function frameOf(c: RequestContext): Promise<IntakeFrame | undefined> {
  const ctx = c.get('ctx')
  const wanted = { case: c.req.query('truong-hop'), channel: c.req.query('kenh') }
  const draft = c.req.query('nhap')
  if (draft) return draftFrame(ctx, draft, wanted)
  const code = Intake.shape.procedure.safeParse(c.req.query('thu-tuc') ?? '')
  return code.success ? newFrame(ctx, officerOf(c), { code: code.data, ...wanted }) : undefined
}

async function showStart(c: RequestContext): Promise<Response> {
  const q = c.req.query('q') ?? c.req.query('thu-tuc') ?? ''
  const ctx = c.get('ctx')
  const found = q.trim() ? (await searchProcedures(ctx, { q }, { limit: FOUND })).items : null
  const usual = await listUsualProcedures(ctx, officerOf(c).agencyId)
  return page(c, <IntakeStartPage c={c} q={q} found={found} usual={usual} />)
}

async function suggestProcedures(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...intakeRoles)
  const q = c.req.query('q') ?? ''
  const { items } = q.trim() ? await searchProcedures(c.get('ctx'), { q }, { limit: FOUND }) : { items: [] }
  return c.json(items.map(({ code, name, field }) => ({ code, name, field: field.name })))
}

/** An ID number travels in a body, never in an address: addresses are kept by browsers and servers. */
async function suggestPerson(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...intakeRoles)
  const form = await readForm(c)
  const idNumber = IdNumber.safeParse(form.get('so'))
  const procedure = Intake.shape.procedure.safeParse(form.get('thu-tuc'))
  if (!idNumber.success || !procedure.success) return c.json({ known: null })
  const known = await findPerson(c.get('ctx'), {
    officer: officerOf(c),
    procedure: procedure.data,
    idNumber: idNumber.data,
  })
  if (!known) return c.json({ known: null })
  const t = c.get('t')
  const { applicant } = known
  return c.json({
    known: { applicant, source: sourceText(known, t), title: recentTitle(t), recent: recentTexts(known, t) },
  })
}
