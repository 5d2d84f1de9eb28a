import type { T } from '#src/platform/text.ts'

/**
 * Kinds of agency in the two-tier model: the province, its service centre, its departments, agencies of central ministries,
 * communes and wards, and the postal operator.
 */
export const agencyKinds = ['province', 'centre', 'department', 'vertical', 'commune', 'postal'] as const
export type AgencyKind = (typeof agencyKinds)[number]

/** An agency during the days from `validFrom` until before `validTo`; what came after a merger is its successor. */
export type Agency = {
  id: number
  code: string
  name: string
  shortName: string
  kind: AgencyKind
  parentId: number | null
  /** Code of the administrative unit it serves, in the national list. */
  unitCode: string | null
  address: string | null
  phone: string | null
  calendarId: number
  validFrom: string
  validTo: string | null
  successorId: number | null
}

export type AgencyNode = Agency & { children: AgencyNode[] }

export const servicePointKinds = ['desk', 'post-office'] as const
export type ServicePointKind = (typeof servicePointKinds)[number]

/** Where dossiers are received for an agency: its own desk, or a post office. */
export type ServicePoint = {
  id: number
  agencyId: number
  name: string
  kind: ServicePointKind
  address: string | null
}

const KIND_NAMES: Record<AgencyKind, readonly [vi: string, en: string]> = {
  province: ['Tỉnh, thành phố', 'Province'],
  centre: ['Trung tâm Phục vụ hành chính công', 'Public administration service centre'],
  department: ['Cơ quan chuyên môn cấp tỉnh', 'Provincial department'],
  vertical: ['Cơ quan ngành dọc', 'Agency of a central ministry'],
  commune: ['Xã, phường', 'Commune or ward'],
  postal: ['Bưu chính', 'Postal operator'],
}

export function agencyKindName(kind: AgencyKind, t: T): string {
  const [vi, en] = KIND_NAMES[kind]
  return t(vi, en)
}

/** Whether the agency exists on a day (`2026-03-02`). */
export function isValidOn(agency: Pick<Agency, 'validFrom' | 'validTo'>, day: string): boolean {
  return agency.validFrom <= day && (agency.validTo === null || agency.validTo > day)
}

/** Agencies under their parents; one whose parent is not in the list stands at the top. */
export function treeOf(agencies: readonly Agency[]): AgencyNode[] {
  const nodes = new Map(agencies.map(agency => [agency.id, { ...agency, children: [] as AgencyNode[] }]))
  const tops: AgencyNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parentId === null ? undefined : nodes.get(node.parentId)
    ;(parent?.children ?? tops).push(node)
  }
  return tops
}
