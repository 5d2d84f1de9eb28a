import { z } from '@hono/zod-openapi'
import type { Term } from '#src/calendar/deadline.ts'

export const channels = ['counter', 'online', 'post', 'home', 'phone'] as const
export type Channel = (typeof channels)[number]

export const ProcedureFee = z.strictObject({
  name: z.string(),
  kind: z.enum(['phi', 'le-phi']),
  /** Whole đồng. */
  amount: z.int().min(0),
  unit: z.string().optional(),
  note: z.string().optional(),
})
export type ProcedureFee = z.infer<typeof ProcedureFee>

/** Terms and fees hang under the channel: a procedure may be quicker or cheaper online (national catalogue, CACHTHUCTHUCHIEN). */
export const ProcedureChannel = z.strictObject({
  channel: z.enum(['counter', 'online', 'post']),
  term: z
    .strictObject({ amount: z.int().min(1), unit: z.enum(['working-hours', 'working-days', 'days', 'months']) })
    .nullable(),
  termNote: z.string().optional(),
  fees: z.array(ProcedureFee),
})
export type ProcedureChannel = z.infer<typeof ProcedureChannel>

export const ProcedureComponent = z.strictObject({
  code: z.string(),
  name: z.string(),
  originals: z.int().min(0),
  certified: z.int().min(0),
  copies: z.int().min(0),
  required: z.boolean(),
  note: z.string().optional(),
  form: z.string().optional(),
})
export type ProcedureComponent = z.infer<typeof ProcedureComponent>

/** A case (trường hợp): its own papers, terms or fees where they differ. */
export const ProcedureCase = z.strictObject({
  code: z.string(),
  name: z.string(),
  componentCodes: z.array(z.string()).optional(),
  channels: z.array(ProcedureChannel).optional(),
})
export type ProcedureCase = z.infer<typeof ProcedureCase>

/** The published record of a procedure (Decree 63/2010, the eight constituent parts), as stored in `procedure_version.content`. */
export const ProcedureContent = z.strictObject({
  kind: z.string(),
  applicants: z.array(z.string()),
  steps: z.array(z.string()),
  channels: z.array(ProcedureChannel),
  cases: z.array(ProcedureCase),
  components: z.array(ProcedureComponent),
  results: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  legalBasis: z.array(z.strictObject({ number: z.string(), title: z.string() })),
  conditions: z.string().nullable(),
  feeNote: z.string().optional(),
  authority: z.string(),
  coordination: z.array(z.string()),
  keywords: z.array(z.string()),
  keywordText: z.string(),
})
export type ProcedureContent = z.infer<typeof ProcedureContent>

/** A procedure with the version in force at some moment. */
export type Procedure = {
  code: string
  versionId: number
  version: number
  name: string
  fieldName: string
  level: 'province' | 'commune'
  resolverId: number | null
  decision: string | null
  serviceLevel: 'full' | 'partial' | 'info'
  content: ProcedureContent
}

/** Home visits and telephone requests follow the counter's published term and fee. */
function publishedChannel(channel: Channel): ProcedureChannel['channel'] {
  return channel === 'home' || channel === 'phone' ? 'counter' : channel
}

/** Term, fees and papers of one case through one channel. */
export type Requirements = {
  term: Term | null
  termNote: string | undefined
  fees: ProcedureFee[]
  components: ProcedureComponent[]
}

/** The case named, or undefined when the procedure has no such case. */
export function findCase(content: ProcedureContent, caseCode: string | null | undefined): ProcedureCase | undefined {
  return caseCode ? content.cases.find(c => c.code === caseCode) : undefined
}

/** A channel the procedure does not publish falls back to the counter, then to the first published one. */
export function requirementsOf(content: ProcedureContent, channel: Channel, caseCode?: string | null): Requirements {
  const chosen = findCase(content, caseCode)
  const wanted = publishedChannel(channel)
  const pick = (list: ProcedureChannel[] | undefined) => list?.find(c => c.channel === wanted)
  const line =
    pick(chosen?.channels) ??
    chosen?.channels?.[0] ??
    pick(content.channels) ??
    content.channels.find(c => c.channel === 'counter') ??
    content.channels[0]
  const codes = chosen?.componentCodes
  return {
    term: line?.term ?? null,
    termNote: line?.termNote,
    fees: line?.fees ?? [],
    components: codes ? content.components.filter(c => codes.includes(c.code)) : content.components,
  }
}
