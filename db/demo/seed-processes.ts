import type { AgencyRef, Process, Step } from '#src/processes/process.ts'
import type { Seed, SeedProcess } from './seed-types.ts'

/** Throws an Error that names the process when it belongs to, asks or takes in what the seed does not have, or is there twice. */
export function checkProcesses(seed: Seed): void {
  const seen = new Set<string>()
  for (const one of seed.processes) {
    const name = nameOf(one)
    if (seen.has(name)) fail(one, 'appears twice')
    seen.add(name)
    if ('procedure' in one) checkOwner(one, seed)
    for (const step of one.process.steps) checkStep(one, step, seed)
  }
}

const nameOf = (one: SeedProcess) => ('key' in one ? one.key : `${one.procedure} ${one.case ?? ''}`.trim())

function fail(one: SeedProcess, problem: string): never {
  throw new Error(`processes: ${nameOf(one)}: ${problem}`)
}

function checkOwner(one: Extract<SeedProcess, { procedure: string }>, { procedures }: Seed): void {
  const procedure = procedures.find(({ code }) => code === one.procedure)
  if (!procedure) fail(one, 'unknown procedure')
  if (one.case && !procedure.cases.some(({ code }) => code === one.case)) fail(one, 'unknown case')
}

function checkStep(one: SeedProcess, step: Step, { agencies, procedures, processes }: Seed): void {
  for (const code of codesIn(step)) {
    if (!agencies.some(agency => agency.code === code)) fail(one, `unknown agency ${code}`)
  }
  if (step.kind === 'sub-process' && !processes.some(part => 'key' in part && part.key === step.process)) {
    fail(one, `unknown part ${step.process}`)
  }
  if (step.kind !== 'child') return
  const procedure = procedures.find(({ code }) => code === step.procedure)
  if (!procedure) fail(one, `unknown procedure ${step.procedure}`)
  if (step.case && !procedure.cases.some(({ code }) => code === step.case)) fail(one, `unknown case ${step.case}`)
}

/** Codes of the agencies a step names; a rule names them between quotes. */
function codesIn(step: Step): string[] {
  return agenciesOf(step).flatMap(agency => {
    if (agency.by === 'code') return [agency.code]
    return agency.by === 'rule' ? [...agency.rule.matchAll(/"(H[0-9.]+)"/gu)].map(([, code]) => code ?? '') : []
  })
}

export function agenciesOf(step: Step): AgencyRef[] {
  if (step.kind === 'consult') return step.asked.map(({ agency }) => agency)
  return 'agency' in step ? [step.agency] : []
}

/** Agencies by code or rule that take part in a process, its parts written out. */
export function otherAgencies(process: Process): Set<string> {
  const named = process.steps.flatMap(agenciesOf).filter(ref => ref.by === 'code' || ref.by === 'rule')
  return new Set(named.map(ref => (ref.by === 'code' ? ref.code : ref.rule)))
}
