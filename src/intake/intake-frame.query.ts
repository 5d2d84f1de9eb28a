import { findAgency, listCommunes, listPointsElsewhere } from '#src/agencies/agency.query.ts'
import { mayTakeIn } from '#src/casework/receive-dossier.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findProcedure } from '#src/procedures/catalogue.query.ts'
import { type Channel, channels, findCase, requirementsOf } from '#src/procedures/procedure.ts'
import type { IntakeFrame } from './intake-view.ts'

/** The ways this officer may take papers in through a desk's page. */
function channelsOf(ctx: Ctx): Channel[] {
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
    supports: await listPointsElsewhere(ctx, officer.agencyId),
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
    supports: [],
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
