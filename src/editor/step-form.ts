import { z } from '@hono/zod-openapi'
import { roles } from '#src/platform/ctx.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { type AgencyRef, Asked, shares } from '#src/processes/process.ts'
import { comparisons } from './conditions.ts'

/** What the page of a step posts. Rows without a name are rows not used; a spare one stands below the others. */

const HOURS = says(
  'Giờ làm việc là số từ 0,25 đến 2000, chia theo 15 phút: 0,25 là 15 phút.',
  'Hours are a number from 0.25 to 2000 in quarters of an hour.',
)
/** `1,5` as people write it. */
const hours = z.preprocess(
  text => (typeof text === 'string' ? Number(text.replace(',', '.')) : text),
  z.number(HOURS).min(0.25, HOURS).max(2_000, HOURS).multipleOf(0.25, HOURS),
)
const name = named(line(200), 'tên', 'the name')
const target = named(line(60), 'bước tiếp theo', 'where it leads')
const agency = named(
  z.string().regex(/^(receiving|competent|rule|code:[0-9A-Z.]{3,40})$/u),
  'cơ quan thực hiện',
  'the agency',
)
const expression = named(line(1000), 'điều kiện', 'the condition')
const key = z.string().max(60)

const OutcomeRow = z.strictObject({ key: key.optional(), name: name.optional(), to: target.optional() })
const AskedRow = z.strictObject({
  field: z.string().max(40).optional(),
  name: name.optional(),
  kind: z.enum(Asked.shape.kind.options).optional(),
})
const AgencyRow = z.strictObject({
  key: key.optional(),
  name: name.optional(),
  agency: agency.optional(),
  role: z.enum(roles).optional(),
})
const BranchRow = z.strictObject({
  name: name.optional(),
  fact: line(200).optional(),
  op: z.enum(comparisons).optional(),
  value: line(200).optional(),
  when: expression.optional(),
  to: target.optional(),
})
const rows = <S extends z.ZodType>(row: S) => z.array(row).max(25).default([])

const stepName = { name: named(line(200), 'tên bước', 'the name of the step') }
const outcomes = { outcomes: rows(OutcomeRow) }
const place = { agency, rule: expression.optional() }

/** Fields by kind of step; those of the button and of the draft's revision are beside them. */
export const stepForms = {
  work: z.strictObject({
    ...{ ...stepName, ...outcomes, ...place },
    role: named(z.enum(roles), 'người thực hiện', 'who does it'),
    hours: named(hours, 'số giờ', 'the hours'),
    share: z.enum(shares).default('by-hand'),
    papers: paragraph(4_000).optional(),
    signature: z.literal('yes').optional(),
    refuses: z.literal('yes').optional(),
    asks: rows(AskedRow),
  }),
  consult: z.strictObject({
    ...{ ...stepName, ...outcomes },
    asked: rows(AgencyRow),
    need: z.coerce.number().int().min(0).max(20).default(0),
    hours: named(hours, 'số giờ', 'the hours'),
  }),
  choice: z.strictObject({ ...stepName, branches: rows(BranchRow), otherwise: target }),
  automatic: z.strictObject({
    ...{ ...stepName, ...outcomes },
    note: paragraph(500).optional(),
    field: name.optional(),
    value: expression.optional(),
  }),
  child: z.strictObject({
    ...{ ...stepName, ...outcomes, ...place },
    procedure: named(
      line(60).regex(
        /^\d\.\d{6}(\.[0-9A-Z.]+)?$/u,
        says('Mã thủ tục có dạng 1.001193.', 'A code looks like 1.001193.'),
      ),
      'mã thủ tục',
      'the code of the procedure',
    ),
    case: line(60).optional(),
    wait: z.enum(['yes', 'no']).default('yes'),
    hours: named(hours, 'số giờ', 'the hours'),
  }),
  'sub-process': z.strictObject({
    ...{ ...stepName, ...outcomes },
    process: named(line(60), 'quy trình con', 'the sub-process'),
  }),
} as const

export type FormKind = keyof typeof stepForms
export type StepForm<K extends FormKind = FormKind> = z.infer<(typeof stepForms)[K]>

/** `code:H20.11` in a form ↔ an agency reference. */
export function agencyValue(ref: AgencyRef): string {
  return ref.by === 'code' ? `code:${ref.code}` : ref.by
}

export function agencyOf(value: string, rule: string | undefined): AgencyRef {
  if (value === 'receiving' || value === 'competent') return { by: value }
  return value === 'rule' ? { by: 'rule', rule: rule ?? '' } : { by: 'code', code: value.slice('code:'.length) }
}
