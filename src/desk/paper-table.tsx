import { paperAccept } from '#src/papers/paper.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { ProcedureComponent } from '#src/procedures/procedure.ts'
import { fieldId, findError, typedValue } from '#src/ui/field.tsx'
import { Hidden } from '#src/ui/form.tsx'
import { DataTable } from '#src/ui/table.tsx'
import type { AttachedPaper } from './command-field.ts'
import { keptScan, type Scan, scanField } from './scans.ts'

export const kinds = ['originals', 'certified', 'copies'] as const
export type Kind = (typeof kinds)[number]
export const countField = (code: string, kind: Kind) => `components.${code}.${kind}`

export type PaperTableProps = {
  t: T
  caption: string
  components: readonly ProcedureComponent[]
  values: FormValues
  errors: readonly FieldError[]
  /** Files uploaded in earlier rounds; null where the form takes no files. */
  scans: readonly Scan[] | null
}

/** The published papers with how many of each kind were handed in, and a scan for each. */
export function PaperTable({ t, caption, components, values, errors, scans }: PaperTableProps) {
  const words = {
    originals: t('Bản chính', 'Originals'),
    certified: t('Chứng thực', 'Certified'),
    copies: t('Photo', 'Copies'),
  }
  const error = findError('components', errors)
  return (
    <section id={fieldId('components')} tabIndex={-1} class={error ? 'field-bad' : undefined} aria-label={caption}>
      {error && <p class="field-error">{error}</p>}
      <DataTable<ProcedureComponent>
        caption={caption}
        captionHidden
        dense
        bare
        rows={components}
        rowKey={row => row.code}
        columns={[
          {
            key: 'name',
            head: t('Giấy tờ', 'Paper'),
            cell: row => (
              <>
                <Name t={t} row={row} />
                {scans && <ScanInput t={t} row={row} errors={errors} scans={scans} />}
              </>
            ),
          },
          ...kinds.map(kind => ({
            key: kind,
            head: words[kind],
            cell: (row: ProcedureComponent) => (
              <Count
                label={`${words[kind]}: ${row.name}`}
                name={countField(row.code, kind)}
                values={values}
                errors={errors}
              />
            ),
          })),
        ]}
      />
    </section>
  )
}

function Name({ t, row }: { t: T; row: ProcedureComponent }) {
  return (
    <>
      {row.name}
      {row.required && <span class="required"> {t('(bắt buộc)', '(required)')}</span>}
      {row.note && <span class="cell-sub">{row.note}</span>}
    </>
  )
}

type CountProps = { label: string; name: string; values: FormValues; errors: readonly FieldError[] }

function Count({ label, name, values, errors }: CountProps) {
  const id = fieldId(name)
  const error = findError(name, errors)
  return (
    <>
      <input
        id={id}
        class="input input-count"
        type="number"
        inputMode="numeric"
        min={0}
        max={999}
        name={name}
        value={typedValue(name, values) ?? ''}
        placeholder="0"
        aria-label={label}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      {error && (
        <span class="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </>
  )
}

type AttachedProps = Omit<PaperTableProps, 'caption' | 'components' | 'scans'> & {
  title: string
  papers: readonly AttachedPaper[]
  scans: readonly Scan[]
}

/** Papers made at a step, each uploaded under its name. */
export function AttachedPapers({ t, title, papers, errors, scans }: AttachedProps) {
  const error = findError('papers', errors)
  return (
    <section id={fieldId('papers')} tabIndex={-1} class={error ? 'stack field-bad' : 'stack'} aria-label={title}>
      <h2>{title}</h2>
      {error && <p class="field-error">{error}</p>}
      {papers.map(paper => (
        <div key={paper.code} class="field">
          <label for={fieldId(scanField(paper.code))}>
            {paper.name}
            {paper.required && <span class="required"> {t('(bắt buộc)', '(required)')}</span>}
          </label>
          <ScanInput t={t} row={paper} errors={errors} scans={scans} />
        </div>
      ))}
    </section>
  )
}

type ScanProps = {
  t: T
  row: Pick<ProcedureComponent, 'code' | 'name'>
  errors: readonly FieldError[]
  scans: readonly Scan[]
}

function ScanInput({ t, row, errors, scans }: ScanProps) {
  const name = scanField(row.code)
  const id = fieldId(name)
  const error = findError(name, errors)
  return (
    <>
      {scans
        .filter(scan => scan.component === row.code)
        .map(scan => (
          <p key={scan.id} class="hint">
            {t('Đã tải lên: ', 'Uploaded: ')}
            {scan.name}
            <Hidden {...keptScan(scan)} />
          </p>
        ))}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        id={id}
        class="input-scan"
        type="file"
        name={name}
        accept={paperAccept}
        multiple
        aria-label={`${t('Bản quét', 'Scan')}: ${row.name}`}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
    </>
  )
}

/** The counts of published papers as a form's values: what a complete dossier holds. */
export function publishedCounts(components: readonly ProcedureComponent[]): FormValues {
  return countValues(components.filter(one => one.required))
}

export function countValues(lines: readonly ({ code: string } & Record<Kind, number>)[]): FormValues {
  return Object.fromEntries(
    lines.flatMap(line =>
      kinds.filter(kind => line[kind] > 0).map(kind => [countField(line.code, kind), String(line[kind])]),
    ),
  )
}
