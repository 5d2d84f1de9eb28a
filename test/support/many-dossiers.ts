import { sql } from 'kysely'
import type { Db } from '#src/platform/db.ts'

/**
 * Fills `dossier` with `count` rows in no particular order, for tests of plans and speed only: they have no history. `owner` because the
 * app cannot write what it did not decide. Nine in ten are closed; the rest spread over states, desks and people.
 */
export async function manyDossiers(owner: Db, count: number): Promise<void> {
  await sql`
    INSERT INTO dossier (version, code, tracking_secret, state, finance, delivery, procedure_code, procedure_version_id, law_pack,
      calendar_id, calendar_version, channel, receiving_agency_id, competent_agency_id, holder_agency_id, holder_role,
      holder_account_id, specialist_account_id, applicant_kind, applicant_name, applicant_id_number, applicant_phone, summary,
      received_at, original_due_at, due_at, paused_at, ready_at, closed_at, judgement, detail, created_at,
      process_version_id, step_key, step_since, step_due_at, step_minutes, partner_ids, asked, support_point_id)
    SELECT 1, agency_code || '-' || to_char(at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYMMDD') || '-' || lpad(n::text, 6, '0'), 'ABCDEFGH',
      state, 'not-required', 'none', procedure, version, 'nd-118-2025', 1, 1,
      (ARRAY['counter', 'online', 'post', 'home'])[1 + n % 4], agency, agency,
      CASE WHEN state <> 'closed' THEN agency END,
      CASE state WHEN 'closed' THEN NULL WHEN 'result-ready' THEN 'intake' WHEN 'received' THEN 'intake' ELSE 'specialist' END,
      CASE WHEN state IN ('in-process', 'supplement-requested') THEN specialists[1 + n % cardinality(specialists)] END, NULL,
      'citizen', surname || ' ' || middle || ' ' || given, lpad((n::bigint * 7919 % 1000000000000)::text, 12, '0'),
      '09' || lpad((n::bigint * 104729 % 100000000)::text, 8, '0'), 'Đăng ký khai sinh', at, due, due,
      CASE state WHEN 'supplement-requested' THEN at + interval '1 day' END,
      CASE WHEN state IN ('closed', 'result-ready') THEN at + interval '1 day' END,
      CASE state WHEN 'closed' THEN at + interval '2 days' END,
      CASE WHEN state IN ('closed', 'result-ready') THEN CASE WHEN n % 20 = 1 THEN 'late' ELSE 'early' END END,
      jsonb_build_object('step', CASE WHEN step IS NOT NULL THEN jsonb_build_object('name', step) END), at,
      1, step, CASE WHEN step IS NOT NULL THEN at END, CASE WHEN step IS NOT NULL THEN due - interval '1 day' END,
      CASE WHEN step IS NOT NULL THEN 480 END,
      CASE WHEN n % 40 IN (0, 1) THEN ARRAY[partner] ELSE '{}' END,
      CASE WHEN n % 40 = 0 AND state = 'in-process' THEN ARRAY[partner || ':specialist'] ELSE '{}' END,
      CASE WHEN n % 50 = 0 THEN point END
    FROM (
     SELECT made.*, CASE state WHEN 'received' THEN 'chuyen-ho-so' WHEN 'in-process' THEN 'tham-dinh'
                               WHEN 'supplement-requested' THEN 'tham-dinh' END AS step FROM (
      SELECT n, r.at, CASE WHEN n % 30 <> 0 THEN r.at + interval '2 days' END AS due, a.id AS agency, a.code AS agency_code,
        every.ids[1 + (mixed.up / 7 + 1) % cardinality(every.ids)] AS partner, (SELECT min(id) FROM service_point) AS point, v.procedure_code AS procedure, v.id AS version, s.specialists,
        CASE WHEN n % 10 <> 0 THEN 'closed'
             ELSE (ARRAY['received', 'in-process', 'in-process', 'supplement-requested', 'result-ready'])[1 + mixed.up / 23 % 5] END AS state,
        (ARRAY['Nguyễn', 'Nguyễn', 'Trần', 'Lê', 'Phạm', 'Võ', 'Đặng'])[1 + mixed.up / 13 % 7] AS surname,
        (ARRAY['Văn', 'Thị', 'Hoàng', 'Ngọc', 'Minh'])[1 + mixed.up / 17 % 5] AS middle,
        (ARRAY['An', 'Bình', 'Chi', 'Dũng', 'Hà', 'Khánh', 'Lan', 'Mai', 'Oanh', 'Quyên', 'Sơn', 'Tuấn', 'Vũ'])[1 + mixed.up / 19 % 13]
          AS given
      FROM generate_series(1, ${count}::int) AS n
      CROSS JOIN LATERAL (SELECT abs(hashint4(n)::bigint) AS up) mixed
      CROSS JOIN LATERAL (SELECT timestamptz '2026-03-02T02:00:00Z' - n * interval '3 minutes' AS at) r
      JOIN LATERAL (SELECT array_agg(id ORDER BY id) AS ids FROM agency) every ON true
      JOIN agency a ON a.id = every.ids[1 + mixed.up / 7 % cardinality(every.ids)]
      JOIN LATERAL (SELECT array_agg(id ORDER BY id) AS ids FROM procedure_version) texts ON true
      JOIN procedure_version v ON v.id = texts.ids[1 + mixed.up / 11 % cardinality(texts.ids)]
      CROSS JOIN (SELECT array_agg(account_id ORDER BY account_id) AS specialists FROM assignment WHERE role = 'specialist') s
     ) made
    ) placed`.execute(owner)
  await sql`VACUUM ANALYZE dossier`.execute(owner)
}
