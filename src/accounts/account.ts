import type { Role } from '#src/platform/ctx.ts'
import { isoLocal, type T } from '#src/platform/text.ts'

export type AccountKind = 'officer' | 'citizen'

export const MAX_FAILED_SIGN_INS = 5
export const LOCK_MINUTES = 5

const ROLE_NAMES: Record<Role, readonly [vi: string, en: string]> = {
  intake: ['Cán bộ tiếp nhận', 'Intake officer'],
  specialist: ['Chuyên viên', 'Specialist'],
  leader: ['Lãnh đạo', 'Leader'],
  clerk: ['Văn thư', 'Clerk'],
  cashier: ['Thu phí', 'Cashier'],
  postal: ['Nhân viên bưu chính', 'Postal clerk'],
  home: ['Cán bộ tiếp nhận tại nhà', 'Home-visit officer'],
  director: ['Giám đốc trung tâm', 'Centre director'],
  control: ['Kiểm soát thủ tục hành chính', 'Procedure control'],
  reform: ['Cải cách hành chính', 'Administrative reform'],
  admin: ['Quản trị', 'Administrator'],
}

export function roleName(role: Role, t: T): string {
  const [vi, en] = ROLE_NAMES[role]
  return t(vi, en)
}

/** The day in Vietnam at an instant, as the database writes it: `2026-03-02`. Assignments begin and end by day. */
export function dayOf(at: Date): string {
  return isoLocal(at).slice(0, 10)
}
