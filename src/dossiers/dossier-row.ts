import type { Dossier } from './dossier.ts'
import { askedOf, holderOf } from './holder.ts'

/** Columns of `dossier` that are a key of the noun: [column, type, key]. */
const direct = [
  ['version', 'int', 'version'],
  ['tracking_secret', 'text', 'trackingSecret'],
  ['state', 'text', 'state'],
  ['finance', 'text', 'finance'],
  ['delivery', 'text', 'delivery'],
  ['procedure_code', 'text', 'procedureCode'],
  ['procedure_version_id', 'int', 'procedureVersionId'],
  ['case_code', 'text', 'caseCode'],
  ['law_pack', 'text', 'lawPack'],
  ['calendar_id', 'int', 'calendarId'],
  ['calendar_version', 'int', 'calendarVersion'],
  ['channel', 'text', 'channel'],
  ['service_point_id', 'int', 'servicePointId'],
  ['receiving_agency_id', 'int', 'receivingAgencyId'],
  ['competent_agency_id', 'int', 'competentAgencyId'],
  ['specialist_account_id', 'int', 'specialistId'],
  ['process_version_id', 'int', 'processId'],
  ['parent_id', 'bigint', 'parentId'],
  ['support_point_id', 'int', 'supportPointId'],
  ['partner_ids', 'int[]', 'partnerIds'],
  ['summary', 'text', 'summary'],
  ['submitted_at', 'timestamptz', 'submittedAt'],
  ['received_at', 'timestamptz', 'receivedAt'],
  ['original_due_at', 'timestamptz', 'originalDueAt'],
  ['due_at', 'timestamptz', 'dueAt'],
  ['due_provisional', 'boolean', 'dueProvisional'],
  ['due_gaps', 'int[]', 'dueGaps'],
  ['paused_at', 'timestamptz', 'pausedAt'],
  ['ready_at', 'timestamptz', 'readyAt'],
  ['closed_at', 'timestamptz', 'closedAt'],
  ['judgement', 'text', 'judgement'],
  ['cause_agency_id', 'int', 'causeAgencyId'],
  ['cause_account_id', 'int', 'causeAccountId'],
  ['cause_over', 'int', 'causeOver'],
  ['worked_minutes', 'int', 'workedMinutes'],
] as const satisfies readonly (readonly [column: string, type: string, key: keyof Dossier])[]

/** What only the dossier's own page reads. */
const detailKeys = [
  'step',
  'outcomes',
  'opinions',
  'holdings',
  'assignees',
  'children',
  'relatives',
  'links',
  'applicant',
  'representative',
  'sets',
  'components',
  'fees',
  'receipts',
  'deliveryChoice',
  'form',
  'term',
  'pauses',
  'adjustments',
  'extendedTo',
  'extensions',
  'supplements',
  'supplementProposal',
  'transfers',
  'forwarded',
  'appraisal',
  'result',
  'handOver',
  'endReason',
] as const satisfies readonly (keyof Dossier)[]

/** Columns computed for searching, listing and constraints: [column, type, value]. */
const derived: readonly (readonly [column: string, type: string, value: (d: Dossier) => unknown])[] = [
  ['holder_agency_id', 'int', d => holderOf(d)?.agencyId ?? null],
  ['holder_role', 'text', d => holderOf(d)?.role ?? null],
  ['holder_account_id', 'int', d => holderOf(d)?.accountId ?? null],
  ['step_key', 'text', d => d.step?.key ?? null],
  ['step_since', 'timestamptz', d => d.step?.since ?? null],
  ['step_due_at', 'timestamptz', d => d.step?.dueAt ?? null],
  ['step_minutes', 'int', d => d.step?.minutes ?? null],
  ['asked', 'text[]', askedOf],
  ['applicant_kind', 'text', d => d.applicant.kind],
  ['applicant_name', 'text', d => d.applicant.name],
  ['applicant_id_number', 'text', d => d.applicant.idNumber],
  ['applicant_phone', 'text', d => d.applicant.phone],
  ['detail', 'jsonb', d => JSON.stringify(Object.fromEntries(detailKeys.map(key => [key, d[key]])))],
]

export const written = [...direct.map(([column, type]) => [column, type] as const), ...derived]

/** The row the fold would write, in the order of `written`; check-ledger compares it with the stored one. */
export function rowOf(d: Dossier): unknown[] {
  return [...direct.map(([, , key]) => d[key]), ...derived.map(([, , value]) => value(d))]
}

export const rowColumns = written.map(([column]) => column)

export type DossierRow = { id: number; code: string | null; created_at: Date; detail: string } & Record<string, unknown>

/** What a reader of a whole dossier selects from `dossier d`. */
export const dossierColumns = `d.id, d.code, d.created_at, ${rowColumns
  .map(column => (column === 'detail' ? 'd.detail::text AS detail' : `d.${column}`))
  .join(', ')}`

const instantKeys = new Set([
  ...[
    'at',
    'from',
    'to',
    'signedAt',
    'answeredAt',
    'extendedTo',
    'since',
    'dueAt',
    'askedAt',
    'closedAt',
    'openedAt',
    'endedAt',
  ],
])

/** A form's fields and a process's steps may bear these names too. */
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u

export function fromRow(row: DossierRow): Dossier {
  const detail = JSON.parse(row.detail, (key, value) =>
    instantKeys.has(key) && typeof value === 'string' && INSTANT.test(value) ? new Date(value) : value,
  )
  return {
    ...Object.fromEntries(direct.map(([column, , key]) => [key, row[column]])),
    ...detail,
    id: row.id,
    code: row.code,
    createdAt: row.created_at,
  } as Dossier
}
