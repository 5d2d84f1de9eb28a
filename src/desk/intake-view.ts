import { findAgency, listCommunes } from '#src/agencies/agency.query.ts'
import { mayTakeIn } from '#src/casework/receive-dossier.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import type { KnownPerson } from '#src/dossiers/person.query.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import type { FormValues } from '#src/platform/form.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import {
  type Channel,
  channels,
  findCase,
  type Procedure,
  type Requirements,
  requirementsOf,
} from '#src/procedures/procedure.ts'
import { countField, countValues, kinds } from './paper-table.tsx'
import type { Scan } from './scans.ts'
import { tickedItems } from './supplement-items.tsx'

/** Everything the intake page is drawn from besides what was typed. */
export type IntakeFrame = {
  procedure: Pick<Procedure, 'code' | 'name' | 'content' | 'level'>
  /** Name of the agency that resolves it; null where a commune does. */
  resolver: string | null
  channel: Channel
  channels: readonly Channel[]
  case: string | null
  needs: Requirements
  /** Communes to choose from; empty when there is nothing to choose. `ownCommune`: left blank, the desk's own resolves it. */
  communes: readonly { code: string; name: string }[]
  ownCommune: boolean
  /** The draft being gone on with. */
  draft: { ref: string; version: number; dossier: Dossier } | null
}

export type IntakeView = IntakeFrame & {
  commandId: string
  values: FormValues
  scans: readonly Scan[]
  errors: readonly FieldError[]
  known: KnownPerson | null
  /** Asked for, but the desk has nothing on this number. */
  unknown: boolean
  notice: string | null
}

/** The ways this officer may take papers in through a desk's page. */
export function channelsOf(ctx: Ctx): Channel[] {
  return channels.filter(channel => {
    if (channel === 'online') return false
    try {
      mayTakeIn(ctx, channel)
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  })
}

type Wanted = { code: string; case?: string | undefined; channel?: string | undefined }

/** The frame for a new dossier; undefined when no such procedure is in force. */
export async function newFrame(ctx: Ctx, officer: Officer, wanted: Wanted): Promise<IntakeFrame | undefined> {
  const published = await findProcedure(ctx, wanted.code)
  if (!published) return undefined
  const { code, name, content, level, resolver } = published
  const isCommune = resolver === null && (await findAgency(ctx, officer.agencyCode))?.kind === 'commune'
  const communes = resolver === null ? (await listCommunes(ctx)).map(one => ({ code: one.code, name: one.name })) : []
  return {
    ...framed(ctx, { code, name, content, level }, wanted),
    resolver: resolver?.name ?? null,
    communes: communes.filter(one => one.code !== officer.agencyCode),
    ownCommune: isCommune,
    draft: null,
  }
}

/** The frame for going on with a draft, under the text it was begun with. Throws `dossier-not-found`. */
export async function draftFrame(ctx: Ctx, ref: string, wanted: Omit<Wanted, 'code'>): Promise<IntakeFrame> {
  const { dossier, procedure, competent } = await readDossier(ctx, ref, 'command:save-draft')
  if (dossier.state !== 'draft') throw new Refusal('not-found', 'dossier-not-found')
  const asked = { case: wanted.case ?? dossier.caseCode ?? undefined, channel: wanted.channel ?? dossier.channel }
  return {
    ...framed(ctx, procedure, { code: procedure.code, ...asked }),
    resolver: competent.name,
    communes: [],
    ownCommune: false,
    draft: { ref, version: dossier.version, dossier },
  }
}

function framed(ctx: Ctx, procedure: IntakeFrame['procedure'], wanted: Wanted) {
  const allowed = channelsOf(ctx)
  const channel = allowed.find(one => one === wanted.channel) ?? allowed[0] ?? 'counter'
  const { content } = procedure
  const chosen = findCase(content, wanted.case) ?? content.cases[0]
  const caseCode = chosen?.code ?? null
  return { procedure, channel, channels: allowed, case: caseCode, needs: requirementsOf(content, channel, caseCode) }
}

/** What the page shows before anything is typed. */
export function firstValues(frame: IntakeFrame): FormValues {
  const { needs, channel, draft } = frame
  const required = needs.components.filter(one => one.required)
  const missing = draft ? required.filter(one => !draft.dossier.components.some(line => line.code === one.code)) : []
  return {
    channel,
    ...(frame.case ? { case: frame.case } : {}),
    'applicant.kind': 'citizen',
    'delivery.method': 'counter',
    sets: '1',
    ...(draft ? draftValues(draft.dossier) : countValues(required)),
    ...tickedItems(missing.map(one => one.code)),
  }
}

function draftValues(d: Dossier): FormValues {
  const group = (name: string, of: object | null) =>
    Object.entries(of ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[`${name}.${key}`, value]] : []))
  return {
    ...Object.fromEntries([
      ...group('applicant', d.applicant),
      ...group('representative', d.representative),
      ...group('delivery', d.deliveryChoice),
    ]),
    summary: d.summary,
    sets: String(d.sets),
    ...(d.finance === 'exempt' ? { feeExempt: 'yes' } : {}),
    ...countValues(d.components),
  }
}

/** What was typed, and the published counts of papers the page did not show before (another case was chosen). */
export function keptValues(typed: FormValues, form: FormData, { needs }: IntakeFrame): FormValues {
  const fresh = needs.components.filter(one => one.required && !form.has(countField(one.code, kinds[0])))
  return { ...countValues(fresh), ...typed }
}

/** Fills in what is known of a person where nothing was typed. */
export function withPerson(values: FormValues, known: KnownPerson | null): FormValues {
  if (!known) return values
  const { kind, ...facts } = known.applicant
  const filled = Object.entries(facts).flatMap(([key, value]) =>
    value && !values[`applicant.${key}`] ? [[`applicant.${key}`, value]] : [],
  )
  return { ...values, 'applicant.kind': kind, ...Object.fromEntries(filled) }
}
