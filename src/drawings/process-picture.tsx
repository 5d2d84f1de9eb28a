import type { T } from '#src/platform/text.ts'
import { findStep, type Process } from '#src/processes/process.ts'
import { Disclosure } from '#src/ui/details.tsx'
import { type LaidEdge, type LaidNode, type Lane, layoutProcess } from './process-layout.ts'
import { ProcessLegend } from './process-legend.tsx'
import { boxText, edgeText, LANE_HEAD, middle, wrapText } from './process-measures.ts'
import { Diamond, Lines, StepBox } from './process-shapes.tsx'
import { agencyText, type LaneNames, ProcessWords } from './process-words.tsx'

export type ProcessPictureProps = {
  t: T
  process: Process
  /** Names of agencies by lane (see laneKey); general words stand for those not given. */
  lanes?: LaneNames
  /** Key of the step under way, or null: a process on its own, or a dossier that has its result. */
  current?: string | null
  /** Keys of the steps the dossier has left behind. */
  passed?: ReadonlySet<string>
  /** The step under way is past its due time. */
  late?: boolean
  /** For citizens: branches by their names, without the formulas behind them. */
  plain?: boolean
  /** Only when a page shows two pictures. */
  id?: string
}

type Scene = Required<Omit<ProcessPictureProps, 'lanes'>> & { lanes: LaneNames }

/** A process as a chart, a column per agency, made on the server; below it the same in words. Scrolls in its own box where narrow. */
export function ProcessPicture(props: ProcessPictureProps) {
  const scene = sceneOf(props)
  const { t } = scene
  return (
    <div class="process">
      <ProcessLegend t={t} process={scene.process} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is scrolled by keyboard too */}
      <section class="process-scroll" aria-label={titleOf(scene)} tabIndex={0}>
        <ProcessChart {...scene} />
      </section>
      <Disclosure summary={t('Quy trình bằng chữ', 'The process in words')}>
        <ProcessWords {...scene} />
      </Disclosure>
    </div>
  )
}

const sceneOf = (props: ProcessPictureProps): Scene => ({
  ...{ lanes: {}, current: null, passed: new Set<string>(), late: false, plain: false, id: 'process' },
  ...props,
})

const titleOf = ({ t, process }: Scene) =>
  t(`Sơ đồ quy trình: ${process.name}`, `Chart of the process: ${process.name}`)

/** The chart alone. With `css` it is a document of its own, to be kept as a file, where the page's style sheet does not reach. */
export function ProcessChart({ css, ...props }: ProcessPictureProps & { css?: string }) {
  const scene = sceneOf(props)
  const { process, id } = scene
  const { width, height, lanes, nodes, edges } = layoutProcess(process)
  return (
    <svg
      xmlns={css && 'http://www.w3.org/2000/svg'}
      class="process-chart"
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <title id={`${id}-title`}>{titleOf(scene)}</title>
      <desc id={`${id}-desc`}>{describe(scene)}</desc>
      {css && <style>{css}</style>}
      <defs>
        <marker id={`${id}-arrow`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path class="process-arrow" d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {lanes.map((lane, i) => drawLane(scene, lane, { height, even: i % 2 === 0 }))}
      {edges.map(edge => drawEdge(id, edge))}
      {nodes.map(node => drawNode(scene, node))}
      {edges.map(drawLabel)}
    </svg>
  )
}

function describe({ t, process, current, passed, late }: Scene): string {
  const count = t(`${process.steps.length} bước.`, `${process.steps.length} steps.`)
  const step = current === null ? undefined : findStep(process, current)
  if (!step) return `${count} ${t('Nội dung bằng chữ ở ngay dưới sơ đồ.', 'In words right below the chart.')}`
  const here = t(`Đang ở bước “${step.name}”`, `Now at step “${step.name}”`)
  return `${count} ${here}${late ? t(', quá hạn', ', overdue') : ''}. ${t(`Đã qua ${passed.size} bước.`, `${passed.size} steps passed.`)}`
}

function drawLane({ t, lanes }: Scene, lane: Lane, { height, even }: { height: number; even: boolean }) {
  const text = { size: boxText.small + 1, width: lane.width - 24, most: 2 }
  const lines = wrapText(agencyText(t, lane.agency, lanes), text)
  return (
    <g key={lane.ref}>
      <rect
        class={even ? 'process-lane' : 'process-lane process-lane-odd'}
        x={lane.x}
        y="0"
        width={lane.width}
        height={height}
      />
      <rect class="process-lane-head" x={lane.x} y="0" width={lane.width} height={LANE_HEAD - 8} />
      <Lines
        class="process-lane-name"
        lines={lines}
        x={middle(laneBox(lane))}
        y={lines.length > 1 ? 19 : 27}
        line={16}
      />
    </g>
  )
}

const laneBox = ({ x, width }: Lane) => ({ x, width, y: 0, height: 0 })

function drawEdge(id: string, { from, exit, back, points }: LaidEdge) {
  const corners = points.map(point => point.map(part => Math.round(part * 10) / 10).join(' '))
  return (
    <path
      key={`${from} ${exit}`}
      class={back ? 'process-edge process-edge-back' : 'process-edge'}
      d={`M${corners.join('L')}`}
      marker-end={`url(#${id}-arrow)`}
    />
  )
}

function drawLabel({ from, exit, label }: LaidEdge) {
  if (!label || label.quiet) return null
  return <Lines key={`${from} ${exit}`} class="process-exit" line={edgeText.line} {...label} />
}

function drawNode(scene: Scene, node: LaidNode) {
  const { t, process, current, passed, late } = scene
  const step = findStep(process, node.key)
  if (node.kind === 'start' || node.kind === 'end' || !step) return drawEnd(t, node)
  const state = node.key === current ? (late ? 'late' : 'now') : passed.has(node.key) ? 'done' : null
  const shape = { t, process, node, step, state, lanes: scene.lanes } as const
  return (
    <g key={node.key} class={`process-step process-${node.kind}${state ? ` process-${state}` : ''}`}>
      <title>{step.name}</title>
      {node.kind === 'choice' ? <Diamond {...shape} /> : <StepBox {...shape} />}
    </g>
  )
}

function drawEnd(t: T, node: LaidNode) {
  const [x, y, isEnd] = [middle(node), node.y + node.height / 2, node.kind === 'end']
  const lines = isEnd ? [t('Kết quả', 'Result'), t('tại một cửa', 'at the desk')] : [t('Tiếp nhận', 'Received')]
  return (
    <g key={`@${node.key}`} class="process-step">
      <circle class={isEnd ? 'process-end' : 'process-start'} cx={x} cy={y} r={isEnd ? 14 : 15} />
      {isEnd && <circle class="process-dot" cx={x} cy={y} r="7" />}
      <Lines
        class="process-small"
        lines={lines}
        x={x + 24}
        y={lines.length > 1 ? y - 3 : y + 4}
        line={15}
        anchor="start"
      />
    </g>
  )
}
