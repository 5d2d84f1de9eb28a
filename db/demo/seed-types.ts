import { z } from 'zod'
import { roles } from '#src/platform/ctx.ts'
import { ProcedureCase, ProcedureChannel, ProcedureComponent } from '#src/procedures/procedure.ts'
import { Process } from '#src/processes/process.ts'

/** A name an officer reads: trimmed, single-spaced, NFC, no full stop and no stray bullet at either end. */
export const cleanName = (max: number) =>
  z
    .string()
    .min(2)
    .max(max)
    .refine(s => s === s.normalize('NFC').replace(/\s+/gu, ' ').trim(), 'not NFC, trimmed and single-spaced')
    .refine(s => !/^[-+*•.,;:)]/u.test(s) && !/[.;:,+*•-]$/u.test(s), 'stray punctuation')

const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u)

export const SeedAgency = z.strictObject({
  key,
  code: z.string().regex(/^[0-9A-Z.]{3,40}$/u),
  name: cleanName(200),
  shortName: cleanName(60),
  kind: z.enum(['province', 'centre', 'department', 'vertical', 'commune', 'postal']),
  parentKey: key.nullable(),
  /** Official unit code: two digits for the province, five for a commune. */
  unitCode: z
    .string()
    .regex(/^(\d{2}|\d{5})$/u)
    .nullable(),
  address: cleanName(200),
  /** Zeros after the area code: shaped like a number, answered by nobody. */
  phone: z.string().regex(/^027[37] 000 \d{4}$/u),
  validFrom: z.iso.date(),
})
export type SeedAgency = z.infer<typeof SeedAgency>

export const SeedCounter = z.strictObject({
  name: cleanName(100),
  /** Codes of the fields this counter receives; absent = every field. */
  fields: z.array(key).min(1).optional(),
})
export type SeedCounter = z.infer<typeof SeedCounter>

export const SeedServicePoint = z.strictObject({
  key,
  /** The agency it receives for: a post office has the commune's or the centre's, not the post's own. */
  agencyKey: key,
  name: cleanName(200),
  kind: z.enum(['desk', 'post-office']),
  address: cleanName(200),
  counters: z.array(SeedCounter).min(1),
})
export type SeedServicePoint = z.infer<typeof SeedServicePoint>

export const SeedAssignment = z.strictObject({
  agencyKey: key,
  role: z.enum(roles),
  servicePointKey: key.optional(),
})
export type SeedAssignment = z.infer<typeof SeedAssignment>

const username = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,59}$/u)

export const SeedOfficer = z.strictObject({
  username,
  name: cleanName(60),
  title: cleanName(80),
  birthYear: z.int().min(1960).max(2005).optional(),
  assignments: z.array(SeedAssignment).min(1),
})
export type SeedOfficer = z.infer<typeof SeedOfficer>

export const SeedCitizen = z.strictObject({
  username,
  name: cleanName(60),
  /** 000 is no province's code, so no living person has such a number. */
  idNumber: z.string().regex(/^000\d{9}$/u),
  phone: z.string().regex(/^0900000\d{3}$/u),
})
export type SeedCitizen = z.infer<typeof SeedCitizen>

export const SeedPeople = z.strictObject({ officers: z.array(SeedOfficer), citizens: z.array(SeedCitizen) })
export type SeedPeople = z.infer<typeof SeedPeople>

const procedureCode = z.string().regex(/^\d\.\d{6}$/u)

export const SeedProcedure = z.strictObject({
  code: procedureCode,
  name: cleanName(600),
  field: z.strictObject({ code: key, name: cleanName(200) }),
  level: z.enum(['province', 'commune']),
  /** The department or vertical agency that resolves it; null = each commune its own. */
  resolverKey: key.nullable(),
  /** Number of the decision that published it. */
  decision: cleanName(60),
  kind: cleanName(100),
  serviceLevel: z.enum(['full', 'partial', 'info']),
  applicants: z.array(z.enum(['citizen', 'business', 'cooperative', 'organisation', 'foreigner', 'overseas'])).min(1),
  steps: z.array(z.string().min(10).max(320)).min(3).max(6),
  channels: z.array(ProcedureChannel).min(1),
  cases: z.array(ProcedureCase),
  components: z.array(ProcedureComponent.extend({ name: cleanName(250) })).min(1),
  results: z.array(z.strictObject({ code: z.string().min(1).max(60), name: cleanName(300) })).min(1),
  legalBasis: z.array(z.strictObject({ number: cleanName(40), title: cleanName(250) })),
  conditions: z.string().max(400).nullable(),
  feeNote: z.string().optional(),
  /** Who decides. */
  authority: cleanName(120),
  coordination: z.array(cleanName(120)).optional(),
  /** Everyday words people type for it. */
  keywords: z.array(cleanName(80)).optional(),
  /** Worked by hand in full: cases, terms and fees by channel, conditions. */
  rich: z.boolean(),
})
export type SeedProcedure = z.infer<typeof SeedProcedure>

/** The internal process of a procedure, or of one of its cases, */
export const SeedOwnProcess = z.strictObject({ procedure: procedureCode, case: key.optional(), process: Process })
export type SeedOwnProcess = z.infer<typeof SeedOwnProcess>

/** or steps that others take in by its key. */
export const SeedPart = z.strictObject({ key, process: Process })
export type SeedPart = z.infer<typeof SeedPart>

export const SeedProcess = z.union([SeedPart, SeedOwnProcess])
export type SeedProcess = z.infer<typeof SeedProcess>

export type Seed = {
  agencies: SeedAgency[]
  servicePoints: SeedServicePoint[]
  officers: SeedOfficer[]
  citizens: SeedCitizen[]
  procedures: SeedProcedure[]
  /** Those that others take in come first. */
  processes: SeedProcess[]
}
