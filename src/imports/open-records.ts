import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { streamXlsxRows } from 'hucre/xlsx'
import { ConfigError } from '#src/platform/config.ts'
import { type Cells, type ColumnName, columnNames, neededColumns } from './history-columns.ts'

/** `row`: line of a CSV file, row of a sheet. `spare`: there are more cells than columns. */
export type FileRecord = { row: number; cells: Cells; spare: boolean }

/**
 * The rows of a CSV file (commas, semicolons or tabs; UTF-8) or of the first sheet of an xlsx file, one after the other, never all at once.
 * Throws ConfigError when the file cannot be read or its header is not one of ours.
 */
export async function* openRecords(file: string): AsyncGenerator<FileRecord> {
  let header: ColumnName[] | undefined
  try {
    const rows = isSheet(file) ? sheetRows(file) : csvRows(file, await delimiterOf(file))
    for await (const { row, values } of rows) {
      if (values.every(value => value === '')) continue
      if (header) yield recordOf(header, row, values)
      else header = headerOf(values)
    }
  } catch (error) {
    throw unreadable(error, file)
  }
  if (!header) throw new ConfigError(`${file} is empty.`)
}

const isSheet = (file: string) => extname(file).toLowerCase() === '.xlsx'

type Line = { row: number; values: string[] }

/** The one that parts most of the header. */
async function delimiterOf(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    const [first = ''] = buffer.subarray(0, bytesRead).toString('utf8').split(/\r?\n/u)
    const count = (delimiter: string) => first.split(delimiter).length
    return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ','
  } finally {
    await handle.close()
  }
}

/** Far longer than any row: what follows a quote that nobody closed is not read to the end of the file. */
const LONGEST_ROW = 100_000

async function* csvRows(file: string, delimiter: string): AsyncGenerator<Line> {
  const parser = parse({ bom: true, delimiter, relax_column_count: true, info: true, max_record_size: LONGEST_ROW })
  const source = createReadStream(file)
  source.on('error', error => parser.destroy(error))
  for await (const { info, record } of source.pipe(parser) as AsyncIterable<{
    info: { lines: number }
    record: string[]
  }>) {
    yield { row: info.lines, values: record.map(tidy) }
  }
}

async function* sheetRows(file: string): AsyncGenerator<Line> {
  const bytes = Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>
  for await (const { index, values } of streamXlsxRows(bytes)) {
    yield { row: index + 1, values: values.map(value => tidy(cellText(value))) }
  }
}

/** A cell of a date holds the wall clock as if it were UTC; it is written as people write it. */
function cellText(value: unknown): string {
  if (value instanceof Date)
    return value
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
      .replace(/( 00:00)?:00$/u, '')
  return value === null || value === undefined ? '' : String(value)
}

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

function headerOf(values: string[]): ColumnName[] {
  const names = values.map(value => value.toLowerCase()) as ColumnName[]
  while (names.at(-1) === ('' as string)) names.pop()
  const known: ReadonlySet<string> = new Set(columnNames)
  const strange = names.filter(name => !known.has(name))
  const missing = neededColumns.filter(name => !names.includes(name as ColumnName))
  const twice = names.filter((name, i) => names.indexOf(name) !== i)
  if (strange.length) throw new ConfigError(`The header has columns that are not known: ${strange.join(', ')}.`)
  if (twice.length) throw new ConfigError(`The header has columns twice: ${twice.join(', ')}.`)
  if (missing.length) throw new ConfigError(`The header lacks columns: ${missing.join(', ')}.`)
  return names
}

function recordOf(header: readonly ColumnName[], row: number, values: readonly string[]): FileRecord {
  const cells: Cells = {}
  for (const [i, name] of header.entries()) if (values[i]) cells[name] = values[i]
  return { row, cells, spare: values.slice(header.length).some(value => value !== '') }
}

function unreadable(error: unknown, file: string): unknown {
  if (error instanceof ConfigError) return error
  if (error instanceof CsvError) return new ConfigError(`${file} cannot be read as CSV: ${error.message}.`)
  const { code, name, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new ConfigError(`${file} cannot be opened (${code}).`)
  return isSheet(file) ? new ConfigError(`${file} cannot be read as xlsx: ${name} ${message}`) : error
}
