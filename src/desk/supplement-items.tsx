import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { ProcedureComponent } from '#src/procedures/procedure.ts'
import { fieldId, findError, typedValue } from '#src/ui/field.tsx'
import { textOf } from './form-input.ts'

/** The free line below the list: what is no paper of the list. */
const OTHER = 'other'
const chosenField = (row: string) => `items.${row}.component`
const noteField = (row: string) => `items.${row}.note`

type Item = { component?: string; note?: string }

/** What was ticked, or written about without ticking: who writes what is wrong with a paper means that paper. */
export function readItems(
  form: FormData,
  codes: readonly string[],
): { items: Item[]; rename: (name: string) => string } {
  const rows = [...codes, OTHER].flatMap(row => {
    const note = textOf(form, noteField(row))
    if (!note && textOf(form, chosenField(row)) === undefined) return []
    return [{ row, item: { ...(row === OTHER ? {} : { component: row }), ...(note ? { note } : {}) } }]
  })
  const rename = (name: string) =>
    name.replace(/^items\.(\d+)\.(\w+)$/u, (whole, at, key) => {
      const found = rows[Number(at)]
      return found ? `items.${found.row}.${key}` : whole
    })
  return { items: rows.map(({ item }) => item), rename }
}

/** The form's values with these papers ticked. */
export function tickedItems(codes: readonly string[]): FormValues {
  return Object.fromEntries(codes.map(code => [chosenField(code), code]))
}

type Props = {
  t: T
  components: readonly ProcedureComponent[]
  values: FormValues
  errors: readonly FieldError[]
}

/** Every paper of the procedure, to be asked for all at once, each with what is wrong with it. */
export function SupplementItems({ t, components, values, errors }: Props) {
  const error = findError('items', errors)
  const label = t('Giấy tờ cần bổ sung, hoàn thiện', 'Papers to be supplied or put right')
  return (
    <fieldset class={error ? 'field field-bad' : 'field'} id={fieldId('items')} tabIndex={-1}>
      <legend>{label}</legend>
      <p class="hint">
        {t(
          'Nêu tất cả trong một lần. Đánh dấu giấy tờ còn thiếu, hoặc ghi điều cần sửa.',
          'Name everything at once. Tick what is missing, or say what has to be put right.',
        )}
      </p>
      {error && <p class="field-error">{error}</p>}
      <ul class="items">
        {components.map(one => (
          <ItemRow key={one.code} t={t} row={one.code} name={one.name} values={values} errors={errors} />
        ))}
        <li>
          <label for={fieldId(noteField(OTHER))}>{t('Nội dung khác', 'Something else')}</label>
          <Note t={t} row={OTHER} about={t('Nội dung khác', 'Something else')} values={values} errors={errors} />
        </li>
      </ul>
    </fieldset>
  )
}

type RowProps = { t: T; row: string; values: FormValues; errors: readonly FieldError[] }

function ItemRow({ t, row, name, values, errors }: RowProps & { name: string }) {
  const id = fieldId(chosenField(row))
  return (
    <li>
      <div class="choice">
        <input
          id={id}
          type="checkbox"
          name={chosenField(row)}
          value={row}
          checked={typedValue(chosenField(row), values) !== undefined}
        />
        <label for={id}>{name}</label>
      </div>
      <Note t={t} row={row} about={name} values={values} errors={errors} />
    </li>
  )
}

function Note({ t, row, about, values, errors }: RowProps & { about: string }) {
  const name = noteField(row)
  const error = findError(name, errors) ?? findError(chosenField(row), errors)
  return (
    <>
      {error && <p class="field-error">{error}</p>}
      <input
        id={fieldId(name)}
        class="input"
        name={name}
        value={typedValue(name, values) ?? ''}
        maxLength={500}
        placeholder={t('Cần sửa hoặc nộp thế nào', 'What has to be put right')}
        aria-label={`${t('Ghi chú', 'Note')}: ${about}`}
        aria-invalid={error ? 'true' : undefined}
      />
    </>
  )
}
