import { evaluate, parseExpression } from 'feelin'

/**
 * What expressions in a process may speak of. Names are those of the API: `form.area`, `case`, `channel`, `applicant.kind`,
 * `outcomes["tham-dinh"]` (the last way out of a step), `opinions["pccc"]` (an agency's answer: "agree", "disagree", "conditional",
 * "none"), `receiving` and `competent` (codes of agencies), `components` (codes of papers handed in), `fee` (đồng).
 */
export type FeelFacts = {
  form: Record<string, string | number | boolean>
  case: string | null
  channel: string
  applicant: { kind: string }
  outcomes: Record<string, string>
  opinions: Record<string, string>
  receiving: string
  competent: string
  components: string[]
  fee: number
}

export const noFacts: FeelFacts = {
  form: {},
  case: null,
  channel: 'counter',
  applicant: { kind: 'citizen' },
  outcomes: {},
  opinions: {},
  receiving: '',
  competent: '',
  components: [],
  fee: 0,
}

/** True only for FEEL's true: what is not known makes no branch be taken. Throws on text `problemOf` has something against. */
export function isTrue(expression: string, facts: FeelFacts): boolean {
  return resultOf(expression, facts) === true
}

/** What an expression comes to; null when it speaks of what is not known. Throws on text `problemOf` has something against. */
export function resultOf(expression: string, facts: FeelFacts): unknown {
  const { plain, numbers } = checked(expression)
  return evaluate(plain, { ...facts, form: withNumbers(facts.form, numbers) }).value
}

/** What an expression asks of the dossier: fields, steps whose outcome and agencies whose opinion matter. */
export type Reference = { of: 'form' | 'outcomes' | 'opinions'; key: string }

/** In the order of the text, repetitions included. */
export function referencesOf(expression: string): Reference[] {
  return [...expression.matchAll(LOOKUP)].flatMap(found => referenceOf(found) ?? [])
}

/** The same expression where steps have other keys. */
export function withSteps(expression: string, keyOf: (step: string) => string): string {
  return replaceLookups(expression, ({ of, key }, as) => (of === 'outcomes' ? lookup({ of, key: keyOf(key) }) : as))
}

/**
 * What is wrong with an expression, or null: its grammar, names no dossier has, and what is left out of FEEL here because it could
 * run for hours (patterns, loops in loops) or answer differently tomorrow (the present time).
 */
export function problemOf(expression: string): { vi: string; en: string } | null {
  const plain = plainOf(expression)
  try {
    const found = firstProblem(plain)
    if (found) return found
    evaluate(plain, noFacts)
    return null
  } catch {
    return { vi: 'không đúng cú pháp FEEL', en: 'it is not FEEL' }
  }
}

/**
 * A value looked up by its key, in the three ways people write it: `outcomes.tham-dinh`, `outcomes["tham-dinh"]` and
 * `get value(outcomes, "tham-dinh")`. Text in quotes is stepped over.
 */
const LOOKUP = new RegExp(
  [
    /get\s+value\(\s*(?<called>form|outcomes|opinions)\s*,\s*"(?<value>[^"\\]*)"\s*\)/u,
    /(?<![.\w])(?<list>form|outcomes|opinions)\s*\[\s*"(?<entry>[^"\\]*)"\s*\]/u,
    /(?<![.\w])(?<keyed>outcomes|opinions)\s*\.\s*(?<key>[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*)/u,
    /(?<![.\w])(?<fields>form)\s*\.\s*(?<field>[a-zA-Z]\w*)/u,
    /"(?:[^"\\]|\\.)*"/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
)

function referenceOf({ groups = {} }: { groups?: Record<string, string | undefined> }): Reference | undefined {
  const of = groups.called ?? groups.list ?? groups.keyed ?? groups.fields
  const key = groups.value ?? groups.entry ?? groups.key ?? groups.field
  return of === undefined || key === undefined ? undefined : { of: of as Reference['of'], key }
}

function replaceLookups(expression: string, change: (reference: Reference, as: string) => string): string {
  return expression.replace(LOOKUP, (as, ...rest) => {
    const reference = referenceOf({ groups: rest.at(-1) as Record<string, string | undefined> })
    return reference ? change(reference, as) : as
  })
}

const lookup = ({ of, key }: Reference) => `get value(${of}, "${key}")`

/**
 * The expression with every lookup as FEEL does it whatever the facts hold: a name with a hyphen is otherwise read as a subtraction
 * until the step has an outcome, and brackets after a context filter it as a list.
 */
const plainOf = (expression: string) => replaceLookups(expression, lookup)

/** An expression that stood the check, as it is evaluated, and the fields it compares with numbers. */
type Checked = { plain: string; numbers: string[] }
/** A version is asked the same for every dossier. */
const known = new Map<string, Checked>()
const KEPT = 2_000

function checked(expression: string): Checked {
  const kept = known.get(expression)
  if (kept !== undefined) return kept
  const problem = problemOf(expression)
  if (problem) throw new Error(`no expression to follow (${problem.en}): ${expression}`)
  const plain = plainOf(expression)
  const made = { plain, numbers: comparedWithNumbers(plain) }
  if (known.size >= KEPT) known.clear()
  known.set(expression, made)
  return made
}

/** For feelin any text is both at least and at most any number. So a number typed as text counts as one, and other text as unknown. */
function withNumbers(form: FeelFacts['form'], numbers: readonly string[]): Record<string, unknown> {
  const asNumbers = numbers.map(field => [field, numberIn(form[field])])
  return asNumbers.length > 0 ? { ...form, ...Object.fromEntries(asNumbers) } : form
}

function numberIn(value: string | number | boolean | undefined): number | null {
  if (typeof value === 'number') return value
  const isNumeral = typeof value === 'string' && /^\s*-?\d{1,15}([.,]\d{1,9})?\s*$/u.test(value)
  return isNumeral ? Number(value.replace(',', '.')) : null
}

function comparedWithNumbers(plain: string): string[] {
  const fields: string[] = []
  parseExpression(plain, noFacts, undefined).iterate({
    enter: ({ node }) => {
      if (node.name !== 'Comparison') return
      const parts = childrenOf(node)
      for (const part of parts) {
        const [reference] = part.name === 'FunctionInvocation' ? referencesOf(plain.slice(part.from, part.to)) : []
        const others = parts.filter(other => other !== part)
        if (reference?.of === 'form' && others.some(other => isNumeric(other, plain))) fields.push(reference.key)
      }
    },
  })
  return fields
}

/** A number, a range of numbers or a test against one. */
function isNumeric(node: Node, plain: string): boolean {
  if (node.name === 'VariableName') return plain.slice(node.from, node.to) === 'fee'
  if (node.name === 'NumericLiteral') return true
  return node.name !== 'FunctionInvocation' && childrenOf(node).some(child => isNumeric(child, plain))
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

/** Pure, and done in a time that the length of the expression bounds. */
const functions = new Set(
  `not, contains, starts with, ends with, string length, upper case, lower case, substring, substring before, substring after,
   list contains, count, sum, min, max, mean, all, any, number, string, date, duration, abs, floor, ceiling, round up, round down,
   round half up, modulo, odd, even, get value`.split(/,\s+/u),
)
const loops = new Set(['QuantifiedExpression', 'FilterExpression'])
const leftOut = new Set(['ForExpression', 'FunctionDefinition', 'Context'])

type Node = ReturnType<typeof parseExpression>['topNode']

function firstProblem(plain: string): { vi: string; en: string } | null {
  const tree = parseExpression(plain, noFacts, undefined)
  const text = (node: Node) => plain.slice(node.from, node.to)
  const bound = boundNames(tree.topNode, text)
  let found: { vi: string; en: string } | null = null
  tree.iterate({
    enter: ({ node }) => {
      found ??= problemAt(node, text, bound)
      return found === null
    },
  })
  return found
}

function problemAt(node: Node, text: (node: Node) => string, bound: ReadonlySet<string>) {
  if (node.type.isError) return { vi: 'không đúng cú pháp FEEL', en: 'it is not FEEL' }
  if (leftOut.has(node.name) || (loops.has(node.name) && !isShortLoop(node, text)))
    return { vi: `không dùng được “${text(node)}” ở đây`, en: `“${text(node)}” cannot be used here` }
  if (node.name === 'PathExpression' && node.firstChild?.name === 'VariableName' && text(node) !== 'applicant.kind')
    return { vi: `không có thông tin “${text(node)}”`, en: `there is no fact “${text(node)}”` }
  if (node.name !== 'VariableName' || node.parent?.name === 'QualifiedName') return null
  const name = text(node).replace(/\s+/gu, ' ')
  if (node.parent?.name === 'FunctionInvocation' && node.nextSibling?.name === '(')
    return functions.has(name)
      ? null
      : { vi: `không dùng được hàm “${name}”`, en: `the function “${name}” cannot be used` }
  if (Object.hasOwn(noFacts, name) || bound.has(name)) return null
  return { vi: `không có thông tin tên “${name}”`, en: `there is no fact called “${name}”` }
}

/** Over the papers handed in, and not inside another: all of them together stay a matter of a glance. */
function isShortLoop(node: Node, text: (node: Node) => string): boolean {
  for (let at = node.parent; at; at = at.parent) if (loops.has(at.name)) return false
  const over =
    node.name === 'FilterExpression' ? node.firstChild : node.getChild('InExpressions')?.getChild('InExpression')
  const ones = node.getChild('InExpressions')?.getChildren('InExpression').length ?? 1
  const list = node.name === 'FilterExpression' ? over : over?.getChild('IterationContext')
  return ones === 1 && list !== null && list !== undefined && text(list).trim() === 'components'
}

/** What `some c in components` calls each paper; `item` in brackets. */
function boundNames(top: Node, text: (node: Node) => string): Set<string> {
  const names = new Set<string>()
  top.cursor().iterate(({ node }) => {
    if (node.name === 'FilterExpression') names.add('item')
    if (node.name === 'InExpression' && node.firstChild) names.add(text(node.firstChild))
  })
  return names
}
