import { stateLabel } from '#src/dossiers/dossier.ts'
import { findPerson, type KnownPerson } from '#src/dossiers/person.query.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import { dateText, type T } from '#src/platform/text.ts'

/** What this officer's desk knows of the holder of an ID number. */
export async function personFor(c: RequestContext, procedure: string, idNumber: string): Promise<KnownPerson | null> {
  return (await findPerson(c.get('ctx'), { officer: officerOf(c), idNumber, procedure })) ?? null
}

export function sourceText({ from }: KnownPerson, t: T): string {
  return t(
    `Điền sẵn từ hồ sơ ${from.ref} (${from.procedure}), ngày ${dateText(from.at)}. Xin đối chiếu với giấy tờ.`,
    `Filled in from dossier ${from.ref} (${from.procedure}) of ${dateText(from.at)}. Check it against the papers.`,
  )
}

export function recentTexts({ recent }: KnownPerson, t: T): { href: string; text: string }[] {
  return recent.map(({ ref, at, state }) => ({
    href: `/ho-so/${ref}`,
    text: `${ref}, ${dateText(at)}: ${stateLabel(state, t)}`,
  }))
}
