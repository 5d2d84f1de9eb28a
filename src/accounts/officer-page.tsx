import type { ComponentChildren } from 'preact'
import type { OnBehalfOf } from '#src/platform/ctx.ts'
import { bannerOf, officerOf, pathOf, type RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { DeskPage, NOTICES_PATH } from '#src/ui/page.tsx'
import { roleName } from './account.ts'
import { deskNav } from './desk-nav.ts'

export type OfficerPageProps = {
  c: RequestContext
  /** Without the product's name. */
  title: string
  /** `href` of the sidebar's item this page belongs to. */
  current?: string
  /** Numbers shown beside items of the sidebar, by `href`. */
  counts?: Record<string, number>
  /** Module scripts, e.g. `/assets/work-list.js`. */
  scripts?: readonly string[]
  children: ComponentChildren
}

/** The officers' shell filled in from the request: sidebar by role, name, place, training clock. */
export function OfficerPage({ c, title, current, counts = {}, scripts, children }: OfficerPageProps) {
  const actor = officerOf(c)
  const t = c.get('t')
  const session = c.get('session')
  const place = session?.place
  const nav = deskNav(actor, t).map(item => ({ ...item, count: counts[item.href], current: item.href === current }))
  return (
    <DeskPage
      t={t}
      lang={c.get('lang')}
      title={title}
      path={pathOf(c)}
      banner={bannerOf(c)}
      scripts={scripts}
      agency={place?.agencyShort ?? actor.agencyCode}
      nav={nav}
      notices={{ unread: counts[NOTICES_PATH] ?? session?.unread, current: current === NOTICES_PATH }}
      officer={{
        name: actor.name,
        role: roleName(actor.role, t),
        place: place?.servicePoint ?? place?.agencyShort ?? actor.agencyCode,
        canSwitch: session?.canSwitch ?? false,
        acting: actor.onBehalfOf && actingText(actor.onBehalfOf, t),
      }}
    >
      {children}
    </DeskPage>
  )
}

function actingText({ name, ground, until }: OnBehalfOf, t: T): string {
  const end = instantText(new Date(until))
  return t(
    `Đang làm thay ông/bà ${name} (${ground}, đến ${end})`,
    `Acting in place of ${name} (${ground}, until ${end})`,
  )
}
