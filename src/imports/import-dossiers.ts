import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { localDate } from '#src/calendar/local-date.ts'
import { trackingSecret } from '#src/casework/open-dossier.ts'
import { foldHistory } from '#src/dossiers/append-history.ts'
import { ConfigError } from '#src/platform/config.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { makeSeenRows } from './history.store.ts'
import { type Cells, columnNames } from './history-columns.ts'
import { pastEvents } from './history-events.ts'
import { type Frame, readRow } from './history-row.ts'
import { getImportFrame } from './import-frame.query.ts'
import { type FileRecord, openRecords } from './open-records.ts'
import type { RowProblem } from './row-problem.ts'
import { type Candidate, type RefusedRow, settleBatch } from './settle-batch.ts'

/** `source`: the other system; with a dossier's number there it says which dossier a row is, in whatever file. `check`: a dry run. */
export type ImportAsked = { file: string; source: string; check: boolean }

/** Rows: read = imported + known + refused. `known`: there already, exactly so. In a dry run, `imported` would be. */
export type ImportReport = { read: number; imported: number; known: number; refused: number }

/** Is told every refused row with all that is wrong with it, and how far the import has come after each batch. */
export type Tell = {
  refused?: (row: number, problems: readonly RowProblem[]) => void
  progress?: (report: ImportReport) => void
}

const BATCH = 1000

/**
 * Past dossiers of another system, with their original times, from a CSV or xlsx file of any length: batch by batch, each in a transaction of
 * its own, so that an interrupted import is begun again and goes on where it was. A row with anything wrong is refused as a whole and the others
 * are imported. Throws ConfigError when the file itself cannot be read.
 */
export async function importDossiers(ctx: Ctx, asked: ImportAsked, tell: Tell = {}): Promise<ImportReport> {
  if (!/^[\w.-]{1,40}$/u.test(asked.source)) {
    throw new ConfigError(`A source is named by letters, digits, dots and hyphens, not "${asked.source}".`)
  }
  const importer: Ctx = { ...ctx, actor: { kind: 'system', name: 'import' } }
  if (!asked.check) return importAll(importer, asked, tell)
  return transact(importer, async inner => {
    await makeSeenRows(inner)
    return importAll(inner, asked, tell)
  })
}

async function importAll(ctx: Ctx, asked: ImportAsked, tell: Tell): Promise<ImportReport> {
  const frame = await getImportFrame(ctx)
  const report: ImportReport = { read: 0, imported: 0, known: 0, refused: 0 }
  const settle = async (rows: readonly (Candidate | RefusedRow)[]) => {
    const candidates = rows.filter(isCandidate)
    const { imported, known, refused } = await settleBatch(ctx, candidates, asked.check)
    const all = [...rows.filter(one => 'problems' in one), ...refused].sort((a, b) => a.row - b.row)
    for (const { row, problems } of all) tell.refused?.(row, problems)
    report.read += rows.length
    report.imported += imported
    report.known += known
    report.refused += all.length
    tell.progress?.({ ...report })
  }
  // The next batch is read while the database writes the last one.
  let settling: Promise<void> = Promise.resolve()
  try {
    for await (const records of inBatches(openRecords(asked.file))) {
      const rows = records.map(record => readRecord(record, { asked, frame, ctx }))
      await settling
      settling = settle(rows)
      // What went wrong is thrown where it is awaited; until then nobody would be there to catch it.
      settling.catch(() => {})
    }
  } finally {
    await settling
  }
  return report
}

const isCandidate = (row: Candidate | RefusedRow): row is Candidate => !('problems' in row)

async function* inBatches(records: AsyncIterable<FileRecord>): AsyncGenerator<FileRecord[]> {
  let batch: FileRecord[] = []
  for await (const record of records) {
    batch.push(record)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

type Importing = { asked: ImportAsked; frame: Frame; ctx: Ctx }

function readRecord({ row, cells, spare }: FileRecord, { asked, frame, ctx }: Importing): Candidate | RefusedRow {
  const read = readRow(cells, frame, ctx.clock.now())
  const tooMany: RowProblem[] = spare ? [{ column: null, code: 'too-many-cells', value: '' }] : []
  if (Array.isArray(read)) return { row, problems: [...read, ...tooMany] }
  if (spare) return { row, problems: tooMany }
  const key = { id: `${asked.source}/${read.number}`, digest: digestOf(cells) }
  const from = { source: asked.source, file: basename(asked.file), secret: trackingSecret() }
  const history = asked.check ? null : foldHistory(pastEvents(read, from), { key, actor: actorRef(ctx.actor) })
  return { row, key, code: read.code, agency: read.agency, day: localDate(read.course.receivedAt), history }
}

/** The same whatever the order of the columns, the kind of file and its name. */
function digestOf(cells: Cells): string {
  const told = columnNames.flatMap(name => (cells[name] ? [`${name}=${cells[name]}`] : []))
  return createHash('sha256').update(told.join('\u001f')).digest('base64url')
}
