import { createHash } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect, type QueryResult } from 'kysely'
import pg from 'pg'
import type { Ctx } from './ctx.ts'
import type { DB } from './db.gen.ts'

export type Db = Kysely<DB>

/** Instants as Date, bigint as number (ids and money stay below 2^53), dates as 'YYYY-MM-DD' text. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)

/** The role every request runs as; it cannot rewrite the ledger (db/migrations, `grants`). */
export const APP_ROLE = 'motcua_app'

/** `training`: SQL's `now()` is the training clock's too (src/platform/training.ts). `role: null` stays the connecting user. */
export type DbOptions = { max?: number; role?: string | null; name?: string; training?: boolean }

/** A bare pool with the role and clock every connection of ours has; the job queue works on one. */
export function createPool(url: string, options: DbOptions = {}): pg.Pool {
  const role = options.role === undefined ? APP_ROLE : options.role
  const training = options.training && 'search_path=training,pg_catalog,public'
  // To compile a statement takes longer than to run any of ours; a report of tens of thousands of groups needs memory for them.
  const settings = ['jit=off', 'work_mem=16MB', role && `role=${role}`, training].filter(Boolean)
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'motcua',
    options: settings.map(setting => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 10_000,
  })
  // A lost connection is replaced by the pool, and the query that needed it reports the failure;
  // unheard, the event would end the process.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

/**
 * A pool whose every statement is prepared once per connection under the digest of its text,
 * so that the database plans a query once and not on each request.
 */
export function createDb(url: string, options: DbOptions = {}): Db {
  const pool = createPool(url, options)
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) as never }) })
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<Db, pg.Pool>()

/** Connections of this process: open, unused, and requests that wait for one. */
export function poolUsage(db: Db): { total: number; idle: number; waiting: number } {
  const pool = pools.get(db)
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 }
}

const names = new Map<string, string>()

/** Longer texts come from lists built per request; preparing those would only fill the server's memory. */
const PREPARE_MAX = 12_000

function nameOf(text: string): string | undefined {
  if (text.length > PREPARE_MAX) return undefined
  let name = names.get(text)
  if (!name) {
    if (names.size > 2_000) return undefined
    name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
  }
  return name
}

function preparing(pool: pg.Pool) {
  return {
    connect: async () => {
      const client = await pool.connect()
      return {
        query: (text: string, values: unknown[]) =>
          typeof text === 'string' && values?.length
            ? client.query({ name: nameOf(text), text, values: [...values] })
            : client.query(text as never, values as never),
        release: () => client.release(),
      }
    },
    end: () => pool.end(),
  }
}

/** Runs constant SQL text without a query builder in between: for the few statements on the hot path. */
export async function run<Row>(db: Db, text: string, values: readonly unknown[]): Promise<Row[]> {
  const result: QueryResult<Row> = await db.executeQuery(CompiledQuery.raw(text, [...values]))
  return result.rows
}

const RETRY = new Set(['40001', '40P01'])

/**
 * Runs `work` in one transaction; joins the caller's when there is one. Serialization failures and deadlocks
 * are tried again here, in this one place, up to three times.
 */
export async function transact<R>(ctx: Ctx, work: (ctx: Ctx) => Promise<R>): Promise<R> {
  if (ctx.db.isTransaction) return work(ctx)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction().execute(db => work({ ...ctx, db }))
    } catch (error) {
      if (attempt >= 3 || !RETRY.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** True when `error` is the database's refusal by the named constraint. */
export function brokeConstraint(error: unknown, constraint: string): boolean {
  return (error as { constraint?: string }).constraint === constraint
}
