import { type LocalDate, localDate } from '#src/calendar/local-date.ts'
import type { CommandKey } from '#src/dossiers/append-events.ts'
import { appendHistories, type History } from '#src/dossiers/append-history.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import {
  findKnownRows,
  findLivePrefixes,
  findTakenCodes,
  lockImports,
  noteSeenRows,
  takeIds,
  takeNumbers,
} from './history.store.ts'
import { keptPrefix, seriesCode } from './history-code.ts'
import type { RowProblem } from './row-problem.ts'

/** A row that can be written. `key`: which dossier of which system it is, and a digest of its contents. */
export type Candidate = {
  row: number
  key: CommandKey
  code: string | null
  agency: { id: number; code: string }
  day: LocalDate
  /** Null in a dry run. */
  history: History | null
}

export type RefusedRow = { row: number; problems: readonly RowProblem[] }

type Settled = { imported: number; known: number; refused: RefusedRow[] }

/** A candidate and the old code it keeps, if any. */
type Kept = { candidate: Candidate; code: string | null }

/** Writes the candidates that are new, in one transaction; in a dry run notes them. What is there already is left as it is. */
export async function settleBatch(ctx: Ctx, candidates: readonly Candidate[], check: boolean): Promise<Settled> {
  return transact(ctx, async inner => {
    await lockImports(inner)
    const refused: Settled['refused'] = []
    const fresh = await newOnes(inner, { candidates, check }, refused)
    const kept = await keepCodes(inner, { candidates: fresh, check }, refused)
    if (check)
      await noteSeenRows(
        inner,
        kept.map(({ candidate: { key }, code }) => ({ key: key.id, digest: key.digest, code })),
      )
    else await write(inner, kept)
    return { imported: kept.length, known: candidates.length - kept.length - refused.length, refused }
  })
}

type Batch = { candidates: readonly Candidate[]; check: boolean }

/** Those neither imported before nor named earlier in the batch; one that comes again with other contents is refused. */
async function newOnes(ctx: Ctx, { candidates, check }: Batch, refused: Settled['refused']): Promise<Candidate[]> {
  const known = await findKnownRows(
    ctx,
    candidates.map(one => one.key.id),
    check,
  )
  return candidates.filter(({ row, key: { id, digest } }) => {
    const before = known.get(id)
    if (before === undefined) return known.set(id, digest)
    const value = id.slice(id.indexOf('/') + 1)
    if (before !== digest) refused.push({ row, problems: [{ column: 'source_number', code: 'changed', value }] })
    return false
  })
}

/** Old codes are kept where none of our desks numbered that day; two dossiers never share one. */
async function keepCodes(ctx: Ctx, { candidates, check }: Batch, refused: Settled['refused']): Promise<Kept[]> {
  const today = localDate(ctx.clock.now())
  const prefixes = candidates.map(({ code }) => keptPrefix(code, today))
  const live = await findLivePrefixes(ctx, [...new Set(prefixes.filter(prefix => prefix !== undefined))])
  const kept = candidates.map((candidate, i) => {
    const prefix = prefixes[i]
    return { candidate, code: prefix === undefined || live.has(prefix) ? null : candidate.code }
  })
  const taken = await findTakenCodes(
    ctx,
    kept.flatMap(({ code }) => code ?? []),
    check,
  )
  return kept.filter(({ candidate: { row }, code }) => {
    if (code === null) return true
    if (!taken.has(code)) return taken.add(code)
    refused.push({ row, problems: [{ column: 'code', code: 'code-taken', value: code }] })
    return false
  })
}

async function write(ctx: Ctx, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return
  const ids = await takeIds(ctx, kept.length)
  const given = await giveCodes(
    ctx,
    kept.filter(({ code }) => code === null).map(({ candidate }) => candidate),
  )
  const histories = kept.flatMap(({ candidate, code }, i) => {
    const { history } = candidate
    return history ? [{ ...history, id: ids[i] ?? 0, code: code ?? given.get(candidate) ?? '' }] : []
  })
  await appendHistories(ctx, histories)
}

/** New codes, in the order of the file within each agency and day. */
async function giveCodes(ctx: Ctx, candidates: readonly Candidate[]): Promise<Map<Candidate, string>> {
  const series = [...Map.groupBy(candidates, ({ agency, day }) => `${agency.id} ${day}`).values()]
  const wanted = series.map(members => ({
    agencyId: members[0]?.agency.id ?? 0,
    day: members[0]?.day ?? '',
    count: members.length,
  }))
  const lasts = await takeNumbers(ctx, wanted)
  const codes = series.flatMap((members, s) =>
    members.map((candidate, i) => {
      const number = (lasts[s] ?? 0) - members.length + 1 + i
      return [candidate, seriesCode(candidate.agency.code, candidate.day, number)] as const
    }),
  )
  return new Map(codes)
}
