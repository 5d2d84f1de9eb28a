import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import { placeholders, type Statement } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ListKind, ReportColumn, ReportPage, ReportRow } from '#src/reports/report.ts'
import { RESULT_FILE } from '#src/steps/sign-result.ts'
import { dossierList, solvedBy } from './dossier-rows.ts'
import { type ListPlace, placeText, readPlace } from './list-place.ts'
import { listReportAgencyIds } from './names.query.ts'

type Row = {
  id: number
  agencyId: number
  /** When its result came, in microseconds since 1970. */
  key: number
  ref: string
  isSeen: boolean
  procedure: string
  agency: string
  signer: string | null
  readyAt: Date
}

const ORDER = 'd.competent_agency_id, coalesce(d.ready_at, d.closed_at), d.id'

type Of = { agencies: readonly number[] }

/** Solved within the period, the signed result not on file by its end. */
function unfiledSql(asked: Asked, { agencies }: Of): Statement & { $: ReturnType<typeof placeholders> } {
  const values: unknown[] = []
  const $ = placeholders(values)
  const where = [
    ...solvedBy(agencies, asked, $),
    `NOT EXISTS (SELECT FROM paper f WHERE f.dossier_id = d.id AND f.component_code = ${$(RESULT_FILE, 'text')}
      AND f.uploaded_at < ${$(asked.until, 'timestamptz')})`,
  ]
  return { text: `FROM dossier d WHERE ${where.join('\n    AND ')}`, values, $ }
}

/** A page of them, by agency and the time of the result. For reading and measuring it. */
export function unfiledPageSql(
  ctx: Ctx,
  asked: Asked,
  { agencies, after, limit }: Of & { after: ListPlace['after']; limit: number },
): Statement {
  const { text, values, $ } = unfiledSql(asked, { agencies })
  const behind =
    after && after.key !== null
      ? `AND (${ORDER}) > (${$(after.agencyId, 'int')}, 'epoch'::timestamptz + ${$(after.key, 'bigint')} * interval '1 microsecond', ${$(after.id, 'bigint')})`
      : ''
  const found = `SELECT d.* ${text} ${behind} ORDER BY ${ORDER} LIMIT ${$(limit, 'int')}`
  const sight = sightSql(values.length + 1)
  values.push(...sightValues(sightOf(ctx.actor)))
  return {
    values,
    text: `
SELECT d.id, d.competent_agency_id AS "agencyId", (extract(epoch FROM d.ready_at) * 1000000)::bigint AS key,
  coalesce(d.code, 'D' || d.id) AS ref, ${sight} AS "isSeen", v.procedure_code || ' ' || v.name AS procedure, a.short_name AS agency,
  o.name AS signer, d.ready_at AS "readyAt"
FROM (${found}) d JOIN procedure_version v ON v.id = d.procedure_version_id JOIN agency a ON a.id = d.competent_agency_id
LEFT JOIN LATERAL (
  SELECT substring(e.actor FROM '^officer:([0-9]+)$')::int AS account_id FROM dossier_event e
  WHERE e.dossier_id = d.id AND e.type = 'result-ready' ORDER BY e.seq DESC LIMIT 1) e ON true
LEFT JOIN account o ON o.id = e.account_id
ORDER BY ${ORDER}`,
  }
}

const columns: readonly ReportColumn[] = [
  { key: 'procedure', head: ['Thủ tục', 'Procedure'], kind: 'text', width: 44 },
  { key: 'ready', head: ['Có kết quả', 'Result ready'], kind: 'instant', width: 17 },
  { key: 'signer', head: ['Người trả kết quả', 'Given by'], kind: 'text', width: 24 },
  { key: 'agency', head: ['Cơ quan giải quyết', 'Agency'], kind: 'text', width: 28 },
]

/** Where the signed result is still to be put on file: what the index of service counts as results without one. */
export const unfiledResults: ListKind = {
  ...dossierList,
  key: 'chua-co-tep-ket-qua',
  title: ['Hồ sơ có kết quả, chưa có tệp đã ký', 'Results without their signed file'],
  about: [
    'Từng hồ sơ có kết quả trong kỳ mà đến cuối kỳ chưa có tệp kết quả đã ký.',
    'Each dossier with a result in the period whose signed file was not there by its end.',
  ],
  columns,
  page: readPage,
  async count(ctx, asked) {
    const { text, values } = unfiledSql(asked, { agencies: await listReportAgencyIds(ctx, asked) })
    const [found] = await run<{ n: number }>(ctx.db, `SELECT count(*)::int AS n ${text}`, values)
    return found?.n ?? 0
  },
}

async function readPage(
  ctx: Ctx,
  asked: Asked,
  { after, limit }: { after: string | null; limit: number },
): Promise<ReportPage> {
  const place = readPlace(after)
  const { text, values } = unfiledPageSql(ctx, asked, {
    agencies: await listReportAgencyIds(ctx, asked),
    after: place.after,
    limit: limit + 1,
  })
  const found = await run<Row>(ctx.db, text, values)
  const last = found[limit - 1]
  const next = found.length > limit && last ? placeText({ part: 0, after: last }) : null
  return { rows: found.slice(0, limit).map(rowOf), next }
}

function rowOf({ ref, isSeen, procedure, readyAt, signer, agency }: Row): ReportRow {
  const cells = { procedure, ready: readyAt, signer, agency }
  return { key: ref, label: ref, cells, ...(isSeen && { hrefs: { label: `/ho-so/${ref}` } }) }
}
