import type { ComponentChildren } from 'preact'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'

export type FormError = FieldError
/** What the person typed, as received: a repeated name holds several. */
export type FormValues = Record<string, string | string[] | undefined>

export type FieldProps = {
  t: T
  name: string
  label: string
  hint?: ComponentChildren
  required?: boolean
  /** Errors of the whole form; each field picks its own by name. */
  errors?: readonly FormError[]
  values?: FormValues
  /** Only when one page shows two fields of the same name; otherwise made from the name. */
  id?: string
  /** `data-*` hooks for islands, without the prefix. */
  data?: Record<string, string>
}

/** Id of a field's first control, where the error summary jumps to. `items[0].copies` → `f-items-0-copies` */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/gu, '')}`
}

export function findError(name: string, errors: readonly FormError[] = []): string | undefined {
  return errors.find(error => error.field === name)?.message
}

export function typedValue(name: string, values: FormValues = {}): string | undefined {
  const value = values[name]
  return Array.isArray(value) ? value[0] : value
}

export function typedValues(name: string, values: FormValues = {}): string[] {
  const value = values[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** Attributes that tie a control to its hint and error. */
export function controlProps(props: FieldProps) {
  const id = props.id ?? fieldId(props.name)
  const error = findError(props.name, props.errors)
  const described = [props.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const data = Object.fromEntries(Object.entries(props.data ?? {}).map(([key, value]) => [`data-${key}`, value]))
  return {
    id,
    name: props.name,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
    ...data,
  }
}

/** Marked in words: an asterisk has to be learnt first. */
function RequiredMark({ t, required }: { t: T; required?: boolean | undefined }) {
  return required ? <span class="required"> {t('(bắt buộc)', '(required)')}</span> : null
}

export function HintAndError({
  id,
  hint,
  error,
  t,
}: {
  id: string
  hint?: ComponentChildren
  error?: string | undefined
  t: T
}) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <span class="sr-only">{t('Lỗi: ', 'Error: ')}</span>
          {error}
        </p>
      )}
    </>
  )
}

/** Label, hint and error around one control. */
export function Field({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  const id = field.id ?? fieldId(field.name)
  const error = findError(field.name, field.errors)
  return (
    <div class={error ? 'field field-bad' : 'field'}>
      <label for={id}>
        {field.label}
        <RequiredMark t={field.t} required={field.required} />
      </label>
      <HintAndError id={id} hint={field.hint} error={error} t={field.t} />
      {children}
    </div>
  )
}

/** The same for a group of controls: a fieldset with a legend. */
export function GroupField({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  const id = field.id ?? fieldId(field.name)
  const error = findError(field.name, field.errors)
  const described = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <fieldset class={error ? 'field field-bad' : 'field'} aria-describedby={described || undefined}>
      <legend>
        {field.label}
        <RequiredMark t={field.t} required={field.required} />
      </legend>
      <HintAndError id={id} hint={field.hint} error={error} t={field.t} />
      {children}
    </fieldset>
  )
}
