// Generated from db/migrations by "npm run generate". Do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely'

/** Has a default, so may be left out when inserting. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as Date; written as Date or as ISO 8601 text. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Read as the parsed value, to be given its type by the room that owns it. A list is written with JSON.stringify: the driver takes a bare array for a PostgreSQL array. */
export type Json = ColumnType<unknown, string | object, string | object>

export interface Account {
  id: Generated<number>
  kind: string
  username: string
  password_hash: string
  name: string
  title: string | null
  id_number: string | null
  phone: string | null
  email: string | null
  active: Generated<boolean>
  demo: Generated<boolean>
  failed_sign_ins: Generated<number>
  locked_until: Timestamp | null
  created_at: Timestamp
}

export interface Agency {
  id: Generated<number>
  code: string
  name: string
  short_name: string
  kind: string
  parent_id: number | null
  unit_code: string | null
  address: string | null
  phone: string | null
  calendar_id: number
  valid_from: string
  valid_to: string | null
  successor_id: number | null
}

export interface ApologyDraft {
  id: GeneratedAlways<number>
  dossier_id: number
  due_at: Timestamp
  at: Timestamp
  agency_id: number
  cause_agency_id: number | null
  cause_account_id: number | null
  reason: string
  until: string
}

export interface Assignment {
  id: Generated<number>
  account_id: number
  agency_id: number
  role: string
  service_point_id: number | null
  valid_from: string
  valid_to: string | null
  last_turn: number | null
}

export interface Audit {
  id: GeneratedAlways<number>
  at: Timestamp
  actor: string
  action: string
  subject: string
  detail: Generated<Json>
}

export interface Calendar {
  id: Generated<number>
  name: string
  version: Generated<number>
  weekly: Json
}

export interface CalendarDay {
  calendar_id: number
  day: string
  kind: string
  windows: Json | null
  reason: string
  legal_basis: string | null
}

export interface CalendarYear {
  calendar_id: number
  year: number
  notice: string
}

export interface CommandDone {
  actor: string
  id: string
  digest: string
  at: Timestamp
  answer: Json | null
}

export interface Counter {
  id: Generated<number>
  service_point_id: number
  name: string
  fields: Generated<string[]>
}

export interface Delegation {
  id: Generated<number>
  assignment_id: number
  account_id: number
  agency_id: number
  role: string
  delegate_id: number
  ground: string
  valid_from: Timestamp
  valid_to: Timestamp
  made_by: number | null
  made_at: Timestamp
  revoked_at: Timestamp | null
  revoked_by: number | null
  reason: string | null
}

export interface Dossier {
  id: Generated<number>
  version: number
  code: string | null
  tracking_secret: string
  state: string
  finance: string
  delivery: string
  sync: Generated<string>
  procedure_code: string
  procedure_version_id: number
  case_code: string | null
  law_pack: string
  calendar_id: number
  calendar_version: number
  channel: string
  service_point_id: number | null
  receiving_agency_id: number
  competent_agency_id: number
  holder_agency_id: number | null
  holder_role: string | null
  holder_account_id: number | null
  specialist_account_id: number | null
  applicant_kind: string
  applicant_name: string
  applicant_id_number: string | null
  applicant_phone: string | null
  summary: string
  submitted_at: Timestamp | null
  received_at: Timestamp | null
  original_due_at: Timestamp | null
  due_at: Timestamp | null
  due_provisional: Generated<boolean>
  due_gaps: Generated<number[]>
  paused_at: Timestamp | null
  ready_at: Timestamp | null
  closed_at: Timestamp | null
  judgement: string | null
  detail: Json
  created_at: Timestamp
  search: ColumnType<string | null, never, never>
  process_version_id: number | null
  parent_id: number | null
  support_point_id: number | null
  step_key: string | null
  step_since: Timestamp | null
  step_due_at: Timestamp | null
  step_minutes: number | null
  partner_ids: Generated<number[]>
  asked: Generated<string[]>
  cause_agency_id: number | null
  cause_account_id: number | null
  cause_over: number | null
  worked_minutes: number | null
}

export interface DossierAlert {
  id: GeneratedAlways<number>
  dossier_id: number
  rule_key: string
  rule_id: number
  subject: string
  key: string
  late: boolean
  at: Timestamp
  due_at: Timestamp
  step_name: string | null
  agency_id: number | null
  role: string | null
  account_id: number | null
  cause_agency_id: number | null
  cause_account_id: number | null
  cause_over: number | null
  escalate_to: string
  told: Generated<number[]>
}

export interface DossierCounter {
  agency_id: number
  day: string
  last: number
}

export interface DossierEvent {
  dossier_id: number
  seq: number
  at: Timestamp
  type: string
  actor: string
  actor_role: string | null
  agency_id: number | null
  form: string | null
  command_id: string
  command_part: Generated<number>
  command_digest: string
  code: string | null
  state: string
  due_at: Timestamp | null
  payload: Json
  prev_hash: Buffer
  hash: Buffer
  on_behalf_of: number | null
  recorded_at: Timestamp | null
}

export interface DossierRating {
  dossier_id: number
  agency_id: number
  account_id: number | null
  ready_at: Timestamp
  at: Timestamp
  p1: number | null
  p2: number | null
  p3: number | null
  p4: number | null
  p6: number | null
  p7: number | null
}

export interface DossierRatingChange {
  id: GeneratedAlways<number>
  dossier_id: number
  index_number: number
  points: number
  reason: string
  account_id: number
  at: Timestamp
}

export interface DossierView {
  id: GeneratedAlways<number>
  dossier_id: number
  at: Timestamp
  actor: string
  actor_role: string | null
  agency_id: number | null
  via: string
}

export interface ExportFile {
  id: GeneratedAlways<number>
  account_id: number | null
  role: string
  agency_id: number
  report: string
  params: Json
  format: string
  state: Generated<string>
  attempt: Generated<number>
  rows_done: Generated<number>
  rows_total: number | null
  bytes: number | null
  sha256: string | null
  failures: Generated<number>
  failure: string | null
  created_at: Timestamp
  finished_at: Timestamp | null
  expires_at: Timestamp | null
  schedule_id: number | null
  period: string | null
}

export interface Fact {
  at: Timestamp
  dossier_id: number
  agency_id: number
  field_id: number
  measure: string
  n: number
  channel: string
  procedure_code: string
}

export interface FactBacklog {
  single: Generated<boolean>
  after_id: number
  last_id: number
  rules: Generated<number>
}

export interface FactBalance {
  day: string
  agency_id: number
  field_id: number
  procedure_code: string
  channel: string
  received: number
  refused_at_intake: number
  early: number
  on_time: number
  late: number
  no_term: number
  late_same_day: number
  early_by_extension: number
  on_time_by_extension: number
  withdrawn: number
  stopped: number
  ended_late: number
  overdue: number
  paused_supplement: number
  paused_obligation: number
  paused_overdue: number
  in_time_by_extension: number
  extended: number
  supplement_requested: number
}

export interface FactCheckpoint {
  day: string
  by_agency: boolean
}

export interface FactInbox {
  dossier_id: number
  at: Timestamp
  measure: string
  n: number
}

export interface Field {
  id: Generated<number>
  code: string
  name: string
}

export interface Guidance {
  id: GeneratedAlways<number>
  at: Timestamp
  agency_id: number
  service_point_id: number | null
  account_id: number
  channel: string
  topic: string
  field_id: number | null
  procedure_code: string | null
  outcome: string
  note: string | null
  struck_at: Timestamp | null
  struck_by: number | null
  struck_reason: string | null
}

export interface HistoryCounter {
  agency_id: number
  day: string
  last: number
}

export interface IndexSet {
  key: string
  version: number
  name: Json
  ground: string
  valid_from: string
  valid_to: string | null
  definition: Json
}

export interface IndexValue {
  id: GeneratedAlways<number>
  set_key: string
  indicator: string
  agency_id: number
  from_day: string
  to_day: string
  stage: string
  value: string
  of: string
  evidence: string
  account_id: number
  at: Timestamp
}

export interface Installation {
  one: Generated<boolean>
  clock: string
  demo_seed: number | null
  demo_loaded_at: Timestamp | null
}

export interface LawPack {
  code: string
  name: string
  valid_from: string
  valid_to: string | null
  form_set: string
  policy: Json
}

export interface LedgerAnchor {
  day: string
  events: number
  root: Buffer
  prev_root: Buffer
  at: Timestamp
}

export interface OfficerNotice {
  id: GeneratedAlways<number>
  account_id: number
  at: Timestamp
  kind: string
  dossier_id: number | null
  actor: string
  params: Generated<Json>
  key: string
  read_at: Timestamp | null
}

export interface Paper {
  id: string
  dossier_id: number | null
  component_code: string | null
  name: string
  media_type: string
  size: number
  sha256: Buffer
  uploaded_by: string
  uploaded_at: Timestamp
}

export interface PeriodScheme {
  code: string
  name_vi: string
  name_en: string
  start_day: number
  kinds: string[]
  submission_days: number
  ground: string
  valid_from: string
  valid_to: string | null
}

export interface Procedure {
  code: string
  level: string
  resolver_id: number | null
}

export interface ProcedureVersion {
  id: Generated<number>
  procedure_code: string
  version: number
  valid_from: string
  valid_to: string | null
  name: string
  decision: string | null
  service_level: string
  content: Json
  search: ColumnType<string | null, never, never>
  field_id: number
}

export interface Process {
  key: string
  name: string
  procedure_code: string | null
  case_code: string | null
}

export interface ProcessVersion {
  id: Generated<number>
  process_key: string
  version: number
  status: string
  revision: Generated<number>
  definition: Json
  expanded: Json | null
  drafted_by: number | null
  drafted_at: Timestamp
  submitted_by: number | null
  submitted_at: Timestamp | null
  returned_reason: string | null
  approved_by: number | null
  approved_for: number | null
  approved_at: Timestamp | null
  decision: string | null
  valid_from: string | null
  valid_to: string | null
}

export interface Reminder {
  id: GeneratedAlways<number>
  from_agency_id: number
  year: number
  number: number
  from_account_id: number
  from_on_behalf_of: number | null
  to_agency_id: number
  at: Timestamp
  text: string
  answer_by: Timestamp
  answer: string | null
  answered_by: number | null
  answered_on_behalf_of: number | null
  answered_at: Timestamp | null
  command_id: string
}

export interface ReminderCounter {
  agency_id: number
  year: number
  last: number
}

export interface ReminderDossier {
  reminder_id: number
  dossier_id: number
}

export interface ReportDefinition {
  key: string
  answer: string
  ground: string
  valid_from: string
  valid_to: string | null
}

export interface ReportDelivery {
  schedule_id: number
  period: string
  account_id: number
  export_id: number
  sent_at: Timestamp
  how: string
  opened_at: Timestamp | null
}

export interface ReportRecipient {
  schedule_id: number
  account_id: number | null
  role: string | null
  agency_id: number | null
}

export interface ReportSchedule {
  id: GeneratedAlways<number>
  report: string
  grouping: string | null
  agency_id: number | null
  scheme: string
  kind: string
  days_after: number
  format: string
  ground: string
  valid_from: string
  valid_to: string | null
  created_by: number | null
  created_at: Timestamp
}

export interface ReportSeal {
  id: GeneratedAlways<number>
  report_key: string
  agency_id: number
  grouping: string
  from_day: string
  to_day: string
  version: number
  content: Json
  prev_hash: Buffer
  hash: Buffer
  sealed_by: number
  on_behalf_of: number | null
  sealed_at: Timestamp
  reason: string | null
  approved_by: number | null
}

export interface ReportSealProposal {
  id: GeneratedAlways<number>
  seal_id: number
  content: Json
  reason: string
  proposed_by: number
  on_behalf_of: number | null
  proposed_at: Timestamp
  decided_by: number | null
  decided_at: Timestamp | null
  approved: boolean | null
}

export interface ServicePoint {
  id: Generated<number>
  agency_id: number
  name: string
  kind: string
  address: string | null
}

export interface Session {
  token_hash: Buffer
  account_id: number
  assignment_id: number | null
  identity: Json
  created_at: Timestamp
  expires_at: Timestamp
  ended_at: Timestamp | null
  delegation_id: number | null
}

export interface UnitBorder {
  unit_code: string
  name: string
  geometry: Json
  imported_at: Timestamp
}

export interface WarningRule {
  id: GeneratedAlways<number>
  key: string
  subject: string
  moment: string
  amount: string
  unit: string
  escalate_to: string
  enabled: Generated<boolean>
  ground: string
  valid_from: string
  valid_to: string | null
}

export interface WatchSetting {
  key: string
  amount: string
  ground: string
  valid_from: string
  valid_to: string | null
}

export interface DB {
  account: Account
  agency: Agency
  apology_draft: ApologyDraft
  assignment: Assignment
  audit: Audit
  calendar: Calendar
  calendar_day: CalendarDay
  calendar_year: CalendarYear
  command_done: CommandDone
  counter: Counter
  delegation: Delegation
  dossier: Dossier
  dossier_alert: DossierAlert
  dossier_counter: DossierCounter
  dossier_event: DossierEvent
  dossier_rating: DossierRating
  dossier_rating_change: DossierRatingChange
  dossier_view: DossierView
  export_file: ExportFile
  fact: Fact
  fact_backlog: FactBacklog
  fact_balance: FactBalance
  fact_checkpoint: FactCheckpoint
  fact_inbox: FactInbox
  field: Field
  guidance: Guidance
  history_counter: HistoryCounter
  index_set: IndexSet
  index_value: IndexValue
  installation: Installation
  law_pack: LawPack
  ledger_anchor: LedgerAnchor
  officer_notice: OfficerNotice
  paper: Paper
  period_scheme: PeriodScheme
  procedure: Procedure
  procedure_version: ProcedureVersion
  process: Process
  process_version: ProcessVersion
  reminder: Reminder
  reminder_counter: ReminderCounter
  reminder_dossier: ReminderDossier
  report_definition: ReportDefinition
  report_delivery: ReportDelivery
  report_recipient: ReportRecipient
  report_schedule: ReportSchedule
  report_seal: ReportSeal
  report_seal_proposal: ReportSealProposal
  service_point: ServicePoint
  session: Session
  unit_border: UnitBorder
  warning_rule: WarningRule
  watch_setting: WatchSetting
}
