import { z } from '@hono/zod-openapi'
import { type Role, roles } from '#src/platform/ctx.ts'

/**
 * An internal process (quy trình nội bộ, quy trình điện tử) as data: who does what, in which order and in how many working hours,
 * from the reception of a dossier to its result at the desk. One step is under way at a time; what goes on side by side are the
 * opinions a consultation asks for. That keeps a process readable for the officers who design it, and answerable for every hour.
 */

const Key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u)
  .max(60)
const Name = z.string().trim().min(1).max(200)
/** An expression of FEEL (DMN 1.3, friendly enough expression language); see feel.ts for the names it knows. */
const Expression = z.string().trim().min(1).max(1000)

/** Where every way through a process leads: the result at the desk. */
export const END = 'end'
const Target = z.union([z.literal(END), Key])

/** Whose step it is: the agency that received the dossier, the one that resolves it, one by code, or what a FEEL rule names by code. */
export const AgencyRef = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('receiving') }),
  z.strictObject({ by: z.literal('competent') }),
  z.strictObject({ by: z.literal('code'), code: z.string().regex(/^[0-9A-Z.]{3,40}$/u) }),
  z.strictObject({ by: z.literal('rule'), rule: Expression }),
])
export type AgencyRef = z.infer<typeof AgencyRef>

/** One way out of a step. `back`: a return to an earlier step, which needs a reason. */
export const Outcome = z.strictObject({ key: Key, name: Name, to: Target, back: z.boolean().default(false) })
export type Outcome = z.infer<typeof Outcome>

/** How a step finds its person: named by a leader or whoever takes it, in turn, or who has least in hand. */
export const shares = ['by-hand', 'round-robin', 'least-loaded'] as const
export type Share = (typeof shares)[number]

/** Working hours, in quarters. */
const Hours = z.number().min(0.25).max(2_000).multipleOf(0.25)

/** A fact the step's officer has to write down: choices further on may ask for it as `form.<field>`. */
export const Asked = z.strictObject({
  field: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/u),
  name: Name,
  kind: z.enum(['text', 'number', 'yes-no']),
})
export type Asked = z.infer<typeof Asked>

const common = { key: Key, name: Name, outcomes: z.array(Outcome).min(1).max(12) }

/**
 * What a person does. `papers`: names of the documents to be attached; `signature`: a number and signer are recorded; `refuses`: the
 * result issued at a signing step tells the applicant that the request is not granted.
 */
const work = {
  ...common,
  agency: AgencyRef,
  role: z.enum(roles),
  hours: Hours,
  share: z.enum(shares).default('by-hand'),
  papers: z.array(Name).max(20).default([]),
  signature: z.boolean().default(false),
  refuses: z.boolean().optional(),
  asks: z.array(Asked).max(20).default([]),
}

/** The kinds of work. Each has outcomes that commands of its own lead to (`usualOutcomes`); others are free. */
export const workKinds = ['transfer', 'receipt', 'assign', 'appraise', 'approve', 'sign', 'task'] as const
export type WorkKind = (typeof workKinds)[number]

export const WorkStep = z.strictObject({ kind: z.enum(workKinds), ...work })
export type WorkStep = z.infer<typeof WorkStep>

/** Opinions asked of several agencies at once; goes on when enough have answered, or when the hours are over and silence is logged. */
export const ConsultStep = z.strictObject({
  kind: z.literal('consult'),
  ...common,
  asked: z
    .array(z.strictObject({ key: Key, name: Name, agency: AgencyRef, role: z.enum(roles).default('specialist') }))
    .min(1)
    .max(20),
  /** How many answers end it; 0 = all. */
  need: z.int().min(0).max(20).default(0),
  hours: Hours,
})
export type ConsultStep = z.infer<typeof ConsultStep>

/** The first branch whose expression is true is taken. */
export const ChoiceStep = z.strictObject({
  kind: z.literal('choice'),
  key: Key,
  name: Name,
  branches: z
    .array(z.strictObject({ name: Name, when: Expression, to: Target }))
    .min(1)
    .max(12),
  otherwise: Target,
})
export type ChoiceStep = z.infer<typeof ChoiceStep>

/** Done by the platform, at once: a line in the dossier's history, and a fact worked out by FEEL. */
export const AutomaticStep = z.strictObject({
  kind: z.literal('automatic'),
  ...common,
  note: z.string().trim().max(500).optional(),
  set: z.strictObject({ field: Asked.shape.field, value: Expression }).optional(),
})
export type AutomaticStep = z.infer<typeof AutomaticStep>

/** A dossier of its own at another agency, under its own procedure; this one waits for it (`wait`) or goes on. */
export const ChildStep = z.strictObject({
  kind: z.literal('child'),
  ...common,
  procedure: z.string().regex(/^\d\.\d{6}(\.[0-9A-Z.]+)?$/u),
  case: z.string().max(60).optional(),
  agency: AgencyRef,
  wait: z.boolean().default(true),
  hours: Hours,
})
export type ChildStep = z.infer<typeof ChildStep>

/** The steps of another process in this place; they are written out when the process is approved. */
export const SubProcessStep = z.strictObject({ kind: z.literal('sub-process'), ...common, process: Key })
export type SubProcessStep = z.infer<typeof SubProcessStep>

export const Step = z.discriminatedUnion('kind', [
  WorkStep,
  ConsultStep,
  ChoiceStep,
  AutomaticStep,
  ChildStep,
  SubProcessStep,
])
export type Step = z.infer<typeof Step>
export type StepKind = Step['kind']

export const Process = z.strictObject({
  name: Name,
  start: Key,
  /** The hours are shares of the published term, whatever it is: for a process that serves many procedures. */
  scaled: z.boolean().default(false),
  steps: z.array(Step).min(1).max(60),
})
export type Process = z.infer<typeof Process>

/** Outcomes a step of each kind must have; the first is the usual way on. */
export const usualOutcomes: Record<Exclude<StepKind, 'choice'>, readonly string[]> = {
  transfer: ['handed-over'],
  receipt: ['taken-over'],
  assign: ['assigned'],
  appraise: ['submitted'],
  approve: ['approved', 'returned'],
  sign: ['ready'],
  task: [],
  consult: ['joined', 'expired'],
  automatic: ['done'],
  child: ['granted', 'refused'],
  'sub-process': ['done'],
}

/** Roles a kind of work may be given to. */
export const rolesFor: Record<WorkKind, readonly Role[]> = {
  transfer: ['intake', 'postal', 'home', 'clerk', 'specialist'],
  receipt: ['intake', 'clerk', 'specialist'],
  assign: ['leader'],
  appraise: ['specialist'],
  approve: ['leader', 'director'],
  sign: ['clerk'],
  task: ['intake', 'specialist', 'leader', 'clerk', 'cashier', 'director'],
}

export function isWork(step: Step): step is WorkStep {
  return (workKinds as readonly string[]).includes(step.kind)
}

/** The platform passes it without waiting for anyone. */
export function isPassing(step: Step): step is ChoiceStep | AutomaticStep | ChildStep {
  return step.kind === 'choice' || step.kind === 'automatic' || (step.kind === 'child' && !step.wait)
}

/** One way out of any step, as drawn and as followed. `when`: the condition of a choice's branch. */
export type Exit = { key: string; name: string; to: string; back: boolean; when?: string }

export function exitsOf(step: Step): Exit[] {
  if (step.kind !== 'choice') return step.outcomes
  const branches = step.branches.map(({ name, when, to }, i) => ({
    key: `branch-${i + 1}`,
    name,
    to,
    back: false,
    when,
  }))
  return [...branches, { key: 'otherwise', name: 'Còn lại', to: step.otherwise, back: false }]
}

export function findStep(process: Process, key: string): Step | undefined {
  return process.steps.find(step => step.key === key)
}

/** Throws for a key the process does not have: positions are only ever made from its own steps. */
export function getStep(process: Process, key: string): Step {
  const step = findStep(process, key)
  if (!step) throw new Error(`process ${process.name} has no step ${key}`)
  return step
}

/** Working hours a step allows; nothing for what the platform passes, nor for a dossier of its own that nobody waits for. */
export function hoursOf(step: Step): number {
  if (step.kind === 'child' && !step.wait) return 0
  return 'hours' in step ? step.hours : 0
}
