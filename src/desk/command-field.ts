import type { z } from 'zod'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { ProcedureComponent } from '#src/procedures/procedure.ts'
import type { ProcessInForce } from '#src/processes/process.query.ts'
import type { Option, OptionGroup } from '#src/ui/choice.tsx'
import type { Colleague } from './colleague.query.ts'
import { check, decimalOf, nested, numberOf, readCounts, textOf } from './form-input.ts'
import { asPapers, type Scan } from './scans.ts'
import { readItems } from './supplement-items.tsx'

type Named = { name: string; label: string; hint?: string; required?: boolean }

/** A paper made at a step: uploaded under `code`, kept in the dossier under `name`. */
export type AttachedPaper = { code: string; name: string; required: boolean }

/** One question of a command's form. `items` and `papers` are lists over the procedure's papers. */
export type CommandField =
  | ({ is: 'line'; size?: 'short' | 'medium' | 'full'; type?: 'text' | 'tel' | 'email' } & Named)
  | ({ is: 'paragraph' } & Named)
  | ({ is: 'date'; min?: string } & Named)
  | ({ is: 'number'; unit?: string; decimal?: boolean } & Named)
  | ({ is: 'select'; options: readonly (Option | OptionGroup)[] } & Named)
  | ({ is: 'radio'; options: readonly Option[] } & Named)
  | ({ is: 'yes-no' } & Named)
  | { is: 'items'; components: readonly ProcedureComponent[] }
  | { is: 'papers'; title: string; components: readonly ProcedureComponent[]; takesScans?: boolean }
  | { is: 'files'; title: string; papers: readonly AttachedPaper[] }
  | { is: 'title'; title: string }

/**
 * What a command's form depends on. `colleagues`: those the work can be given to, or whose signature stands under the result;
 * `processes`: those the dossier may be moved to; `chosen`: the way out of the step that was pressed on the dossier's page.
 */
export type CommandFacts = {
  t: T
  read: ReadDossier
  officer: Officer
  now: Date
  colleagues: readonly Colleague[]
  processes: readonly ProcessInForce[]
  chosen: string | undefined
}

export type CommandForm = {
  /** What will happen, in a sentence or two. */
  intro?: string | undefined
  /** Facts to read before deciding. */
  lines?: readonly string[]
  fields: readonly CommandField[]
  values?: FormValues
  /** Cannot be undone. */
  danger?: boolean
  /** Makes the command's input from what was typed, where that is more than the fields. */
  toInput?: (raw: Record<string, unknown>, dossier: Dossier) => unknown
}

/** The papers whose scans the form takes. */
export function papersOf(form: CommandForm): string[] {
  return form.fields.flatMap(field => {
    if (field.is === 'files') return field.papers.map(one => one.code)
    return field.is === 'papers' && field.takesScans ? field.components.map(one => one.code) : []
  })
}

/** The typed form as the command's input, or what is wrong with it at the form's own fields. */
export function readCommand<Input>(
  schema: z.ZodType<Input>,
  form: CommandForm,
  { typed, scans, dossier, t }: { typed: FormData; scans: readonly Scan[]; dossier: Dossier; t: T },
): { ok: true; input: Input } | { ok: false; errors: FieldError[] } {
  const flat: Record<string, unknown> = {}
  const renames: ((name: string) => string)[] = []
  for (const field of form.fields) {
    if (field.is === 'title') continue
    if (field.is === 'items') {
      const { items, rename } = readItems(
        typed,
        field.components.map(one => one.code),
      )
      flat.items = items
      renames.push(rename)
    } else if (field.is === 'papers') {
      const { lines, rename } = readCounts(
        typed,
        field.components.map(one => one.code),
      )
      flat.components = lines
      if (scans.length > 0) flat.papers = asPapers(scans)
      renames.push(rename)
    } else if (field.is === 'files') {
      if (scans.length > 0) flat.papers = asPapers(scans.map(scan => ({ ...scan, component: paperName(field, scan) })))
    } else flat[field.name] = answerOf(typed, field)
  }
  const raw = nested(flat)
  const rename = (name: string) => renames.reduce((at, one) => one(at), name)
  return check(schema, form.toInput ? form.toInput(raw, dossier) : raw, { t, rename })
}

const paperName = ({ papers }: { papers: readonly AttachedPaper[] }, { component }: Scan) =>
  papers.find(({ code }) => code === component)?.name ?? component

/** One answer as the schema wants it; undefined when nothing was typed. */
function answerOf(typed: FormData, field: Extract<CommandField, Named>): unknown {
  const { is, name } = field
  if (is === 'number') return field.decimal ? decimalOf(typed, name) : numberOf(typed, name)
  const text = textOf(typed, name)
  if (is !== 'yes-no') return text
  return text === undefined ? undefined : text === 'yes'
}
