import { z } from '@hono/zod-openapi'
import type { FieldError } from './refusal.ts'
import type { T } from './text.ts'

/** What is wrong with one field, for the screen (`message`) and for a machine (`code`). `field` is dotted: `applicant.name`. */
export type FieldProblem = FieldError & { code: FieldProblemCode }

export const fieldProblemCodes = [
  'required',
  'too-long',
  'too-short',
  'too-large',
  'too-small',
  'wrong-type',
  'wrong-format',
  'not-in-list',
  'unknown-field',
  'invalid',
] as const
export type FieldProblemCode = (typeof fieldProblemCodes)[number]

const fieldNames = z.registry<{ vi: string; en: string }>()

/** Names a field in lower case as it stands inside a sentence: `named(line(200), 'họ và tên', 'full name')` → "Hãy nhập họ và tên." */
export function named<S extends z.ZodType>(schema: S, vi: string, en: string): S {
  fieldNames.add(schema, { vi, en })
  return schema
}

/** A sentence of one's own for a check: `z.string().regex(/^\d{12}$/u, says('Số căn cước gồm 12 chữ số.', 'The ID number has 12 digits.'))`. */
export function says(vi: string, en: string): string {
  return `${vi}\u0001${en}`
}

type Issue = z.core.$ZodIssue

/**
 * Turns zod's issues about `raw` into sentences in the reader's language, one per field (the first found).
 * Without the schema, a field is called by its dotted name.
 */
export function fieldProblems(
  issues: readonly Issue[],
  schema: z.ZodType | undefined,
  raw: unknown,
  t: T,
): FieldProblem[] {
  const found = new Map<string, FieldProblem>()
  for (const issue of issues.flatMap(branchClosest)) {
    for (const problem of explain(issue, schema, raw, t)) {
      if (!found.has(problem.field)) found.set(problem.field, problem)
    }
  }
  return [...found.values()]
}

/** Of the branches of a union, the one that came furthest says best what is wrong. */
function branchClosest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const deepest = issue.errors
    .map(errors => ({ errors, depth: Math.max(...errors.map(error => error.path.length)) }))
    .sort((a, b) => b.depth - a.depth || a.errors.length - b.errors.length)[0]
  return (deepest?.errors ?? []).flatMap(inner =>
    branchClosest({ ...inner, path: [...issue.path, ...inner.path] } as Issue),
  )
}

function explain(issue: Issue, schema: z.ZodType | undefined, raw: unknown, t: T): FieldProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      field: [...path, key].join('.'),
      code: 'unknown-field',
      message: t(`Không nhận trường “${key.slice(0, 60)}”.`, `The field “${key.slice(0, 60)}” is not accepted.`),
    }))
  }
  const field = path.join('.')
  if (isMissing(issue, valueAt(raw, path))) {
    return [{ field, code: 'required', message: missing(issue, nameOf(schema, path, t), t) }]
  }
  const [code, message] = sentence(issue, t)
  return [{ field, code, message: ownSentence(issue.message, t) ?? message }]
}

function ownSentence(message: string, t: T): string | undefined {
  const [vi, en] = message.split('\u0001')
  return vi !== undefined && en !== undefined ? t(vi, en) : undefined
}

function isMissing(issue: Issue, value: unknown): boolean {
  if (value === undefined) return issue.code !== 'custom'
  return issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1
}

function missing(issue: Issue, name: string, t: T): string {
  const choose = issue.code === 'invalid_value' || issue.code === 'invalid_union'
  return choose ? t(`Hãy chọn ${name}.`, `Choose ${name}.`) : t(`Hãy nhập ${name}.`, `Enter ${name}.`)
}

function sentence(issue: Issue, t: T): [FieldProblemCode, string] {
  switch (issue.code) {
    case 'too_big':
      return tooBig(issue, t)
    case 'too_small':
      return tooSmall(issue, t)
    case 'invalid_type':
      return ['wrong-type', wrongType(issue.expected, t)]
    case 'invalid_format':
      return ['wrong-format', wrongFormat(issue.format, t)]
    case 'invalid_value':
      return ['not-in-list', notInList(issue.values, t)]
    case 'invalid_union':
      return ['not-in-list', notInList('options' in issue ? (issue.options ?? []) : [], t)]
    default:
      return ['invalid', t('Giá trị không hợp lệ.', 'The value is not valid.')]
  }
}

function tooBig(issue: z.core.$ZodIssueTooBig, t: T): [FieldProblemCode, string] {
  const max = String(issue.maximum)
  if (issue.origin === 'string') return ['too-long', t(`Dài quá ${max} ký tự.`, `Longer than ${max} characters.`)]
  if (issue.origin === 'array' || issue.origin === 'set')
    return ['too-large', t(`Nhiều nhất ${max} mục.`, `At most ${max} items.`)]
  return ['too-large', t(`Lớn nhất là ${max}.`, `The largest value is ${max}.`)]
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, t: T): [FieldProblemCode, string] {
  const min = String(issue.minimum)
  if (issue.origin === 'string') return ['too-short', t(`Cần ít nhất ${min} ký tự.`, `At least ${min} characters.`)]
  if (issue.origin === 'array' || issue.origin === 'set')
    return ['too-small', t(`Cần ít nhất ${min} mục.`, `At least ${min} items.`)]
  return ['too-small', t(`Nhỏ nhất là ${min}.`, `The smallest value is ${min}.`)]
}

function wrongType(expected: string, t: T): string {
  switch (expected) {
    case 'number':
      return t('Phải là số.', 'Must be a number.')
    case 'int':
      return t('Phải là số nguyên.', 'Must be a whole number.')
    case 'string':
      return t('Phải là văn bản.', 'Must be text.')
    case 'boolean':
      return t('Phải là đúng hoặc sai (true/false).', 'Must be true or false.')
    case 'array':
      return t('Phải là danh sách.', 'Must be a list.')
    case 'object':
      return t('Phải là một nhóm trường (object).', 'Must be an object.')
    case 'date':
      return t('Phải là ngày giờ.', 'Must be a date.')
    case 'file':
      return t('Phải là tệp.', 'Must be a file.')
    default:
      return t('Sai kiểu dữ liệu.', 'Wrong type of value.')
  }
}

function wrongFormat(format: string, t: T): string {
  switch (format) {
    case 'email':
      return t(
        'Địa chỉ thư điện tử chưa đúng, ví dụ: ten@vidu.vn.',
        'Not an e-mail address, for example: name@example.vn.',
      )
    case 'date':
      return t('Ngày phải có dạng năm-tháng-ngày, ví dụ: 2026-03-02.', 'Must be a date such as 2026-03-02.')
    case 'datetime':
      return t(
        'Thời điểm phải theo ISO 8601, ví dụ: 2026-03-02T08:00:00+07:00.',
        'Must be an ISO 8601 instant such as 2026-03-02T08:00:00+07:00.',
      )
    default:
      return t('Không đúng định dạng.', 'Not in the right format.')
  }
}

function notInList(values: readonly unknown[], t: T): string {
  const list = values.slice(0, 20).map(String).join(', ')
  return list
    ? t(`Hãy chọn một trong: ${list}.`, `Choose one of: ${list}.`)
    : t('Hãy chọn một giá trị trong danh sách.', 'Choose a value from the list.')
}

function valueAt(raw: unknown, path: readonly string[]): unknown {
  let at = raw
  for (const key of path) at = (at as Record<string, unknown> | null | undefined)?.[key]
  return at ?? undefined
}

/** The schema of the field at `path`, unwrapped of optional, default and the like; undefined where there is none. */
export function fieldSchema(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  return unwrap(stepInto(schema, path))
}

function nameOf(schema: z.ZodType | undefined, path: readonly string[], t: T): string {
  if (!schema) return `“${path.join('.')}”`
  for (let at = stepInto(schema, path); at; at = inner(at)) {
    const name = fieldNames.get(at)
    if (name) return t(name.vi, name.en)
  }
  return t('thông tin này', 'this')
}

function stepInto(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  let at: z.ZodType | undefined = schema
  for (const key of path) {
    const bare = unwrap(at)
    if (bare instanceof z.ZodObject) at = Object.hasOwn(bare.shape, key) ? bare.shape[key] : undefined
    else if (bare instanceof z.ZodArray) at = bare.element as z.ZodType
    else if (bare instanceof z.ZodUnion) at = firstWith(bare.options as z.ZodType[], key)
    else at = undefined
  }
  return at
}

function firstWith(options: readonly z.ZodType[], key: string): z.ZodType | undefined {
  for (const option of options) {
    const found = stepInto(option, [key])
    if (found) return found
  }
  return undefined
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let at = schema
  for (let next = at && inner(at); next; next = inner(next)) at = next
  return at
}

function inner(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodPipe) {
    const [from, to] = [schema.in, schema.out] as z.ZodType[]
    return from instanceof z.ZodTransform ? to : from
  }
  const wrapped = (schema as { def?: { innerType?: z.ZodType } }).def?.innerType
  return wrapped
}
