import type { Placeholder } from '#src/lists/dossier-list.ts'
import { type Channel, channels } from '#src/procedures/procedure.ts'
import { type Asked, type ListKind, reportReaders } from '#src/reports/report.ts'

/** A dossier that counts by itself: not one opened for another. */
export const COUNTED = 'd.parent_id IS NULL'

/** What lists of dossiers have in common. Those who measure reform read numbers, not dossiers. */
export const dossierList = {
  shape: 'list',
  group: 'progress',
  roles: reportReaders.filter(role => role !== 'reform'),
  filters: ['field', 'procedure', 'channel'],
  label: ['Mã hồ sơ', 'Dossier'],
} as const satisfies Partial<ListKind>

/** What a report was narrowed to, as SQL over `dossier d`; `$` adds a value and gives its place. */
export function narrowedTo({ filters }: Pick<Asked, 'filters'>, $: Placeholder): string[] {
  const { field, procedure, channel } = filters
  return [
    field !== undefined &&
      `d.procedure_version_id IN (SELECT v.id FROM procedure_version v JOIN field f ON f.id = v.field_id WHERE f.code = ${$(field, 'text')})`,
    procedure !== undefined && `d.procedure_code = ${$(procedure, 'text')}`,
    channel !== undefined && channels.includes(channel as Channel) && `d.channel = ${$(channel, 'text')}`,
  ].filter(condition => condition !== false)
}

/** Received within the period; `ENTERED` of src/lists/dossier-list.ts, which indexes hold, with its bounds. */
export function receivedWithin({ begins, until }: Pick<Asked, 'begins' | 'until'>, $: Placeholder): string {
  return `d.received_at IS NOT NULL AND coalesce(d.received_at, d.created_at) >= ${$(begins, 'timestamptz')}
    AND coalesce(d.received_at, d.created_at) < ${$(until, 'timestamptz')}`
}

/** Its result came within the period. */
export function solvedWithin({ begins, until }: Pick<Asked, 'begins' | 'until'>, $: Placeholder): string {
  return `d.received_at IS NOT NULL AND d.ready_at IS NOT NULL AND coalesce(d.ready_at, d.closed_at) >= ${$(begins, 'timestamptz')}
    AND coalesce(d.ready_at, d.closed_at) < ${$(until, 'timestamptz')}`
}

/** Conditions on what these agencies solved within the period and counts by itself, narrowed as the report is. */
export function solvedBy(agencies: readonly number[], asked: Asked, $: Placeholder): string[] {
  return [
    `d.competent_agency_id = ANY (${$(agencies, 'int[]')})`,
    solvedWithin(asked, $),
    COUNTED,
    ...narrowedTo(asked, $),
  ]
}

/** Working minutes as hours with one decimal. */
export function hoursOf(minutes: number | null): number | null {
  return minutes === null ? null : Math.round(minutes / 6) / 10
}

/** The last instant before `until`, in SQL: what is due at it is not yet overdue then. */
export const lastOf = (until: string) => `${until} - interval '1 millisecond'`
