import { z } from '@hono/zod-openapi'
import { line } from '#src/platform/form.ts'
import { channels } from '#src/procedures/procedure.ts'

/** 12-digit citizen number, 9-digit old one, passport or enterprise code; separators people type are dropped. */
export const IdNumber = z
  .string()
  .max(40)
  .transform(text => text.toUpperCase().replace(/[\s.]/gu, ''))
  .pipe(z.string().regex(/^(\d{9}|\d{10}(-\d{3})?|\d{12}|\d{13}|[A-Z]\d{7,8}|[A-Z0-9]{6,20}-\d{3})$/u))

export const Phone = z
  .string()
  .max(40)
  .transform(text => text.replace(/[\s.()-]/gu, '').replace(/^\+84/u, '0'))
  .pipe(z.string().regex(/^0\d{9,10}$/u))

export const Applicant = z.strictObject({
  kind: z.enum(['citizen', 'business', 'organisation']).default('citizen'),
  name: line(200),
  idNumber: IdNumber,
  phone: Phone,
  email: z.email().max(200).optional(),
  address: line(300).optional(),
})
export type Applicant = z.infer<typeof Applicant>

export const Representative = z.strictObject({
  name: line(200),
  idNumber: IdNumber.optional(),
  phone: Phone.optional(),
  relation: line(200).optional(),
})
export type Representative = z.infer<typeof Representative>

const count = z.int().min(0).max(999).default(0)
/** How many of each kind of one paper were handed in. */
export const ComponentLine = z.strictObject({
  code: z.string().min(1).max(40),
  originals: count,
  certified: count,
  copies: count,
})
export type ComponentLine = z.infer<typeof ComponentLine>

export const DeliveryChoice = z.strictObject({
  method: z.enum(['counter', 'post', 'electronic']).default('counter'),
  address: line(300).optional(),
})
export type DeliveryChoice = z.infer<typeof DeliveryChoice>

export const ProcedureCode = z.string().regex(/^\d\.\d{6}(\.[0-9A-Z.]{1,40})?$/u)

/** What is written down when a dossier is handed in, through whatever door. */
export const Intake = z.strictObject({
  procedure: ProcedureCode,
  case: z.string().min(1).max(60).optional(),
  channel: z.enum(channels),
  /** Id of a service point, or the code of an agency for its own desk; the officer's own point when left out. */
  receivingPoint: z.union([z.int().positive(), z.string().min(1).max(40)]).optional(),
  /** Code of the agency that resolves it, where the procedure leaves a choice (a commune's procedure received elsewhere). */
  competentAgency: z.string().min(1).max(40).optional(),
  applicant: Applicant,
  representative: Representative.optional(),
  /** One sentence on what is asked for; the procedure's name when left out. */
  summary: line(1000).optional(),
  /** Number of sets of papers (bộ). */
  sets: z.int().min(1).max(99).default(1),
  components: z.array(ComponentLine).max(200),
  papers: z
    .array(z.strictObject({ id: z.uuid(), component: z.string().min(1).max(40).optional() }))
    .max(200)
    .default([]),
  delivery: DeliveryChoice.default({ method: 'counter' }),
  feeExempt: z.boolean().default(false),
  form: z
    .record(z.string().max(60), z.union([z.string().max(2000), z.number(), z.boolean()]))
    .default({})
    .refine(form => Object.keys(form).length <= 200),
})
export type Intake = z.infer<typeof Intake>
