import fc from 'fast-check'
import { type FeelFacts, noFacts } from '#src/processes/feel.ts'
import { type AgencyRef, END, isWork, Process, rolesFor, type Step, type WorkStep } from '#src/processes/process.ts'
import { onward, reachableFrom } from '#src/processes/process-ways.ts'

/** A stretch of a process that is entered at one step and left towards one other, whatever happens in it. */
type Block =
  | { kind: 'task' | 'appraise'; seed: number; hours: number; returns: number[]; asks: boolean }
  | { kind: 'hand-over'; seed: number; hours: number }
  | { kind: 'assignment'; seed: number; hours: number; returns: number[] }
  | { kind: 'consult'; seed: number; hours: number; asked: number; need: number }
  | { kind: 'automatic'; seed: number }
  | { kind: 'child'; seed: number; hours: number; wait: boolean }
  | { kind: 'sub-process' }
  | { kind: 'choice'; seed: number; branches: Block[][] }

const agencies: AgencyRef[] = [
  { by: 'receiving' },
  { by: 'competent' },
  { by: 'code', code: 'H20.31' },
  { by: 'code', code: 'H20.32' },
  { by: 'rule', rule: 'if form.x > 5 then "H20.33" else receiving' },
]
const conditions = [
  'form.x > 5',
  'form.y = true',
  'channel = "online"',
  'case = "sua-chua" or fee > 100',
  'some c in components satisfies c = "C1"',
  'opinions.noi-1 = "disagree"',
  'outcomes.phe-duyet = "returned"',
]

const seed = fc.nat(1_000)
const hours = fc.integer({ min: 1, max: 40 }).map(quarters => quarters / 4)
const returns = fc.array(fc.nat(50), { maxLength: 2 })
const kinds = <const K extends string>(...all: K[]) => fc.constantFrom(...all)

const { blocks } = fc.letrec<{ block: Block; blocks: Block[] }>(tie => ({
  blocks: fc.array(tie('block'), { maxLength: 5, depthIdentifier: 'block' }),
  block: fc.oneof(
    { depthIdentifier: 'block', maxDepth: 2 },
    fc.record({ kind: kinds('task', 'appraise'), seed, hours, returns, asks: fc.boolean() }),
    fc.record({ kind: kinds('hand-over'), seed, hours }),
    fc.record({ kind: kinds('assignment'), seed, hours, returns }),
    fc.record({ kind: kinds('consult'), seed, hours, asked: fc.integer({ min: 1, max: 4 }), need: fc.nat(4) }),
    fc.record({ kind: kinds('automatic'), seed }),
    fc.record({ kind: kinds('child'), seed, hours, wait: fc.boolean() }),
    fc.record({ kind: kinds('sub-process') }),
    fc.record({
      kind: kinds('choice'),
      seed,
      branches: fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }) as fc.Arbitrary<Block[][]>,
    }),
  ) as fc.Arbitrary<Block>,
}))

/** Processes as an office may design them, with all kinds of steps, and the one they may take in as `phan-chung`. */
export const processes = fc
  .tuple(blocks, blocks, fc.boolean())
  .map(([main, part, scaled]) => ({
    process: built(main, { scaled, isPart: false }),
    part: built(part, { scaled, isPart: true }),
  }))
  .filter(({ process, part }) => process.steps.length <= 60 && part.steps.length <= 40)

export const facts: fc.Arbitrary<FeelFacts> = fc.record({
  form: fc.record({ x: fc.nat(10), y: fc.boolean() }, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<
    FeelFacts['form']
  >,
  case: fc.constantFrom(null, 'sua-chua'),
  channel: fc.constantFrom('online', 'counter'),
  applicant: fc.constant(noFacts.applicant),
  outcomes: fc.constant({}),
  opinions: fc.constant({}),
  receiving: fc.constantFrom('H20.101', 'H20.31'),
  competent: fc.constantFrom('H20.101', 'H20.10'),
  components: fc.subarray(['C1', 'C2']),
  fee: fc.nat(200),
})

const out = (key: string, to: string, back = false) => ({ key, name: key, to, back })
const pick = <V>(list: readonly V[], n: number): V => list[n % list.length] as V

function built(main: Block[], { scaled, isPart }: { scaled: boolean; isPart: boolean }): Process {
  const steps: Step[] = []
  const wanted: [step: string, returns: number[]][] = []
  const usable = isPart ? main.filter(({ kind }) => kind !== 'sub-process') : main
  const tail = isPart ? laidTask(steps) : laidResult(steps, wanted)
  const start = laid(usable, tail, { steps, wanted, isPart })
  const process = Process.parse({
    name: 'Quy trình thử',
    start,
    scaled,
    steps: steps.map(step => knownOnly(step, steps)),
  })
  for (const [key, numbers] of wanted) addReturns(process, key, numbers)
  return process
}

const plain: Pick<WorkStep, 'share' | 'papers' | 'signature' | 'asks'> = {
  share: 'by-hand',
  papers: [],
  signature: false,
  asks: [],
}

function laidTask(steps: Step[]): string {
  const outcomes = [out('xong', END)]
  steps.push({
    ...plain,
    kind: 'task',
    key: 'cuoi',
    name: 'Cuối',
    agency: pick(agencies, 1),
    role: 'clerk',
    hours: 1,
    outcomes,
  })
  return 'cuoi'
}

function laidResult(steps: Step[], wanted: [string, number[]][]): string {
  const own = { ...plain, agency: pick(agencies, 1), hours: 1 }
  steps.push(
    {
      ...own,
      kind: 'approve',
      key: 'phe-duyet',
      name: 'Duyệt',
      role: 'leader',
      outcomes: [out('approved', 'ky'), out('returned', 'ky')],
    },
    { ...own, kind: 'sign', key: 'ky', name: 'Ký', role: 'clerk', refuses: true, outcomes: [out('ready', END)] },
  )
  wanted.push(['phe-duyet', [0, 3, 7]])
  return 'phe-duyet'
}

type Laying = { steps: Step[]; wanted: [string, number[]][]; isPart: boolean }

/** Lays the last block first, since each has to know where it leads; gives the key of the first step. */
function laid(blocks: readonly Block[], next: string, laying: Laying): string {
  return blocks.reduceRight((to, block) => laidBlock(block, to, laying), next)
}

function laidBlock(block: Block, next: string, laying: Laying): string {
  const { steps, wanted } = laying
  const key = `buoc-${steps.length + 1}`
  const own = { key, name: `Bước ${key}` }
  switch (block.kind) {
    case 'task':
    case 'appraise': {
      const agency = pick(agencies, block.seed)
      const role = pick(rolesFor[block.kind], block.seed)
      const asks = block.asks ? [{ field: 'x', name: 'X', kind: 'number' as const }] : []
      const outcomes = [out(block.kind === 'task' ? 'xong' : 'submitted', next), out('bo-qua', next)]
      const { kind, hours } = block
      steps.push({ ...plain, ...own, kind, hours, agency, role, asks, outcomes })
      wanted.push([key, block.returns])
      return key
    }
    case 'hand-over':
      return laidPair(block, { ...own, next, kinds: ['transfer', 'receipt'] }, laying)
    case 'assignment':
      wanted.push([`${key}-b`, block.returns])
      return laidPair(block, { ...own, next, kinds: ['assign', 'appraise'] }, laying)
    case 'consult': {
      const asked = Array.from({ length: block.asked }, (_, i) => {
        return {
          key: `noi-${i + 1}`,
          name: `Nơi ${i + 1}`,
          agency: pick(agencies, block.seed + i),
          role: 'specialist' as const,
        }
      })
      const need = Math.min(block.need, block.asked)
      steps.push({
        ...own,
        kind: 'consult',
        asked,
        need,
        hours: block.hours,
        outcomes: [out('joined', next), out('expired', next)],
      })
      return key
    }
    case 'automatic': {
      const set = pick([undefined, { field: 'y', value: 'form.x > 3' }, { field: 'z', value: '"a"' }], block.seed)
      steps.push({ ...own, kind: 'automatic', ...(set && { set }), outcomes: [out('done', next)] })
      return key
    }
    case 'child': {
      const outcomes = [out('granted', next), out('refused', next)]
      const agency = pick(agencies, block.seed)
      steps.push({
        ...own,
        kind: 'child',
        procedure: '1.000001',
        agency,
        wait: block.wait,
        hours: block.hours,
        outcomes,
      })
      return key
    }
    case 'sub-process':
      if (laying.isPart) return next
      steps.push({ ...own, kind: 'sub-process', process: 'phan-chung', outcomes: [out('done', next)] })
      return key
    case 'choice': {
      // Its own place first: the branches' keys are counted on from it.
      const at = steps.push({ ...own, kind: 'choice', branches: [], otherwise: next } as Step) - 1
      const branches = block.branches.map((inner, i) => {
        return { name: `Nhánh ${i}`, when: pick(conditions, block.seed + i), to: laid(inner, next, laying) }
      })
      steps[at] = { ...own, kind: 'choice', branches, otherwise: next }
      return key
    }
  }
}

type Pair = { key: string; name: string; next: string; kinds: ['transfer', 'receipt'] | ['assign', 'appraise'] }

function laidPair(
  { seed, hours }: { seed: number; hours: number },
  { key, name, next, kinds }: Pair,
  { steps }: Laying,
): string {
  const own = { ...plain, name, hours }
  const same = pick(agencies, seed)
  const second = `${key}-b`
  const [from, to] = kinds
  const agency = kinds[0] === 'transfer' ? pick(agencies, seed + 1) : same
  const exit = { transfer: 'handed-over', assign: 'assigned', receipt: 'taken-over', appraise: 'submitted' }
  const specialist = { role: 'specialist' as const }
  steps.push(
    {
      ...own,
      kind: from,
      key,
      agency,
      role: from === 'assign' ? 'leader' : 'specialist',
      outcomes: [out(exit[from], second)],
    },
    { ...own, ...specialist, kind: to, key: second, agency: same, outcomes: [out(exit[to], next)] },
  )
  return key
}

/** Conditions may only speak of steps and opinions that the process has. */
function knownOnly(step: Step, steps: readonly Step[]): Step {
  if (step.kind !== 'choice') return step
  const isKnown = (when: string) =>
    (!when.startsWith('opinions') || steps.some(({ kind }) => kind === 'consult')) &&
    (!when.startsWith('outcomes') || steps.some(({ key }) => key === 'phe-duyet'))
  return { ...step, branches: step.branches.map(one => (isKnown(one.when) ? one : { ...one, when: 'form.x > 7' })) }
}

/** Returns to steps that lie before; an approval's own first, for it always has one. */
function addReturns(process: Process, key: string, numbers: readonly number[]): void {
  const step = process.steps.find(one => one.key === key)
  const before = process.steps.filter(one => one.key !== key && reachableFrom(process, one.key, onward).has(key))
  if (!step || !isWork(step) || before.length === 0) return
  const taken = numbers.map((n, i) =>
    out(step.kind === 'approve' && i === 0 ? 'returned' : `tra-${i}`, pick(before, n).key, true),
  )
  step.outcomes = [...step.outcomes.filter(({ key: own }) => !taken.some(one => one.key === own)), ...taken]
}
