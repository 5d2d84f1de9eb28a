import fc from 'fast-check'
import { END, Process } from '#src/processes/process.ts'

const letters = fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢÃÁẠ <>&\'"\n\t;=$ {}]0123456789')
const name = fc
  .array(letters, { minLength: 1, maxLength: 40 })
  .map(all => all.join('').trim())
  .filter(text => text.length > 0)
const key = fc.stringMatching(/^[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,5}){0,2}$/u).filter(text => text !== END)
const expression = fc.oneof(
  fc.constantFrom('form.area > 100', 'outcomes["x"] = "y" and fee < 3', 'case = null', '"a & b" != "<c>"'),
  name.map(text => `"${text}"`),
)
const agency = fc.oneof(
  fc.constant({ by: 'receiving' as const }),
  fc.constant({ by: 'competent' as const }),
  fc.stringMatching(/^H20\.[0-9]{1,4}$/u).map(code => ({ by: 'code' as const, code })),
  expression.map(rule => ({ by: 'rule' as const, rule })),
)
const hours = fc.integer({ min: 1, max: 8_000 }).map(quarters => quarters / 4)
const field = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,9}$/u)
const unique = <T extends { key: string }>(one: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(one, { minLength: 1, maxLength, selector: ({ key }) => key })

/** A step with any legal contents, whose ways lead to any of the keys. */
function step(own: string, keys: readonly string[]) {
  const to = fc.constantFrom(...keys, END)
  const outcomeKey = fc.oneof(key, fc.constantFrom('joined', 'expired', 'done', 'approved'))
  const outcomes = unique(fc.record({ key: outcomeKey, name, to, back: fc.boolean() }), 4)
  const base = { key: fc.constant(own), name }
  const role = fc.constantFrom('intake' as const, 'specialist' as const, 'leader' as const)
  const work = fc.record({
    ...base,
    outcomes,
    kind: fc.constantFrom('transfer', 'receipt', 'assign', 'appraise', 'approve', 'sign', 'task'),
    ...{ agency, role, hours },
    share: fc.constantFrom('by-hand', 'round-robin', 'least-loaded'),
    papers: fc.array(name, { maxLength: 3 }),
    signature: fc.boolean(),
    asks: fc.array(fc.record({ field, name, kind: fc.constantFrom('text', 'number', 'yes-no') }), { maxLength: 3 }),
  })
  const asked = unique(fc.record({ key, name, agency, role }), 4)
  const consult = fc.record({
    ...{ ...base, kind: fc.constant('consult'), outcomes, asked, hours },
    need: fc.integer({ min: 0, max: 4 }),
  })
  const branches = fc.array(fc.record({ name, when: expression, to }), { minLength: 1, maxLength: 3 })
  const choice = fc.record({ ...base, kind: fc.constant('choice'), branches, otherwise: to })
  const automatic = fc.record(
    { ...base, kind: fc.constant('automatic'), outcomes, note: name, set: fc.record({ field, value: expression }) },
    { requiredKeys: ['key', 'name', 'kind', 'outcomes'] },
  )
  const child = fc.record(
    {
      ...{ ...base, kind: fc.constant('child'), outcomes, agency, hours, wait: fc.boolean(), case: name },
      procedure: fc.constantFrom('1.004203', '2.000815.000.00.00.H20'),
    },
    { requiredKeys: ['key', 'name', 'kind', 'outcomes', 'agency', 'hours', 'wait', 'procedure'] },
  )
  const sub = fc.record({ ...base, kind: fc.constant('sub-process'), outcomes, process: key })
  return fc.oneof(work, consult, choice, automatic, child, sub)
}

/** Any process whose ways lead somewhere: rings, returns and steps nobody comes to included. */
export const anyProcess = fc
  .uniqueArray(key, { minLength: 1, maxLength: 8 })
  .chain(keys =>
    fc.record({
      name,
      start: fc.constantFrom(...keys),
      scaled: fc.boolean(),
      steps: fc.tuple(...keys.map(own => step(own, keys))),
    }),
  )
  .map(one => Process.parse(one))
