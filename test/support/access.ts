import type { Role } from '#src/platform/ctx.ts'
import type { Person } from './people.ts'

/**
 * Who may use a route. `everyone`: no sign-in needed. A list of roles: those officers; everyone else signed in is refused
 * (403, or 404 where even the existence is not theirs to know), and a visitor is asked to sign in.
 */
export type Who = 'everyone' | 'signed-in' | 'citizens' | 'officers' | readonly Role[]

/** Rows the requests of the table may name. */
export type Fixtures = {
  person: Person
  agency: string
  calendar: number
  /** Of an assignment in the askers' agency that is none of theirs, to somebody else there. */
  delegation: number
  /** An entry of their agency's guidance log, of somebody else's. */
  guidance: number
  /** A reminder slip to the askers' agency. */
  reminder: number
  /** A dossier of the askers' agency, applied for by the citizen who asks; its tracking secret and a paper in it. */
  dossier: string
  secret: string
  paper: string
}

export type Access = {
  who: Who
  /** The address asked for, when the route has parameters. */
  path?: (fixtures: Fixtures) => string
  /** Fields of a form post. */
  form?: Record<string, string>
  /** Body of a JSON request. */
  json?: unknown
}
