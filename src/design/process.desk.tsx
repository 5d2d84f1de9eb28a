import { z } from 'zod'
import { localDate } from '#src/calendar/local-date.ts'
import { type FormValues, parseForm } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { findProcedure, searchProcedures } from '#src/procedures/catalogue.query.ts'
import { ApprovalPage } from './approval.pages.tsx'
import { ApproveProcess, approveProcess } from './approve-process.ts'
import { readBpmn } from './bpmn-upload.ts'
import { CreateProcess, createProcess } from './create-process.ts'
import { chosenVersion, readVersion } from './draft.query.ts'
import { ImportedPage } from './imported-page.tsx'
import { mayApproveProcess, mayDesign } from './may-design.ts'
import { type Done, ProcessPage } from './process.pages.tsx'
import { NEW_PROCESS, NewProcessPage, ProcessListPage } from './process-list.pages.tsx'
import {
  findProcessRecord,
  getDefinition,
  inForceOn,
  listProcesses,
  listSources,
  type ProcessRecord,
  processViews,
} from './process-list.query.ts'
import { editorHref, PROCESSES, processHref } from './process-view.ts'
import { ReturnProcess, returnProcess } from './return-process.ts'

/** Processes as officers look them up, begin them and put them in force; drafting itself is in the editor. */
export function processDesk(app: App): void {
  app.get(PROCESSES, showList)
  app.get(NEW_PROCESS, c => showNew(c))
  app.post(NEW_PROCESS, postNew)
  app.get(`${PROCESSES}/:key`, showProcess)
  app.get(`${PROCESSES}/:key/duyet`, c => showApproval(c))
  app.post(`${PROCESSES}/:key/duyet`, postApproval)
  app.post(`${PROCESSES}/:key/tra-lai`, postReturn)
}

const ListQuery = z.object({
  q: z.string().max(100).optional().catch(undefined),
  trang: z.enum(processViews).optional().catch(undefined),
  sau: z.string().max(60).optional().catch(undefined),
})

async function showList(c: RequestContext): Promise<Response> {
  officerOf(c)
  const { q, trang: view, sau: after } = ListQuery.parse(c.req.query())
  const { items, next } = await listProcesses(c.get('ctx'), { q, view }, { after })
  return page(c, <ProcessListPage c={c} items={items} next={next} filter={{ q, view }} />)
}

export async function recordOf(c: RequestContext): Promise<ProcessRecord> {
  const record = await findProcessRecord(c.get('ctx'), c.req.param('key') ?? '')
  if (!record) throw new Refusal('not-found', 'process-not-found')
  return record
}

const DONE: readonly Done[] = ['submitted', 'approved', 'returned', 'removed']

async function showProcess(c: RequestContext): Promise<Response> {
  officerOf(c)
  const record = await recordOf(c)
  const asked = /^[1-9]\d{0,5}$/u.exec(c.req.query('ban') ?? '')
  const version = chosenVersion(c.get('ctx'), record, asked ? Number(asked[0]) : null)
  if (!version) throw new Refusal('not-found', 'process-version-not-found')
  const shown = await readVersion(c.get('ctx'), record, version)
  const done = DONE.find(one => one === c.req.query('xong'))
  return page(c, <ProcessPage c={c} record={record} shown={shown} done={done} />)
}

type Returned = { errors: FieldError[]; values: FormValues; status: 403 | 404 | 409 | 422 }

function needDesigner(c: RequestContext): void {
  if (!mayDesign(officerOf(c))) throw new Refusal('forbidden', 'process-designers-only')
}

/** First the procedure is chosen, then what to start from. */
async function showNew(c: RequestContext, returned?: Returned & { procedure: string | null }): Promise<Response> {
  needDesigner(c)
  const ctx = c.get('ctx')
  const { q, 'thu-tuc': asked = returned?.procedure ?? undefined, 'dung-chung': shared } = c.req.query()
  const isShared = shared !== undefined || returned?.procedure === null
  const procedure = asked ? ((await findProcedure(ctx, asked.slice(0, 60))) ?? undefined) : isShared ? null : undefined
  const found = q && procedure === undefined ? (await searchProcedures(ctx, { q })).items : []
  const sources = procedure === undefined ? [] : await listSources(ctx)
  const { status, errors, values } = returned ?? {}
  const shown = { procedure, q, found, sources, errors, values }
  return page(c, <NewProcessPage c={c} {...shown} />, status)
}

const { procedure, case: ofCase, name, from } = CreateProcess.shape
const NewForm = z.strictObject({
  ...{ procedure, case: ofCase, name, from },
  start: z.enum(['standard', 'copy', 'file']).default('standard'),
  file: z.instanceof(File).optional(),
})

async function postNew(c: RequestContext): Promise<Response> {
  needDesigner(c)
  const form = await readForm(c)
  const parsed = parseForm(NewForm, form, c.get('t'))
  const typed = form.get('procedure')
  const chosen = typeof typed === 'string' && typed ? typed : null
  if (!parsed.ok) return showNew(c, { ...parsed, procedure: chosen, status: 422 })
  const { start, file, from: source, ...about } = parsed.value
  try {
    if (start === 'copy' && !source) throw new Refusal('invalid', 'process-source-unknown', { field: 'from' })
    const input = { ...about, ...(start === 'copy' && { from: source }) }
    const read = start === 'file' ? await readBpmn(file) : undefined
    const asked = { ...input, ...(read && { definition: read.process }) }
    const { key } = await createProcess(c.get('ctx'), asked, commandIdOf(c, form))
    const name = read?.process.name ?? ''
    if (read && read.warnings.length > 0) {
      return page(c, <ImportedPage c={c} process={{ key, name }} warnings={read.warnings} />)
    }
    return seeOther(c, editorHref(key))
  } catch (error) {
    return showNew(c, { ...refused(c, error, form), procedure: chosen })
  }
}

/** What a refusal becomes on the form that was sent; a fault goes on. */
export function refused(c: RequestContext, error: unknown, form: FormData): Returned {
  if (!(error instanceof Refusal)) throw error
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const status = refusalStatus(error) as Returned['status']
  return { errors: formErrors(error, c.get('t')), values: Object.fromEntries(texts), status }
}

async function showApproval(c: RequestContext, returned?: Returned): Promise<Response> {
  const record = await recordFor(c)
  const ctx = c.get('ctx')
  const waiting = record.versions.find(({ status }) => status === 'submitted')
  const current = inForceOn(record.versions, localDate(ctx.clock.now()))
  const [shown, before] = await Promise.all([
    waiting ? readVersion(ctx, record, waiting) : null,
    current ? getDefinition(ctx, current.id) : null,
  ])
  const { status, errors, values } = returned ?? {}
  return page(c, <ApprovalPage c={c} {...{ record, shown, before, errors, values }} />, status)
}

const versionOf = { version: z.coerce.number().pipe(ApproveProcess.shape.version) }

async function postApproval(c: RequestContext): Promise<Response> {
  const { key } = await recordFor(c)
  const form = await readForm(c)
  const parsed = parseForm(ApproveProcess.extend(versionOf), form, c.get('t'))
  if (!parsed.ok) return showApproval(c, { ...parsed, status: 422 })
  try {
    await approveProcess(c.get('ctx'), { ...parsed.value, key })
  } catch (error) {
    return showApproval(c, refused(c, error, form))
  }
  return seeOther(c, `${processHref(key)}?ban=${parsed.value.version}&xong=approved`)
}

async function postReturn(c: RequestContext): Promise<Response> {
  const { key } = await recordFor(c)
  const form = await readForm(c)
  const parsed = parseForm(ReturnProcess.extend(versionOf), form, c.get('t'))
  if (!parsed.ok) return showApproval(c, { ...parsed, status: 422 })
  try {
    await returnProcess(c.get('ctx'), { ...parsed.value, key }, commandIdOf(c, form))
  } catch (error) {
    return showApproval(c, refused(c, error, form))
  }
  return seeOther(c, `${processHref(key)}?ban=${parsed.value.version}&xong=returned`)
}

/** The process about to be decided on; who may not decide is told so before what is wrong with the form. */
async function recordFor(c: RequestContext): Promise<ProcessRecord> {
  const officer = officerOf(c)
  const record = await recordOf(c)
  if (mayApproveProcess(officer, record.procedure?.resolverId ?? null)) return record
  throw new Refusal('forbidden', 'process-approvers-only')
}
