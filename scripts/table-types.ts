import type { Client } from 'pg'

type Column = {
  table: string
  name: string
  type: string
  array: boolean
  nullable: boolean
  generated: '' | 's' | 'v'
  identity: '' | 'a' | 'd'
  hasDefault: boolean
}

const columnsSql = `
SELECT c.relname AS "table", a.attname AS name, CASE t.typtype WHEN 'e' THEN 'text' ELSE coalesce(e.typname, t.typname) END AS type, e.oid IS NOT NULL AS "array",
       NOT a.attnotnull AS nullable, a.attgenerated AS generated, a.attidentity AS identity, a.atthasdef AS "hasDefault"
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'migration'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname COLLATE "C", a.attnum`

/** How the driver hands over each type (src/platform/db.ts sets the parsers). */
const types: Record<string, string> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'string',
  bool: 'boolean',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  uuid: 'string',
  date: 'string',
  bytea: 'Buffer',
  timestamptz: 'Timestamp',
  json: 'Json',
  jsonb: 'Json',
}

const head = `// Generated from db/migrations by "npm run generate". Do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely'

/** Has a default, so may be left out when inserting. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as Date; written as Date or as ISO 8601 text. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Read as the parsed value, to be given its type by the room that owns it. A list is written with JSON.stringify: the driver takes a bare array for a PostgreSQL array. */
export type Json = ColumnType<unknown, string | object, string | object>
`

/** Types of all tables for Kysely, as one TypeScript module. */
export async function tableTypes(client: Client): Promise<string> {
  const { rows } = await client.query<Column>(columnsSql)
  const tables = Map.groupBy(rows, column => column.table)
  const parts = [head]
  for (const [table, columns] of tables) {
    const lines = columns.map(column => `  ${column.name}: ${columnType(column)}`)
    parts.push(`export interface ${pascal(table)} {\n${lines.join('\n')}\n}\n`)
  }
  const index = [...tables.keys()].map(table => `  ${table}: ${pascal(table)}`)
  parts.push(`export interface DB {\n${index.join('\n')}\n}\n`)
  return parts.join('\n')
}

function columnType(column: Column): string {
  const base = types[column.type]
  if (!base)
    throw new Error(`scripts/table-types.ts does not know the type ${column.type} of ${column.table}.${column.name}`)
  const type = (column.array ? `${base}[]` : base) + (column.nullable ? ' | null' : '')
  if (column.generated) return `ColumnType<${type}, never, never>`
  if (column.identity === 'a') return `GeneratedAlways<${type}>`
  return column.hasDefault || column.identity === 'd' ? `Generated<${type}>` : type
}

const pascal = (name: string) => name.replace(/(?:^|_)(\w)/gu, (_, letter: string) => letter.toUpperCase())
