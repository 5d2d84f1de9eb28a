import { createRoute, z } from '@hono/zod-openapi'
import { parseForm } from '#src/platform/form.ts'
import { type App, officersOnly, readForm } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { mayStorePaper, PAPER_MAX_MB, paperTypeLabels } from './paper.ts'
import { storePaper } from './store-paper.ts'

const StoredPaper = z
  .object({
    id: z.uuid().openapi({ description: 'To be named in `papers` when a dossier or a command takes it in' }),
    name: z.string(),
    mediaType: z.string().openapi({ description: 'As the bytes say' }),
    size: z.int().openapi({ description: 'Bytes' }),
    sha256: z.string().openapi({ description: 'Hex' }),
  })
  .openapi('StoredPaper')

/** Declared as plain OpenAPI: the form is read by us, so that every refusal of a body has our own sentence. */
const upload = {
  type: 'object' as const,
  required: ['file'],
  properties: { file: { type: 'string' as const, format: 'binary' } },
}

const store = createRoute({
  method: 'post',
  path: '/api/v1/papers',
  tags: ['papers'],
  summary: 'Upload a paper',
  description: `One file of at most ${PAPER_MAX_MB} MB: ${paperTypeLabels}. Until a dossier takes it in it is its uploader's alone, and after a week it is removed.`,
  middleware: officersOnly,
  request: { body: { required: true, content: { 'multipart/form-data': { schema: upload } } } },
  responses: { 201: answers(StoredPaper, 'The paper is kept'), ...refuses(400, 401, 403, 413, 415, 422) },
})

const PaperForm = z.strictObject({ file: z.file() })

export function paperApi(app: App): void {
  app.openapi(store, async c => {
    const ctx = c.get('ctx')
    // Before the body is looked at: a role that may not upload is told only that.
    if (!mayStorePaper(ctx.actor)) throw new Refusal('forbidden', 'paper-upload-not-yours')
    const parsed = parseForm(PaperForm, await readForm(c), c.get('t'))
    if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
    const { file } = parsed.value
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { id, name, mediaType, size, sha256 } = await storePaper(ctx, {
      blobs: c.get('services').blobs,
      name: file.name,
      bytes,
    })
    return c.json({ id, name, mediaType, size, sha256 }, 201)
  })
}
