import { beforeAll, expect, test } from 'vitest'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import { allowedCommands } from '#src/casework/commands.ts'
import { refold } from '#src/dossiers/apply.ts'
import { refusalOf } from '#src/dossiers/command.ts'
import { openStates, type State, states } from '#src/dossiers/dossier.ts'
import { judge } from '#src/dossiers/dossier-deadline.ts'
import { holderOf, isFor } from '#src/dossiers/holder.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { always, came, happened, people, strangers, takeWalks } from './support/dossier-walks.ts'

beforeAll(takeWalks)

const ended: readonly State[] = ['closed', 'withdrawn', 'stopped', 'refused-at-intake']
const ways: Record<State, readonly State[]> = {
  draft: ['submitted', 'received', 'supplement-at-intake', 'refused-at-intake'],
  submitted: ['received', 'supplement-at-intake', 'refused-at-intake', 'withdrawn'],
  'supplement-at-intake': ['submitted', 'received', 'refused-at-intake', 'withdrawn'],
  received: ['in-process', 'withdrawn', 'stopped'],
  'in-process': ['supplement-requested', 'financial-obligation', 'pending-approval', 'withdrawn', 'stopped'],
  'supplement-requested': ['in-process', 'withdrawn', 'stopped'],
  'financial-obligation': ['in-process', 'withdrawn', 'stopped'],
  'pending-approval': ['approved', 'in-process', 'withdrawn', 'stopped'],
  approved: ['result-ready', 'withdrawn', 'stopped'],
  'result-ready': ['closed'],
  closed: [],
  withdrawn: [],
  stopped: [],
  'refused-at-intake': [],
}

test('a dossier goes only the ways the procedure of the office knows', () => {
  const gone = new Set<string>()
  always(({ event, before, after }) => {
    if (before.state === after.state) return
    // By decision a dossier under way goes on at any step of a process.
    if (event.type === 'process-changed') return expect(openStates).toContain(after.state)
    expect(ways[before.state], `from ${before.state}`).toContain(after.state)
    gone.add(`${before.state} → ${after.state}`)
  })
  const known = states.flatMap(from => ways[from].map(to => `${from} → ${to}`))
  expect([...gone].sort(), 'every way is gone by some walk').toEqual(known.sort())
})

test('what has ended stays as it ended: only notes may be added', () => {
  always(
    ({ after }) => {
      const may = new Set(people.flatMap(officer => allowedCommands(after, officer).map(c => c.type)))
      if (ended.includes(after.state)) expect([...may]).toEqual(['note'])
      else expect([...may].length).toBeGreaterThan(1)
      expect(after.closedAt !== null).toBe(ended.includes(after.state))
      expect(holderOf(after) === null).toBe(ended.includes(after.state))
      if (ended.includes(after.state)) expect(after.supplementProposal).toBeNull()
    },
    came(...ended),
  )
})

test('who holds a dossier can take it further', () => {
  always(({ after }) => {
    const holder = holderOf(after)
    if (!holder) return
    const holders = people.filter(p => isFor(holder, p))
    const may = holders.flatMap(p => allowedCommands(after, p).map(c => c.type)).filter(type => type !== 'note')
    const waits: readonly State[] = ['supplement-requested', 'financial-obligation']
    if (!waits.includes(after.state)) expect(may, after.state).not.toEqual([])
  })
})

test('from reception to the result every working hour belongs to exactly one holder, and the holders follow each other', () => {
  always(({ event, after }) => {
    const { holdings, receivedAt, readyAt, closedAt } = after
    if (!receivedAt) return expect(holdings).toEqual([])
    const end = readyAt ?? closedAt
    expect(holdings[0]?.from).toEqual(receivedAt)
    for (const [i, { to }] of holdings.entries()) expect(to).toEqual(holdings[i + 1]?.from ?? end)
    expect(holdings.filter(({ to }) => to === null)).toHaveLength(end ? 0 : 1)
    const until = end ?? event.at
    const held = holdings.map(h => workingMinutesBetween(h.from, h.to ?? until, nationalCalendar))
    const sum = held.reduce((total, minutes) => total + minutes, 0)
    expect(sum).toBeCloseTo(workingMinutesBetween(receivedAt, until, nationalCalendar), 5)
  }, happened('result-ready'))
})

test('a dossier under way is at one step of its process, and its holder is of the step’s agency', () => {
  always(({ after }) => {
    const { step, receivedAt, readyAt, closedAt } = after
    expect(step !== null).toBe(receivedAt !== null && readyAt === null && closedAt === null)
    if (step) expect(holderOf(after)?.agencyId).toBe(step.agencyId)
  }, came('in-process'))
})

test('nobody of another agency can do anything, or learn that the dossier exists', () => {
  always(({ after }) => {
    for (const stranger of strangers) {
      const may = allowedCommands(after, stranger).map(({ type }) => type)
      expect(may.filter(type => !(stranger.role === 'director' && type === 'change-process'))).toEqual([])
      const oversees = stranger.role === 'director' || stranger.role === 'control'
      for (const definition of allowedCommands(after, people[2] as Officer)) {
        expect(refusalOf(definition, after, stranger)?.kind).toBe(oversees ? 'forbidden' : 'not-found')
      }
    }
  })
})

test('the version counts the events, and the events alone make the dossier', () => {
  always(({ event, after }, { history }) => {
    expect(after.version).toBe(event.seq)
    expect(after).toEqual(
      refold(
        1,
        history.slice(0, event.seq).map(h => h.event),
      ),
    )
  })
})

test('the promise of the day of reception is never overwritten, and nothing falls due before it was received', () => {
  always(({ event, before, after }) => {
    if (event.type !== 'received') {
      expect(after.originalDueAt).toEqual(before.originalDueAt)
      expect(after.receivedAt).toEqual(before.receivedAt)
    }
    if (after.dueAt && after.receivedAt)
      expect(after.dueAt.getTime()).toBeGreaterThanOrEqual(after.receivedAt.getTime())
    expect(after.dueAt === null || after.receivedAt !== null).toBe(true)
  }, came('received'))
})

test('every move of the deadline is on the list of adjustments, each from where the last one left it', () => {
  always(
    ({ before, after }) => {
      const stops = [after.originalDueAt, ...after.adjustments.map(a => a.to)]
      expect(after.adjustments.map(a => a.from)).toEqual(stops.slice(0, -1))
      expect(after.dueAt).toEqual(stops.at(-1))
      expect(after.adjustments.slice(0, before.adjustments.length)).toEqual(before.adjustments)
    },
    ({ history }) => (history.at(-1)?.after.adjustments.length ?? 0) > 1,
  )
})

test('the clock stands still exactly while a supplement or a financial obligation is awaited', () => {
  always(
    ({ after }) => {
      const paused = after.state === 'supplement-requested' || after.state === 'financial-obligation'
      expect(after.pausedAt !== null, after.state).toBe(paused)
      expect(after.pauses.filter(p => p.to === null)).toHaveLength(paused ? 1 : 0)
      if (paused) expect(after.pauses.at(-1)).toMatchObject({ from: after.pausedAt, to: null })
      for (const { from, to } of after.pauses) expect((to ?? from).getTime()).toBeGreaterThanOrEqual(from.getTime())
    },
    came('supplement-requested', 'financial-obligation'),
  )
})

test('a pause never brings the deadline forward', () => {
  always(
    ({ event, before, after }) => {
      if (event.type !== 'supplement-answered' && event.type !== 'financial-obligation-met') return
      if (before.dueAt && after.dueAt) expect(after.dueAt.getTime()).toBeGreaterThanOrEqual(before.dueAt.getTime())
    },
    came('supplement-requested', 'financial-obligation'),
  )
})

test('without a leader no more supplements are asked for in a stage than the law allows, nor extensions granted', () => {
  always(
    ({ after }, { policy }) => {
      for (const stage of ['intake', 'appraisal'] as const) {
        const alone = after.supplements.filter(s => s.stage === stage && s.approvedBy === null)
        expect(alone.length).toBeLessThanOrEqual(policy.supplementsPerStage)
      }
      for (const s of after.supplements) if (s.approvedBy) expect(s.legalGround).toBeTruthy()
      expect(after.extensions).toBeLessThanOrEqual(policy.extensions)
      expect(after.adjustments.filter(a => a.kind === 'extension')).toHaveLength(after.extensions)
    },
    ({ history }) => (history.at(-1)?.after.supplements.length ?? 0) > 1,
  )
})

test('a dossier is judged once, when its result is ready, by the deadline it then had', () => {
  always(({ event, before, after }, { history }) => {
    if (event.type === 'result-ready') {
      expect(after.judgement).toBe(judge(event.at, before.dueAt))
      expect(after.readyAt).toEqual(event.at)
      expect(history.filter(h => h.event.type === 'result-ready')).toHaveLength(1)
    } else {
      expect([after.judgement, after.readyAt]).toEqual([before.judgement, before.readyAt])
    }
  }, happened('handed-over'))
})

test('one code from the moment the dossier is on file, and none before', () => {
  always(({ before, after }) => {
    if (before.code) expect(after.code).toBe(before.code)
    const onFile = after.submittedAt !== null || after.receivedAt !== null
    expect(after.code !== null, after.state).toBe(onFile)
  })
})

test('money is either owed, paid or not asked for, and paid once', () => {
  always(({ after }) => {
    const owed = after.fees.reduce((sum, fee) => sum + fee.amount * fee.quantity, 0)
    expect(after.receipts).toHaveLength(after.finance === 'paid' ? 1 : 0)
    if (after.finance === 'paid') expect(after.receipts[0]?.amount).toBe(owed)
    if (after.finance === 'not-required') expect(owed).toBe(0)
  }, happened('fee-collected'))
})
