import { randomUUID } from 'node:crypto'
import { findCommand } from '#src/casework/commands.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import { intakeRoles, receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { requestSupplementAtCounter } from '#src/casework/request-supplement.ts'
import { saveNewDraft } from '#src/casework/save-draft.ts'
import { findCommandOutcome, isDoublePress } from '#src/desk/command-outcome.query.ts'
import { textOf } from '#src/desk/form-input.ts'
import { readScans } from '#src/desk/scans.ts'
import { IdNumber, Intake } from '#src/dossiers/intake.ts'
import { typedIn } from '#src/platform/form.ts'
import { commandIdOf, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalSentence, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { readIntake, readReason, readSupplement } from './intake-form.ts'
import { draftFrame, newFrame } from './intake-frame.query.ts'
import { IntakePage, shownAs } from './intake-page.tsx'
import { type IntakeFrame, type IntakeView, keptValues, withPerson } from './intake-view.ts'
import { findPerson } from './person.query.ts'

/** What a button of the page does with what was typed. */
type Ending = { command: string; run: (at: Posted, intake: Intake) => Promise<{ id: number; code: string | null }> }
type Posted = { c: RequestContext; form: FormData; view: IntakeView; codes: string[] }

/** Thrown inside an ending when what it needs besides the intake is missing. */
class Incomplete extends Error {
  constructor(readonly errors: readonly FieldError[]) {
    super('incomplete')
  }
}

const endings: Record<string, Ending> = {
  'tiep-nhan': { command: 'receive', run: receive },
  nhap: { command: 'save-draft', run: saveDraft },
  'bo-sung': { command: 'request-supplement', run: requestSupplement },
  'tu-choi': { command: 'refuse', run: refuse },
}

/** Every button of the intake page sends the whole page: nothing typed is lost whatever comes of it. */
export async function postIntake(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...intakeRoles)
  const form = await readForm(c)
  const frame = await frameOf(c, form)
  if (!frame) throw new Refusal('invalid', 'procedure-unknown', { field: 'procedure' })
  const codes = frame.needs.components.map(one => one.code)
  const { scans, errors } = await readScans(c, form, codes)
  const values = {
    ...keptValues(typedIn(form), form, frame),
    channel: frame.channel,
    ...(frame.case ? { case: frame.case } : {}),
  }
  const view: IntakeView = {
    ...frame,
    commandId: commandIdOf(c, form),
    values,
    scans,
    errors,
    known: undefined,
    unknown: false,
    notice: null,
  }
  const posted = { c, form, view, codes }
  const ending = endings[textOf(form, 'do') ?? '']
  if (!ending) return answerLookUp(posted)
  if (textOf(form, 'shown') !== shownAs(frame)) return answerChanged(posted)
  return finish(posted, ending)
}

async function frameOf(c: RequestContext, form: FormData): Promise<IntakeFrame | undefined> {
  const ctx = c.get('ctx')
  const wanted = { case: textOf(form, 'case'), channel: textOf(form, 'channel') }
  const draft = textOf(form, 'draft')
  if (draft) return draftFrame(ctx, draft, wanted)
  const code = Intake.shape.procedure.safeParse(textOf(form, 'procedure'))
  return code.success ? newFrame(ctx, officerOf(c), { code: code.data, ...wanted }) : undefined
}

/**
 * `tim` looks the person up and `doi` lists the papers of another case; neither writes anything. Enter in a browser without script
 * presses the first button of the page, whichever that is, so both do both.
 */
async function answerLookUp({ c, form, view }: Posted): Promise<Response> {
  const idNumber = IdNumber.safeParse(textOf(form, 'applicant.idNumber') ?? '')
  const known = idNumber.success
    ? await findPerson(c.get('ctx'), { officer: officerOf(c), procedure: view.procedure.code, idNumber: idNumber.data })
    : undefined
  const values = withPerson(view.values, known)
  return page(c, <IntakePage c={c} view={{ ...view, values, known, unknown: idNumber.success && !known }} />)
}

/** The papers on the page were those of another case or channel: they are shown again before anything is received. */
function answerChanged({ c, view }: Posted): Response {
  const notice = c.get('t')(
    'Giấy tờ và phí đã đổi theo trường hợp vừa chọn. Xin kiểm tra rồi bấm lại.',
    'Papers and fees have changed with the case. Check them and press again.',
  )
  return page(c, <IntakePage c={c} view={{ ...view, notice }} />, 422)
}

async function finish(posted: Posted, ending: Ending): Promise<Response> {
  const { c, form, view, codes } = posted
  const parsed = readIntake(form, { codes, scans: view.scans, t: c.get('t') })
  const errors = [...view.errors, ...(parsed.ok ? [] : parsed.errors)]
  if (!parsed.ok || errors.length > 0) return page(c, <IntakePage c={c} view={{ ...view, errors }} />, 422)
  try {
    const answer = await ending.run(posted, parsed.input)
    return seeOther(c, afterwards(answer.code ?? `D${answer.id}`, ending.command))
  } catch (error) {
    if (error instanceof Incomplete) return page(c, <IntakePage c={c} view={{ ...view, errors: error.errors }} />, 422)
    if (error instanceof Refusal) return answerRefusal(posted, parsed.input, error, ending)
    throw error
  }
}

function afterwards(ref: string, command: string): string {
  return command === 'receive' ? `/ho-so/${ref}/da-tiep-nhan` : `/ho-so/${ref}?xong=${command}`
}

function receive(posted: Posted, intake: Intake) {
  const { c, view } = posted
  if (!view.draft) return receiveDossier(c.get('ctx'), intake, view.commandId)
  return afterDraft(posted, intake, 'receive', {})
}

function saveDraft(posted: Posted, intake: Intake) {
  const { c, view, form } = posted
  if (!view.draft) return saveNewDraft(c.get('ctx'), intake, view.commandId)
  return onDraft(posted, 'save-draft', intake, { commandId: view.commandId, version: versionOf(form) })
}

function requestSupplement(posted: Posted, intake: Intake) {
  const { c, form, view, codes } = posted
  const supplement = readSupplement(form, codes, c.get('t'))
  if (!supplement.ok) throw new Incomplete(supplement.errors)
  if (view.draft) return afterDraft(posted, intake, 'request-supplement', supplement.input)
  return requestSupplementAtCounter(c.get('ctx'), { intake, supplement: supplement.input }, view.commandId)
}

function refuse(posted: Posted, intake: Intake) {
  const { c, form, view } = posted
  const t = c.get('t')
  const reason = readReason(form, t)
  if (!reason.ok) throw new Incomplete(reason.errors)
  if (view.draft) return afterDraft(posted, intake, 'refuse', reason.input)
  return refuseAtCounter(c.get('ctx'), { intake, reason: reason.input.reason }, view.commandId)
}

/** A draft first learns what was typed, then takes its step; both under ids of the one press. */
async function afterDraft(posted: Posted, intake: Intake, type: string, input: unknown) {
  const { view, form } = posted
  const saved = await onDraft(posted, 'save-draft', intake, {
    commandId: `${view.commandId}:draft`,
    version: versionOf(form),
  })
  return onDraft(posted, type, input, { commandId: view.commandId, version: saved.version })
}

function onDraft(
  { c, view }: Posted,
  type: string,
  input: unknown,
  by: { commandId: string; version: number | undefined },
) {
  const parsed = findCommand(type).input.parse(input)
  const ref = view.draft?.ref ?? ''
  return executeCommand(c.get('ctx'), {
    ref,
    type,
    input: parsed,
    commandId: by.commandId,
    expectedVersion: by.version,
  })
}

function versionOf(form: FormData): number | undefined {
  const version = Number(textOf(form, 'version'))
  return Number.isSafeInteger(version) && version > 0 ? version : undefined
}

async function answerRefusal(posted: Posted, intake: Intake, refusal: Refusal, ending: Ending): Promise<Response> {
  const { c, view } = posted
  if (refusal.code === 'command-id-reused') return answerReused(posted, intake, ending)
  const isOfForm = refusal.kind === 'invalid' || refusal.field !== undefined
  if (isOfForm) return page(c, <IntakePage c={c} view={{ ...view, errors: formErrors(refusal, c.get('t')) }} />, 422)
  if (refusal.kind !== 'conflict') throw refusal
  const notice = refusalSentence(refusal, c.get('t'))
  return page(c, <IntakePage c={c} view={{ ...view, notice }} />, refusalStatus(refusal))
}

/**
 * The same page sent twice. Two presses of one button are one reception; the page of an earlier person brought back and filled in for
 * the next one must neither vanish nor pass for the earlier.
 */
async function answerReused({ c, view }: Posted, intake: Intake, ending: Ending): Promise<Response> {
  const ctx = c.get('ctx')
  const outcome = await findCommandOutcome(ctx, view.commandId)
  const isSame = outcome?.procedure === intake.procedure && outcome.idNumber === intake.applicant.idNumber
  if (outcome && isSame && isDoublePress(outcome, ctx.clock.now()))
    return seeOther(c, afterwards(outcome.ref, ending.command))
  const refusal = new Refusal('conflict', 'form-sent-before', { params: { ref: outcome?.ref ?? '' } })
  const notice = refusalSentence(refusal, c.get('t'))
  return page(c, <IntakePage c={c} view={{ ...view, commandId: randomUUID(), notice }} />, 409)
}
