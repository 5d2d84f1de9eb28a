import { Icon, type IconName } from './icon.tsx'

/** Colour of the time left. Never alone: the words beside it say the same. */
export type Tone = 'ok' | 'soon' | 'late' | 'paused' | 'done'

const timeIcons: Record<Tone, IconName> = {
  ok: 'clock',
  soon: 'clock',
  late: 'circle-alert',
  paused: 'pause',
  done: 'check',
}

/** `text` says it all: "Còn 2 giờ 10 phút", "Quá hạn 3 giờ", "Tạm dừng". */
export function TimeLeft({ tone, text }: { tone: Tone; text: string }) {
  return (
    <span class={`badge badge-${tone}`}>
      <Icon name={timeIcons[tone]} />
      {text}
    </span>
  )
}

export type StateTone = 'plain' | 'active' | 'done' | 'warning' | 'bad'

const stateIcons: Partial<Record<StateTone, IconName>> = { done: 'check', warning: 'triangle-alert', bad: 'x' }

/** State of a dossier, a paper, a payment. */
export function StateBadge({ tone = 'plain', text }: { tone?: StateTone; text: string }) {
  const icon = stateIcons[tone]
  return (
    <span class={`badge state-${tone}`}>
      {icon && <Icon name={icon} />}
      {text}
    </span>
  )
}
