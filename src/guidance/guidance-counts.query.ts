import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type GuidanceChannel, type GuidanceTopic, guidanceChannels, guidanceTopics } from './guidance.ts'

export const guidanceDimensions = ['agency', 'servicePoint', 'topic', 'field', 'channel'] as const
export type GuidanceDimension = (typeof guidanceDimensions)[number]

/** `until`: what was noted, and not yet struck out, before then. `agencies`: null is the whole province. */
export type AskedCounts = {
  begins: Date
  until: Date
  agencies: readonly number[] | null
  by: GuidanceDimension | null
  fieldId?: number | undefined
}
/** `key`: code, id or name of the group as text; '' where there is none. */
export type GuidanceCount = {
  key: string
  label: string
  total: number
  dossiers: number
  channels: Record<GuidanceChannel, number>
  topics: Record<GuidanceTopic, number>
}

const groups: Record<GuidanceDimension, { key: string; label: string }> = {
  agency: { key: 'a.code', label: 'a.name' },
  // Most points are named after the place already.
  servicePoint: {
    key: `coalesce(s.id::text, '')`,
    label: `coalesce(s.name || CASE WHEN vn_fold(s.name) LIKE '%' || vn_fold(a.short_name) || '%' THEN '' ELSE ', ' || a.short_name END, '')`,
  },
  topic: { key: 'n.topic', label: `''` },
  field: { key: `coalesce(f.code, '')`, label: `coalesce(f.name, '')` },
  channel: { key: 'n.channel', label: `''` },
}

/** Guidance given in a period by what was asked, most first. One statement. */
export async function countGuidance(
  ctx: Ctx,
  { begins, until, agencies, by, fieldId }: AskedCounts,
): Promise<GuidanceCount[]> {
  const { key, label } = by ? groups[by] : { key: `''`, label: `''` }
  const count = (column: string, values: readonly string[]) =>
    values.map(value => `'${value}', count(*) FILTER (WHERE n.${column} = '${value}')::int`).join(', ')
  return run<GuidanceCount>(
    ctx.db,
    `SELECT ${key} AS key, ${label} AS label, count(*)::int AS total,
       count(*) FILTER (WHERE n.outcome = 'dossier')::int AS dossiers,
       jsonb_build_object(${count('channel', guidanceChannels)}) AS channels,
       jsonb_build_object(${count('topic', guidanceTopics)}) AS topics
     FROM guidance n JOIN agency a ON a.id = n.agency_id
     LEFT JOIN service_point s ON s.id = n.service_point_id LEFT JOIN field f ON f.id = n.field_id
     WHERE n.at >= $1::timestamptz AND n.at < $2::timestamptz AND (n.struck_at >= $2::timestamptz) IS NOT FALSE
       AND ($3::int[] IS NULL OR n.agency_id = ANY ($3)) AND ($4::int IS NULL OR n.field_id = $4)
     GROUP BY 1, 2 ORDER BY total DESC, 1`,
    [begins, until, agencies, fieldId ?? null],
  )
}
