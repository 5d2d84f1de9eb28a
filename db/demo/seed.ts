import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkProcesses } from './seed-processes.ts'
import {
  type Seed,
  SeedAgency,
  type SeedOfficer,
  SeedPeople,
  SeedProcedure,
  SeedProcess,
  SeedServicePoint,
} from './seed-types.ts'

/**
 * The demo province as written in the JSON files of `dir` (this folder, wherever the bundle stands).
 * Throws an Error that names the file and the key when a file does not hold its shape or points at something unknown.
 */
export function readSeed(dir: string): Seed {
  const { officers, citizens } = readJson(dir, 'officers.json', SeedPeople)
  const seed: Seed = {
    agencies: readJson(dir, 'agencies.json', z.array(SeedAgency)),
    servicePoints: readJson(dir, 'service-points.json', z.array(SeedServicePoint)),
    officers,
    citizens,
    procedures: filesIn(dir, 'procedures').flatMap(file => readJson(dir, file, z.array(SeedProcedure))),
    processes: readProcesses(dir),
  }
  checkUnique(seed)
  checkAgencies(seed)
  checkServicePoints(seed)
  for (const officer of seed.officers) checkOfficer(officer, seed)
  for (const procedure of seed.procedures) checkProcedure(procedure, seed)
  checkProcesses(seed)
  return seed
}

function filesIn(dir: string, folder: string): string[] {
  return readdirSync(join(dir, folder))
    .filter(f => f.endsWith('.json'))
    .sort()
    .map(f => `${folder}/${f}`)
}

/** Parts before those that take them in. */
function readProcesses(dir: string): SeedProcess[] {
  const processes = filesIn(dir, 'processes').map(file => readJson(dir, file, SeedProcess))
  return [...processes.filter(one => 'key' in one), ...processes.filter(one => 'procedure' in one)]
}

function readJson<T extends z.ZodType>(dir: string, file: string, schema: T): z.infer<T> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(join(dir, file), 'utf8')))
  if (!parsed.success) {
    const problems = parsed.error.issues.map(i => `${i.path.join('.')}: ${i.message}`)
    throw new Error(`${file}: ${problems.slice(0, 5).join('; ')}`)
  }
  return parsed.data
}

function fail(file: string, key: string, problem: string): never {
  throw new Error(`${file}: ${key}: ${problem}`)
}

function unique(file: string, values: string[]): void {
  const seen = new Set<string>()
  for (const value of values) {
    if (seen.has(value)) fail(file, value, 'appears twice')
    seen.add(value)
  }
}

function checkUnique({ agencies, servicePoints, officers, citizens, procedures }: Seed): void {
  unique('agencies.json', [...agencies.map(a => a.key), ...agencies.map(a => a.code)])
  unique('service-points.json', [
    ...servicePoints.map(p => p.key),
    ...servicePoints.map(p => `${p.agencyKey} ${p.name}`),
  ])
  unique('officers.json', [...officers.map(o => o.username), ...citizens.map(c => c.username)])
  unique(
    'procedures',
    procedures.map(p => p.code),
  )
}

function checkAgencies({ agencies }: Seed): void {
  const keys = new Set(agencies.map(a => a.key))
  for (const { key, parentKey } of agencies) {
    if (parentKey && !keys.has(parentKey)) fail('agencies.json', key, `unknown parent ${parentKey}`)
  }
}

function checkServicePoints({ agencies, servicePoints, procedures }: Seed): void {
  const keys = new Set(agencies.map(a => a.key))
  const fields = new Set(procedures.map(p => p.field.code))
  for (const point of servicePoints) {
    if (!keys.has(point.agencyKey)) fail('service-points.json', point.key, `unknown agency ${point.agencyKey}`)
    unique(
      `service-points.json: ${point.key}`,
      point.counters.map(c => c.name),
    )
    for (const field of point.counters.flatMap(c => c.fields ?? [])) {
      if (!fields.has(field)) fail('service-points.json', point.key, `unknown field ${field}`)
    }
  }
}

function checkOfficer(officer: SeedOfficer, { agencies, servicePoints }: Seed): void {
  const { username, assignments } = officer
  const held = new Set<string>()
  for (const { agencyKey, role, servicePointKey } of assignments) {
    if (!agencies.some(a => a.key === agencyKey)) fail('officers.json', username, `unknown agency ${agencyKey}`)
    const point = servicePoints.find(p => p.key === servicePointKey)
    if (servicePointKey && !point) fail('officers.json', username, `unknown service point ${servicePointKey}`)
    if (point && point.agencyKey !== agencyKey) fail('officers.json', username, `${servicePointKey} is elsewhere`)
    held.add(`${agencyKey} ${role}`)
  }
  // Nobody approves in an agency where they also appraise.
  for (const { agencyKey } of assignments) {
    if (held.has(`${agencyKey} specialist`) && held.has(`${agencyKey} leader`)) {
      fail('officers.json', username, `specialist and leader at ${agencyKey}`)
    }
  }
}

function checkProcedure(procedure: SeedProcedure, { agencies }: Seed): void {
  const { code, field, level, resolverKey, components, cases } = procedure
  const file = `procedures/${field.code}.json`
  const resolver = agencies.find(a => a.key === resolverKey)
  if (resolverKey && !resolver) fail(file, code, `unknown agency ${resolverKey}`)
  if (level === 'province' && !resolver) fail(file, code, 'no agency resolves it')
  unique(
    `${file}: ${code}`,
    components.map(c => c.code),
  )
  unique(
    `${file}: ${code}`,
    cases.map(c => c.code),
  )
  const codes = new Set(components.map(c => c.code))
  for (const wanted of cases.flatMap(c => c.componentCodes ?? [])) {
    if (!codes.has(wanted)) fail(file, code, `unknown component ${wanted}`)
  }
}
