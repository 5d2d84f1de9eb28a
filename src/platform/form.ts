import { z } from '@hono/zod-openapi'
import { type FieldProblem, fieldProblems, fieldSchema } from './field-problems.ts'
import { type T, tidy } from './text.ts'

export type FormValues = Record<string, string | string[]>

/** What came of a posted form: the value, or what to say at which field and what had been typed (files excepted). */
export type ParsedForm<Value> = { ok: true; value: Value } | { ok: false; errors: FieldProblem[]; values: FormValues }

/**
 * Reads a posted form by `schema`. Names may be dotted (`applicant.name`, `components.0.originals`); an empty value
 * counts as not given; a field whose schema is a list may come once, several times or not at all. `commandId` is left out
 * (see commandIdOf). A page's query is read the same way. Errors carry the dotted names the form used, so that they can be shown at the field.
 */
export function parseForm<S extends z.ZodType>(
  schema: S,
  formData: FormData | URLSearchParams,
  t: T,
): ParsedForm<z.output<S>> {
  const tree = branch()
  for (const name of new Set(formData.keys())) {
    if (name === 'commandId') continue
    const given = formData.getAll(name).filter(isGiven)
    if (given.length === 0) continue
    const isList = fieldSchema(schema, name.split('.')) instanceof z.ZodArray
    plant(tree, name.split('.'), given.length > 1 || isList ? given : given[0])
  }
  const indexes = new WeakMap<unknown[], string[]>()
  const raw = settle(tree, indexes)
  const result = schema.safeParse(raw)
  if (result.success) return { ok: true, value: result.data }
  const errors = fieldProblems(result.error.issues, schema, raw, t)
  return {
    ok: false,
    errors: errors.map(error => ({ ...error, field: formName(error.field, raw, indexes) })),
    values: typedIn(formData),
  }
}

/** One line of text: NFC, single-spaced, no control characters, at most `max` characters; required unless `.optional()`. */
export function line(max: number) {
  return z.string().overwrite(tidy).min(1).max(max).refine(isPlainText, UNPRINTABLE)
}

/** Text of several lines: NFC, each line trimmed, at most `max` characters; required unless `.optional()`. */
export function paragraph(max: number) {
  return z.string().overwrite(tidyLines).min(1).max(max).refine(isPlainText, UNPRINTABLE)
}

/** The number of a row, as it stands in a path or a form. */
export const rowId = z.coerce.number().int().min(1).max(2_147_483_647)

const UNPRINTABLE = 'Có ký tự không đọc được, hãy gõ lại.\u0001Contains characters that cannot be read; type it again.'

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text)
}

function tidyLines(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/gu, '\n')
    .split('\n')
    .map(part => part.replace(/[ \t]+/gu, ' ').trim())
    .join('\n')
    .trim()
}

function isGiven(value: FormDataEntryValue): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value.size > 0 || value.name !== ''
}

type Branch = { [key: string]: unknown }
const trees = new WeakSet<object>()

/** Without a prototype: a field called `__proto__` is only an unknown field. */
function branch(): Branch {
  const made: Branch = Object.create(null)
  trees.add(made)
  return made
}

function plant(tree: Branch, path: string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const next = tree[key]
  const inner = typeof next === 'object' && next !== null && trees.has(next) ? (next as Branch) : branch()
  tree[key] = inner
  plant(inner, rest, value)
}

/** Branches whose keys are all numbers become lists without holes: an index of a billion must not make a list that long. */
function settle(node: unknown, indexes: WeakMap<unknown[], string[]>): unknown {
  if (typeof node !== 'object' || node === null || !trees.has(node)) return node
  const entries = Object.entries(node as Branch)
  if (entries.length > 0 && entries.every(([key]) => /^\d{1,9}$/u.test(key))) {
    const list = entries.map(([, value]) => settle(value, indexes))
    indexes.set(
      list,
      entries.map(([key]) => key),
    )
    return list
  }
  for (const [key, value] of entries) (node as Branch)[key] = settle(value, indexes)
  return node
}

/** The name the form used for a field of the settled value: `components.1.code` may have been posted as `components.7.code`. */
function formName(field: string, raw: unknown, indexes: WeakMap<unknown[], string[]>): string {
  let at = raw
  return field
    .split('.')
    .map(key => {
      const name = Array.isArray(at) ? (indexes.get(at)?.[Number(key)] ?? key) : key
      at = (at as Branch | undefined)?.[key]
      return name
    })
    .join('.')
}

/** Everything typed, to be shown again; files cannot be. */
export function typedIn(formData: FormData | URLSearchParams): FormValues {
  const values: FormValues = Object.create(null)
  for (const name of new Set(formData.keys())) {
    const texts = formData.getAll(name).filter(value => typeof value === 'string')
    if (texts.length > 0) values[name] = texts.length === 1 ? (texts[0] as string) : texts
  }
  return values
}
