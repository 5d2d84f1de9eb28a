import { z } from '@hono/zod-openapi'
import { causeOf, sharesOf } from '#src/dossiers/answerability.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { answers } from '#src/dossiers/held-step.ts'
import { roles } from '#src/platform/ctx.ts'
import { agencyName } from './hands.ts'
import { wayAhead } from './way-ahead.ts'

const Instant = z.iso.datetime()
const AgencyName = z.object({ id: z.int(), name: z.string() })
const Role = z.enum(roles)
const Minutes = z.number().openapi({ description: 'Working minutes' })
/** `person`: null while anyone of the role may take it. */
const hand = { agency: AgencyName, role: Role.nullable(), person: z.string().nullable() }
const used = {
  minutes: Minutes,
  allowed: Minutes.openapi({ description: 'Working minutes the steps allowed' }),
  over: Minutes.openapi({ description: 'Working minutes beyond what the steps allowed' }),
}

/** Where a dossier stands in its process, for machines; part of the record of a dossier. */
export const Standing = z.object({
  process: z.object({ id: z.int(), key: z.string(), version: z.int(), name: z.string() }).nullable(),
  step: z
    .object({
      key: z.string(),
      kind: z.string(),
      name: z.string(),
      ...hand,
      since: Instant,
      minutes: Minutes.nullable(),
      dueAt: Instant.nullable(),
      exits: z
        .array(z.object({ key: z.string(), name: z.string(), back: z.boolean() }))
        .openapi({ description: 'Outcomes for complete-step; the others are led to by commands of their own' }),
      childId: z.int().nullable(),
    })
    .nullable(),
  ahead: z
    .array(z.object({ key: z.string(), name: z.string(), agency: z.string().nullable() }))
    .openapi({ description: 'The usual way on, by what is known now; agencies by code' }),
  opinions: z.array(
    z.object({
      step: z.string(),
      key: z.string(),
      name: z.string(),
      ...hand,
      askedAt: Instant,
      dueAt: Instant.nullable(),
      answeredAt: Instant.nullable(),
      answer: z.enum(answers).nullable(),
      document: z.string().nullable(),
      note: z.string().nullable(),
      closedAt: Instant.nullable(),
    }),
  ),
  holdings: z
    .array(
      z.object({
        step: z.string().nullable(),
        name: z.string().nullable(),
        ...hand,
        from: Instant,
        to: Instant.nullable(),
        minutes: Minutes.nullable(),
      }),
    )
    .openapi({ description: 'Who answered for it when: without gap or overlap from reception to result' }),
  shares: z
    .array(
      z.object({
        agency: AgencyName,
        since: Instant,
        ...used,
        people: z.array(
          z.object({ role: Role.nullable(), person: z.string().nullable(), steps: z.array(z.string()), ...used }),
        ),
      }),
    )
    .openapi({ description: 'How the working time divides among those who had it, pauses left out' }),
  cause: z
    .object({ ...hand, over: Minutes, why: z.enum(['over-allowance', 'held-when-due']) })
    .nullable()
    .openapi({ description: 'Who caused the delay of a dossier that is late' }),
  children: z.array(
    z.object({
      id: z.int(),
      code: z.string().nullable(),
      procedure: z.string(),
      name: z.string(),
      agency: AgencyName,
      openedAt: Instant,
      endedAt: Instant.nullable(),
      outcome: z.enum(['granted', 'refused', 'ended']).nullable(),
    }),
  ),
  links: z
    .array(z.object({ id: z.int(), code: z.string(), reason: z.string(), at: Instant }))
    .openapi({ description: 'Related dossiers, each followed on its own' }),
  parent: z
    .object({ id: z.int(), code: z.string().nullable(), procedure: z.string(), agency: z.string() })
    .nullable()
    .openapi({ description: 'The dossier this one was opened for' }),
  supportPoint: z
    .object({ id: z.int(), name: z.string(), agency: z.string() })
    .nullable()
    .openapi({ description: 'Where the applicant was helped, if not where it was received' }),
})

type Hand = { agencyId: number; accountId: number | null }

/** The record, with instants as they are; shares and cause up to `now`. Pure. */
export function standingOf(read: ReadDossier, now: Date) {
  const { dossier: d, process, calendar, parent, supportPoint } = read
  const agency = (id: number) => ({ id, name: agencyName(read, id) })
  const person = (id: number | null) => (id === null ? null : (read.people.get(id)?.name ?? null))
  const handed = <H extends Hand>(one: H) => ({ ...one, agency: agency(one.agencyId), person: person(one.accountId) })
  const cause = causeOf(d, calendar, now)
  return {
    process: process && { id: process.id, key: process.key, version: process.version, name: process.name },
    step: d.step && handed(d.step),
    ahead: wayAhead(read).map(({ step, agency: code }) => ({ key: step.key, name: step.name, agency: code })),
    opinions: d.opinions.map(handed),
    holdings: d.holdings.map(handed),
    shares: sharesOf(d, calendar, now).map(({ agencyId, people, ...share }) => ({
      ...share,
      agency: agency(agencyId),
      people: people.map(one => ({ ...one, person: person(one.accountId) })),
    })),
    cause: cause && handed(cause),
    children: d.children.map(child => ({ ...child, agency: agency(child.agencyId) })),
    links: d.links,
    parent,
    supportPoint,
  }
}
