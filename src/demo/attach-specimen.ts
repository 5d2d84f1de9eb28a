import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { storePaper } from '#src/papers/store-paper.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { findBrought } from './dossier-then.query.ts'

/** The one file that stands for every document of the demo, and where it is kept. */
export type Specimen = { bytes: Uint8Array; blobs: Blobs }

/** `dir`: the folder of the seed files. The bytes are put into the store once. */
export function openSpecimen(dir: string, blobs: Blobs): Specimen {
  let kept: Promise<void> | undefined
  const put: Blobs['put'] = (...file) => {
    kept ??= blobs.put(...file)
    return kept
  }
  return { bytes: readFileSync(join(dir, 'specimen.pdf')), blobs: { ...blobs, put } }
}

/** Uploads a document of each name for a command, as it would come from the officer; gone through again, those of the first time. */
export async function attachSpecimen(
  ctx: Ctx,
  { bytes, blobs }: Specimen,
  { dossierId, names }: { dossierId: number; names: readonly string[] },
): Promise<{ id: string; component: string }[]> {
  const before = await findBrought(ctx, dossierId, names)
  if (before.length > 0) return before
  const brought: { id: string; component: string }[] = []
  for (const component of names) {
    const { id } = await storePaper(ctx, { blobs, name: `${component}.pdf`, bytes })
    brought.push({ id, component })
  }
  return brought
}
