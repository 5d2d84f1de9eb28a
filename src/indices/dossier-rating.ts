import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { sharesOf } from '#src/dossiers/answerability.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { T } from '#src/platform/text.ts'

/** Of the nine indices, those of form 01: they are told of each dossier. */
export const ratedIndices = [1, 2, 3, 4, 6, 7] as const
export type RatedIndex = (typeof ratedIndices)[number]

/** 0, 1 or 2 points an index; null where the dossier's history says nothing of it. */
export type Form01 = Record<RatedIndex, number | null>

/** What is read of a dossier to rate it. */
export type Rated = Pick<
  Dossier,
  'judgement' | 'holdings' | 'pauses' | 'dueAt' | 'readyAt' | 'closedAt' | 'supplements' | 'channel' | 'deliveryChoice'
>

/**
 * Form 01 of a dossier whose result is there (TT 01/2018/TT-VPCP), as far as its history tells; a well-founded complaint and a fault of
 * the applicant's are for whoever appraises it to note. `decided`: its procedure is published with the decision behind it.
 */
export function form01Of(d: Rated, calendar: WorkingCalendar, { decided }: { decided: boolean }): Form01 {
  const inTime = { early: 2, 'on-time': 1, late: 0, 'no-term': null }[d.judgement ?? 'no-term']
  return {
    1: inTime,
    2: unitsPoints(d, calendar),
    3: Math.max(0, 2 - d.supplements.length),
    4: d.channel === 'online' && d.deliveryChoice.method !== 'counter' ? 2 : 1,
    6: decided ? 1 : 0,
    // Early and nobody complained is 2; late is never a good service, however friendly.
    7: inTime,
  }
}

/** 2 when every unit took less than its steps allow, 0 when one took more; null when no step of it has a time. */
function unitsPoints(d: Rated, calendar: WorkingCalendar): number | null {
  const units = sharesOf(d, calendar, d.readyAt ?? new Date(0)).filter(({ allowed }) => allowed > 0)
  if (units.length === 0) return null
  if (units.some(({ over }) => over > 0)) return 0
  return units.every(({ minutes, allowed }) => minutes < allowed) ? 2 : 1
}

/** Index 6 is the agency's doing, not the officer's. */
const officerIndices: readonly RatedIndex[] = [1, 2, 3, 4, 7]

/**
 * What an officer scores, at most 10, from the average of each index over the dossiers rated by it; an index without any is made up for
 * in proportion. Null when there is none at all.
 */
export function officerScore(averages: Record<RatedIndex, number | null>): number | null {
  const known = officerIndices.flatMap(index => averages[index] ?? [])
  if (known.length === 0) return null
  return (known.reduce((sum, points) => sum + points, 0) / known.length) * officerIndices.length
}

/** How far an officer completed the task: from 5 points wholly, from 3.5 from 70 to under 100 %, below not. */
export function completionOf(score: number): 'whole' | 'partly' | 'not' {
  if (score >= 5) return 'whole'
  return score >= 3.5 ? 'partly' : 'not'
}

export function completionText(completion: ReturnType<typeof completionOf>, t: T): string {
  const names = {
    whole: t('Hoàn thành 100% nhiệm vụ', 'Completed 100% of the task'),
    partly: t('Hoàn thành từ 70% đến dưới 100%', 'Completed from 70% to under 100%'),
    not: t('Không hoàn thành nhiệm vụ', 'Did not complete the task'),
  }
  return names[completion]
}

export function ratedIndexName(index: RatedIndex, t: T): string {
  const names: Record<RatedIndex, readonly [string, string]> = {
    1: ['Tổng thời gian giải quyết so với quy định', 'Total time against the published term'],
    2: ['Thời gian của từng đơn vị tham gia, phối hợp', 'Time of each unit that took part'],
    3: ['Số lần phải liên hệ để hoàn thiện hồ sơ', 'Times the applicant had to come back'],
    4: ['Số cơ quan phải liên hệ', 'Agencies the applicant had to contact'],
    6: ['Công khai thủ tục', 'Publicity of the procedure'],
    7: ['Thái độ của công chức', 'Attitude of officers'],
  }
  return t(...names[index])
}
