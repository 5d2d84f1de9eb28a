import { expect, test } from 'vitest'
import { channels, requirementsOf } from '#src/procedures/procedure.ts'
import { expand } from '#src/processes/expansion.ts'
import { isWork } from '#src/processes/process.ts'
import { problemsOf } from '#src/processes/process-problems.ts'
import { termMinutes } from '#src/processes/step-hours.ts'
import { readSeed } from './seed.ts'
import { otherAgencies } from './seed-processes.ts'

const seed = readSeed(import.meta.dirname)
const procedure = (code: string) => {
  const found = seed.procedures.find(p => p.code === code)
  if (!found) throw new Error(`no procedure ${code}`)
  return found
}
const rolesAt = (agencyKey: string) =>
  new Set(seed.officers.flatMap(o => o.assignments.filter(a => a.agencyKey === agencyKey).map(a => a.role)))

const own = seed.processes.filter(one => 'procedure' in one)
const library = Object.fromEntries(seed.processes.flatMap(one => ('key' in one ? [[one.key, one.process]] : [])))
const expanded = own.map(one => expand(one.process, library))
const all = expanded.flatMap(({ steps }) => steps)

/** The shortest term of what a process serves: its case, or whatever has none of its own, through every channel. */
const shortestTerm = ({ procedure: code, case: only }: { procedure: string; case?: string }) => {
  const { channels: lines, cases, components } = procedure(code)
  const content = { channels: lines, cases, components } as Parameters<typeof requirementsOf>[0]
  const apart = own.flatMap(one => (one.procedure === code ? [one.case] : []))
  const served = only ? [only] : [undefined, ...cases.map(c => c.code).filter(c => !apart.includes(c))]
  const terms = served.flatMap(c => channels.map(channel => termMinutes(requirementsOf(content, channel, c).term)))
  const published = terms.filter(minutes => minutes !== null)
  return published.length > 0 ? Math.min(...published) : null
}

const known = {
  agencies: new Set(seed.agencies.map(a => a.code)),
  procedures: new Set(seed.procedures.map(p => p.code)),
  library,
}

test.each(own.map(one => [one.process.name, one] as const))('%s has no problems', (_, one) => {
  expect(problemsOf(one.process, { ...known, termMinutes: shortestTerm(one) })).toEqual([])
})

test.each(Object.entries(library))('the part %s has no problems', (_, part) => {
  expect(problemsOf(part, { ...known, termMinutes: null, part: true })).toEqual([])
})

test('there are many, within one agency and across several, with every kind of step', () => {
  expect(own.length).toBeGreaterThanOrEqual(24)
  expect(expanded.filter(one => otherAgencies(one).size > 0).length).toBeGreaterThanOrEqual(7)
  const kinds = new Set(seed.processes.flatMap(one => one.process.steps.map(({ kind }) => kind)))
  expect(kinds).toEqual(
    new Set('transfer receipt assign appraise approve sign task consult choice automatic child sub-process'.split(' ')),
  )
  const count = (kind: string) => all.filter(step => step.kind === kind).length
  expect(count('choice')).toBeGreaterThanOrEqual(5)
  for (const share of ['round-robin', 'least-loaded']) {
    expect(all.filter(step => isWork(step) && step.share === share).length).toBeGreaterThanOrEqual(3)
  }
})

test('every agency that takes part has somebody for each of its steps', () => {
  const missing = all.flatMap(step => {
    const asked = step.kind === 'consult' ? step.asked : isWork(step) ? [step] : []
    return asked.flatMap(({ agency, role }) => {
      const key = agency.by === 'code' && seed.agencies.find(a => a.code === agency.code)?.key
      return key && !rolesAt(key).has(role) ? [`${step.key}: ${key} has no ${role}`] : []
    })
  })
  expect(missing).toEqual([])
})

test('a dossier of its own goes to the agency that resolves it', () => {
  for (const step of all) {
    if (step.kind !== 'child' || step.agency.by !== 'code') continue
    const { code } = step.agency
    expect(seed.agencies.find(a => a.key === procedure(step.procedure).resolverKey)?.code).toBe(code)
  }
})
