import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { getDossier } from '#src/families/family.query.ts'
import type { Citizen, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { attemptOf, type Stride, strides } from './command-walk.ts'
import { workOff } from './jobs.ts'
import { birthIntake, command, MONDAY, type Office } from './office.ts'

const usernames = [
  ...['intake', 'specialist', 'leader', 'clerk', 'cashier', 'postal', 'b.intake', 'b.leader', 'b.specialist'],
  ...['so.specialist', 'so.leader', 'so.clerk', 'director'],
]
const papers = [
  { code: 'C1', originals: 1 },
  { code: 'C2', originals: 1 },
]
const procedures = [
  {},
  { procedure: '1.009994', components: papers },
  { procedure: '2.000815', components: papers.slice(0, 1) },
]
type Change = Record<string, unknown>

const doors = {
  counter: (office: Office, change: Change) => receiveDossier(office.as('intake'), birthIntake(change), randomUUID()),
  elsewhere: (office: Office, change: Change) =>
    receiveDossier(office.as('b.intake'), birthIntake(change), randomUUID()),
  post: (office: Office, change: Change) =>
    receiveDossier(office.as('postal'), birthIntake({ ...change, channel: 'post' }), randomUUID()),
  online: (office: Office, change: Change) => {
    const { name, idNumber, phone } = office.citizen.actor as Citizen
    const applicant = { ...birthIntake().applicant, name, idNumber, phone }
    const online = { ...birthIntake(change), applicant, channel: 'online' as const, receivingPoint: 'H20.101' }
    return submitDossier(office.citizen, online, randomUUID())
  },
  refused: (office: Office, change: Change) =>
    refuseAtCounter(
      office.as('intake'),
      { intake: birthIntake(change), reason: 'Không thuộc thẩm quyền' },
      randomUUID(),
    ),
}

/**
 * Dossiers carried through whatever officers may do, those opened for them too, each with a clock of its own from within two months of MONDAY.
 * Always the same for the same seed. `between`: is done after every dossier.
 */
export async function randomHistories(
  office: Office,
  { seed, walks, between }: { seed: number; walks: number; between?: (nth: number) => Promise<void> },
): Promise<void> {
  const course = fc.tuple(
    fc.constantFrom(...(Object.keys(doors) as (keyof typeof doors)[]), 'counter' as const, 'online' as const),
    fc.constantFrom(...procedures),
    fc.integer({ min: 0, max: 60 }),
    strides,
  )
  for (const [nth, [door, change, day, path]] of fc.sample(course, { seed, numRuns: walks }).entries()) {
    let at = new Date(MONDAY).getTime() + day * 86_400_000
    office.clock.set(new Date(at))
    const { id } = (await doors[door](office, change)) as { id: number }
    // Two offices in three are quick, so that much is early and on time.
    const pace = nth % 3 === 0 ? 1 : 0.03
    for (const stride of path) {
      at = await later(office, id, { at, pace, stride })
      office.clock.set(new Date(at))
      await step(office, id, stride)
      await workOff(office.system)
    }
    await between?.(nth)
  }
}

/** Before a result often to about the hour of the promise, where on time and late are decided. */
async function later(
  office: Office,
  id: number,
  { at, pace, stride }: { at: number; pace: number; stride: Stride },
): Promise<number> {
  const { choice, minutes, seconds } = stride
  const { dueAt, state } = await getDossier(office.system, id)
  const near = (dueAt?.getTime() ?? 0) + (seconds - 40) * 60_000
  return state === 'approved' && choice % 3 === 0 && near > at ? near : at + minutes * pace * 60_000 + seconds * 1000
}

async function step(office: Office, id: number, stride: Stride): Promise<void> {
  const family = await run<{ id: number }>(
    office.system.db,
    'SELECT id FROM dossier WHERE id = $1 OR parent_id = $1 ORDER BY id',
    [id],
  )
  const dossier = await getDossier(office.system, family[stride.choice % family.length]?.id ?? id)
  const officers = usernames.map(name => office.as(name).actor as Officer)
  const attempt = attemptOf(dossier, officers, stride)
  if (!attempt) return
  const by = usernames[officers.indexOf(attempt.officer)] as string
  try {
    await command(office.as(by), dossier.code ?? `D${dossier.id}`, attempt.definition.type, attempt.input)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
