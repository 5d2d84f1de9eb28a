import { keySql, placeText, readPlace } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ListKind, ReportColumn, ReportPage, ReportRow } from '#src/reports/report.ts'
import { dossierList } from './dossier-rows.ts'
import { scopeSql, scopeValues } from './scope.query.ts'

/**
 * Common table expressions that end in `late`: dossiers which became late for the first time in the period, since when, and whether an
 * apology (form 04) had been issued by its end. From the facts, as form II.06a counts what is overdue. Parameters as in `scopeSql`.
 */
export const LATE = `
risen AS (
  SELECT dossier_id, at FROM (
    SELECT f.dossier_id, f.at, f.n FROM fact f
    WHERE f.measure = 'overdue' AND f.at >= $1::timestamptz AND f.at < $2::timestamptz AND ($3::int[] IS NULL OR f.agency_id = ANY ($3))
    UNION ALL
    SELECT i.dossier_id, i.at, i.n FROM fact_inbox i
    WHERE i.measure = 'overdue' AND i.at >= $1::timestamptz AND i.at < $2::timestamptz
  ) x GROUP BY dossier_id, at HAVING sum(n) > 0
), first AS (
  SELECT dossier_id, min(at) AS at FROM risen GROUP BY dossier_id
), before AS (
  SELECT DISTINCT dossier_id FROM (
    SELECT f.dossier_id, f.at, f.n FROM first r JOIN fact f ON f.dossier_id = r.dossier_id
    WHERE f.measure = 'overdue' AND f.at < $1::timestamptz
    UNION ALL
    SELECT i.dossier_id, i.at, i.n FROM first r JOIN fact_inbox i ON i.dossier_id = r.dossier_id
    WHERE i.measure = 'overdue' AND i.at < $1::timestamptz
  ) x GROUP BY dossier_id, at HAVING sum(n) > 0
), late AS (
  SELECT r.dossier_id, r.at, EXISTS (
    SELECT FROM dossier_event e WHERE e.dossier_id = r.dossier_id AND e.type = 'extended' AND e.at < $2::timestamptz) AS apologised
  FROM first r JOIN dossier d ON d.id = r.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE NOT EXISTS (SELECT FROM before b WHERE b.dossier_id = r.dossier_id) AND ${scopeSql('d.competent_agency_id')}
)`

type Row = {
  id: number
  /** When it became late, in microseconds since 1970. */
  key: number
  code: string
  procedure: string
  agency: string
  receivedAt: Date
  dueAt: Date | null
  lateAt: Date
  endedAt: Date | null
  cause: string | null
}

/** $7 and $8 where the page before ended (microseconds since 1970 and a number), $9 how many. */
const PAGE = `
WITH ${LATE}
SELECT d.id, ${keySql('l.at')} AS key, coalesce(d.code, 'D' || d.id) AS code, v.procedure_code || ' ' || v.name AS procedure, a.name AS agency,
  d.received_at AS "receivedAt", d.original_due_at AS "dueAt", date_trunc('second', l.at) AS "lateAt",
  CASE WHEN coalesce(d.ready_at, d.closed_at) < $2::timestamptz THEN coalesce(d.ready_at, d.closed_at) END AS "endedAt",
  nullif(concat_ws(', ', p.name, c.name), '') AS cause
FROM late l JOIN dossier d ON d.id = l.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
JOIN agency a ON a.id = d.competent_agency_id
LEFT JOIN agency c ON c.id = d.cause_agency_id LEFT JOIN account p ON p.id = d.cause_account_id
WHERE NOT l.apologised AND ($8::bigint IS NULL OR (l.at, d.id) > ('epoch'::timestamptz + $7::bigint * interval '1 microsecond', $8))
ORDER BY l.at, d.id LIMIT $9::int`

const COUNT = `WITH ${LATE} SELECT count(*)::int AS n FROM late WHERE NOT apologised`

const columns: readonly ReportColumn[] = [
  { key: 'procedure', head: ['Thủ tục', 'Procedure'], kind: 'text', width: 40 },
  { key: 'agency', head: ['Cơ quan giải quyết', 'Agency'], kind: 'text', width: 28 },
  { key: 'received', head: ['Tiếp nhận', 'Received'], kind: 'instant', width: 16 },
  { key: 'due', head: ['Hẹn trả', 'Due'], kind: 'instant', width: 16 },
  { key: 'late', head: ['Quá hạn từ', 'Late since'], kind: 'instant', width: 16 },
  { key: 'ended', head: ['Kết thúc', 'Ended'], kind: 'instant', width: 16 },
  { key: 'cause', head: ['Gây quá hạn', 'Caused by'], kind: 'text', width: 28 },
]

/** Dossiers that became late and for which nobody apologised: what stands between late dossiers and apologies issued. */
export const lateWithoutApology: ListKind = {
  ...dossierList,
  key: 'tre-khong-xin-loi',
  title: ['Hồ sơ quá hạn chưa xin lỗi', 'Late without an apology'],
  about: [
    'Từng hồ sơ phát sinh quá hạn trong kỳ mà đến cuối kỳ chưa có phiếu xin lỗi.',
    'Each dossier that became late in the period and had no apology by its end.',
  ],
  groupings: [
    { value: 'all', head: ['Kể cả cơ quan cấp dưới', 'With the agencies below'] },
    { value: 'own', head: ['Riêng cơ quan này', 'This agency alone'] },
  ],
  columns,
  page: readPage,
  async count(ctx, asked) {
    const [found] = await run<{ n: number }>(ctx.db, COUNT, await listValues(ctx, asked))
    return found?.n ?? 0
  },
}

function listValues(ctx: Ctx, asked: Asked): Promise<unknown[]> {
  return scopeValues(ctx, asked.by === 'own' ? { ...asked, agencies: [asked.agency.id] } : asked)
}

async function readPage(
  ctx: Ctx,
  asked: Asked,
  { after, limit }: { after: string | null; limit: number },
): Promise<ReportPage> {
  const { key, id } = after === null ? { key: null, id: null } : readPlace(after)
  const found = await run<Row>(ctx.db, PAGE, [...(await listValues(ctx, asked)), key, id, limit + 1])
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const next = found.length > limit && last ? placeText(last) : null
  return { rows: rows.map(rowOf), next }
}

function rowOf(row: Row): ReportRow {
  const { code, procedure, agency, receivedAt, dueAt, lateAt, endedAt, cause } = row
  const cells = { procedure, agency, received: receivedAt, due: dueAt, late: lateAt, ended: endedAt, cause }
  return { key: code, label: code, cells, hrefs: { label: `/ho-so/${code}` } }
}
