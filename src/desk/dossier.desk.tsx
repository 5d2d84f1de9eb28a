import { commands } from '#src/casework/commands.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import { readFamily } from '#src/families/family.query.ts'
import { dossierForm } from '#src/forms/dossier-form.query.ts'
import { findPaper } from '#src/papers/paper.query.ts'
import { type App, officerOf, page, type RequestContext, seeOther } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { ProcessPage } from '#src/progress/process-page.tsx'
import { SupportedPage } from '#src/tracking/supported-page.tsx'
import { findSupported } from '#src/tracking/tracking.query.ts'
import { trackingOf } from '#src/tracking/tracking.ts'
import { readDossierWatch } from '#src/watch/dossier-watch.query.ts'
import { DossierPage } from './dossier-page.tsx'
import { listDossierViews } from './dossier-views.query.ts'
import { ReceivedPage } from './received-page.tsx'
import { ViewsPage } from './views-page.tsx'

/** The dossier's page, its forms and papers, and who has looked at it. */
export function dossierDesk(app: App): void {
  app.get('/ho-so/:ref', showDossier)
  app.get('/ho-so/:ref/quy-trinh', showProcess)
  app.get('/ho-so/:ref/da-tiep-nhan', showReceived)
  app.get('/ho-so/:ref/luot-xem', showViews)
  app.get('/ho-so/:ref/phieu/:file{0[1-9]\\.pdf}', showForm)
  app.get('/ho-so/:ref/giay-to/:id', showPaper)
}

/** The reference of the address, kept for the log line. */
export function refOf(c: RequestContext): string {
  officerOf(c)
  const ref = c.req.param('ref') ?? ''
  if (!/^(D\d{1,15}|[0-9A-Z.]{3,40}-\d{6}-\d{4,6})$/u.test(ref)) throw new Refusal('not-found', 'dossier-not-found')
  c.set('dossier', ref)
  return ref
}

async function showDossier(c: RequestContext): Promise<Response> {
  const ref = refOf(c)
  const read = await readDossier(c.get('ctx'), ref, 'page').catch(orNull)
  if (!read) return showSupported(c, ref)
  const ctx = c.get('ctx')
  const [watch, family] = await Promise.all([readDossierWatch(ctx, officerOf(c), read), readFamily(ctx, read.dossier)])
  return page(c, <DossierPage {...{ c, read, watch, family }} done={doneLabel(c)} />)
}

/** Not to be seen as a dossier of theirs; it may still be one they helped with. */
function orNull(error: unknown): null {
  if (error instanceof Refusal && error.code === 'dossier-not-found') return null
  throw error
}

async function showSupported(c: RequestContext, ref: string): Promise<Response> {
  const [ctx, t] = [c.get('ctx'), c.get('t')]
  const found = await findSupported(ctx, officerOf(c), ref)
  if (!found) throw new Refusal('not-found', 'dossier-not-found')
  const tracking = trackingOf(found.facts, { ...found, now: ctx.clock.now() }, t)
  return page(c, <SupportedPage c={c} tracking={tracking} />)
}

async function showProcess(c: RequestContext): Promise<Response> {
  const read = await readDossier(c.get('ctx'), refOf(c), 'page')
  return page(c, <ProcessPage c={c} read={read} />)
}

/** `?xong=assign` after a command: what has just been done, in words. */
function doneLabel(c: RequestContext): string | undefined {
  const type = c.req.query('xong')
  const done = commands.find(command => command.type === type)
  return done && c.get('t')(...done.label)
}

/** After a reception; the dossier's own page for one that has not been received. */
async function showReceived(c: RequestContext): Promise<Response> {
  const ref = refOf(c)
  const read = await readDossier(c.get('ctx'), ref, 'page')
  return read.dossier.receivedAt ? page(c, <ReceivedPage c={c} read={read} />) : seeOther(c, `/ho-so/${ref}`)
}

async function showViews(c: RequestContext): Promise<Response> {
  const ref = refOf(c)
  const before = Number(c.req.query('truoc'))
  const list = await listDossierViews(c.get('ctx'), ref, Number.isSafeInteger(before) && before > 0 ? before : null)
  return page(c, <ViewsPage c={c} refText={ref} list={list} />)
}

async function showForm(c: RequestContext): Promise<Response> {
  const number = (c.req.param('file') ?? '').slice(0, 2)
  const lan = c.req.query('lan')
  const nth = lan && /^\d{1,3}$/u.test(lan) ? Number(lan) : undefined
  const { publicUrl } = c.get('services').config
  const { filename, pdf } = await dossierForm(c.get('ctx'), refOf(c), number, { publicUrl, nth })
  return sendFile(c, { bytes: pdf, type: 'application/pdf', name: filename, inline: true })
}

async function showPaper(c: RequestContext): Promise<Response> {
  const ref = refOf(c)
  const id = c.req.param('id') ?? ''
  const paper = await findPaper(c.get('ctx'), id)
  if (!paper?.dossierId) throw new Refusal('not-found', 'paper-not-found')
  const { dossier } = await readDossier(c.get('ctx'), ref, `paper:${paper.id}`)
  if (dossier.id !== paper.dossierId) throw new Refusal('not-found', 'paper-not-found')
  const bytes = await c.get('services').blobs.get(paper.sha256)
  if (!bytes) throw new Error(`the bytes of paper ${paper.id} are gone`)
  return sendFile(c, { bytes, type: paper.mediaType, name: paper.name, inline: false })
}

type SentFile = { bytes: Uint8Array; type: string; name: string; inline: boolean }

/** A file never runs as a page of ours: no guessing of its type, and no rights even if a browser shows it. */
function sendFile(c: RequestContext, { bytes, type, name, inline }: SentFile): Response {
  const ascii =
    name
      .normalize('NFD')
      .replace(/[^\x20-\x7e]/gu, '')
      .replace(/["\\]/gu, '') || 'giay-to'
  const disposition = `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type,
    'Content-Disposition': disposition,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
    ...(inline ? {} : { 'Content-Security-Policy': "default-src 'none'; sandbox" }),
  })
}
