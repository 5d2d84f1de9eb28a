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
