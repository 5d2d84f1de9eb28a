import { writtenDown } from '#src/desk/form-input.ts'
import { countField, countValues, kinds } from '#src/desk/paper-table.tsx'
import type { Scan } from '#src/desk/scans.ts'
import { tickedItems } from '#src/desk/supplement-items.tsx'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { Channel, Procedure, Requirements } from '#src/procedures/procedure.ts'
import type { KnownPerson } from './person.query.ts'

/** Everything the intake page is drawn from besides what was typed. */
export type IntakeFrame = {
  procedure: Pick<Procedure, 'code' | 'name' | 'content' | 'level'>
  /** Name of the agency that resolves it; null where a commune does. */
  resolver: string | null
  channel: Channel
  channels: readonly Channel[]
  case: string | null
  needs: Requirements
  /** Communes to choose from; empty when there is nothing to choose. `ownCommune`: left blank, the desk's own resolves it. */
  communes: readonly { code: string; name: string }[]
  ownCommune: boolean
  /** Points elsewhere at which the applicant may have been helped; empty where that is settled already. */
  supports: readonly { id: number; name: string; agency: string }[]
  /** The draft being gone on with. */
  draft: { ref: string; version: number; dossier: Dossier } | null
}

export type IntakeView = IntakeFrame & {
  commandId: string
  values: FormValues
  scans: readonly Scan[]
  errors: readonly FieldError[]
  known: KnownPerson | undefined
  /** Asked for, but the desk has nothing on this number. */
  unknown: boolean
  notice: string | null
}

/** What the page shows before anything is typed. */
export function firstValues(frame: IntakeFrame): FormValues {
  const { needs, channel, draft } = frame
  const required = needs.components.filter(one => one.required)
  const missing = draft ? required.filter(one => !draft.dossier.components.some(line => line.code === one.code)) : []
  return {
    channel,
    ...(frame.case ? { case: frame.case } : {}),
    'applicant.kind': 'citizen',
    'delivery.method': 'counter',
    sets: '1',
    ...(draft ? draftValues(draft.dossier) : countValues(required)),
    ...tickedItems(missing.map(one => one.code)),
  }
}

function draftValues(d: Dossier): FormValues {
  return {
    ...writtenDown(d),
    ...(d.finance === 'exempt' ? { feeExempt: 'yes' } : {}),
    ...countValues(d.components),
  }
}

/** What was typed, and the published counts of papers the page did not show before (another case was chosen). */
export function keptValues(typed: FormValues, form: FormData, { needs }: IntakeFrame): FormValues {
  const fresh = needs.components.filter(one => one.required && !form.has(countField(one.code, kinds[0])))
  return { ...countValues(fresh), ...typed }
}

/** Fills in what is known of a person where nothing was typed. */
export function withPerson(values: FormValues, known: KnownPerson | undefined): FormValues {
  if (!known) return values
  const { kind, ...facts } = known.applicant
  const filled = Object.entries(facts).flatMap(([key, value]) =>
    value && !values[`applicant.${key}`] ? [[`applicant.${key}`, value]] : [],
  )
  return { ...values, 'applicant.kind': kind, ...Object.fromEntries(filled) }
}
