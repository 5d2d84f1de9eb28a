import { createHash } from 'node:crypto'
import { addDays, type LocalDate, MINUTE, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Definitions } from '#src/periods/definition.ts'
import type { Actor, Officer, Role } from '#src/platform/ctx.ts'
import { isoLocal } from '#src/platform/text.ts'
import type { Asked, Cell, ReportColumn, ReportKind, ReportRow, ReportTable } from '#src/reports/report.ts'

/** Who answers for the numbers of a period. */
export const sealers: readonly Role[] = ['director', 'control']

/** What was under way when a period ended is written down by then. */
const GRACE_MINUTES = 10

/** From when on the numbers of a period can be sealed. */
export function sealableFrom({ to }: { to: LocalDate }): Date {
  return new Date(startOfLocalDay(addDays(to, 1)).getTime() + GRACE_MINUTES * MINUTE)
}

/** Everything a sealed table says: enough to read it without this platform. Instants with the offset of Vietnam. */
export type SealContent = {
  report: string
  form: string | null
  agency: { code: string; name: string }
  by: string | null
  from: LocalDate
  to: LocalDate
  until: string
  countedAt: string
  definitions: Definitions
  table: ReportTable
}

export function sealContent(kind: ReportKind, asked: Asked, table: ReportTable, now: Date): SealContent {
  const { from, to, by, definitions, agency } = asked
  return {
    report: kind.key,
    form: kind.form ?? null,
    agency: { code: agency.code, name: agency.name },
    ...{ by, from, to, definitions },
    until: isoLocal(asked.until),
    countedAt: isoLocal(now),
    table: { ...table, rows: table.rows.map(bare), total: table.total && bare(table.total) },
  }
}

/** Links lead to what is there today, not to what was sealed. */
function bare({ hrefs: _, ...row }: ReportRow): ReportRow {
  return row
}

/** The same for the same value, whatever the order in which it was put together: keys sorted, nothing between, undefined left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

export function readContent(text: string): SealContent {
  const content = JSON.parse(text) as SealContent
  const { table } = content
  const revive = (row: ReportRow) => ({ ...row, cells: revived(row.cells, table.columns) })
  return { ...content, table: { ...table, rows: table.rows.map(revive), total: table.total && revive(table.total) } }
}

function revived(cells: ReportRow['cells'], columns: readonly ReportColumn[]): ReportRow['cells'] {
  const instants = new Set(columns.filter(({ kind }) => kind === 'day' || kind === 'instant').map(({ key }) => key))
  const entries = Object.entries(cells)
  return Object.fromEntries(
    entries.map(([key, cell]) => [key, instants.has(key) && typeof cell === 'string' ? new Date(cell) : cell]),
  )
}

/** What is hashed of a version beside its content. People by the number of their account. */
export type SealFacts = {
  version: number
  sealedBy: number
  onBehalfOf: number | null
  sealedAt: Date
  reason: string | null
  approvedBy: number | null
}

/** SHA-256 over the hash of the version before, who sealed it when and why, and the very text of the content. */
export function sealHash(prevHash: Buffer, facts: SealFacts, content: string): Buffer {
  const { version, sealedBy, onBehalfOf, sealedAt, reason, approvedBy } = facts
  const who = canonicalJson({ version, sealedBy, onBehalfOf, sealedAt, reason, approvedBy })
  return createHash('sha256').update(prevHash).update(`${who}\n${content}`).digest()
}

export type SealedVersion = SealFacts & { content: string; prevHash: Buffer; hash: Buffer }

/** Of versions in their order: whether each is as it was sealed and follows the one before. */
export function areIntact(versions: readonly SealedVersion[]): boolean[] {
  return versions.map((one, i) => {
    const before = versions[i - 1]?.hash ?? Buffer.alloc(0)
    return (
      one.version === i + 1 && one.prevHash.equals(before) && sealHash(one.prevHash, one, one.content).equals(one.hash)
    )
  })
}

/** A cell that says something else now; null where there is no such row any more, or was none. */
export type Difference = { key: string; row: string; column: ReportColumn; sealed: Cell; now: Cell }

/** The cells in which two tables differ, row by row; a row only one of them has differs in all it says. */
export function differences(sealed: ReportTable, now: ReportTable): Difference[] {
  const withTotal = (table: ReportTable) => [...table.rows, ...(table.total ? [table.total] : [])]
  const [before, after] = [withTotal(sealed), withTotal(now)].map(rows => new Map(rows.map(row => [row.key, row])))
  const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])]
  return keys.flatMap(key => {
    const [was, is] = [before?.get(key), after?.get(key)]
    return sealed.columns.flatMap(column => {
      const [said, says] = [was?.cells[column.key] ?? null, is?.cells[column.key] ?? null]
      if (plain(said) === plain(says) || (!said && !says)) return []
      return [{ key, row: (was ?? is)?.label ?? key, column, sealed: said, now: says }]
    })
  })
}

const plain = (cell: Cell) => (cell instanceof Date ? cell.toISOString() : cell)

export function maySeal(actor: Actor): actor is Officer {
  return actor.kind === 'officer' && sealers.includes(actor.role)
}

/** The persons behind what an officer does: themselves, and who they stand in for. */
export function personsOf({ accountId, onBehalfOf }: Officer): number[] {
  return onBehalfOf ? [accountId, onBehalfOf.accountId] : [accountId]
}
