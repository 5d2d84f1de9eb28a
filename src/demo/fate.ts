import type { Matter } from './lane.ts'
import { chance, type Random } from './random.ts'

/**
 * Where live work stands at the end of the history; `unforwarded` has been received for another agency and lies at the desk, `handed` is
 * on its way between two agencies, `consulting` waits for opinions, `waiting` for a dossier at another agency.
 */
export type Stop =
  | 'draft'
  | 'submitted'
  | 'supplement-at-intake'
  | 'unforwarded'
  | 'received'
  | 'assigned'
  | 'appraised'
  | 'asked'
  | 'proposed'
  | 'notified'
  | 'sent'
  | 'approved'
  | 'signed'
  | 'ready'
  | 'handed'
  | 'consulting'
  | 'waiting'

/** What will happen to a dossier, drawn when it comes in; the rules of the office then say how. */
export type Fate = {
  intake: 'plain' | 'drafted' | 'incomplete' | 'refused'
  pace: 'early' | 'on-time' | 'late'
  /** Put off with an apology before it is late. */
  apology: boolean
  supplement: boolean
  /** The applicant brings what was asked for; otherwise it ends there. */
  answers: boolean
  second: 'none' | 'approved' | 'declined'
  obligation: boolean
  reworked: boolean
  ineligible: boolean
  /** An agency asked for its opinion lets the time to answer pass. */
  silent: boolean
  corrected: boolean
  noted: boolean
  end: 'result' | 'withdrawn' | 'stopped'
  /** The applicant comes for the result. */
  collects: boolean
  stop: Stop | null
}

export const usual: Fate = {
  intake: 'plain',
  pace: 'early',
  apology: false,
  supplement: false,
  answers: true,
  second: 'none',
  obligation: false,
  reworked: false,
  ineligible: false,
  silent: false,
  corrected: false,
  noted: false,
  end: 'result',
  collects: true,
  stop: null,
}

/** Shares as an ordinary province reports them: four in five early, one in twenty late, one in twelve with a supplement. */
export function drawFate(random: Random, matter: Matter): Fate {
  const may = (probability: number) => chance(random, probability)
  const pace = drawPace(random)
  const supplement = may(0.08)
  return {
    intake: drawIntake(random, matter),
    pace,
    apology: pace === 'late' && may(0.4),
    supplement,
    answers: may(0.9),
    second: supplement && may(0.2) ? (may(0.6) ? 'approved' : 'declined') : 'none',
    obligation: matter.procedure.fieldCode === 'dat-dai' && may(0.35),
    reworked: may(0.05),
    ineligible: may(0.03),
    silent: may(0.12),
    corrected: may(0.02),
    noted: may(0.06),
    end: may(0.015) ? 'withdrawn' : may(0.012) ? 'stopped' : 'result',
    collects: may(0.994),
    stop: null,
  }
}

function drawPace(random: Random): Fate['pace'] {
  const drawn = random()
  if (drawn < 0.05) return 'late'
  return drawn < 0.15 ? 'on-time' : 'early'
}

function drawIntake(random: Random, { channel }: Matter): Fate['intake'] {
  const drawn = random()
  if (drawn < (channel === 'online' ? 0.04 : 0.015)) return 'refused'
  if (drawn < (channel === 'online' ? 0.1 : 0.04)) return 'incomplete'
  return channel !== 'online' && drawn < 0.07 ? 'drafted' : 'plain'
}
