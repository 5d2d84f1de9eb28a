import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import { fixedClock } from '#src/platform/clock.ts'
import { packageRoot } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { type Channel, requirementsOf } from '#src/procedures/procedure.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { systemCtx } from '#test/support/people.ts'
import type { Plan } from './course.ts'
import { type Fate, usual } from './fate.ts'
import { isDemoDesk, type Lane, type Matter, makeLanes, type World } from './lane.ts'
import { life } from './life.ts'
import { readWorld } from './load-demo.ts'
import { loadProvince } from './load-province.ts'
import { drawPeople } from './plans.ts'
import type { Running } from './province.query.ts'
import { seeded } from './random.ts'

const dir = join(packageRoot, 'db/demo')
const folder = mkdtempSync(join(tmpdir(), 'demo-papers-'))
const clock = fixedClock('2025-07-01T00:00:00+07:00')
let database: TestDatabase
let ctx: Ctx
let world: World
let lanes: Lane[]

beforeAll(async () => {
  database = await testDatabase()
  ctx = systemCtx(database.db, clock)
  await loadProvince(ctx, { dir, seed: 3, validFrom: '2025-07-01', citizens: 5 })
  const begun = { seed: 3, dossiers: 200, now: new Date('2026-07-01T00:00:00+07:00') }
  world = await readWorld(ctx, begun, { dir, blobs: folderBlobs(folder) })
  lanes = makeLanes(world)
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.close()
})

/** Somebody comes with a matter of this process on a Tuesday morning. */
function planFor(lane: Lane, running: Running, fate: Fate): Plan {
  const offer = lane.offers.counter.things.find(({ procedure }) => procedure.code === running.procedure)
  const any = offer ?? lane.offers.online.things.find(({ procedure }) => procedure.code === running.procedure)
  if (!any) throw new Error(`nobody is received for ${running.procedure}`)
  const channel: Channel = offer ? 'counter' : 'online'
  const caseCode = running.case ?? undefined
  const needs = requirementsOf(any.procedure.content, channel, caseCode)
  const competent = any.competent ?? lane.agency
  const own = competent.id === lane.agency.id
  const matter: Matter = { offer: any, procedure: any.procedure, caseCode, channel, needs, competent, own }
  const people = drawPeople(lane, seeded(3, running.id), matter, false)
  return { at: new Date('2025-09-09T09:00:00+07:00'), matter, fate, by: null, ...people }
}

/** Lives the dossier of a plan to its end and returns what it came to. */
async function live(lane: Lane, plan: Plan, name: string): Promise<Dossier> {
  const course = life(lane, plan, seeded(3, name))
  let now: Dossier | undefined
  let next = course.next()
  for (let n = 1; !next.done; n += 1) {
    clock.set(next.value.at)
    now = await next.value.run({ ...ctx, actor: next.value.actor }, `${name}:${n}`)
    next = course.next(now)
  }
  if (!now) throw new Error('nothing happened')
  return now
}

const laneFor = ({ procedure }: Running) => {
  const level = world.procedures.find(({ code }) => code === procedure)?.level
  const found = lanes.find(lane => (level === 'province' ? lane.agency.kind === 'centre' : isDemoDesk(lane)))
  if (!found) throw new Error(`no desk for ${procedure}`)
  return found
}

const ways: [string, Partial<Fate>][] = [
  ['in order', {}],
  ['with a return and silent agencies', { reworked: true, silent: true }],
  ['to a refusal', { ineligible: true }],
]

describe.each(ways)('the demo offices carry every process to its end, %s', (_, fate) => {
  test('a result is handed over, in a ledger that holds together', async () => {
    const own = world.processes.filter(({ procedure }) => procedure !== null)
    expect(own.length).toBeGreaterThanOrEqual(24)
    for (const running of own) {
      const lane = laneFor(running)
      const name = `${running.procedure} ${running.case} ${JSON.stringify(fate)}`
      const ended = await live(lane, planFor(lane, running, { ...usual, ...fate }), name)
      expect(ended, name).toMatchObject({ state: 'closed', processId: running.id, step: null })
      if (fate.ineligible) expect(ended.result?.kind, name).toBe('refusal')
    }
    expect((await checkLedger(ctx)).faults).toEqual([])
  }, 60_000)
})
