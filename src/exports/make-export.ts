import { createHash } from 'node:crypto'
import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { type Db, transact } from '#src/platform/db.ts'
import { enqueue } from '#src/platform/queue.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { listSheet } from '#src/reports/list-sheet.ts'
import { renderTable, reportTypes } from '#src/reports/render-report.ts'
import type { Asked, ListKind, ReportKind, ReportRow, TableKind } from '#src/reports/report.ts'
import { listCsv } from '#src/reports/report-csv.ts'
import { getHeading } from '#src/reports/report-heading.query.ts'
import { deliverReport } from './deliver-report.ts'
import { beginAttempt, holdExport, saveFailure, saveMade, saveProgress } from './export-file.store.ts'
import { blobName, type ExportFile, KEPT_DAYS } from './export-file.ts'

/** Where files go, and what can be made into one. */
export type Press = { blobs: Blobs; kinds: readonly ReportKind[] }

/** Rows read at a time, and how many pages between two words about progress. */
const PAGE_ROWS = 2_000
const PAGES_BETWEEN = 5

/** How long a file waits before it looks for a place again. */
const LATER_MS = 10_000

/**
 * Makes a file that was asked for: page by page, so that memory does not grow with its length. Does nothing when another worker is at it or it
 * is made; waits while as many are in the making as may be; begins anew where a worker died. A fault is recorded and thrown, to be tried again; a refusal is recorded for good.
 */
export async function makeExport(ctx: Ctx, press: Press, id: number): Promise<void> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  const came = await holdExport(ctx.db, id, async own => {
    const file = await beginAttempt(ctx.db, id)
    if (!file) return
    if (file.attempt > 1) await press.blobs.delete(blobKey({ id, attempt: file.attempt - 1 }))
    try {
      await keepFile(ctx, press, { file, own })
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'fault'
      const final = error instanceof Refusal
      await saveFailure(ctx.db, file, { code, at: ctx.clock.now(), final })
      if (!final) throw error
    }
  })
  if (came === 'full') {
    const runAt = new Date(ctx.clock.now().getTime() + LATER_MS)
    await enqueue(ctx, 'make-export', { id }, { key: `export:${id}`, runAt })
  }
}

export const blobKey = (file: Pick<ExportFile, 'id' | 'attempt'>) =>
  createHash('sha256').update(blobName(file)).digest('hex')

type Making = { file: ExportFile; own: Db }

async function keepFile(ctx: Ctx, { blobs, kinds }: Press, { file, own }: Making): Promise<void> {
  const kind = kinds.find(({ key }) => key === file.report)
  if (!kind) throw new Refusal('not-found', 'report-kind-unknown')
  const written = await writeFile(ctx, { blobs, kind }, { file, own }).catch(async error => {
    await blobs.delete(blobKey(file))
    throw error
  })
  const finishedAt = ctx.clock.now()
  const kept = file.scheduleId !== null
  const expiresAt = kept ? null : startOfLocalDay(addDays(localDate(finishedAt), KEPT_DAYS + 1))
  const isOurs = await transact(ctx, async inner => {
    if (!(await saveMade(inner.db, file, { ...written, finishedAt, expiresAt }))) return false
    await deliverReport(inner, { file, kind })
    return true
  })
  // Another worker took over meanwhile, and keeps its own.
  if (!isOurs) await blobs.delete(blobKey(file))
}

/** In one snapshot: what ends while a long list is written would move behind the pages that are written already. */
function writeFile(
  ctx: Ctx,
  { blobs, kind }: { blobs: Blobs; kind: ReportKind },
  { file, own }: Making,
): Promise<{ rows: number; bytes: number; sha256: string }> {
  const snapshot = own.transaction().setIsolationLevel('repeatable read')
  return snapshot.execute(async db => {
    const asked = await getAsked({ ...ctx, db }, kind, file.params, file)
    const read = { ...ctx, db, actor: readerOf(file, asked) }
    const { bytes, rows } =
      kind.shape === 'list'
        ? await writeList(read, kind, { asked, file, told: rows => report(ctx, file, rows) })
        : await writeTable(read, kind, asked, file)
    const measured = measure(bytes)
    await blobs.putStream(blobKey(file), measured.bytes, reportTypes[file.format])
    return { rows: rows(), ...measured.total() }
  })
}

/**
 * As whom a file is read, so that it says what the page says to whoever asked for it. What comes by itself of an agency names no more people
 * than those who work there may know.
 */
function readerOf({ accountId, role, agencyId }: ExportFile, { agency, agencies }: Asked): Officer {
  const isSent = accountId === null && agencies !== null
  return {
    kind: 'officer',
    accountId: accountId ?? 0,
    assignmentId: 0,
    name: '',
    role: isSent ? 'leader' : role,
    agencyId: isSent ? agency.id : agencyId,
    agencyCode: '',
    servicePointId: null,
  }
}

type Written = { bytes: ReadableStream<Uint8Array>; rows(): number }

async function writeTable(ctx: Ctx, kind: TableKind, asked: Asked, { format }: ExportFile): Promise<Written> {
  const table = await kind.read(ctx, asked)
  const { bytes } = await renderTable(ctx, { kind, asked, format, table })
  return { bytes: streamOf([bytes]), rows: () => table.rows.length }
}

type Rows = { done: number; total: number }
type Writing = { asked: Asked; file: ExportFile; told(rows: Rows): Promise<void> }

async function writeList(ctx: Ctx, kind: ListKind, writing: Writing): Promise<Written> {
  const { asked, file, told } = writing
  const rows = { done: 0, total: await kind.count(ctx, asked) }
  await told(rows)
  const batches = pagesOf(ctx, kind, { ...writing, rows })
  const bytes =
    file.format === 'csv'
      ? streamOf(listCsv(kind, batches))
      : listSheet(kind, await getHeading(ctx, kind, asked), batches)
  return { bytes, rows: () => rows.done }
}

/** Keyset pages, one in memory at a time. */
async function* pagesOf(
  ctx: Ctx,
  kind: ListKind,
  { asked, told, rows }: Writing & { rows: Rows },
): AsyncGenerator<readonly ReportRow[]> {
  let after: string | null = null
  for (let nth = 1; ; nth += 1) {
    const page = await kind.page(ctx, asked, { after, limit: PAGE_ROWS })
    rows.done += page.rows.length
    if (nth % PAGES_BETWEEN === 0) await told(rows)
    yield page.rows
    if (page.next === null) return
    after = page.next
  }
}

async function report(ctx: Ctx, file: ExportFile, rows: Rows): Promise<void> {
  if (!(await saveProgress(ctx.db, file, rows))) throw new Error('another worker makes this file now')
}

function streamOf(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]()
  return new ReadableStream({
    pull: async control => {
      const { done, value } = await source.next()
      if (done) control.close()
      else control.enqueue(value)
    },
    cancel: async () => {
      await source.return?.()
    },
  })
}

/** The same bytes; how many there were and their digest, once all have passed. */
function measure(bytes: ReadableStream<Uint8Array>) {
  const hash = createHash('sha256')
  let size = 0
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, control) => {
      hash.update(piece)
      size += piece.length
      control.enqueue(piece)
    },
  })
  return { bytes: bytes.pipeThrough(passing), total: () => ({ bytes: size, sha256: hash.digest('hex') }) }
}
