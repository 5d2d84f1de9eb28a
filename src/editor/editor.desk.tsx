import { z } from 'zod'
import { readBpmn } from '#src/design/bpmn-upload.ts'
import { type Draft, findDraft } from '#src/design/draft.query.ts'
import { ImportedPage } from '#src/design/imported-page.tsx'
import { mayDesign } from '#src/design/may-design.ts'
import { editorHref, PROCESSES, processHref, stepHref } from '#src/design/process-view.ts'
import { removeProcessDraft } from '#src/design/remove-process-draft.ts'
import { saveProcessDraft } from '#src/design/save-process-draft.ts'
import { freeSlug } from '#src/design/slug.ts'
import { submitProcess } from '#src/design/submit-process.ts'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, line, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import { END, type Process, type Step } from '#src/processes/process.ts'
import { type KnownFact, knownFacts } from './conditions.ts'
import { EditorPage } from './editor.pages.tsx'
import { addStep, moveDown, moveUp, removeStep, replaceStep, stepOf } from './process-edit.ts'
import { AddStepPage, StepPage } from './step.pages.tsx'
import { readStep } from './step-input.ts'
import { changeKind, newStep, stepKinds } from './step-kinds.ts'

const KEY = `${PROCESSES}/:key`

/** Where procedure control draws a process: every change is a form post, saved at once, checked at once. */
export function editorDesk(app: App): void {
  app.get(`${KEY}/soan`, c => showEditor(c))
  app.post(`${KEY}/soan`, postEditor)
  app.get(`${KEY}/them-buoc`, c => showAdd(c))
  app.post(`${KEY}/them-buoc`, postAdd)
  app.post(`${KEY}/bpmn`, postBpmn)
  app.get(`${KEY}/soan/:step`, c => showStep(c))
  app.post(`${KEY}/soan/:step`, postStep)
}

type Returned = { errors: FieldError[]; values?: FormValues; status: 403 | 404 | 409 | 422 }

/** The draft asked for; undefined while a version waits for approval and nothing can be changed. */
async function draftOf(c: RequestContext): Promise<Draft | undefined> {
  if (!mayDesign(officerOf(c))) throw new Refusal('forbidden', 'process-designers-only')
  const draft = await findDraft(c.get('ctx'), c.req.param('key') ?? '')
  if (draft === undefined) throw new Refusal('not-found', 'process-not-found')
  return draft ?? undefined
}

/** What waits for approval is shown, not edited. */
const showWaiting = (c: RequestContext) => seeOther(c, processHref(c.req.param('key') ?? ''))

async function showEditor(c: RequestContext, returned?: Returned): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const { status, errors, values } = returned ?? {}
  const saved = c.req.query('xong')
  return page(c, <EditorPage c={c} {...{ draft, saved, errors, values }} />, status)
}

const revision = z.coerce.number().int().min(0)
const EditForm = z.strictObject({
  do: z.enum(['up', 'down', 'remove', 'rename', 'submit', 'discard']),
  revision,
  step: z.string().max(60).optional(),
  name: named(line(200), 'tên quy trình', 'the name').optional(),
})

async function postEditor(c: RequestContext): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const form = await readForm(c)
  const parsed = parseForm(EditForm, form, c.get('t'))
  if (!parsed.ok) return showEditor(c, { errors: parsed.errors, values: parsed.values, status: 422 })
  const { key } = draft.record
  const seen = parsed.value.revision
  try {
    if (parsed.value.do === 'submit') {
      const { version } = await submitProcess(c.get('ctx'), { key, revision: seen })
      return seeOther(c, `${processHref(key)}?ban=${version}&xong=submitted`)
    }
    if (parsed.value.do === 'discard') {
      const { processGone } = await removeProcessDraft(c.get('ctx'), { key, revision: seen }, commandIdOf(c, form))
      return seeOther(c, processGone ? PROCESSES : `${processHref(key)}?xong=removed`)
    }
    const definition = edited(draft.definition, parsed.value)
    await saveProcessDraft(c.get('ctx'), { key, revision: seen, definition })
    return seeOther(c, savedHref(key, definition.steps.find(one => one.key === parsed.value.step)?.key))
  } catch (error) {
    return showEditor(c, refused(c, error, form))
  }
}

/** Back to the list where one was: at the step that was changed, whose card then says how the process stands. */
const savedHref = (key: string, step: string | undefined) =>
  step === undefined ? `${editorHref(key)}?xong=1` : `${editorHref(key)}?xong=${encodeURIComponent(step)}#step-${step}`

function edited(process: Process, { do: what, step = '', name }: z.infer<typeof EditForm>): Process {
  if (what === 'up') return moveUp(process, step)
  if (what === 'down') return moveDown(process, step)
  if (what === 'remove') return removeStep(process, step)
  if (!name) throw new Refusal('invalid', 'process-name-needed', { field: 'name' })
  return { ...process, name }
}

/** What a refusal becomes on the form that was sent: what was typed stays. A fault goes on. */
function refused(c: RequestContext, error: unknown, form: FormData): Returned & { values: FormValues } {
  if (!(error instanceof Refusal)) throw error
  const status = refusalStatus(error) as Returned['status']
  return { errors: formErrors(error, c.get('t')), values: typedIn(form), status }
}

async function postBpmn(c: RequestContext): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const form = await readForm(c)
  const file = form.get('file')
  try {
    const { process, warnings } = await readBpmn(file instanceof File ? file : undefined)
    const seen = revision.safeParse(form.get('revision') ?? '').data ?? 0
    const definition = { ...process, name: draft.definition.name }
    const { key, name } = draft.record
    await saveProcessDraft(c.get('ctx'), { key, revision: seen, definition })
    if (warnings.length > 0) return page(c, <ImportedPage c={c} process={{ key, name }} warnings={warnings} />)
    return seeOther(c, `${editorHref(key)}?xong=1`)
  } catch (error) {
    return showEditor(c, refused(c, error, form))
  }
}

async function showAdd(c: RequestContext, returned?: Returned): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const after = afterOf(c, draft)
  const { status, errors, values } = returned ?? {}
  return page(c, <AddStepPage c={c} {...{ draft, after, errors, values }} />, status)
}

function afterOf(c: RequestContext, draft: Draft): Step | null {
  const after = c.req.query('sau')
  return after ? stepOf(draft.definition, after) : null
}

const AddForm = z.strictObject({
  revision,
  name: named(line(200), 'tên bước', 'the name of the step'),
  kind: named(z.enum(stepKinds), 'loại bước', 'what is done'),
})

async function postAdd(c: RequestContext): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const form = await readForm(c)
  const parsed = parseForm(AddForm, form, c.get('t'))
  if (!parsed.ok) return showAdd(c, { errors: parsed.errors, values: parsed.values, status: 422 })
  const { name, kind } = parsed.value
  const taken = new Set([END, ...draft.definition.steps.map(step => step.key)])
  const step = newStep(kind, { key: freeSlug(name, taken), name })
  try {
    const definition = addStep(draft.definition, afterOf(c, draft)?.key ?? null, step)
    await saveProcessDraft(c.get('ctx'), { key: draft.record.key, revision: parsed.value.revision, definition })
    return seeOther(c, stepHref(draft.record.key, step.key))
  } catch (error) {
    return showAdd(c, refused(c, error, form))
  }
}

async function factsOf(c: RequestContext, draft: Draft): Promise<KnownFact[]> {
  const code = draft.record.procedure?.code
  const procedure = code ? await findProcedure(c.get('ctx'), code) : undefined
  return knownFacts(draft.definition, procedure?.content.cases ?? [], c.get('t'))
}

async function showStep(c: RequestContext, returned?: Returned): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const step = stepOf(draft.definition, c.req.param('step') ?? '')
  const facts = await factsOf(c, draft)
  const { status, errors, values } = returned ?? {}
  const saved = c.req.query('xong') !== undefined
  return page(c, <StepPage c={c} {...{ draft, step, facts, errors, values, saved }} />, status)
}

async function postStep(c: RequestContext): Promise<Response> {
  const draft = await draftOf(c)
  if (!draft) return showWaiting(c)
  const form = await readForm(c)
  const old = stepOf(draft.definition, c.req.param('step') ?? '')
  const what = form.get('do')
  const read = what === 'kind' ? changedKind(form, old) : await readStepOf(c, { form, draft, old })
  if (!read.ok) return showStep(c, { errors: read.errors, values: read.values, status: 422 })
  const { key } = draft.record
  try {
    const definition = replaceStep(draft.definition, read.step)
    const seen = revision.safeParse(form.get('revision') ?? '').data ?? 0
    await saveProcessDraft(c.get('ctx'), { key, revision: seen, definition })
  } catch (error) {
    const answer = refused(c, error, form)
    return showStep(c, what === 'kind' ? { errors: answer.errors, status: answer.status } : answer)
  }
  const stays = what === 'kind' || what === 'more'
  return seeOther(c, stays ? `${stepHref(key, old.key)}?xong=1` : savedHref(key, old.key))
}

function changedKind(form: FormData, old: Step) {
  const kind = stepKinds.find(one => one === form.get('kind')) ?? old.kind
  return { ok: true as const, step: changeKind(old, kind) }
}

async function readStepOf(c: RequestContext, { form, draft, old }: { form: FormData; draft: Draft; old: Step }) {
  return readStep(form, { old, facts: await factsOf(c, draft), t: c.get('t') })
}
