import type { ComponentChildren } from 'preact'
import { PublicPage } from '#src/accounts/public-page.tsx'
import { type App, page, type RequestContext } from '#src/platform/http.ts'
import { Card } from '#src/ui/card.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { DataTable } from '#src/ui/table.tsx'

/** The contract of the JSON API: the document for machines, and the same document as a page. */
export function apiDocs(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of POST /api/v1/session',
  })
  let document: Document | undefined
  const describe = () => {
    document ??= withPlainPatterns(app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO }) as Document)
    return document
  }
  app.get('/api/openapi.json', c => c.json(describe()))
  app.get('/api', c => page(c, <ApiPage c={c} document={describe()} />))
}

/** The generator leaves the flag of a regular expression behind it (`^0\d+$/u`), a pattern that fits nothing. */
function withPlainPatterns(document: Document): Document {
  const plain = (key: string, value: unknown) =>
    key === 'pattern' && typeof value === 'string' ? value.replace(/\/u$/u, '') : value
  return JSON.parse(JSON.stringify(document, plain)) as Document
}

const INFO = {
  title: 'Một Cửa API',
  version: '1',
  description:
    'Instants are ISO 8601. Lists go on with cursor. Writes with the same Idempotency-Key are done once and answered alike. Errors are application/problem+json (RFC 9457). Fields that are not listed are refused.',
}

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  description?: string
  maxLength?: number
}
type Content = Record<string, { schema?: Schema }>
type Operation = {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content?: Content }
  responses: Record<string, { description: string; content?: Content }>
}
type Document = { paths?: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } }

function ApiPage({ c, document }: { c: RequestContext; document: Document }) {
  const t = c.get('t')
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return (
    <PublicPage c={c} title="API">
      <PageHead
        t={t}
        title={t('Giao diện lập trình (API)', 'Programming interface (API)')}
        sub={t('Dành cho người làm phần mềm; viết bằng tiếng Anh.', 'For people who write software.')}
      />
      <div class="stack" lang="en">
        <p>
          {INFO.description} Machines read <a href="/api/openapi.json">OpenAPI 3.1 (JSON)</a>.
        </p>
        {operations.map(one => (
          <OperationCard key={`${one.method} ${one.path}`} {...one} />
        ))}
        {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
          <Card key={name} title={name} id={`schema-${name}`}>
            <Fields caption={name} schema={schema} />
          </Card>
        ))}
      </div>
    </PublicPage>
  )
}

function OperationCard({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const { parameters = [], requestBody, responses, summary, description } = operation
  return (
    <Card title={<code>{`${method} ${path}`}</code>}>
      {summary && <p>{summary}</p>}
      {description && <p>{description}</p>}
      {parameters.length > 0 && (
        <DataTable
          caption={`Parameters of ${method} ${path}`}
          captionHidden
          dense
          bare
          rows={parameters}
          columns={[
            { key: 'name', head: 'Parameter', cell: one => <code>{one.name}</code> },
            { key: 'in', head: 'In', cell: one => one.in + (one.required ? ', required' : '') },
            { key: 'type', head: 'Type', cell: one => <Type schema={one.schema ?? {}} /> },
            { key: 'what', head: 'Meaning', cell: one => one.description ?? one.schema?.description ?? '' },
          ]}
        />
      )}
      {requestBody && <Body label={`Body of ${method} ${path}`} content={requestBody.content} />}
      <DataTable
        caption={`Answers of ${method} ${path}`}
        captionHidden
        dense
        bare
        rows={Object.entries(responses)}
        columns={[
          { key: 'status', head: 'Status', cell: ([status]) => status },
          { key: 'what', head: 'Meaning', cell: ([, answer]) => answer.description },
          { key: 'type', head: 'Body', cell: ([, answer]) => <Bodies content={answer.content} /> },
        ]}
      />
    </Card>
  )
}

function Body({ label, content = {} }: { label: string; content?: Content | undefined }) {
  return (
    <>
      {Object.entries(content).map(([mediaType, { schema = {} }]) =>
        schema.properties ? (
          <Fields key={mediaType} caption={`${label} (${mediaType})`} schema={schema} />
        ) : (
          <p key={mediaType}>
            {mediaType}: <Type schema={schema} />
          </p>
        ),
      )}
    </>
  )
}

function Bodies({ content = {} }: { content?: Content | undefined }) {
  const schemas = Object.values(content).flatMap(({ schema }) => (schema ? [schema] : []))
  return (
    <>
      {schemas.map((schema, n) => (
        <Type key={n} schema={schema} />
      ))}
    </>
  )
}

/** One row per field; the fields of fields are written with dots, as errors name them. */
function Fields({ caption, schema }: { caption: string; schema: Schema }) {
  const rows = fieldsOf(schema, '')
  if (rows.length === 0) return <Type schema={schema} />
  return (
    <DataTable
      caption={caption}
      captionHidden
      dense
      bare
      rows={rows}
      columns={[
        { key: 'name', head: 'Field', cell: row => <code>{row.name}</code> },
        { key: 'type', head: 'Type', cell: row => <Type schema={row.schema} /> },
        { key: 'required', head: 'Required', cell: row => (row.required ? 'yes' : 'no') },
        { key: 'what', head: 'Meaning', cell: row => row.schema.description ?? '' },
      ]}
    />
  )
}

function fieldsOf(schema: Schema, prefix: string): { name: string; schema: Schema; required: boolean }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = `${prefix}${key}`
    const required = schema.required?.includes(key) ?? false
    const deeper = inner.items ? fieldsOf(inner.items, `${name}[].`) : fieldsOf(inner, `${name}.`)
    return [{ name, schema: inner, required }, ...deeper]
  })
}

function Type({ schema }: { schema: Schema }): ComponentChildren {
  const { $ref, anyOf, oneOf, allOf, items } = schema
  if ($ref) {
    const name = $ref.split('/').at(-1) ?? ''
    return <a href={`#schema-${name}`}>{name}</a>
  }
  const branches = anyOf ?? oneOf ?? allOf
  if (branches) return branches.map((branch, n) => [n > 0 && (allOf ? ' & ' : ' | '), <Type key={n} schema={branch} />])
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (items) return ['list of ', <Type key="items" schema={items} />]
  const type = [schema.type ?? 'any'].flat().join(' | ')
  const format = schema.format ? ` (${schema.format})` : ''
  return `${type}${format}${schema.maxLength ? `, ≤ ${schema.maxLength}` : ''}`
}
