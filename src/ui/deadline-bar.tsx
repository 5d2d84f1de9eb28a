import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import type { Tone } from './badge.tsx'

/** In the order of time. `minutes` are working minutes; `note` names the cause ("bổ sung, 18–19/11"). */
export type DeadlineSegment = { kind: 'used' | 'paused' | 'left' | 'over'; minutes: number; note?: string }

export type DeadlineBarProps = {
  t: T
  segments: readonly DeadlineSegment[]
  /** Tone of the running stretch, the last one used. */
  tone?: Tone
  /** Only when a page shows two bars. */
  id?: string
  /** The line below, e.g. term, used, paused, and the link "Vì sao?". */
  children?: ComponentChildren
}

/** A pause may last months beside a term of hours: together the pauses take at most this share of the bar. */
const PAUSE_SHARE = 0.25

/** Used, paused (hatched), left, over: the dossier's time at a glance, and as a sentence for those who do not see it. */
export function DeadlineBar({ t, segments, tone = 'ok', id = 'deadline', children }: DeadlineBarProps) {
  const slices = slice(segments)
  const running = segments.findLastIndex(segment => segment.kind === 'used')
  return (
    <div class="deadline">
      <svg class="deadline-bar" width="100%" height="10" role="img" aria-label={describeSegments(t, segments)}>
        <defs>
          <pattern id={`${id}-hatch`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="bar-paused" width="8" height="8" />
            <rect class="bar-stripe" width="4" height="8" />
          </pattern>
        </defs>
        {slices.map(({ segment, x, width }, n) => (
          <rect
            key={x}
            class={segment.kind === 'used' && n === running ? `bar-used bar-${tone}` : `bar-${segment.kind}`}
            x={`${x}%`}
            width={`${width}%`}
            height="10"
            fill={segment.kind === 'paused' ? `url(#${id}-hatch)` : undefined}
          >
            <title>{segmentText(t, segment)}</title>
          </rect>
        ))}
      </svg>
      {children && <p class="deadline-note">{children}</p>}
    </div>
  )
}

function slice(segments: readonly DeadlineSegment[]) {
  const sum = (paused: boolean) =>
    segments.reduce((all, { kind, minutes }) => ((kind === 'paused') === paused ? all + minutes : all), 0)
  const [counted, paused] = [sum(false), sum(true)]
  const scale = counted > 0 && paused > 0 ? Math.min(1, (counted * PAUSE_SHARE) / (1 - PAUSE_SHARE) / paused) : 1
  const total = counted + paused * scale || 1
  let x = 0
  return segments.map(segment => {
    const width = round(((segment.kind === 'paused' ? segment.minutes * scale : segment.minutes) / total) * 100)
    const place = { segment, x: round(x), width }
    x += width
    return place
  })
}

const round = (percent: number) => Math.round(percent * 100) / 100

/** "Đã dùng 21 giờ 50 phút, tạm dừng 7 giờ (bổ sung), còn 2 giờ 10 phút" */
function describeSegments(t: T, segments: readonly DeadlineSegment[]): string {
  const text = segments
    .filter(segment => segment.minutes > 0)
    .map(segment => segmentText(t, segment))
    .join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function segmentText(t: T, { kind, minutes, note }: DeadlineSegment): string {
  const words = {
    used: t('đã dùng', 'used'),
    paused: t('tạm dừng', 'paused'),
    left: t('còn', 'left'),
    over: t('quá hạn', 'overdue'),
  }
  return `${words[kind]} ${workingTime(t, minutes)}${note ? ` (${note})` : ''}`
}

function workingTime(t: T, minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  return [hours > 0 ? `${hours} ${t('giờ', 'h')}` : '', rest > 0 || hours === 0 ? `${rest} ${t('phút', 'min')}` : '']
    .filter(Boolean)
    .join(' ')
}
