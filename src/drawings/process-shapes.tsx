import { roleName } from '#src/accounts/account.ts'
import type { T } from '#src/platform/text.ts'
import { type ConsultStep, isWork, type Process, type Step, type StepKind } from '#src/processes/process.ts'
import type { LaidNode } from './process-layout.ts'
import { BOX, boxText, middle, wrapText } from './process-measures.ts'
import { agencyText, hoursText, type LaneNames } from './process-words.tsx'

/** `state`: where the dossier stands to this step; null when it has not come to it. */
export type ShapeProps = {
  t: T
  process: Process
  lanes: LaneNames
  node: LaidNode
  step: Step
  state: 'now' | 'late' | 'done' | null
}

/** Line drawings on a 16 px square, one for each kind of step. */
const icons: Record<Exclude<StepKind, 'choice'>, string> = {
  transfer: 'M2 8h11M9 4l4 4-4 4',
  receipt: 'M8 2v7M5 6l3 3 3-3M2 10v4h12v-4',
  assign: 'M6 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 14c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5M12 6v5M9.5 8.5h5',
  appraise: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.6 10.6 14.5 14.5',
  approve: 'M8 15A7 7 0 1 0 8 1a7 7 0 0 0 0 14zM5 8.2l2.2 2.2 4-4.6',
  sign: 'M11 2l3 3-8.5 8.5L2 14.5l1-3.5zM9 15h5.5',
  task: 'M3 2h10v12H3zM6 6h4M6 9.5h4',
  consult: 'M1.5 2h9v6.5h-5l-2.5 2.5V8.5H1.5zM13 6h1.5v6.5H13V15l-2.5-2.5H7',
  automatic: 'M9 1 3 9h4.5L6.5 15 13 7H8.5z',
  child: 'M5 5h9v9.5H5zM2 11V1.5h9M7.5 8h4M7.5 11h4',
  'sub-process': 'M2 2h12v12H2zM8 5v6M5 8h6',
}
const TICK = 'M2.5 8.5l4 4 7-9'

type LinesProps = {
  class: string
  lines: readonly string[]
  x: number
  y: number
  line: number
  anchor?: 'start' | 'end'
}

/** Lines of text; `y` is the baseline of the first. */
export function Lines({ class: className, lines, x, y, line, anchor }: LinesProps) {
  return (
    <text class={className} x={x} y={y} text-anchor={anchor ?? 'middle'}>
      {lines.map((words, i) => (
        <tspan key={words} x={x} y={y + i * line}>
          {words}
        </tspan>
      ))}
    </text>
  )
}

/** A choice: the platform takes one way. */
export function Diamond({ node, state }: ShapeProps) {
  const { y, width, height, lines } = node
  const [centre, level] = [middle(node), y + height / 2]
  const first = level + 5 - ((lines.length - 1) * (boxText.line - 1)) / 2
  return (
    <>
      <path
        class="process-shape"
        d={`M${centre} ${y}l${width / 2} ${height / 2}l${-width / 2} ${height / 2}l${-width / 2} ${-height / 2}z`}
      />
      <Lines class="process-choice-name" lines={lines} x={centre} y={first} line={boxText.line - 1} />
      {state === 'done' && <path class="process-icon" d={TICK} transform={`translate(${centre - 8} ${y + 10})`} />}
    </>
  )
}

/** Any other step: hours and state above its name, below it who does it. */
export function StepBox(props: ShapeProps) {
  const { node, step, state } = props
  const { x, y, width, lines } = node
  const height = node.height - (step.kind === 'consult' ? boxText.stack : 0)
  const below = y + boxText.head + lines.length * boxText.line
  return (
    <>
      {step.kind === 'consult' && (
        <rect class="process-shape" x={x + 10} y={y + boxText.stack} width={width - 20} height={height} rx="10" />
      )}
      <rect class="process-shape" x={x} y={y} width={width} height={height} rx="10" />
      {step.kind === 'child' && (
        <rect class="process-shape process-inner" x={x + 4} y={y + 4} width={width - 8} height={height - 8} rx="7" />
      )}
      <Head {...props} />
      <Lines
        class="process-name"
        lines={lines}
        x={x + boxText.padding}
        y={y + boxText.head + 14}
        line={boxText.line}
        anchor="start"
      />
      {step.kind === 'consult' ? (
        <Asked {...props} step={step} y={below + 6} />
      ) : (
        <Lines
          class="process-small"
          lines={footLines(props)}
          x={x + boxText.padding}
          y={below + 15}
          line={15}
          anchor="start"
        />
      )}
      {(state === 'now' || state === 'late') && (
        <rect class="process-frame" x={x} y={y} width={width} height={height} rx="10" />
      )}
    </>
  )
}

function Head({ t, process, node, step, state }: ShapeProps) {
  const { x, y, width } = node
  const words = {
    now: t('Đang ở bước này', 'The dossier is here'),
    late: t('Đang ở bước này, quá hạn', 'Here, overdue'),
    done: t('Đã qua', 'Passed'),
  }
  const left = x + boxText.padding
  const icon = state === 'done' ? TICK : step.kind === 'choice' ? '' : icons[step.kind]
  const isHere = state === 'now' || state === 'late'
  const hours = state === 'late' ? '' : hoursText(t, process, step).replace(/%.*$/u, '%')
  return (
    <>
      {!isHere && <path class="process-icon" d={icon} transform={`translate(${left} ${y + 8})`} />}
      {state && (
        <text class="process-state" x={left + (isHere ? 0 : 21)} y={y + 20}>
          {words[state]}
        </text>
      )}
      {hours && (
        <text class="process-hours" x={x + width - boxText.padding} y={y + 20} text-anchor="end">
          {hours}
        </text>
      )}
    </>
  )
}

function footLines({ t, step }: ShapeProps): string[] {
  return wrapText(footText(t, step), { width: BOX - 2 * boxText.padding, size: boxText.small, most: 1 })
}

function footText(t: T, step: Step): string {
  if (isWork(step)) return roleName(step.role, t)
  if (step.kind === 'child') return `${t('Hồ sơ riêng', 'Its own dossier')} ${step.procedure}`
  if (step.kind === 'sub-process') return t('Quy trình con', 'Sub-process')
  return t('Hệ thống', 'Platform')
}

/** Those who are asked, each in a box; the first few, the rest counted. */
function Asked({ t, node, step, lanes, y }: ShapeProps & { step: ConsultStep; y: number }) {
  const [x, width] = [node.x + 8, node.width - 16]
  const shown = step.asked.slice(0, boxText.mostAsked)
  const more = step.asked.length - shown.length
  const fit = { width: width - 16, size: boxText.small, most: 1 }
  return (
    <>
      {shown.map(({ key, name, agency }, i) => (
        <g key={key}>
          <title>{agencyText(t, agency, lanes)}</title>
          <rect class="process-asked" x={x} y={y + i * boxText.asked} width={width} height={boxText.asked - 4} rx="5" />
          <Lines
            class="process-small"
            lines={wrapText(name, fit)}
            x={x + 8}
            y={y + i * boxText.asked + 14}
            line={0}
            anchor="start"
          />
        </g>
      ))}
      {more > 0 && (
        <text class="process-small" x={x + 8} y={y + shown.length * boxText.asked + 12}>
          {t(`và ${more} nơi khác`, `and ${more} more`)}
        </text>
      )}
    </>
  )
}
