import type { Agency } from '#src/agencies/agency.ts'
import { findCalendar } from '#src/calendar/calendar.query.ts'
import { draftProblems } from '#src/design/bounds.query.ts'
import { readVersion, type ShownVersion } from '#src/design/draft.query.ts'
import { findProcessRecord, type ProcessRecord } from '#src/design/process-list.query.ts'
import { PROCESSES } from '#src/design/process-view.ts'
import type { FormValues } from '#src/platform/form.ts'
import { type App, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal } from '#src/platform/text.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import { expand } from '#src/processes/expansion.ts'
import { type FeelFacts, noFacts } from '#src/processes/feel.ts'
import type { Process } from '#src/processes/process.ts'
import { expressionsOf, flawsOf } from '#src/processes/process-flaws.ts'
import { type KnownFact, knownFacts } from './conditions.ts'
import { TrialPage } from './trial.pages.tsx'
import { tryOut } from './trial.ts'

/** A draft, or the version in force, tried out before anybody decides on it. A view is a link: nothing is written. */
export function trialDesk(app: App): void {
  app.get(`${PROCESSES}/:key/chay-thu`, showTrial)
}

async function showTrial(c: RequestContext): Promise<Response> {
  const { agencyCode } = officerOf(c)
  const ctx = c.get('ctx')
  const record = await findProcessRecord(ctx, c.req.param('key') ?? '')
  const [newest] = record?.versions ?? []
  if (!record || !newest) throw new Refusal('not-found', 'process-not-found')
  const shown = await readVersion(ctx, record, newest)
  const process = followable(shown)
  const values = queryOf(c)
  const facts = process ? await factsAsked(c, record, process) : []
  const resolver = resolverOf(record, shown)
  const calendar = await findCalendar(ctx, resolver?.calendarId ?? agencyCode)
  if (!calendar) throw new Error(`agency ${agencyCode} has no calendar`)
  const start = startOf(c, values)
  const simulated =
    process &&
    tryOut(
      {
        process,
        facts: { ...factsFrom(values, facts), receiving: '', competent: resolver?.code ?? '' },
        term: shown.bounds.term,
        start,
        calendar,
      },
      chosenOf(values),
    )
  const typed = { ...values, tu: isoLocal(start).slice(0, 16) }
  return page(c, <TrialPage c={c} {...{ record, shown, process, simulated, facts }} values={typed} />)
}

/** With sub-processes written out; null while something keeps a dossier from going through. */
function followable({ definition, bounds }: ShownVersion): Process | null {
  const takesParts = definition.steps.some(({ kind }) => kind === 'sub-process')
  // A part that is not there, or contains itself, is among the problems and cannot be written out.
  if (flawsOf(definition).length > 0 || (takesParts && draftProblems(definition, bounds).length > 0)) return null
  return expand(definition, bounds.library)
}

/** The one agency that resolves, by whose hours steps are counted: a dossier comes to it from another desk. A commune's own stays there. */
function resolverOf(record: ProcessRecord, { bounds }: ShownVersion): Agency | undefined {
  return bounds.agencies.find(({ id }) => id === record.procedure?.resolverId)
}

function queryOf(c: RequestContext): FormValues {
  return Object.fromEntries(Object.entries(c.req.query()).map(([name, value]) => [name, value.slice(0, 200)]))
}

/** The minute asked for, of this or the coming years; now otherwise. */
function startOf(c: RequestContext, { tu }: FormValues): Date {
  const now = c.get('ctx').clock.now()
  if (typeof tu !== 'string' || !/^20\d\d-\d\d-\d\dT\d\d:\d\d$/u.test(tu)) return now
  const at = new Date(`${tu}:00+07:00`)
  return Number.isNaN(at.getTime()) ? now : at
}

/** What the process's own conditions ask, outcomes and opinions excepted: those come about on the way. */
async function factsAsked(c: RequestContext, record: ProcessRecord, process: Process): Promise<KnownFact[]> {
  const procedure = record.procedure && (await findProcedure(c.get('ctx'), record.procedure.code))
  const text = process.steps
    .flatMap(expressionsOf)
    .map(expression => expression.text)
    .join('\n')
  const known = knownFacts(process, procedure?.content.cases ?? [], c.get('t'))
  return known.filter(({ fact }) => /^(form\.|case$|channel$|applicant\.|fee$)/u.test(fact) && text.includes(fact))
}

function factsFrom(values: FormValues, known: readonly KnownFact[]): FeelFacts {
  const facts: FeelFacts = { ...noFacts, form: {} }
  for (const { fact, kind } of known) {
    const typed = values[`tin.${fact}`]
    if (typeof typed !== 'string' || typed === '') continue
    const value = kind === 'yes-no' ? typed === 'true' : kind === 'number' ? Number(typed.replace(',', '.')) : typed
    if (Number.isNaN(value)) continue
    if (fact.startsWith('form.')) facts.form[fact.slice('form.'.length)] = value
    else if (fact === 'case') facts.case = typed
    else if (fact === 'channel') facts.channel = typed
    else if (fact === 'applicant.kind') facts.applicant = { kind: typed }
    else if (fact === 'fee') facts.fee = Number(value) || 0
  }
  return facts
}

function chosenOf(values: FormValues): Map<string, string> {
  const chosen = Object.entries(values).filter(([name, value]) => name.startsWith('buoc.') && value !== '')
  return new Map(chosen.map(([name, value]) => [name.slice('buoc.'.length), String(value)]))
}
