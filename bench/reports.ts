import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { addDays, startOfLocalDay } from '#src/calendar/local-date.ts'
import { type AskedSums, sumFacts } from '#src/facts/fact-sums.query.ts'
import { foldFacts } from '#src/facts/fold-facts.ts'
import type { TallyKey } from '#src/facts/tally.ts'
import { fixedClock } from '#src/platform/clock.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { createDb } from '#src/platform/db.ts'
import { startEmbedded } from '#src/platform/embedded.ts'
import { silentLog } from '#src/platform/log.ts'
import { migrate } from '#src/platform/migrate.ts'
import { openDuckDb } from './duckdb.ts'

const DOSSIERS = Number(process.env.BENCH_DOSSIERS || 5_000_000)
const EVENTS = Number(process.env.BENCH_EVENTS || 10)
const ROUNDS = Number(process.env.BENCH_ROUNDS || 9)
/** 484 agencies × 40 fields × 3 channels: 58,080 groups. */
const [AGENCIES, FIELDS] = [484, 40]
const [FIRST, DAYS] = ['2025-06-01', 560]
const CHUNK = 250_000

/** The counts of form II.06a. */
const KEYS: TallyKey[] = [
  ...(['carried', 'received', 'received_online', 'early', 'on_time', 'late', 'no_term'] as const),
  ...(['withdrawn', 'stopped', 'open', 'overdue'] as const),
]

type Question = { name: string; by: AskedSums['by']; agency?: number; from: string; to: string }
const YEAR = { from: '2025-12-15', to: '2026-12-14' }
const ANY = { from: '2025-12-18', to: '2026-11-20' }
const questions: Question[] = [
  { name: 'province by field, a year', by: ['field'], ...YEAR },
  { name: 'province by field, any days', by: ['field'], ...ANY },
  { name: 'one agency by field, a year', by: ['field'], agency: 7, ...YEAR },
  { name: 'one agency by field, any days', by: ['field'], agency: 7, ...ANY },
  { name: 'agency × field × channel, a year', by: ['agency', 'field', 'channel'], ...YEAR },
  { name: 'agency × field × channel, any days', by: ['agency', 'field', 'channel'], ...ANY },
]

const until = (to: string) => startOfLocalDay(addDays(to, 1))

/**
 * Form II.06a over millions of dossiers: from our facts, by plain SQL on a bare table of dossiers in the same database, and by DuckDB on the
 * same rows. Every answer is compared with the others'; times are medians, in milliseconds, of the whole way to rows in this process.
 */
export async function benchReports(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-bench-'))
  const server = await startEmbedded(folder)
  try {
    await migrate(server.url)
    const db = createDb(server.url, { max: 4 })
    const client = new pg.Client({ connectionString: server.url, options: '-c role=motcua_app -c jit=off' })
    const owner = new pg.Client({ connectionString: server.url })
    await Promise.all([client.connect(), owner.connect()])
    await generate(owner)
    const ctx: Ctx = {
      db,
      clock: fixedClock('2026-12-31T08:00:00+07:00'),
      log: silentLog,
      actor: { kind: 'system', name: 'bench' },
    }
    await told('sums', () => foldFacts(ctx))
    for (const table of ['fact', 'fact_balance', 'bench_dossier']) await owner.query(`VACUUM ANALYZE ${table}`)
    const duck = await openDuckDb(join(folder, 'bench.duckdb'))
    await told('DuckDB', () => copyTo(duck, owner, join(folder, 'dossiers.csv')))
    for (const question of questions) await compare(question, { ctx, client, duck })
    duck.closeSync()
    await Promise.all([client.end(), owner.end(), db.destroy()])
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function told(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = Date.now()
  await work()
  console.log(`${what} ready after ${((Date.now() - start) / 1000).toFixed(0)} s`)
}

/**
 * Dossiers of a year and a half: seven in a hundred late, five open at the end, some withdrawn. Of each the facts its commands would have
 * written: received, ended, due, and no longer overdue, which for what is solved in time is the moment it would have become so. The ledger is there for
 * its size alone, with bare events: no report reads it.
 */
async function generate(owner: pg.Client): Promise<void> {
  await owner.query(`GRANT ALL ON SCHEMA public TO motcua_app;
    CREATE TABLE bench_dossier (id int, agency int, field int, channel text, received timestamptz, due timestamptz, ended timestamptz, outcome text);
    GRANT SELECT ON bench_dossier TO motcua_app;
    DROP INDEX fact_dossier; DROP INDEX fact_at; DROP INDEX fact_agency;
    DROP INDEX dossier_event_command; DROP INDEX dossier_event_watched; DROP INDEX dossier_event_by_officer; DROP INDEX dossier_event_told;
    SET session_replication_role = replica`)
  await told('dossiers, events and facts', async () => {
    for (let done = 0; done < DOSSIERS; done += CHUNK) {
      const last = Math.min(done + CHUNK, DOSSIERS)
      await owner.query(MAKE, [done + 1, last, startOfLocalDay(FIRST), DAYS])
      await owner.query(MAKE_EVENTS, [done + 1, last, EVENTS])
      process.stdout.write(`\r${last.toLocaleString('en')} dossiers, ${(last * EVENTS).toLocaleString('en')} events `)
    }
  })
  await told('indexes', () =>
    owner.query(`CREATE INDEX fact_dossier ON fact (dossier_id); CREATE INDEX fact_at ON fact (at);
      CREATE INDEX fact_agency ON fact (agency_id, at) INCLUDE (field_id, measure, n, channel);
      CREATE INDEX ON bench_dossier (agency, received)`),
  )
}

const MAKE = `
WITH made AS (
  INSERT INTO bench_dossier
  SELECT n, 1 + (n * 7919::bigint) % ${AGENCIES}, 1 + (n * 104729::bigint / ${AGENCIES}) % ${FIELDS},
         (ARRAY['counter', 'online', 'post'])[1 + n % 3], r.at, r.at + r.term,
         CASE WHEN r.fate < 0.93 THEN r.at + r.term * (0.2 + 0.8 * r.fate) WHEN r.fate < 0.98 THEN r.at + r.term * 1.4 END,
         CASE WHEN r.fate < 0.45 THEN 'early' WHEN r.fate < 0.92 THEN 'on_time' WHEN r.fate < 0.93 THEN 'withdrawn' WHEN r.fate < 0.98 THEN 'late' END
  FROM generate_series($1::int, $2::int) n,
       LATERAL (SELECT $3::timestamptz + random() * $4::int * interval '1 day' AS at, (1 + n % 20) * interval '1 day' AS term, random() AS fate) r
  RETURNING *
)
INSERT INTO fact (at, dossier_id, agency_id, field_id, measure, n, channel, procedure_code)
SELECT f.at, m.id, m.agency, m.field, f.measure::fact_measure, f.n, m.channel, '1.' || lpad((m.field * 7 + m.id % 7)::text, 6, '0')
FROM made m, LATERAL (VALUES (m.received, 'received', 1), (m.ended, m.outcome, 1), (m.due, 'overdue', 1), (greatest(m.due, m.ended), 'overdue', -1))
  AS f (at, measure, n)
WHERE f.at IS NOT NULL AND NOT (m.ended IS NULL AND f.n = -1) AND f.measure IS NOT NULL`

const MAKE_EVENTS = `
INSERT INTO dossier_event (dossier_id, seq, at, type, actor, command_id, command_digest, state, payload, prev_hash, hash)
SELECT d.id, s, d.received + (s - 1) * (coalesce(d.ended, d.due) - d.received) / $3::int, CASE s WHEN 1 THEN 'received' ELSE 'step-completed' END,
       'officer:1', d.id || '-' || s, '', 'in-process', '{}', '', sha256(int8send(d.id * 100::bigint + s))
FROM bench_dossier d, generate_series(1, $3) s WHERE d.id BETWEEN $1 AND $2`

async function copyTo(duck: Awaited<ReturnType<typeof openDuckDb>>, owner: pg.Client, file: string): Promise<void> {
  const out = createWriteStream(file)
  for (let after = 0; ; ) {
    const text = `SELECT concat_ws(',', id, agency, field, channel, to_char(received AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
      to_char(due AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
      coalesce(to_char(ended AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'), ''), coalesce(outcome, '')) AS line
      FROM bench_dossier WHERE id > $1 AND id <= $2`
    const { rows } = await owner.query<{ line: string }>(text, [after, after + CHUNK])
    if (rows.length === 0) break
    if (!out.write(`${rows.map(({ line }) => line).join('\n')}\n`)) await once(out, 'drain')
    after += CHUNK
  }
  out.end()
  await once(out, 'close')
  await duck.run(`SET threads = 2`)
  await duck.run(`CREATE TABLE bench_dossier AS SELECT * FROM read_csv('${file}', header = false, nullstr = '', columns = {
    'id': 'INTEGER', 'agency': 'INTEGER', 'field': 'INTEGER', 'channel': 'VARCHAR', 'received': 'TIMESTAMP', 'due': 'TIMESTAMP',
    'ended': 'TIMESTAMP', 'outcome': 'VARCHAR'})`)
}

/** The form by plain SQL that both databases understand; `instant` writes one for either. */
function plainSql({ by, agency, from, to }: Question, instant: (at: Date) => string): string {
  const [a, z] = [instant(startOfLocalDay(from)), instant(until(to))]
  const columns = by.join(', ')
  return `
SELECT ${columns}, count(*) FILTER (WHERE received < ${a}) AS carried, count(*) FILTER (WHERE received >= ${a}) AS received,
  count(*) FILTER (WHERE received >= ${a} AND channel = 'online') AS received_online,
  ${['early', 'on_time', 'late', 'no_term', 'withdrawn', 'stopped']
    .map(outcome => `count(*) FILTER (WHERE outcome = '${outcome}' AND ended < ${z}) AS ${outcome}`)
    .join(', ')},
  count(*) FILTER (WHERE ended IS NULL OR ended >= ${z}) AS open,
  count(*) FILTER (WHERE (ended IS NULL OR ended >= ${z}) AND due < ${z}) AS overdue
FROM bench_dossier WHERE received < ${z} AND (ended IS NULL OR ended >= ${a})${agency ? ` AND agency = ${agency}` : ''}
GROUP BY ${columns}`
}

type Databases = { ctx: Ctx; client: pg.Client; duck: Awaited<ReturnType<typeof openDuckDb>> }
type Answer = Record<string, number | string>

async function compare(question: Question, { ctx, client, duck }: Databases): Promise<void> {
  const { by, agency, from, to } = question
  const asked = { by, agencies: agency ? [agency] : null, from: startOfLocalDay(from), until: until(to), keys: KEYS }
  const inPostgres = plainSql(question, at => `'${at.toISOString()}'::timestamptz`)
  const inDuckDb = plainSql(question, at => `TIMESTAMP '${at.toISOString().slice(0, -1).replace('T', ' ')}'`)
  const ways: Record<string, () => Promise<Answer[]>> = {
    ours: async () =>
      (await sumFacts(ctx, asked)).map(row => ({
        agency: row.agencyId,
        field: row.fieldId,
        channel: row.channel,
        ...row.tally,
      })),
    plain: async () => (await client.query(inPostgres)).rows,
    duckdb: async () => (await duck.runAndReadAll(inDuckDb)).getRowObjectsJS() as Answer[],
  }
  const times: Record<string, number> = {}
  const answers = new Map<string, string>()
  for (const [way, ask] of Object.entries(ways)) answers.set(way, summary(await ask(), by))
  for (const [way, ask] of Object.entries(ways)) times[way] = await median(ask)
  if (new Set(answers.values()).size !== 1)
    throw new Error(`the answers to "${question.name}" differ:\n${[...answers].join('\n')}`)
  const { ours = 0, plain = 0, duckdb = 0 } = times
  const ms = (time: number) => time.toFixed(1).padStart(8)
  console.log(
    `${question.name.padEnd(36)} ours ${ms(ours)} ms  plain SQL ${ms(plain)} ms  DuckDB ${ms(duckdb)} ms  ours ÷ DuckDB ${(ours / duckdb).toFixed(2)}  ours ÷ plain ${(ours / plain).toFixed(3)}`,
  )
}

async function median(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < ROUNDS; i += 1) {
    const start = performance.now()
    await ask()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0
}

/** Groups and their counts in one line each, in an order of their own. */
function summary(rows: Answer[], by: Question['by']): string {
  const lines = rows
    .map(row => `${by.map(dim => row[dim]).join(' ')}: ${KEYS.map(key => Number(row[key])).join(' ')}`)
    .filter(line => /[1-9]/u.test(line.split(': ')[1] ?? ''))
    .sort()
  return lines.length > 20 ? `${lines.length} ${lines.slice(0, 3)} ${hash(lines)}` : lines.join('\n')
}

const hash = (lines: string[]) =>
  lines.reduce(
    (sum, line) => (Math.imul(sum, 31) + [...line].reduce((s, c) => Math.imul(s, 31) + c.charCodeAt(0), 7)) | 0,
    0,
  )
