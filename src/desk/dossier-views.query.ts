import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'

export type DossierView = {
  id: number
  at: Date
  name: string | null
  actor: string
  role: string | null
  agency: string | null
  via: string
}
export type DossierViews = { procedure: string; views: DossierView[]; nextBefore: number | null }

const VIEWS_PAGE = 50

const LIST = `
SELECT v.id, v.at, v.actor, v.actor_role AS role, v.via, a.name, g.short_name AS agency, pv.name AS procedure
FROM dossier d
JOIN procedure_version pv ON pv.id = d.procedure_version_id
LEFT JOIN LATERAL (
  SELECT * FROM dossier_view v WHERE v.dossier_id = d.id AND v.id < $5::bigint ORDER BY v.id DESC LIMIT ${VIEWS_PAGE + 1}
) v ON true
LEFT JOIN account a ON a.id = CASE WHEN v.actor ~ '^(officer|citizen):[0-9]+$' THEN split_part(v.actor, ':', 2)::int END
LEFT JOIN agency g ON g.id = v.agency_id
WHERE (d.code = $1::text OR d.id = substring($1::text FROM '^D([0-9]{1,15})$')::bigint) AND ${sightSql(2)}
ORDER BY v.id DESC`

/** Who looked at a dossier, newest first, `before` a view's id. Throws `dossier-not-found`. */
export async function listDossierViews(ctx: Ctx, ref: string, before: number | null): Promise<DossierViews> {
  const rows = await run<DossierView & { procedure: string }>(ctx.db, LIST, [
    ref,
    ...sightValues(sightOf(ctx.actor)),
    before ?? Number.MAX_SAFE_INTEGER,
  ])
  const [first] = rows
  if (!first) throw new Refusal('not-found', 'dossier-not-found')
  const views = rows.filter(row => row.id !== null).slice(0, VIEWS_PAGE)
  const nextBefore = rows.length > VIEWS_PAGE ? (views.at(-1)?.id ?? null) : null
  return { procedure: first.procedure, views, nextBefore }
}
