import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'

const t: T = vi => vi

export const examples: Record<string, () => VNode> = {
  'to a dossier': () => (
    <Breadcrumbs t={t} items={[{ label: 'Việc của tôi', href: '/viec' }, { label: 'H20.12-261117-0107' }]} />
  ),
}
