import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import { controlProps, Field, type FieldProps, type FormError, fieldId, typedValue } from './field.tsx'
import { Icon } from './icon.tsx'

export type FormProps = {
  action: string
  method?: 'post' | 'get'
  /** Needed as soon as the form holds a FileField. */
  multipart?: boolean
  id?: string
  /** Name of the island that enhances the form. */
  island?: string
  children: ComponentChildren
}

/** The server words every error, in the person's language, so the browser's own check is off. */
export function Form({ action, method = 'post', multipart, id, island, children }: FormProps) {
  return (
    <form
      id={id}
      class="form"
      action={action}
      method={method}
      encType={multipart ? 'multipart/form-data' : undefined}
      data-island={island}
      noValidate
    >
      {children}
    </form>
  )
}

/** Put first in the page's content when a form comes back with 422. */
export function ErrorSummary({ t, errors, title }: { t: T; errors: readonly FormError[]; title?: string }) {
  if (errors.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabIndex={-1} id="error-summary">
      <h2>
        <Icon name="circle-alert" />
        {title ?? t('Cần sửa trước khi tiếp tục', 'Please correct before continuing')}
      </h2>
      <ul>
        {errors.map(error => (
          <li key={`${error.field}:${error.message}`}>
            {error.field ? <a href={`#${fieldId(error.field)}`}>{error.message}</a> : error.message}
          </li>
        ))}
      </ul>
    </div>
  )
}

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'tel' | 'password' | 'url'
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email'
  autoComplete?: string
  maxLength?: number
  placeholder?: string
  /** Width follows the expected answer: it tells how much to write. */
  size?: 'short' | 'medium' | 'full'
  readOnly?: boolean
  /** Offered by the browser while typing. */
  suggestions?: readonly string[]
}

export function TextField(props: TextFieldProps) {
  const { type = 'text', inputMode, autoComplete, maxLength, placeholder, size = 'full', readOnly, suggestions } = props
  const control = controlProps(props)
  const listId = suggestions ? `${control.id}-list` : undefined
  return (
    <Field field={props}>
      <input
        {...control}
        class={`input input-${size}`}
        // Preact's attribute types admit one type of input at a time.
        type={type as 'text'}
        value={type === 'password' ? undefined : typedValue(props.name, props.values)}
        required={props.required}
        inputMode={inputMode}
        autoComplete={autoComplete}
        maxLength={maxLength}
        placeholder={placeholder}
        readOnly={readOnly}
        list={listId}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map(text => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </Field>
  )
}

export function TextArea(props: FieldProps & { rows?: number; maxLength?: number; placeholder?: string }) {
  return (
    <Field field={props}>
      <textarea
        {...controlProps(props)}
        class="input"
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        required={props.required}
      >
        {typedValue(props.name, props.values)}
      </textarea>
    </Field>
  )
}

/** `value`, `min` and `max` are ISO dates (`2026-11-24`); the browser shows them the local way. */
export function DateField(
  props: FieldProps & { min?: string; max?: string; autoComplete?: string; type?: 'date' | 'time' | 'datetime-local' },
) {
  return (
    <Field field={props}>
      <input
        {...controlProps(props)}
        class={props.type === 'datetime-local' ? 'input input-medium' : 'input input-short'}
        type={props.type ?? 'date'}
        value={typedValue(props.name, props.values)}
        min={props.min}
        max={props.max}
        autoComplete={props.autoComplete}
        required={props.required}
      />
    </Field>
  )
}

/** `unit` is shown behind the box and read with the label. */
export function NumberField(props: FieldProps & { min?: number; max?: number; step?: number | 'any'; unit?: string }) {
  const field = props.unit ? { ...props, label: `${props.label} (${props.unit})` } : props
  return (
    <Field field={field}>
      <input
        {...controlProps(props)}
        class="input input-number"
        type="number"
        inputMode={props.step === undefined || props.step === 1 ? 'numeric' : 'decimal'}
        value={typedValue(props.name, props.values)}
        min={props.min}
        max={props.max}
        step={props.step}
        required={props.required}
      />
    </Field>
  )
}

/** `accept` as in HTML, e.g. `.pdf,image/jpeg`. A browser never gives a chosen file back: say so after an error. */
export function FileField(
  props: FieldProps & { accept?: string; multiple?: boolean; capture?: 'user' | 'environment' },
) {
  return (
    <Field field={props}>
      <input
        {...controlProps(props)}
        class="input input-file"
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        capture={props.capture}
        required={props.required}
      />
    </Field>
  )
}

export function Hidden({ name, value }: { name: string; value: string | number }) {
  return <input type="hidden" name={name} value={value} />
}
