import type { TimeLeft } from '#src/calendar/time-left.ts'
import type { Tone } from '#src/ui/badge.tsx'

/** Less than half a working day is soon. */
const SOON_MINUTES = 240

/** Colour of the time left; the words beside it say the same. */
export function toneOf(left: TimeLeft): Tone {
  if (left.state === 'overdue') return 'late'
  if (left.state === 'paused') return 'paused'
  return left.state === 'running' && left.minutes < SOON_MINUTES ? 'soon' : 'ok'
}
