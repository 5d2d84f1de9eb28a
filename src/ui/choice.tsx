import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import {
  controlProps,
  Field,
  type FieldProps,
  type FormError,
  type FormValues,
  fieldId,
  findError,
  GroupField,
  HintAndError,
  typedValue,
  typedValues,
} from './field.tsx'

export type Option = { value: string; label: string; hint?: ComponentChildren; disabled?: boolean }
export type OptionGroup = { label: string; options: readonly Option[] }

/** The first empty option makes choosing deliberate; `placeholder: null` leaves it out. */
export function SelectField(
  props: FieldProps & { options: readonly (Option | OptionGroup)[]; placeholder?: string | null },
) {
  const chosen = typedValue(props.name, props.values)
  const { t, placeholder = t('Chọn…', 'Choose…') } = props
  return (
    <Field field={props}>
      <select {...controlProps(props)} class="input" required={props.required}>
        {placeholder !== null && <option value="">{placeholder}</option>}
        {props.options.map(item =>
          'options' in item ? (
            <optgroup key={item.label} label={item.label}>
              {item.options.map(option => renderOption(option, chosen))}
            </optgroup>
          ) : (
            renderOption(item, chosen)
          ),
        )}
      </select>
    </Field>
  )
}

function renderOption(option: Option, chosen: string | undefined) {
  return (
    <option key={option.value} value={option.value} selected={option.value === chosen} disabled={option.disabled}>
      {option.label}
    </option>
  )
}

type GroupProps = FieldProps & {
  options: readonly Option[]
  /** Side by side where there is room: for two or three short answers. */
  inline?: boolean
}

export function RadioGroup(props: GroupProps) {
  const chosen = typedValue(props.name, props.values)
  return <Choices props={props} type="radio" isChosen={value => value === chosen} />
}

/** Several answers under one name. */
export function CheckboxGroup(props: GroupProps) {
  const chosen = typedValues(props.name, props.values)
  return <Choices props={props} type="checkbox" isChosen={value => chosen.includes(value)} />
}

type ChoicesProps = { props: GroupProps; type: 'radio' | 'checkbox'; isChosen: (value: string) => boolean }

function Choices({ props, type, isChosen }: ChoicesProps) {
  const { id, 'aria-describedby': _, 'aria-invalid': invalid, ...control } = controlProps(props)
  return (
    <GroupField field={props}>
      <div class={props.inline ? 'choices choices-inline' : 'choices'}>
        {props.options.map((option, n) => {
          const optionId = n === 0 ? id : `${id}-${n}`
          return (
            <Choice key={option.value} id={optionId} label={option.label} hint={option.hint}>
              <input
                {...control}
                id={optionId}
                type={type}
                value={option.value}
                checked={isChosen(option.value)}
                disabled={option.disabled}
                required={type === 'radio' && props.required}
                aria-invalid={type === 'checkbox' ? invalid : undefined}
                aria-describedby={option.hint ? `${optionId}-hint` : undefined}
              />
            </Choice>
          )
        })}
      </div>
    </GroupField>
  )
}

type ChoiceProps = { id: string; label: ComponentChildren; hint?: ComponentChildren; children: ComponentChildren }

function Choice({ id, label, hint, children }: ChoiceProps) {
  return (
    <div class="choice">
      {children}
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

export type CheckboxProps = {
  t: T
  name: string
  label: ComponentChildren
  /** Sent when ticked. `checked` counts only without `values`: a browser sends nothing for an unticked box. */
  value?: string
  checked?: boolean
  hint?: ComponentChildren
  required?: boolean
  errors?: readonly FormError[]
  values?: FormValues
  id?: string
}

/** One yes-or-no. */
export function Checkbox({
  t,
  name,
  label,
  value = 'yes',
  checked,
  hint,
  required,
  errors,
  values,
  id: givenId,
}: CheckboxProps) {
  const id = givenId ?? fieldId(name)
  const error = findError(name, errors)
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div class={error ? 'field field-bad' : 'field'}>
      <HintAndError id={id} error={error} t={t} />
      <Choice id={id} label={label} hint={hint}>
        <input
          id={id}
          type="checkbox"
          name={name}
          value={value}
          checked={values ? typedValues(name, values).includes(value) : checked}
          required={required}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={described || undefined}
        />
      </Choice>
    </div>
  )
}
