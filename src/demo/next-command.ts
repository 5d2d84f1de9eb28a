import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions, type FreeExit, type HeldStep } from '#src/dossiers/held-step.ts'
import type { Role } from '#src/platform/ctx.ts'
import { getStep, type Process } from '#src/processes/process.ts'
import { RESULT_FILE } from '#src/steps/sign-result.ts'
import type { Fate } from './fate.ts'
import type { Staff } from './province.query.ts'
import { chance, pick, type Random, whole } from './random.ts'
import { factFor, words } from './words.ts'

/**
 * The next thing to be done to a dossier. `by` null: the platform does it. `share`: of the hours left at the step. `papers`: names of the
 * documents to be brought. `notBefore`: when the time to answer is over.
 */
export type Doing = {
  by: Staff | null
  type: string
  input: Record<string, unknown>
  share: number
  papers: readonly string[]
  notBefore: Date | null
}

/** Whoever of an agency and role answers for this dossier; by account where the work is one person's. */
export type Crew = (place: { agencyId: number; role: Role; accountId: number | null }) => Staff

type Given = {
  process: Process
  crew: Crew
  fate: Pick<Fate, 'ineligible' | 'reworked' | 'silent' | 'stop'>
  random: Random
  /** The next number of a letter. */
  letter: () => string
}

/**
 * What an office does next with a dossier at any step of any process, so that it comes to the end that `fate` has for it. Null when there
 * is nothing to do: it waits for a dossier elsewhere, or has come to its end.
 */
export function nextCommand(dossier: Dossier, given: Given): Doing | null {
  const { step } = dossier
  if (!step) return null
  if (step.kind === 'consult') return opinion(dossier, step, given)
  if (step.role === null) return null
  const by = given.crew({ ...step, role: step.role })
  const doing = (type: string, input: Record<string, unknown> = {}, share = 1): Doing => ({
    ...{ by, type, input, share, papers: [], notBefore: null },
  })
  switch (step.kind) {
    case 'transfer':
      return doing('forward')
    case 'assign': {
      const { username } = given.crew({ agencyId: step.agencyId, role: 'specialist', accountId: null })
      return doing('assign', { assignee: username })
    }
    case 'appraise':
      return isAppraised(dossier, step) ? doing('submit-for-approval') : doing('appraise', finding(step, given), 0.8)
    case 'approve':
      return given.fate.reworked && dossier.outcomes[step.key] === undefined
        ? doing('reject-back', { reason: pick(given.random, words.reworked) })
        : doing('approve')
    case 'sign': {
      const { name: signer } = given.crew({ agencyId: step.agencyId, role: 'leader', accountId: null })
      if (dossier.result?.number) return doing('result-ready')
      // Here and there a clerk forgets the file, so that the list of anomalies has something to show.
      const papers = dossier.id % 40 === 7 ? [] : [RESULT_FILE]
      return { ...doing('sign-result', { signer }, 0.6), papers }
    }
    default:
      return { ...doing('complete-step', completion(dossier, step, { ...given, by })), papers: papersOf(step, given) }
  }
}

/** A finding from before the dossier came back here is none. */
export function isAppraised({ appraisal }: Dossier, step: HeldStep): boolean {
  return appraisal !== null && appraisal.at >= step.since
}

/** Processes draft their refusals at a step of their own. */
function finding(step: HeldStep, { fate, random }: Given) {
  const ineligible = fate.ineligible || step.name.startsWith('Dự thảo thông báo')
  return ineligible
    ? { opinion: 'ineligible', note: words.ineligible[0] }
    : { opinion: 'eligible', note: pick(random, words.finding) }
}

/** Agencies answer one after the other, mostly in agreement; the last one may keep silent until the time is over. */
function opinion(dossier: Dossier, step: HeldStep, { crew, fate, random, letter }: Given): Doing {
  const awaited = awaitedOpinions(dossier)
  const [asked] = awaited
  if (!asked || (fate.silent && awaited.length === 1 && step.dueAt)) {
    return { by: null, type: 'note-silence', input: {}, share: 1, papers: [], notBefore: step.dueAt }
  }
  const drawn = random()
  const answer = drawn < 0.85 ? 'agree' : drawn < 0.96 ? 'conditional' : 'disagree'
  const input = { opinion: asked.key, answer, document: `${letter()}/CV`, note: pick(random, words[answer]) }
  return { by: crew(asked), type: 'give-opinion', input, share: 1 / awaited.length, papers: [], notBefore: null }
}

function completion(
  { outcomes }: Dossier,
  step: HeldStep,
  { process, fate, random, letter, by }: Given & { by: Staff },
): Record<string, unknown> {
  const work = getStep(process, step.key)
  const onward = step.exits.filter(({ back }) => !back)
  const back = step.exits.find(exit => exit.back)
  const again = outcomes[step.key] !== undefined
  const exit = back && !again && chance(random, 0.04) ? back : wayOn(onward, fate.ineligible)
  const asks = 'asks' in work ? work.asks : []
  const steered = fate.stop === 'consulting'
  return {
    outcome: exit.key,
    ...(exit.back && { reason: pick(random, words.again) }),
    ...('signature' in work && work.signature && { document: { number: `${letter()}/TB`, signer: by.name } }),
    data: Object.fromEntries(asks.map(asked => [asked.field, factFor(asked, random, steered)])),
  }
}

/** The first way on is the usual one; the second, where there is one, says no. */
function wayOn(onward: readonly FreeExit[], ineligible: boolean): FreeExit {
  const exit = (ineligible ? onward[1] : undefined) ?? onward[0]
  if (!exit) throw new Error('a step has no way on')
  return exit
}

function papersOf(step: HeldStep, { process }: Given): readonly string[] {
  const work = getStep(process, step.key)
  return 'papers' in work ? work.papers : []
}

/** Numbers of letters are small and grow. */
export function letters(random: Random): () => string {
  let last = whole(random, 20, 900)
  return () => {
    last += whole(random, 1, 9)
    return String(last)
  }
}
