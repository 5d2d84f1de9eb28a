import { stateLabel } from '#src/dossiers/dossier.ts'
import { dateText, type T } from '#src/platform/text.ts'
import type { KnownPerson } from './person.query.ts'

/** Where what was filled in comes from. */
export function sourceText({ from }: KnownPerson, t: T): string {
  return t(
    `Điền sẵn từ hồ sơ ${from.ref} (${from.procedure}), ngày ${dateText(from.at)}. Xin đối chiếu với giấy tờ.`,
    `Filled in from dossier ${from.ref} (${from.procedure}) of ${dateText(from.at)}. Check it against the papers.`,
  )
}

/** What the same person handed in of late, each with its link. */
export function recentTexts({ recent }: KnownPerson, t: T): { href: string; text: string }[] {
  return recent.map(({ ref, at, state }) => ({
    href: `/ho-so/${ref}`,
    text: `${ref}, ${dateText(at)}: ${stateLabel(state, t)}`,
  }))
}

/** What stands above them. */
export function recentTitle(t: T): string {
  return t(
    'Có thể trùng: người này đã nộp thủ tục này trong 30 ngày qua.',
    'Perhaps handed in before: the same procedure within the last 30 days.',
  )
}
