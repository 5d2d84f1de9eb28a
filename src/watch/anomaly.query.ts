import { addDays, dayNumber, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { RESULT_FILE } from '#src/steps/sign-result.ts'
import { getSettings } from '#src/warnings/warning-rule.query.ts'
import type { Settings } from '#src/warnings/watch-setting.ts'

export const anomalyKinds = [
  'late-supplement',
  'repeated-pauses',
  'no-result-file',
  'mass-close',
  'edit-after-closing',
  'late-correction',
] as const
/** Not proof of anything: what a supervisor should look at. */
export type AnomalyKind = (typeof anomalyKinds)[number]

/** `value`: hours left or passed, pauses, or dossiers closed in one go. `ref` is null where it is about many dossiers. */
export type Anomaly = {
  kind: AnomalyKind
  at: Date
  ref: string | null
  procedure: string | null
  person: string | null
  agency: { code: string; name: string } | null
  value: number
}

/** Local days, both included. */
export type AnomaliesAsked = { from: LocalDate; to: LocalDate; kind?: AnomalyKind | undefined; limit: number }
export const LONGEST_PERIOD_DAYS = 92

const hours = (later: string, earlier: string) => `round(extract(epoch FROM ${later} - ${earlier}) / 3600, 1)::float8`

/**
 * `$1 from, $2 to, $3 whole province, $4 agency of who did it`; the threshold is `$5`. Reads the events of a kind by their time. What another
 * system did is not for ours to watch.
 */
const WATCHED = 'e.at >= $1 AND e.at < $2 AND e.recorded_at IS NULL AND ($3::boolean OR e.agency_id = $4)'
const WHO = `coalesce(d.code, 'D' || d.id) AS ref, v.name AS procedure, o.name AS person,
  CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('code', g.code, 'name', g.short_name) END AS agency`
const NAMES = `
  LEFT JOIN account o ON o.id = substring(e.actor FROM '^officer:([0-9]+)$')::int
  LEFT JOIN agency g ON g.id = e.agency_id`
const FROM = `dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id ${NAMES}`

/** One statement for each kind; every one takes `$1 … $4` and its own thresholds after them. */
export const anomalySql: Record<AnomalyKind, { text: string; thresholds: readonly (keyof Settings)[] }> = {
  // Of a short procedure every hour is one of the last: the larger part of the time has to be gone, too.
  'late-supplement': {
    thresholds: ['late-supplement-hours'],
    text: `SELECT e.at, ${WHO}, ${hours('p.due_at', 'e.at')} AS value
      FROM ${FROM} JOIN dossier_event p ON p.dossier_id = e.dossier_id AND p.seq = e.seq - 1
      WHERE ${WATCHED} AND e.type = 'supplement-requested' AND p.due_at < e.at + $5 * interval '1 hour'
        AND p.due_at - e.at < e.at - d.received_at`,
  },
  'repeated-pauses': {
    thresholds: ['repeated-pauses'],
    text: `SELECT * FROM (
      SELECT DISTINCT ON (d.id) e.at, ${WHO}, jsonb_array_length(d.detail -> 'pauses')::float8 AS value FROM ${FROM}
      WHERE ${WATCHED} AND e.type IN ('supplement-requested', 'financial-obligation-notified')
        AND jsonb_array_length(d.detail -> 'pauses') >= $5
      ORDER BY d.id, e.at DESC) each`,
  },
  'no-result-file': {
    thresholds: [],
    text: `SELECT * FROM (
      SELECT DISTINCT ON (d.id) e.at, ${WHO}, 0::float8 AS value FROM ${FROM}
      WHERE ${WATCHED} AND e.type IN ('result-ready', 'handed-over')
        AND NOT EXISTS (SELECT FROM paper f WHERE f.dossier_id = d.id AND f.component_code = '${RESULT_FILE}')
      ORDER BY d.id, e.at) each`,
  },
  'mass-close': {
    thresholds: ['mass-close-count', 'mass-close-minutes'],
    text: `SELECT max(e.at) AS at, NULL AS ref, NULL AS procedure, o.name AS person,
        CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('code', g.code, 'name', g.short_name) END AS agency, count(*)::float8 AS value
      FROM (
        SELECT *, sum(CASE WHEN gap THEN 1 ELSE 0 END) OVER (PARTITION BY actor ORDER BY at, dossier_id) AS burst FROM (
          SELECT e.actor, e.agency_id, e.at, e.dossier_id,
            count(*) OVER (PARTITION BY e.actor ORDER BY e.at RANGE BETWEEN $6 * interval '1 minute' PRECEDING AND CURRENT ROW) AS together,
            e.at - lag(e.at) OVER (PARTITION BY e.actor ORDER BY e.at, e.dossier_id) > $6 * interval '1 minute' AS gap
          FROM dossier_event e
          WHERE ${WATCHED} AND e.type IN ('result-ready', 'handed-over', 'stopped', 'withdrawn') AND e.actor LIKE 'officer:%'
        ) timed
      ) e ${NAMES}
      GROUP BY e.actor, e.burst, o.name, g.id HAVING max(e.together) >= $5`,
  },
  'edit-after-closing': {
    thresholds: [],
    text: `SELECT e.at, ${WHO}, ${hours('e.at', 'd.closed_at')} AS value FROM ${FROM}
      WHERE ${WATCHED} AND e.type IN ('corrected', 'noted', 'fee-collected') AND e.at > d.closed_at`,
  },
  'late-correction': {
    thresholds: ['late-correction-hours'],
    text: `SELECT e.at, ${WHO}, ${hours('e.at', 'd.received_at')} AS value FROM ${FROM}
      WHERE ${WATCHED} AND e.type = 'corrected' AND e.at > d.received_at + $5 * interval '1 hour'`,
  },
}

/** What was out of the ordinary in the period, newest first: in the whole province for those who oversee it, else done in one's agency. */
export async function listAnomalies(ctx: Ctx, officer: Officer, asked: AnomaliesAsked): Promise<Anomaly[]> {
  const settings = await getSettings(ctx)
  const all = officer.role === 'director' || officer.role === 'control'
  const from = startOfLocalDay(asked.from)
  const period = [from, startOfLocalDay(addDays(asked.to, 1)), all, officer.agencyId]
  const kinds = asked.kind ? [asked.kind] : anomalyKinds
  const lists = await Promise.all(
    kinds.map(async kind => {
      const { text, thresholds } = anomalySql[kind]
      const values = [...period, ...thresholds.map(key => settings[key])]
      const rows = await run<Omit<Anomaly, 'kind'>>(ctx.db, `${text} ORDER BY at DESC LIMIT ${asked.limit}`, values)
      return rows.map(row => ({ kind, ...row }))
    }),
  )
  return lists
    .flat()
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, asked.limit)
}

/** The last thirty days unless said otherwise. Throws `anomaly-period`. */
export function periodOf(asked: { from?: LocalDate | undefined; to?: LocalDate | undefined }, now: Date) {
  const today = localDate(now)
  const to = asked.to ?? (asked.from && asked.from > today ? asked.from : today)
  const from = asked.from ?? addDays(to, -29)
  const days = dayNumber(to) - dayNumber(from) + 1
  // After the last day a calendar can write there is none to end the period at.
  if (days >= 1 && days <= LONGEST_PERIOD_DAYS && to < '9999-12-31') return { from, to }
  throw new Refusal('invalid', 'anomaly-period', { field: 'to', params: { days: LONGEST_PERIOD_DAYS } })
}

export function anomalyText(kind: AnomalyKind, t: T): string {
  const names: Record<AnomalyKind, readonly [string, string]> = {
    'late-supplement': ['Yêu cầu bổ sung sát hạn', 'Supplement asked close to the due time'],
    'repeated-pauses': ['Dừng tính thời gian nhiều lần', 'Clock stopped repeatedly'],
    'no-result-file': ['Có kết quả mà không có tệp', 'Result without its file'],
    'mass-close': ['Kết thúc hàng loạt hồ sơ', 'Many dossiers closed in one go'],
    'edit-after-closing': ['Ghi thêm sau khi kết thúc', 'Written to after closing'],
    'late-correction': ['Đính chính muộn', 'Corrected late'],
  }
  return t(...names[kind])
}

/** What exactly, in words. */
export function anomalyDetail({ kind, value }: Pick<Anomaly, 'kind' | 'value'>, t: T): string {
  switch (kind) {
    case 'late-supplement':
      return value < 0
        ? t(`quá hạn ${-value} giờ mới yêu cầu`, `asked ${-value} hours after the due time`)
        : t(`còn ${value} giờ đến hạn`, `${value} hours before the due time`)
    case 'repeated-pauses':
      return t(`${value} lần dừng`, `${value} pauses`)
    case 'no-result-file':
      return t('chưa có tệp kết quả đã ký', 'the signed result is not on file')
    case 'mass-close':
      return t(`${value} hồ sơ liên tiếp`, `${value} dossiers in a row`)
    case 'edit-after-closing':
      return t(`${value} giờ sau khi kết thúc`, `${value} hours after closing`)
    case 'late-correction':
      return t(`${value} giờ sau khi tiếp nhận`, `${value} hours after reception`)
  }
}
