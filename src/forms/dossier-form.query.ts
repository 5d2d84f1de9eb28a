import { dossierRef } from '#src/dossiers/dossier.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import { renderForm } from '#src/papers/render-form.ts'
import type { FormKind, FormModels } from '#src/papers/statutory-form.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findForm, formsOf } from './dossier-forms.ts'
import { formModel } from './form-model.ts'

/** `publicUrl`: where citizens reach this installation (the QR code leads there). `nth`: which request for supplement, the last one unless said. */
export type DossierFormOptions = { publicUrl: string; nth?: number | undefined }

/**
 * One statutory form of a dossier as PDF, in the form set in force when it was received; the reading is logged as a view. `number` is
 * `'01'`…`'07'`. Throws `dossier-not-found`, and `form-not-found` when the dossier has no such form.
 */
export async function dossierForm(
  ctx: Ctx,
  ref: string,
  number: string,
  { publicUrl, nth }: DossierFormOptions,
): Promise<{ filename: string; pdf: Uint8Array }> {
  const read = await readDossier(ctx, ref, `form:${number}`)
  const form = findForm(formsOf(read.formSet, read.events), number, nth)
  if (!form) throw new Refusal('not-found', 'form-not-found', { params: { number } })
  const model = formModel(read, form, publicUrl) as FormModels[FormKind]
  const pdf = await renderForm(read.formSet, form.kind, model)
  const nthText = form.nth > 1 ? `-lan-${form.nth}` : ''
  return { filename: `${dossierRef(read.dossier)}-mau-${number}${nthText}.pdf`, pdf }
}
