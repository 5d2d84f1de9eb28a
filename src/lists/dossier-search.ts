import { fold } from '#src/platform/text.ts'

/** What a search looks for: one dossier by its reference, or words that all stand in code, name, ID number or phone. */
export type Search = { ref: string } | { patterns: string[] }

const CODE = /^[0-9A-Z.]{3,40}-\d{6}-\d{4,6}$/u
const TRACKING_ADDRESS = /\/tra-cuu\/([^/?#\s]+)/u
const WORDS_MAX = 8

/**
 * Reads what was typed or scanned: a tracking address (the QR code of a slip) or a whole code names one dossier, as does `D12` for one
 * without a code; anything else becomes LIKE patterns over the folded `search` column, one per word.
 */
export function readSearch(text: string): Search {
  const scanned = TRACKING_ADDRESS.exec(text)?.[1]
  const ref = (scanned ?? text).trim().toUpperCase()
  if (CODE.test(ref) || /^D\d{1,15}$/u.test(ref)) return { ref }
  const words = fold(scanned ?? text).split(' ')
  return { patterns: words.filter(Boolean).slice(0, WORDS_MAX).map(patternOf) }
}

/** The trigram index finds no part shorter than three characters, so a short word ("An", "Vũ") has to be a whole word. */
function patternOf(word: string): string {
  const escaped = word.replace(/[\\%_]/gu, '\\$&')
  return word.length < 3 ? `% ${escaped} %` : `%${escaped}%`
}
