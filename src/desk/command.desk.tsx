import { randomUUID } from 'node:crypto'
import { commands } from '#src/casework/commands.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import { type Command, isAllowed, refusalOf } from '#src/dossiers/command.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import { type ReadDossier, readDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Role } from '#src/platform/ctx.ts'
import { type FormValues, typedIn } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalSentence, refusalStatus } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type Colleague, listColleagues } from './colleague.query.ts'
import { type CommandForm, papersOf, readCommand } from './command-field.ts'
import { commandForm } from './command-forms.ts'
import { findCommandOutcome, isDoublePress } from './command-outcome.query.ts'
import { CommandPage, type CommandPageProps } from './command-page.tsx'
import { refOf } from './dossier.desk.tsx'
import { commandHref } from './dossier-page.tsx'
import { listProcessChoices } from './process-choice.query.ts'
import { readScans, type Scan } from './scans.ts'

/** Every command on a dossier has a plain page of its own, and is carried out by posting it. */
export function commandDesk(app: App): void {
  app.get('/ho-so/:ref/lam/:command', showCommand)
  app.post('/ho-so/:ref/lam/:command', postCommand)
}

type Opened = { ref: string; read: ReadDossier; command: Command; form: CommandForm }

async function open(c: RequestContext): Promise<Opened> {
  const ref = refOf(c)
  const type = c.req.param('command') ?? ''
  const command = knownCommand(type)
  const ctx = c.get('ctx')
  const read = await readDossier(ctx, ref, `command:${command.type}`)
  const form = commandForm(command.type, {
    ...{ t: c.get('t'), read, officer: officerOf(c), now: ctx.clock.now() },
    colleagues: await colleaguesFor(c, command.type),
    processes: command.type === 'change-process' ? await listProcessChoices(ctx, read.dossier) : [],
    chosen: c.req.query('ra'),
  })
  return { ref, read, command, form }
}

/** What the platform alone does has no page; an address that names no command is an address where nothing is. */
function knownCommand(type: string): Command {
  const found = commands.find(command => command.type === type && command.roles.length > 0)
  if (!found) throw new Refusal('not-found', 'page-not-found')
  return found
}

const colleagueRoles: Record<string, Role> = { assign: 'specialist', 'sign-result': 'leader' }

/** Of the officer's own agency: nobody gives out another agency's work, or signs in its name. */
async function colleaguesFor(c: RequestContext, type: string): Promise<Colleague[]> {
  const role = colleagueRoles[type]
  return role ? listColleagues(c.get('ctx'), officerOf(c).agencyId, role) : []
}

async function showCommand(c: RequestContext): Promise<Response> {
  const { read, command, form } = await open(c)
  const refusal = refusalOf(command, read.dossier, officerOf(c))
  if (refusal) throw refusal
  if (command.type === 'save-draft') return seeOther(c, commandHref(dossierRef(read.dossier), command.type))
  const values = { ...form.values, ...proposed(c, form) }
  return page(
    c,
    <CommandPage c={c} read={read} command={command} form={form} commandId={randomUUID()} values={values} scans={[]} />,
  )
}

/** What the address proposes for the form's own lines, to be looked at before anything is sent. */
function proposed(c: RequestContext, { fields }: CommandForm): FormValues {
  const lines = new Set(
    fields.flatMap(field =>
      field.is === 'line' || field.is === 'paragraph' || field.is === 'date' ? [field.name] : [],
    ),
  )
  const given = Object.entries(typedIn(new URL(c.req.url).searchParams))
  return Object.fromEntries(given.filter(([name]) => lines.has(name)))
}

async function postCommand(c: RequestContext): Promise<Response> {
  const typed = await readForm(c)
  const opened = await open(c)
  const { command, form, read } = opened
  const commandId = commandIdOf(c, typed)
  const { scans, errors } = await readScans(c, typed, papersOf(form))
  const props: CommandPageProps = { c, read, command, form, commandId, values: typedIn(typed), scans }
  const parsed = readCommand(command.input, form, { typed, scans, dossier: read.dossier, t: c.get('t') })
  const wrong = [...errors, ...(parsed.ok ? [] : parsed.errors)]
  if (!parsed.ok || wrong.length > 0) return page(c, <CommandPage {...props} errors={wrong} />, 422)
  try {
    const answer = await executeCommand(c.get('ctx'), {
      ref: opened.ref,
      type: command.type,
      input: parsed.input,
      commandId,
      expectedVersion: versionOf(typed),
    })
    return seeOther(c, afterwards(dossierRef(answer), command.type))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return answerRefusal(c, error, { props, typed, scans })
  }
}

function versionOf(typed: FormData): number | undefined {
  const version = Number(typed.get('version'))
  return Number.isSafeInteger(version) && version > 0 ? version : undefined
}

/** A reception is followed by its slip, everything else by the dossier. */
function afterwards(ref: string, type: string): string {
  return type === 'receive' ? `/ho-so/${ref}/da-tiep-nhan` : `/ho-so/${ref}?xong=${type}`
}

type Failed = { props: CommandPageProps; typed: FormData; scans: readonly Scan[] }

async function answerRefusal(c: RequestContext, refusal: Refusal, { props, typed }: Failed): Promise<Response> {
  if (refusal.kind !== 'invalid' && refusal.kind !== 'conflict') throw refusal
  const t = c.get('t')
  if (refusal.code === 'command-id-reused') return answerReused(c, props)
  if (refusal.kind === 'invalid' || refusal.field) {
    return page(c, <CommandPage {...props} errors={formErrors(refusal, t)} />, 422)
  }
  // Read again: others may have written between this request's reading and its command.
  const { read, form } = await open(c)
  const conflict = { sentence: refusalSentence(refusal, t), since: versionOf(typed) }
  const possible = isAllowed(props.command, read.dossier, officerOf(c))
  return page(
    c,
    <CommandPage {...props} read={read} form={form} conflict={conflict} possible={possible} />,
    refusalStatus(refusal),
  )
}

/** The button pressed twice is one press; an old page sent again with other contents is asked about. */
async function answerReused(c: RequestContext, props: CommandPageProps): Promise<Response> {
  const ctx = c.get('ctx')
  const outcome = await findCommandOutcome(ctx, props.commandId)
  if (outcome && isDoublePress(outcome, ctx.clock.now()))
    return seeOther(c, afterwards(outcome.ref, props.command.type))
  const refusal = new Refusal('conflict', 'form-sent-already')
  const { read, form } = await open(c)
  const conflict = { sentence: refusalSentence(refusal, c.get('t')), since: undefined }
  const possible = isAllowed(props.command, read.dossier, officerOf(c))
  const again = { ...props, read, form, commandId: randomUUID(), conflict, possible }
  return page(c, <CommandPage {...again} />, 409)
}
