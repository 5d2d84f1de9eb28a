import { fold, type T } from '#src/platform/text.ts'
import { exitsOf, type Process } from '#src/processes/process.ts'
import { inOrder } from './process-edit.ts'

/**
 * Conditions as an officer picks them: a fact of the dossier, a comparison, a value. They are written as FEEL, and FEEL of this simple
 * shape is read back; anything cleverer is shown and edited as text.
 */
export type Condition = { fact: string; op: Comparison; value: string }
export const comparisons = ['=', '!=', '>', '>=', '<', '<='] as const
export type Comparison = (typeof comparisons)[number]

/** What a condition may ask. `values`: the answers there are, where they are known. */
export type KnownFact = {
  fact: string
  name: string
  kind: 'text' | 'number' | 'yes-no'
  values?: { value: string; name: string }[]
}

type Case = { code: string; name: string }

/** Everything a condition in this process may ask: particulars of the dossier, facts its steps write down, outcomes and opinions. */
export function knownFacts(process: Process, cases: readonly Case[], t: T): KnownFact[] {
  const ordered = inOrder(process)
  const asked = ordered.flatMap(step => ('asks' in step ? step.asks : []))
  const set = ordered.flatMap(step => (step.kind === 'automatic' && step.set ? [step.set.field] : []))
  const outcomes = ordered.filter(step => exitsOf(step).length > 1 && step.kind !== 'choice')
  const opinions = ordered.flatMap(step => (step.kind === 'consult' ? step.asked : []))
  return [
    ...asked.map(({ field, name, kind }) => ({ fact: `form.${field}`, name, kind })),
    ...set.map(field => ({ fact: `form.${field}`, name: field, kind: 'text' as const })),
    ...(cases.length > 0 ? [caseFact(cases, t)] : []),
    channelFact(t),
    applicantFact(t),
    { fact: 'fee', name: t('Phí, lệ phí (đồng)', 'Fees (đồng)'), kind: 'number' as const },
    ...outcomes.map(step => ({
      fact: `outcomes["${step.key}"]`,
      name: t(`Kết quả bước “${step.name}”`, `Outcome of “${step.name}”`),
      kind: 'text' as const,
      values: exitsOf(step).map(({ key, name }) => ({ value: key, name })),
    })),
    ...opinions.map(({ key, name }) => ({
      fact: `opinions["${key}"]`,
      name: t(`Ý kiến của ${name}`, `Opinion of ${name}`),
      kind: 'text' as const,
      values: answerNames(t),
    })),
  ]
}

function caseFact(cases: readonly Case[], t: T): KnownFact {
  const values = cases.map(({ code, name }) => ({ value: code, name }))
  return { fact: 'case', name: t('Trường hợp của thủ tục', 'Case of the procedure'), kind: 'text', values }
}

function channelFact(t: T): KnownFact {
  const values = [
    { value: 'counter', name: t('tại quầy', 'at the counter') },
    { value: 'online', name: t('trực tuyến', 'online') },
    { value: 'post', name: t('bưu chính', 'by post') },
    { value: 'home', name: t('tại nhà', 'at home') },
    { value: 'phone', name: t('điện thoại', 'by telephone') },
  ]
  return { fact: 'channel', name: t('Cách nộp', 'Way in'), kind: 'text', values }
}

function applicantFact(t: T): KnownFact {
  const values = [
    { value: 'citizen', name: t('công dân', 'a citizen') },
    { value: 'business', name: t('doanh nghiệp', 'an enterprise') },
    { value: 'organisation', name: t('tổ chức', 'an organisation') },
  ]
  return { fact: 'applicant.kind', name: t('Người nộp là', 'The applicant is'), kind: 'text', values }
}

function answerNames(t: T) {
  return [
    { value: 'agree', name: t('đồng ý', 'agrees') },
    { value: 'disagree', name: t('không đồng ý', 'disagrees') },
    { value: 'conditional', name: t('đồng ý có điều kiện', 'agrees on conditions') },
    { value: 'none', name: t('không trả lời', 'did not answer') },
  ]
}

const SIMPLE = /^\s*([a-zA-Z][\w.]*(?:\["[^"]+"\])?)\s*(!=|>=|<=|=|>|<)\s*("[^"]*"|-?\d+(?:\.\d+)?|true|false)\s*$/u

/** The parts of a simple condition; undefined for anything cleverer. */
export function readCondition(feel: string): Condition | undefined {
  const found = SIMPLE.exec(feel)
  if (!found) return undefined
  const [, fact = '', op = '=', literal = ''] = found
  return { fact, op: op as Comparison, value: literal.replace(/^"|"$/gu, '') }
}

/** The condition in FEEL: numbers and yes-or-no bare, everything else as text; an answer called by its name becomes its value. */
export function writeCondition({ fact, op, value }: Condition, known: KnownFact | undefined): string {
  const typed = fold(value)
  const answer = known?.values?.find(one => fold(one.name) === typed || one.value === value.trim())
  return `${fact} ${op} ${literalOf(answer?.value ?? value.trim(), known?.kind ?? 'text')}`
}

/** How a value is shown: an answer by its name, yes-or-no in words. */
export function valueText(value: string, known: KnownFact | undefined): string {
  if (known?.kind === 'yes-no') return value === 'true' ? 'có' : 'không'
  return known?.values?.find(one => one.value === value)?.name ?? value
}

function literalOf(value: string, kind: KnownFact['kind']): string {
  const plain = value.replace(',', '.')
  if (kind === 'number' && /^-?\d+(\.\d+)?$/u.test(plain)) return plain
  if (kind === 'yes-no') return /^(true|có|co|yes|1)$/iu.test(value) ? 'true' : 'false'
  return `"${value.replace(/["\\]/gu, '').trim()}"`
}
