import { fieldOf, freeSlug } from '#src/design/slug.ts'
import type { FieldProblem } from '#src/platform/field-problems.ts'
import { fieldProblems } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { isWork, type Outcome, Step, usualOutcomes } from '#src/processes/process.ts'
import { type KnownFact, writeCondition } from './conditions.ts'
import { agencyOf, type FormKind, type StepForm, stepForms } from './step-form.ts'

export type StepInput = { ok: true; step: Step } | { ok: false; errors: FieldError[]; values: FormValues }

/** Which form a step is edited with. */
function formKind(step: Step): FormKind {
  return isWork(step) ? 'work' : step.kind
}

/** The step as posted: its kind and key stay, rows without a name are left out, new rows get keys from their names. */
export function readStep(
  form: FormData,
  { old, facts, t }: { old: Step; facts: readonly KnownFact[]; t: T },
): StepInput {
  const kind = formKind(old)
  const fields = new FormData()
  for (const [name, value] of form) if (name !== 'do' && name !== 'revision') fields.append(name, value)
  const parsed = parseForm(stepForms[kind], fields, t)
  if (!parsed.ok) return { ok: false, errors: parsed.errors, values: parsed.values }
  const made = Step.safeParse(madeOf(kind, old, parsed.value, facts))
  if (made.success) return { ok: true, step: made.data }
  const problems = fieldProblems(made.error.issues, undefined, undefined, t)
  const errors = problems.map(problem => ({
    ...problem,
    field: fieldName(problem.field),
    message: missingText(problem, t) ?? problem.message,
  }))
  return {
    ok: false,
    errors,
    values: Object.fromEntries([...fields.keys()].map(name => [name, fields.getAll(name).map(String)])),
  }
}

/** What a row in use still lacks, in the words of the form. */
function missingText({ field, code }: FieldProblem, t: T): string | undefined {
  if (code !== 'required') return undefined
  if (field === 'outcomes') return t('Hãy ghi ít nhất một kết quả.', 'Write down one outcome at least.')
  if (field === 'asked') return t('Hãy ghi ít nhất một nơi được hỏi ý kiến.', 'Write down who is asked.')
  if (field === 'branches') return t('Hãy ghi ít nhất một nhánh.', 'Write down one branch at least.')
  if (field.endsWith('.to')) return t('Hãy chọn bước tiếp theo.', 'Choose where it leads.')
  if (field.endsWith('.when')) {
    return t(
      'Hãy chọn thông tin để so sánh, hoặc viết công thức cho nhánh này.',
      'Choose what this branch compares, or write its formula.',
    )
  }
  if (field.endsWith('.rule')) {
    return t('Hãy viết công thức cho ra mã cơ quan.', 'Write the formula that gives the code of an agency.')
  }
  return undefined
}

/** Where the form asks for what the definition calls otherwise. */
function fieldName(field: FieldProblem['field']): string {
  if (field.startsWith('agency.')) return 'rule'
  if (field.startsWith('set.')) return field.replace('set.', '')
  if (field.startsWith('papers')) return 'papers'
  return /^(outcomes|asked|branches|asks)$/u.test(field) ? `${field}.0.name` : field
}

function madeOf(kind: FormKind, old: Step, form: StepForm, facts: readonly KnownFact[]): unknown {
  const base = { kind: old.kind, key: old.key, name: form.name }
  switch (kind) {
    case 'work':
      return { ...base, ...workOf(form as StepForm<'work'>, old) }
    case 'consult':
      return { ...base, ...consultOf(form as StepForm<'consult'>, old) }
    case 'choice':
      return { ...base, ...choiceOf(form as StepForm<'choice'>, facts) }
    case 'automatic':
      return { ...base, ...automaticOf(form as StepForm<'automatic'>, old) }
    case 'child':
      return { ...base, ...childOf(form as StepForm<'child'>, old) }
    case 'sub-process': {
      const { process, outcomes } = form as StepForm<'sub-process'>
      return { ...base, process, outcomes: outcomesOf(outcomes, old) }
    }
  }
}

function workOf(form: StepForm<'work'>, old: Step) {
  const { agency, rule, role, hours, share, papers, signature, refuses, asks, outcomes } = form
  const taken = new Set(asks.flatMap(({ field }) => field ?? []))
  return {
    agency: agencyOf(agency, rule),
    ...{ role, hours, share },
    papers: (papers ?? '').split('\n').filter(Boolean),
    signature: signature === 'yes',
    ...(refuses === 'yes' && { refuses: true }),
    asks: asks.flatMap(({ field, name, kind = 'text' }) => {
      if (!name) return []
      const called = field ?? fieldOf(name, taken)
      taken.add(called)
      return [{ field: called, name, kind }]
    }),
    outcomes: outcomesOf(outcomes, old),
  }
}

/** Ways out that the kind always has keep their names when the box is emptied; others fall away. */
function outcomesOf(rows: StepForm<'work'>['outcomes'], old: Step): Outcome[] {
  if (old.kind === 'choice') return []
  const fixed = new Set(usualOutcomes[old.kind])
  const taken = new Set([...fixed, ...rows.flatMap(({ key }) => key ?? [])])
  return rows.flatMap(({ key, name, to }) => {
    const before = old.outcomes.find(one => one.key === key)
    const called = name ?? (before && fixed.has(before.key) ? before.name : undefined)
    if (!called) return []
    const slug = before?.key ?? freeSlug(called, taken)
    taken.add(slug)
    return [{ key: slug, name: called, to: to ?? before?.to ?? '', back: before?.back ?? false }]
  })
}

function consultOf({ asked, need, hours, outcomes }: StepForm<'consult'>, old: Step) {
  const taken = new Set(asked.flatMap(({ key }) => key ?? []))
  const rows = asked.flatMap(({ key, name, agency = 'competent', role = 'specialist' }) => {
    if (!name) return []
    const before = old.kind === 'consult' ? old.asked.find(one => one.key === key) : undefined
    const slug = before?.key ?? freeSlug(name, taken)
    taken.add(slug)
    const rule = before?.agency.by === 'rule' ? before.agency.rule : undefined
    return [{ key: slug, name, agency: agencyOf(agency, rule), role }]
  })
  return { asked: rows, need, hours, outcomes: outcomesOf(outcomes, old) }
}

function choiceOf({ branches, otherwise }: StepForm<'choice'>, facts: readonly KnownFact[]) {
  const rows = branches.flatMap(({ name, fact, op = '=', value, when, to }) => {
    if (!name) return []
    const known = facts.find(one => one.fact === fact)
    const written = fact ? writeCondition({ fact, op, value: value ?? '' }, known) : (when ?? '')
    return [{ name, when: written, to: to ?? otherwise }]
  })
  return { branches: rows, otherwise }
}

function automaticOf({ note, field, value, outcomes }: StepForm<'automatic'>, old: Step) {
  const before = old.kind === 'automatic' ? old.set?.field : undefined
  const called = field && (field === before ? field : fieldOf(field, new Set()))
  return {
    ...(note && { note }),
    ...((called || value) && { set: { field: called ?? '', value: value ?? '' } }),
    outcomes: outcomesOf(outcomes, old),
  }
}

function childOf({ agency, rule, procedure, case: ofCase, wait, hours, outcomes }: StepForm<'child'>, old: Step) {
  return {
    ...{ procedure, hours },
    ...(ofCase && { case: ofCase }),
    agency: agencyOf(agency, rule),
    wait: wait === 'yes',
    outcomes: outcomesOf(outcomes, old),
  }
}
