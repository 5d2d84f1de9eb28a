import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Icon } from './icon.tsx'

/** `note`: the time a step took or may take, or who holds it. */
export type Step = { label: string; state: 'done' | 'current' | 'todo' | 'skipped'; note?: ComponentChildren }

/** The process from the door to the result. */
export function Steps({ t, steps, label }: { t: T; steps: readonly Step[]; label?: string }) {
  const states = {
    done: t('đã xong', 'done'),
    current: t('đang làm', 'in progress'),
    todo: t('chưa đến', 'to come'),
    skipped: t('bỏ qua', 'skipped'),
  }
  return (
    <ol class="steps" aria-label={label ?? t('Các bước xử lý', 'Steps')}>
      {steps.map((step, n) => (
        <li
          key={step.label}
          class={`step step-${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <span class="step-label">
            {step.state === 'done' ? <Icon name="check" /> : n + 1} {step.label}
            <span class="sr-only">({states[step.state]})</span>
          </span>
          {step.note && <span class="step-note">{step.note}</span>}
        </li>
      ))}
    </ol>
  )
}
