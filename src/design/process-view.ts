import type { Agency } from '#src/agencies/agency.ts'
import type { Term } from '#src/calendar/deadline.ts'
import { termText } from '#src/calendar/term-text.ts'
import { laneKey } from '#src/drawings/picture-graph.ts'
import type { T } from '#src/platform/text.ts'
import type { AgencyRef, Process } from '#src/processes/process.ts'
import { longestHours, stepMinutes, termMinutes } from '#src/processes/step-hours.ts'

export const PROCESSES = '/quy-trinh'
const safe = encodeURIComponent
export const processHref = (key: string) => `${PROCESSES}/${safe(key)}`
export const editorHref = (key: string) => `${processHref(key)}/soan`
export const stepHref = (key: string, step: string) => `${editorHref(key)}/${safe(step)}`
export const addStepHref = (key: string, after: string | null) =>
  `${processHref(key)}/them-buoc${after === null ? '' : `?sau=${safe(after)}`}`
export const approvalHref = (key: string) => `${processHref(key)}/duyet`
export const trialHref = (key: string) => `${processHref(key)}/chay-thu`
export const versionApi = (key: string, version: number) => `/api/v1/processes/${safe(key)}/versions/${version}`

type VersionLike = { status: string; validFrom: string | null; validTo: string | null }

/** Where a version stands on a day (local), in words and in the tone of its badge. */
export function standing(
  version: VersionLike,
  today: string,
  t: T,
): { text: string; tone: 'plain' | 'active' | 'done' | 'warning' } {
  const { status, validFrom, validTo } = version
  if (status === 'draft') return { text: t('Đang soạn', 'Draft'), tone: 'plain' }
  if (status === 'submitted') return { text: t('Chờ phê duyệt', 'Waits for approval'), tone: 'warning' }
  if (validFrom !== null && validFrom > today) return { text: t('Sắp áp dụng', 'To come'), tone: 'active' }
  if (validTo !== null && validTo <= today) return { text: t('Hết áp dụng', 'Ended'), tone: 'plain' }
  return { text: t('Đang áp dụng', 'In force'), tone: 'done' }
}

/** `2026-03-05` → `05/03/2026` */
export const dayText = (day: string) => day.split('-').reverse().join('/')

/** Names over the columns of a picture, for the agencies a process names by code. */
export function laneNames(
  process: Process,
  agencies: readonly Pick<Agency, 'code' | 'name'>[],
): Record<string, string> {
  const names = new Map(agencies.map(({ code, name }) => [code, name]))
  const refs = process.steps.flatMap((step): AgencyRef[] => {
    if (step.kind === 'consult') return step.asked.map(({ agency }) => agency)
    return 'agency' in step ? [step.agency] : []
  })
  return Object.fromEntries(
    refs.flatMap(ref => (ref.by === 'code' ? [[laneKey(ref), names.get(ref.code) ?? ref.code]] : [])),
  )
}

const number = (value: number) => String(value).replace('.', ',')

/** A process whose hours are shares of a term, in hours of this one; as it is where nothing is to be shared. */
export function inHours(process: Process, term: Term | null): Process {
  if (!process.scaled || term === null) return process
  const steps = process.steps.map(step => {
    const minutes = stepMinutes(process, step.key, term)
    return minutes !== null && 'hours' in step ? { ...step, hours: minutes / 60 } : step
  })
  return { ...process, scaled: false, steps }
}

/** How the hours of the longest way compare with the published term. `over`: they promise more than the term allows. */
export function hoursAgainstTerm(process: Process, term: Term | null, t: T): { text: string; over: boolean } {
  if (process.scaled) {
    return {
      text: t('Giờ của mỗi bước là phần của thời hạn công bố.', 'Hours are shares of the published term.'),
      over: false,
    }
  }
  const hours = longestHours(process)
  const minutes = termMinutes(term)
  if (!term || minutes === null) {
    return {
      text: t(
        `${number(hours)} giờ làm việc; thủ tục không quy định thời hạn.`,
        `${hours} working hours; no term is set.`,
      ),
      over: false,
    }
  }
  const allowed = minutes / 60
  const text = t(
    `${number(hours)} trên ${number(allowed)} giờ làm việc (${termText(term, t)})`,
    `${hours} of ${allowed} working hours (${termText(term, t)})`,
  )
  const over = hours > allowed
  return { text: over ? `${text}, ${t('vượt thời hạn', 'more than the term')}` : text, over }
}

/** `Thêm: Đo đạc` … : what a reader of the new version should look at. Steps are told apart by key. */
export function changesBetween(
  before: Process,
  after: Process,
): { added: string[]; removed: string[]; changed: string[] } {
  const old = new Map(before.steps.map(step => [step.key, step]))
  const keys = new Set(after.steps.map(({ key }) => key))
  const same = (step: Process['steps'][number]) =>
    JSON.stringify(sorted(step)) === JSON.stringify(sorted(old.get(step.key)))
  return {
    added: after.steps.filter(({ key }) => !old.has(key)).map(({ name }) => name),
    removed: before.steps.filter(({ key }) => !keys.has(key)).map(({ name }) => name),
    changed: after.steps.filter(step => old.has(step.key) && !same(step)).map(({ name }) => name),
  }
}

/** The database keeps no order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
