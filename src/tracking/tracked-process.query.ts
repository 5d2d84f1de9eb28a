import type { Term } from '#src/calendar/deadline.ts'
import type { State } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import { getProcess, type ProcessInForce } from '#src/processes/process.query.ts'
import { viewedRoot, type Way } from './tracking.query.ts'

/** Where a dossier stands in its process, for the citizen it belongs to: agencies, never an officer's name. */
export type TrackedProcess = {
  code: string | null
  state: State
  procedure: string
  /** What it runs by; null before reception, when nobody is at work on it. */
  process: ProcessInForce | null
  /** The term it was received under; its process may count in shares of it. */
  term: Term | null
  /** Key and name of the step under way, and the agency whose turn it is; null before reception and after the result. */
  step: { key: string; name: string } | null
  where: string | null
  /** Keys of the steps it ever left. */
  left: string[]
  /** Names of agencies. */
  receiving: string
  competent: string
  /** Of those its process names by code. */
  others: [code: string, name: string][]
}

type Row = Omit<TrackedProcess, 'procedure' | 'process'> & { procedure: number; process: number | null }

const DRAWN = (found: string) => `
WITH ${viewedRoot(found)}
SELECT root.code, root.state, root.procedure_version_id AS procedure,
       CASE WHEN root.received_at IS NOT NULL THEN root.process_version_id END AS process,
       root.detail -> 'term' AS term, h.name AS where, r.name AS receiving, k.name AS competent,
       CASE WHEN root.step_key IS NOT NULL THEN json_build_object('key', root.step_key, 'name', root.detail #>> '{step,name}') END AS step,
       ARRAY(SELECT jsonb_object_keys(root.detail -> 'outcomes')) AS left,
       (SELECT coalesce(json_agg(json_build_array(a.code, a.name)), '[]') FROM agency a
        WHERE a.code IN (SELECT jsonb_path_query(v.expanded, 'strict $.steps[*].**.agency.code') #>> '{}'
                         FROM process_version v WHERE v.id = root.process_version_id)) AS others
FROM root
JOIN agency r ON r.id = root.receiving_agency_id
JOIN agency k ON k.id = root.competent_agency_id
LEFT JOIN agency h ON h.id = root.holder_agency_id`

/** The dossier handed in, and the note that it was looked at, in one round trip; undefined for whoever may not see it. */
export async function findTrackedProcess(ctx: Ctx, { found, values }: Way): Promise<TrackedProcess | undefined> {
  const [row] = await run<Row>(ctx.db, DRAWN(found), values)
  if (!row) return undefined
  // Procedures and processes are kept, so this asks the database only the first time.
  const { name: procedure } = await getProcedureVersion(ctx, row.procedure)
  return { ...row, procedure, process: row.process === null ? null : await getProcess(ctx, row.process) }
}
