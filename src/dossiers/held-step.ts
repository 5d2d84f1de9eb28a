import type { Role } from '#src/platform/ctx.ts'
import type { StepKind } from '#src/processes/process.ts'

/** A way out of a step that an officer chooses by name; the usual ways have commands of their own. */
export type FreeExit = { key: string; name: string; back: boolean }

/** The step a dossier is at: whose it is, since when, and how long it may take. */
export type HeldStep = {
  key: string
  kind: StepKind
  name: string
  agencyId: number
  /** Null while it waits for a dossier at another agency: nobody can act on this one. */
  role: Role | null
  /** The person who has it; null = anyone of that role there. */
  accountId: number | null
  since: Date
  /** Working minutes allowed; null when nothing is promised. */
  minutes: number | null
  dueAt: Date | null
  exits: FreeExit[]
  /** The dossier it waits for, once that is open. */
  childId: number | null
}

export const answers = ['agree', 'conditional', 'disagree', 'none'] as const
/** `none`: did not answer in time, which is written down. */
export type OpinionAnswer = (typeof answers)[number]

/** What one agency was asked in a consultation, and what it said. */
export type Opinion = {
  step: string
  key: string
  name: string
  agencyId: number
  role: Role
  accountId: number | null
  askedAt: Date
  dueAt: Date | null
  answeredAt: Date | null
  answer: OpinionAnswer | null
  /** Number of the letter it came in. */
  document: string | null
  note: string | null
  /** Nobody waits for it any more. */
  closedAt: Date | null
}

/** Who answered for the dossier from when to when. The holdings of a dossier follow each other without gap or overlap. */
export type Holding = {
  step: string | null
  name: string | null
  agencyId: number
  role: Role | null
  accountId: number | null
  from: Date
  to: Date | null
  /** Working minutes the step allowed. */
  minutes: number | null
}

/** A dossier opened for this one at another agency. */
export type Child = {
  id: number
  code: string | null
  procedure: string
  name: string
  agencyId: number
  openedAt: Date
  endedAt: Date | null
  outcome: 'granted' | 'refused' | 'ended' | null
}

export function awaitedOpinions(d: { opinions: readonly Opinion[] }): Opinion[] {
  return d.opinions.filter(opinion => opinion.answeredAt === null && opinion.closedAt === null)
}
