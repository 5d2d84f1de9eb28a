import { createRoute, z } from '@hono/zod-openapi'
import { listAgencies } from '#src/agencies/agency.query.ts'
import { findCalendar } from '#src/calendar/calendar.query.ts'
import type { Term } from '#src/calendar/deadline.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import type { App } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { expand } from './expansion.ts'
import { type FeelFacts, noFacts } from './feel.ts'
import { Process } from './process.ts'
import { flawsOf } from './process-flaws.ts'
import { type ProcessProblem, problemsOf } from './process-problems.ts'
import { findPublishedKey, findPublishedProcess, findPublishedVersion, listParts } from './simulation.query.ts'
import { type Given, opinionAnswers, type Simulated, simulate } from './simulation.ts'
import { termMinutes } from './step-hours.ts'

const Instant = z.iso.datetime({ offset: true }).openapi({ example: '2026-08-24T09:00:00+07:00' })
const StepKey = z.string().min(1).max(60)
const AgencyCode = z.string().min(1).max(40)
const Field = z.union([z.string().max(500), z.number(), z.boolean()])

const Outcome = z.union([
  StepKey,
  z.strictObject({ step: StepKey.optional(), outcome: StepKey }),
  z.strictObject({ step: StepKey, opinion: StepKey, answer: z.enum(opinionAnswers) }),
  z.strictObject({ step: StepKey, expired: z.literal(true) }),
])

const Facts = z
  .strictObject({
    form: z.record(z.string().max(40), Field),
    case: z.string().max(60).nullable(),
    channel: z.string().max(20),
    applicant: z.strictObject({ kind: z.string().max(20) }),
    outcomes: z.record(StepKey, StepKey),
    opinions: z.record(StepKey, z.enum([...opinionAnswers, 'none'])),
    receiving: AgencyCode,
    competent: AgencyCode,
    components: z.array(z.string().max(40)).max(200),
    fee: z.int().min(0).max(1_000_000_000_000),
  })
  .partial()

const SimulationQuestion = z
  .strictObject({
    process: z
      .union([
        StepKey,
        z.strictObject({ version: z.int().min(1).max(2_147_483_647) }),
        z.strictObject({ procedure: z.string().min(1).max(40), case: z.string().min(1).max(60).optional() }),
        Process,
      ])
      .openapi({
        description:
          'Key of a process in force, an approved version, what a procedure and case run by today, or a process written out',
      }),
    outcomes: z.array(Outcome).max(40).default([]).openapi({
      description:
        'What happens at which step, or in order at the steps come to; where nothing is said the usual way on is taken, and everyone asked agrees',
    }),
    facts: Facts.default({}).openapi({ description: 'What choices and rules may ask about the dossier' }),
    term: z
      .strictObject({
        amount: z.int().min(1).max(1_000),
        unit: z.enum(['working-hours', 'working-days', 'days', 'months']),
        policy: z.enum(['hour-clock', 'civil-day']).optional(),
      })
      .refine(({ amount, unit }) => unit !== 'months' || amount <= 120, { path: ['amount'] })
      .nullable()
      .optional()
      .openapi({ description: 'Instead of the published one; null for none' }),
    start: Instant.optional().openapi({ description: 'Now when left out' }),
    agency: AgencyCode.optional().openapi({
      description:
        'Code of the agency whose calendar counts, receiving and resolving; else the national calendar, and two agencies called receiving and competent',
    }),
  })
  .openapi('SimulationQuestion')

const Time = z.iso.datetime()
const SimulationAnswer = z
  .object({
    path: z.array(
      z.object({
        step: z.string(),
        name: z.string(),
        kind: z.string(),
        agency: z
          .string()
          .nullable()
          .openapi({ description: 'Code, or the words receiving and competent where none was given' }),
        role: z.string().nullable(),
        minutes: z.number().nullable().openapi({ description: 'Working minutes it may take; null: nothing promised' }),
        enteredAt: Time,
        dueAt: Time,
        outcome: z.string(),
        passed: z.boolean().openapi({ description: 'The platform goes through it by itself' }),
        asked: z.array(z.object({ key: z.string(), agency: z.string(), answer: z.string().nullable() })),
      }),
    ),
    endsAt: Time.nullable().openapi({
      description: 'When the last step is due; null when the process cannot be followed',
    }),
    dueAt: Time.nullable().openapi({ description: 'When the term runs out; null without one' }),
    hours: z.number().openapi({ description: 'Working hours of the path' }),
    problems: z.array(z.object({ step: z.string().nullable(), field: z.string().nullable(), message: z.string() })),
  })
  .openapi('SimulationAnswer')

const route = createRoute({
  method: 'post',
  path: '/api/v1/processes/simulate',
  tags: ['processes'],
  summary: 'The way of a dossier through a process, and when each step is due',
  request: { body: { required: true, content: { 'application/json': { schema: SimulationQuestion } } } },
  responses: { 200: answers(SimulationAnswer, 'The path, step by step'), ...refuses(400, 404, 409, 422) },
})

/** Computes with approved processes or with the asker's own; open to everyone, for approved processes and calendars are public. */
export function processSimulationApi(app: App): void {
  app.openapi(route, async c => {
    const ctx = c.get('ctx')
    const question = c.req.valid('json')
    const calendar = await findCalendar(ctx, question.agency ?? 1)
    if (!calendar) throw new Refusal('not-found', 'agency-not-found', { field: 'agency' })
    const { process, term, problems } = await subjectOf(ctx, question)
    const start = question.start ? new Date(question.start) : ctx.clock.now()
    const facts = factsOf(question)
    const outcomes = question.outcomes.map((one): Given => (typeof one === 'string' ? { outcome: one } : one))
    const simulated = process && sensible(() => simulate({ process, outcomes, facts, term, start, calendar }))
    return c.json(answerOf(simulated, problems, c.get('t')), 200)
  })
}

type Question = z.infer<typeof SimulationQuestion>
/** `process` is null when it cannot be followed. */
type Subject = { process: Process | null; term: Term | null; problems: ProcessProblem[] }

async function subjectOf(ctx: Ctx, question: Question): Promise<Subject> {
  const which = question.process
  if (typeof which !== 'string' && 'steps' in which) return writtenOut(ctx, which, question.term ?? null)
  const found =
    typeof which === 'string'
      ? await findPublishedKey(ctx, which)
      : 'version' in which
        ? await findPublishedVersion(ctx, which.version)
        : await findPublishedProcess(ctx, { procedure: which.procedure, caseCode: which.case ?? null })
  if (!found) throw new Refusal('not-found', 'process-not-found', { field: 'process' })
  const term = question.term === undefined ? found.term : question.term
  const { process } = found.process
  return { process, term, problems: problemsOf(process, { termMinutes: termMinutes(term) }) }
}

async function writtenOut(ctx: Ctx, process: Process, term: Term | null): Promise<Subject> {
  const [library, agencies] = await Promise.all([listParts(ctx), listAgencies(ctx)])
  const known = { termMinutes: termMinutes(term), library, agencies: new Set(agencies.map(({ code }) => code)) }
  const problems = problemsOf(process, known)
  const whole = wholeOf(process, library)
  return { process: whole && flawsOf(whole).length === 0 ? whole : null, term, problems }
}

/** What keeps sub-processes from being written out is among the problems already. */
function wholeOf(process: Process, library: Parameters<typeof expand>[1]): Process | null {
  try {
    return expand(process, library)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function factsOf({ facts, agency }: Question): FeelFacts {
  const places = { receiving: agency ?? 'receiving', competent: agency ?? 'competent' }
  return { ...noFacts, ...places, ...facts }
}

/** An instant no calendar reaches is the asker's mistake. */
function sensible(compute: () => Simulated): Simulated {
  try {
    return compute()
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('invalid', 'deadline-senseless', { field: 'start' })
    throw error
  }
}

function answerOf(
  simulated: Simulated | null,
  problems: readonly ProcessProblem[],
  t: T,
): z.infer<typeof SimulationAnswer> {
  const { path = [], endsAt = null, dueAt = null, minutes = 0 } = simulated ?? {}
  return {
    path: path.map(one => ({ ...one, enteredAt: one.enteredAt.toISOString(), dueAt: one.dueAt.toISOString() })),
    endsAt: endsAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    hours: minutes / 60,
    problems: problems.map(({ step, field, vi, en }) => ({ step, field, message: t(vi, en) })),
  }
}
