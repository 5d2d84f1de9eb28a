import { storePaper } from '#src/papers/store-paper.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { formErrors } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'

/** A file uploaded with a form and kept until the form goes through. */
export type Scan = { id: string; component: string; name: string }

const KEPT = 'kept'
const SEPARATOR = '|'

export const scanField = (component: string) => `scan.${component}`

/** As a hidden field of the form that is sent back: a browser never gives a chosen file back. */
export function keptScan({ id, component, name }: Scan): { name: string; value: string } {
  return { name: KEPT, value: [id, component, name].join(SEPARATOR) }
}

/** Stores what was chosen now and adds it to what earlier rounds kept. Whose a file is, is checked when it is attached. */
export async function readScans(
  c: RequestContext,
  form: FormData,
  components: readonly string[],
): Promise<{ scans: Scan[]; errors: FieldError[] }> {
  const scans = form.getAll(KEPT).flatMap(parseKept)
  const errors: FieldError[] = []
  for (const component of components) {
    for (const file of form.getAll(scanField(component))) {
      if (typeof file === 'string' || (file.size === 0 && file.name === '')) continue
      try {
        const bytes = new Uint8Array(await file.arrayBuffer())
        const { id, name } = await storePaper(c.get('ctx'), { blobs: c.get('services').blobs, name: file.name, bytes })
        scans.push({ id, component, name })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        errors.push(...formErrors(error, c.get('t')).map(one => ({ ...one, field: scanField(component) })))
      }
    }
  }
  return { scans, errors }
}

function parseKept(value: FormDataEntryValue): Scan[] {
  if (typeof value !== 'string') return []
  const [id = '', component = '', ...name] = value.split(SEPARATOR)
  return /^[0-9a-f-]{36}$/u.test(id) ? [{ id, component, name: name.join(SEPARATOR).slice(0, 200) }] : []
}

/** As an input's `papers`. */
export function asPapers(scans: readonly Scan[]): { id: string; component?: string }[] {
  return scans.map(({ id, component }) => ({ id, ...(component ? { component } : {}) }))
}
