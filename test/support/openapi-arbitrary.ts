import fc from 'fast-check'

/** The part of OpenAPI 3.1 that our document uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
}

export type Parameter = { name: string; in: 'path' | 'query' | 'header' | 'cookie'; required?: boolean; schema: Schema }
export type Operation = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}
export type OpenApi = {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/**
 * Words that mean something to the platform, by the field they go into (`code`, or `components.code` in that list):
 * without them nothing gets far.
 */
export type Vocabulary = Record<string, readonly unknown[]>

/** What no schema asks for, and clients send all the same. */
const NASTY: readonly unknown[] = [
  ...[null, true, '', ' ', 0, -1, 0.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), [], {}, [[]], [null], { a: 1 }],
  ...['\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\u202eabc', 'e\u0323\u0302', '👩‍👩‍👧', '\uffff', '\u0085'],
  ...['%', '%00', "' OR 1=1 --", '{{7*7}}', '../../etc/passwd', '<b>x</b>', 'D1', 'D9999999999999999', '9'.repeat(400)],
  ...['a'.repeat(5000), 'ế'.repeat(3000), '2026-02-30', '0000-00-00', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z'],
  ...['+275760-09-13T00:00:00.000Z', '2026-03-02T08:00:00+99:99', 'true', 'NaN', '1e400', '-0'],
]

/** Values that fit the schema, for the most part: `$ref` is looked up in the document. */
export function fitting(schema: Schema, doc: OpenApi, words: Vocabulary, name = '', depth = 0): fc.Arbitrary<unknown> {
  const known = words[name] ?? words[name.split('.').at(-1) ?? '']
  const plain = ofSchema(schema, doc, words, name, depth)
  return known ? fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: plain }) : plain
}

function ofSchema(schema: Schema, doc: OpenApi, words: Vocabulary, name: string, depth: number): fc.Arbitrary<unknown> {
  const parent = name.split('.').at(-1)
  const inner = (s: Schema, key?: string) => fitting(s, doc, words, key ? `${parent}.${key}` : name, depth + 1)
  if (depth > 12) return fc.constant(null)
  if (schema.$ref) {
    const found = doc.components?.schemas?.[schema.$ref.split('/').at(-1) ?? '']
    if (!found) throw new Error(`the document has no ${schema.$ref}`)
    return ofSchema(found, doc, words, name, depth + 1)
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const some = schema.anyOf ?? schema.oneOf
  if (some) return fc.oneof(...some.map(s => inner(s)))
  if (schema.allOf) return fc.tuple(...schema.allOf.map(s => inner(s))).map(parts => Object.assign({}, ...parts))
  const types = [schema.type ?? []].flat()
  if (types.length > 1) return fc.oneof(...types.map(type => inner({ ...schema, type })))
  return ofType(types[0], schema, inner)
}

function ofType(type: string | undefined, schema: Schema, inner: (s: Schema, at?: string) => fc.Arbitrary<unknown>) {
  switch (type) {
    case 'string':
      return text(schema)
    case 'integer':
    case 'number':
      return number(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const size = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, 4) }
      return fc.array(inner(schema.items ?? {}), size)
    }
    case 'object':
      return object(schema, inner)
    default:
      return fc.jsonValue()
  }
}

function object(schema: Schema, inner: (s: Schema, at?: string) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {})
  const own = fc.record(Object.fromEntries(properties.map(([key, s]) => [key, inner(s, key)])), {
    requiredKeys: schema.required ?? [],
  })
  const more = schema.additionalProperties
  if (!more) return own
  const others = fc.dictionary(fc.string({ maxLength: 20 }), inner(more === true ? {} : more), { maxKeys: 3 })
  return fc.tuple(own, others).map(([a, b]) => ({ ...b, ...(a as object) }))
}

const WORDS = ['Nguyễn Thị Sen', 'Ấp 3, xã Thanh Bình', 'lý do khác', 'TB-12/2026', 'con đẻ', 'Điều 17']
const DATES = ['2026-03-02', '2026-03-06', '2026-04-30', '2027-01-04']
const INSTANTS = ['2026-03-02T09:00:00+07:00', '2026-12-31T16:59:59.999Z', '2026-03-09T08:00:00Z']

function text({ pattern, format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.constantFrom('sen@vidu.vn', 'a.b+c@example.org')
  if (format === 'date') return fc.constantFrom(...DATES)
  if (format === 'date-time') return fc.constantFrom(...INSTANTS)
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'))
  const any = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)), unit: 'grapheme' })
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: any })
}

function number(schema: Schema): fc.Arbitrary<number> {
  const min = schema.minimum ?? (schema.exclusiveMinimum ?? -1001) + 1
  const max = schema.maximum ?? (schema.exclusiveMaximum ?? 1001) - 1
  const unit = schema.multipleOf ?? 1
  const inUnits = (n: number) => Math.ceil(Math.min(Math.max(n, -(2 ** 31)), 2 ** 31 - 1) / unit)
  return fc.integer({ min: inUnits(min), max: inUnits(Math.max(max, min)) }).map(n => n * unit)
}

type Mutation = { at: number; how: 'replace' | 'drop' | 'add' | 'repeat'; value: unknown }

/** Half of what is sent is as the document asks. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.record({
      at: fc.nat(1000),
      how: fc.constantFrom('replace', 'replace', 'drop', 'add', 'repeat'),
      value: fc.constantFrom(...NASTY),
    }),
    { minLength: 1, maxLength: 2 },
  ),
) as fc.Arbitrary<Mutation[]>

export const nastyTexts = fc.constantFrom(...NASTY.filter(value => typeof value === 'string'))

/** The value with something wrong in one place of it, somewhere. */
export function mutate(value: unknown, { at, how, value: nasty }: Mutation): unknown {
  const copy = structuredClone({ '': value }) as Record<string, unknown>
  const places = placesIn(copy)
  const [holder, key] = places[at % places.length] as [Record<string, unknown>, string]
  const here = holder[key]
  if (how === 'drop' && holder !== copy) delete holder[key]
  else if (how === 'add' && here && typeof here === 'object') Object.assign(here, { __extra: nasty })
  else if (how === 'repeat' && Array.isArray(here)) here.push(...structuredClone(here), ...structuredClone(here))
  else holder[key] = nasty
  return copy['']
}

function placesIn(node: Record<string, unknown>): [Record<string, unknown>, string][] {
  return Object.entries(node).flatMap(([key, value]) => [
    [node, key] as [Record<string, unknown>, string],
    ...(value && typeof value === 'object' ? placesIn(value as Record<string, unknown>) : []),
  ])
}
