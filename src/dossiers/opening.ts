import { Refusal } from '#src/platform/refusal.ts'
import { findCase, type Procedure, type Requirements, requirementsOf } from '#src/procedures/procedure.ts'
import type { Dossier, FeeLine } from './dossier.ts'
import type { Opening } from './dossier-event.ts'
import type { ComponentLine, Intake } from './intake.ts'

/** What the platform adds to an intake: where it lands and which rules are in force. */
export type Landing = {
  procedure: Procedure
  lawPack: string
  calendarId: number
  calendarVersion: number
  servicePointId: number | null
  receivingAgencyId: number
  competentAgencyId: number
  supportPointId?: number | null
  processId?: number
  secret: string
}

export const counted = (line: ComponentLine) => line.originals + line.certified + line.copies > 0

/** Refuses papers outside the published list: asking for more than it is prohibited, and so is filing more under it. */
export function checkComponents(lines: ComponentLine[], needs: Requirements): void {
  const known = new Set(needs.components.map(c => c.code))
  const strange = lines.findIndex(line => !known.has(line.code))
  if (strange >= 0) {
    throw new Refusal('invalid', 'component-unknown', {
      field: `components.${strange}.code`,
      params: { code: lines[strange]?.code ?? '' },
    })
  }
  if (new Set(lines.map(line => line.code)).size < lines.length) {
    throw new Refusal('invalid', 'component-twice', { field: 'components' })
  }
}

/** A dossier is received only when every required paper is there; otherwise a supplement is requested, once and in full. */
export function checkComplete(lines: ComponentLine[], needs: Requirements): void {
  const present = new Set(lines.filter(counted).map(line => line.code))
  const missing = needs.components.filter(c => c.required && !present.has(c.code))
  if (missing.length > 0) {
    throw new Refusal('invalid', 'components-missing', {
      field: 'components',
      params: { missing: missing.map(c => c.name).join('; ') },
    })
  }
}

export function feeLines(needs: Requirements): FeeLine[] {
  return needs.fees.map(({ name, kind, amount }) => ({ name, kind, amount, quantity: 1 }))
}

/** The first record of a dossier, made from what was handed in and where. Throws Refusal on a case or paper the procedure does not have. */
export function openingFrom(intake: Intake, landing: Landing): Opening {
  const { procedure, supportPointId, ...place } = landing
  if (intake.case && !findCase(procedure.content, intake.case)) {
    throw new Refusal('invalid', 'case-unknown', { field: 'case', params: { case: intake.case } })
  }
  const needs = requirementsOf(procedure.content, intake.channel, intake.case)
  checkComponents(intake.components, needs)
  return {
    ...place,
    procedure: procedure.code,
    versionId: procedure.versionId,
    case: intake.case ?? null,
    channel: intake.channel,
    applicant: intake.applicant,
    representative: intake.representative ?? null,
    summary: intake.summary ?? procedure.name.slice(0, 1000),
    sets: intake.sets,
    components: intake.components.filter(counted),
    fees: feeLines(needs),
    feeExempt: intake.feeExempt,
    delivery: intake.delivery,
    form: intake.form,
    ...(typeof supportPointId === 'number' && { supportPointId }),
  }
}

/** The opening of a dossier already on file, to be recorded again when its state of intake changes. */
export function openingOf(d: Dossier): Opening {
  return {
    secret: d.trackingSecret,
    procedure: d.procedureCode,
    versionId: d.procedureVersionId,
    case: d.caseCode,
    lawPack: d.lawPack,
    calendarId: d.calendarId,
    calendarVersion: d.calendarVersion,
    channel: d.channel,
    servicePointId: d.servicePointId,
    receivingAgencyId: d.receivingAgencyId,
    competentAgencyId: d.competentAgencyId,
    ...(d.processId !== null && { processId: d.processId }),
    ...(d.parentId !== null && { parentId: d.parentId, relatives: d.relatives }),
    ...(d.supportPointId !== null && { supportPointId: d.supportPointId }),
    applicant: d.applicant,
    representative: d.representative,
    summary: d.summary,
    sets: d.sets,
    components: d.components,
    fees: d.fees,
    feeExempt: d.finance === 'exempt',
    delivery: d.deliveryChoice,
    form: d.form,
  }
}
