import { numberOf } from './form-input.ts'

type Line = { code: string; originals: number | string; certified: number | string; copies: number | string }

/** The papers counted in a posted form, and the form's name for each field of the list that the schema will see. */
export function readCounts(
  form: FormData,
  codes: readonly string[],
): { lines: Line[]; rename: (name: string) => string } {
  const lines = codes
    .map(code => ({
      code,
      originals: numberOf(form, `components.${code}.originals`) ?? 0,
      certified: numberOf(form, `components.${code}.certified`) ?? 0,
      copies: numberOf(form, `components.${code}.copies`) ?? 0,
    }))
    .filter(line => line.originals !== 0 || line.certified !== 0 || line.copies !== 0)
  const rename = (name: string) =>
    name.replace(/^components\.(\d+)\.(\w+)$/u, (whole, row, kind) => {
      const line = lines[Number(row)]
      return line ? `components.${line.code}.${kind === 'code' ? 'originals' : kind}` : whole
    })
  return { lines, rename }
}
