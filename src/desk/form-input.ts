import type { z } from 'zod'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { type FieldProblem, fieldProblems } from '#src/platform/field-problems.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { T } from '#src/platform/text.ts'

/** One text of a posted form; undefined when nothing was typed. */
export function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A whole number as people type it (`1.500.000`); what is no number stays text, for the schema to refuse. */
export function numberOf(form: FormData, name: string): number | string | undefined {
  const text = textOf(form, name)
  if (text === undefined) return undefined
  const bare = text.replace(/[\s.](?=\d{3}(\D|$))/gu, '')
  return /^-?\d{1,15}$/u.test(bare) ? Number(bare) : text
}

/** A number as people type it, decimals after a comma (`1.250,5`) or a point (`1250.5`); what is no number stays text. */
export function decimalOf(form: FormData, name: string): number | string | undefined {
  const text = textOf(form, name)
  if (text === undefined) return undefined
  const bare = text.includes(',')
    ? text.replace(/[\s.](?=\d{3}(\D|$))/gu, '').replace(',', '.')
    : text.replace(/\s/gu, '')
  return /^-?\d{1,12}(\.\d{1,6})?$/u.test(bare) ? Number(bare) : text
}

/** What a dossier says of its people, its matter and its delivery, under the names a form gives these. */
export function writtenDown(d: Dossier): FormValues {
  const group = (name: string, of: object | null) =>
    Object.entries(of ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[`${name}.${key}`, value]] : []))
  return {
    ...Object.fromEntries([
      ...group('applicant', d.applicant),
      ...group('representative', d.representative),
      ...group('delivery', d.deliveryChoice),
    ]),
    summary: d.summary,
    sets: String(d.sets),
  }
}

/** `applicant.name` of a nested input set from a flat form; blanks are left out, and so are groups without anything in them. */
export function nested(flat: Record<string, unknown>): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(flat)) {
    if (value === undefined) continue
    const path = name.split('.')
    const last = path.pop() ?? ''
    let at = tree
    for (const key of path) {
      at[key] ??= {}
      at = at[key] as Record<string, unknown>
    }
    at[last] = value
  }
  return tree
}

export type Checked<Input> = { ok: true; input: Input } | { ok: false; errors: FieldProblem[] }

/** Checks an input by its schema; errors are at the form's own names (`rename`). */
export function check<Input>(
  schema: z.ZodType<Input>,
  raw: unknown,
  { t, rename = name => name }: { t: T; rename?: (name: string) => string },
): Checked<Input> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, input: parsed.data }
  const problems = fieldProblems(parsed.error.issues, schema as z.ZodType, raw, t)
  return { ok: false, errors: problems.map(problem => ({ ...problem, field: rename(problem.field) })) }
}

type Line = { code: string; originals: number | string; certified: number | string; copies: number | string }

/** The papers counted in a posted form, and the form's name for each field of the list that the schema will see. */
export function readCounts(
  form: FormData,
  codes: readonly string[],
): { lines: Line[]; rename: (name: string) => string } {
  const lines = codes
    .map(code => ({
      code,
      originals: numberOf(form, `components.${code}.originals`) ?? 0,
      certified: numberOf(form, `components.${code}.certified`) ?? 0,
      copies: numberOf(form, `components.${code}.copies`) ?? 0,
    }))
    .filter(line => line.originals !== 0 || line.certified !== 0 || line.copies !== 0)
  const rename = (name: string) =>
    name.replace(/^components\.(\d+)\.(\w+)$/u, (whole, row, kind) => {
      const line = lines[Number(row)]
      return line ? `components.${line.code}.${kind === 'code' ? 'originals' : kind}` : whole
    })
  return { lines, rename }
}
