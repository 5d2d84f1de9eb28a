import { evaluate } from 'feelin'

/**
 * What expressions in a process may speak of. Names are those of the API: `form.area`, `case`, `channel`, `applicant.kind`,
 * `outcomes["tham-dinh"]` (the last way out of a step), `opinions["pccc"]` (an agency's answer: "agree", "disagree", "conditional",
 * "none"), `receiving` and `competent` (codes of agencies), `components` (codes of papers handed in), `fee` (đồng).
 */
export type FeelFacts = {
  form: Record<string, string | number | boolean>
  case: string | null
  channel: string
  applicant: { kind: string }
  outcomes: Record<string, string>
  opinions: Record<string, string>
  receiving: string
  competent: string
  components: string[]
  fee: number
}

export const noFacts: FeelFacts = {
  form: {},
  case: null,
  channel: 'counter',
  applicant: { kind: 'citizen' },
  outcomes: {},
  opinions: {},
  receiving: '',
  competent: '',
  components: [],
  fee: 0,
}

/** True only for FEEL's true: what is not known makes no branch be taken. Throws on text that is no FEEL. */
export function isTrue(expression: string, facts: FeelFacts): boolean {
  return evaluate(expression, facts).value === true
}

/** What an expression comes to; null when it speaks of what is not known. Throws on text that is no FEEL. */
export function resultOf(expression: string, facts: FeelFacts): unknown {
  return evaluate(expression, facts).value
}

/** What is wrong with an expression, or null: its grammar, and names that no dossier has. */
export function problemOf(expression: string): string | null {
  try {
    const { warnings } = evaluate(expression, noFacts)
    const strange = warnings.find(warning => warning.type === 'NO_VARIABLE_FOUND')
    return strange ? strange.message : null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
