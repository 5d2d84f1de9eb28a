import type { Course } from './course.ts'
import type { Crew } from './next-command.ts'
import type { Staff } from './province.query.ts'
import { whole } from './random.ts'
import { officerAt } from './take-in.ts'

/** Who answers for one dossier, everywhere it goes: the desk's officer, and somebody of every agency and role. */
export type Office = { officer: Staff; crew: Crew }

/**
 * The same dossier finds the same person in each place, whoever else works there; work given to somebody by name is theirs. What stays on
 * the desks at the end is the demo accounts'.
 */
export function officeOf(course: Course): Office {
  const { lane, random, by } = course
  const officer = officerAt(course)
  const turn = whole(random, 0, 9_999)
  const crew: Crew = ({ agencyId, role, accountId }) => {
    if (agencyId === lane.agency.id && role === 'intake' && accountId === null) return officer
    const staff = lane.world.staffAt(agencyId, role)
    const named = accountId !== null && staff.find(one => one.accountId === accountId)
    const shown = by && staff.find(one => one.username === role)
    const one = named || shown || staff[turn % staff.length]
    if (!one) throw new Error(`agency ${agencyId} has no ${role}`)
    return one
  }
  return { officer, crew }
}
