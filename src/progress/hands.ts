import { roleName } from '#src/accounts/account.ts'
import { workingDuration } from '#src/calendar/duration-text.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'

type Hand = { agencyId: number; role: Role | null; accountId: number | null }

export function agencyName(read: ReadDossier, id: number): string {
  return read.agencies.get(id)?.shortName ?? ''
}

/** By code, as processes name agencies; the code itself where the dossier does not know one. */
export function agencyByCode(read: ReadDossier, code: string | null): string {
  if (code === null) return ''
  return [...read.agencies.values()].find(agency => agency.code === code)?.shortName ?? code
}

/** `Nguyễn Văn A`; with a colleague standing in today, `Trần Thị B thay Nguyễn Văn A (QĐ 12)`. Null while nobody has it by name. */
export function personText(read: ReadDossier, hand: Hand, t: T): string | null {
  const person = hand.accountId === null ? undefined : read.people.get(hand.accountId)
  if (!person) return null
  const { name, substitutes } = person
  const standIn = substitutes.find(one => one.agencyId === hand.agencyId && one.role === hand.role)
  if (!standIn) return name
  return t(
    `${standIn.name} thay ${name} (${standIn.ground})`,
    `${standIn.name} in place of ${name} (${standIn.ground})`,
  )
}

/** `Nguyễn Văn A, Chuyên viên, Sở Xây dựng` */
export function handText(read: ReadDossier, hand: Hand, t: T): string {
  return [personText(read, hand, t), hand.role && roleName(hand.role, t), agencyName(read, hand.agencyId)]
    .filter(Boolean)
    .join(', ')
}

/** `Ng. Minh Tuấn` as in a register: the family name may be cut, the given names not. */
export function shortName(name: string | null): string {
  const [family = '', ...given] = (name ?? '').split(' ')
  return given.length > 1 && family.length > 3 ? `${family.slice(0, 2)}. ${given.join(' ')}` : (name ?? '')
}

/** Steps are planned in hours: `16 giờ`, `4,5 giờ`; less than one in minutes. */
export function workingHours(minutes: number, t: T): string {
  if (minutes < 60) return workingDuration(minutes, t)
  const hours = Math.round(minutes / 6) / 10
  return t(`${String(hours).replace('.', ',')} giờ`, `${hours} h`)
}
