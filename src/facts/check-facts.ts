import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import { type Fact, factsOf } from '#src/dossiers/fact.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { countWrongSums, isCounting, listKeptDays } from './fact.store.ts'

/** `faults`: each a sentence, the first hundred. `counting`: dossiers are still being counted, and nothing was compared. */
export type FactReport = { dossiers: number; facts: number; days: number; counting: boolean; faults: string[] }

const BATCH = 1_000
const MAX_FAULTS = 100

type StoredFact = { measure: Fact['measure']; ms: number; n: number }
type CheckedRow = DossierRow & { stored: StoredFact[]; strayed: boolean }

/** A dossier with the facts stored of it, in one snapshot; `strayed`: some are under another agency, field, channel or procedure than its own. */
const READ = `
SELECT ${dossierColumns}, coalesce(f.stored, '[]') AS stored, coalesce(f.strayed, false) AS strayed
FROM (SELECT * FROM dossier WHERE id > $1 ORDER BY id LIMIT ${BATCH}) d
JOIN procedure_version v ON v.id = d.procedure_version_id
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('measure', x.measure, 'ms', (extract(epoch FROM x.at) * 1000)::bigint, 'n', x.n)) AS stored,
         bool_or(x.strayed) AS strayed
  FROM (SELECT s.measure, s.at, sum(s.n) AS n, bool_or(s.strayed) AS strayed
        FROM (SELECT i.measure, i.at, i.n, false AS strayed FROM fact_inbox i WHERE i.dossier_id = d.id
              UNION ALL
              SELECT k.measure, k.at, k.n, (k.agency_id, k.field_id, k.channel, k.procedure_code)
                IS DISTINCT FROM (d.competent_agency_id, v.field_id, d.channel, d.procedure_code)
              FROM fact k WHERE k.dossier_id = d.id) s
        GROUP BY s.measure, s.at HAVING sum(s.n) <> 0 OR bool_or(s.strayed)) x
) f ON true
ORDER BY d.id`

/**
 * Compares the facts of every dossier with what the dossier makes, and every sum kept with the facts it sums up. Memory stays bounded; `progress`
 * is told the number of dossiers read so far.
 */
export async function checkFacts(ctx: Ctx, progress: (dossiers: number) => void = () => {}): Promise<FactReport> {
  const report: FactReport = { dossiers: 0, facts: 0, days: 0, counting: await isCounting(ctx.db), faults: [] }
  if (report.counting) return report
  for (let after = 0; report.faults.length < MAX_FAULTS; ) {
    const rows = await run<CheckedRow>(ctx.db, READ, [after])
    for (const row of rows) checkDossier(row, report)
    const last = rows.at(-1)
    if (!last) break
    after = last.id
    progress(report.dossiers)
  }
  await checkStrays(ctx, report)
  for (const day of await listKeptDays(ctx.db)) {
    report.days += 1
    const wrong = await countWrongSums(ctx.db, day)
    if (wrong) report.faults.push(`${wrong} sums of ${day} are not what the facts before it make`)
    if (report.faults.length >= MAX_FAULTS) break
  }
  return report
}

function checkDossier(row: CheckedRow, report: FactReport): void {
  report.dossiers += 1
  report.facts += row.stored.length
  const name = row.code ?? `D${row.id}`
  if (row.strayed) report.faults.push(`${name}: counted under another agency, field, procedure or channel than its own`)
  const made = factsOf(fromRow(row)).map(({ measure, at, n }) => ({ measure, ms: at.getTime(), n }))
  if (said(made) !== said(row.stored)) report.faults.push(`${name}: its facts are not what the dossier makes`)
}

const said = (facts: readonly StoredFact[]) =>
  facts
    .map(({ measure, ms, n }) => `${measure} ${ms} ${n}`)
    .sort()
    .join('; ')

async function checkStrays(ctx: Ctx, report: FactReport): Promise<void> {
  const strays = await run<{ dossier_id: number }>(
    ctx.db,
    `SELECT DISTINCT f.dossier_id FROM (SELECT dossier_id FROM fact UNION ALL SELECT dossier_id FROM fact_inbox) f
     LEFT JOIN dossier d ON d.id = f.dossier_id WHERE d.id IS NULL LIMIT ${MAX_FAULTS}`,
    [],
  )
  for (const { dossier_id } of strays) report.faults.push(`D${dossier_id}: has facts but is no dossier`)
}
