import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exitsOf } from '#src/processes/process.ts'
import { anyProcess } from '#test/support/any-process.ts'
import { standardProcess } from '#test/support/standard-process.ts'
import { type LaidEdge, type LaidNode, layoutProcess, type ProcessLayout } from './process-layout.ts'
import { LANE_HEAD, type Point, textWidth, wrapText } from './process-measures.ts'

const overlap = (a: LaidNode, b: LaidNode) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Does a level or upright stretch run through the inside of a node? */
function runsThrough([[x1, y1], [x2, y2]]: [Point, Point], { x, y, width, height }: LaidNode): boolean {
  const [left, right, top, bottom] = [Math.min(x1, x2), Math.max(x1, x2), Math.min(y1, y2), Math.max(y1, y2)]
  return left < x + width - 1 && right > x + 1 && top < y + height - 1 && bottom > y + 1
}

function stretches({ points }: LaidEdge): [Point, Point][] {
  return points.slice(1).map((point, i) => [points[i] ?? point, point])
}

/** Edges that leave the levels, go through a node, or are not joined to their two ends. */
function strayEdges({ nodes, edges }: ProcessLayout) {
  return edges.filter(edge => {
    const all = stretches(edge)
    const isSlanted = all.some(([[x1, y1], [x2, y2]]) => Math.abs(x1 - x2) > 0.01 && Math.abs(y1 - y2) > 0.01)
    // The edges of a diamond slant, so a line from or to it ends inside its box.
    const boxes = nodes.filter(({ kind, key }) => kind !== 'choice' || (key !== edge.from && key !== edge.to))
    return isSlanted || all.some(one => boxes.some(box => runsThrough(one, box)))
  })
}

describe('the chart of any process', () => {
  test('shows every step, the two ends and every way out once', () => {
    fc.assert(
      fc.property(anyProcess, process => {
        const { nodes, edges } = layoutProcess(process)
        expect(nodes.map(({ key }) => key).sort()).toEqual(
          [...process.steps.map(({ key }) => key), 'start', 'end'].sort(),
        )
        const ways = process.steps.flatMap(step => exitsOf(step).map(exit => `${step.key} ${exit.key} ${exit.to}`))
        const drawn = edges.filter(({ exit }) => exit).map(({ from, exit, to }) => `${from} ${exit} ${to}`)
        expect(drawn.sort()).toEqual(ways.sort())
      }),
    )
  })

  test('has no two nodes on each other, each in a lane and inside the picture', () => {
    fc.assert(
      fc.property(anyProcess, process => {
        const { nodes, lanes, width, height } = layoutProcess(process)
        const pairs = nodes.flatMap((a, i) => nodes.slice(i + 1).filter(b => overlap(a, b)))
        expect(pairs).toEqual([])
        const outside = nodes.filter(
          ({ x, y, width: w, height: h }) =>
            y < LANE_HEAD || y + h > height || !lanes.some(lane => x >= lane.x && x + w <= lane.x + lane.width),
        )
        expect(outside).toEqual([])
        expect(lanes.reduce((sum, lane) => sum + lane.width, 0)).toBeCloseTo(width)
      }),
    )
  })

  test('has edges at right angles that go through no node and stay inside', () => {
    fc.assert(
      fc.property(anyProcess, process => {
        const layout = layoutProcess(process)
        expect(strayEdges(layout)).toEqual([])
        const points = layout.edges.flatMap(edge => edge.points)
        expect(points.filter(([x, y]) => x < 0 || y < 0 || x > layout.width || y > layout.height)).toEqual([])
      }),
    )
  })

  test('draws two ways apart, except where they come together at the same step', () => {
    fc.assert(
      fc.property(anyProcess, process => {
        const { edges } = layoutProcess(process)
        for (const across of [0, 1] as const) expect(together(edges, across)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

/** Upright (0) or level (1) stretches of edges to different steps that lie on each other. */
function together(edges: readonly LaidEdge[], across: 0 | 1) {
  const along = 1 - across
  const all = edges.flatMap(edge =>
    stretches(edge)
      .filter(([a, b]) => a[across] === b[across] && a[along] !== b[along])
      .map(([a, b]) => ({
        edge,
        at: a[across],
        from: Math.min(a[along] ?? 0, b[along] ?? 0),
        to: Math.max(a[along] ?? 0, b[along] ?? 0),
      })),
  )
  return all.flatMap((a, i) =>
    all.slice(i + 1).filter(b => a.at === b.at && a.edge.to !== b.edge.to && a.from < b.to && b.from < a.to),
  )
}

describe('the chart of the standard process', () => {
  const layout = layoutProcess(standardProcess())

  test('has a column for the desk and one for the agency that resolves, and ends at the desk', () => {
    expect(layout.lanes.map(({ ref }) => ref)).toEqual(['receiving', 'competent'])
    const [desk] = layout.lanes
    const end = layout.nodes.find(({ kind }) => kind === 'end')
    expect(end?.x).toBeLessThan(desk?.width ?? 0)
  })

  test('goes down the page, the return alone going up, at the side', () => {
    const rising = layout.edges.filter(({ points }) => (points.at(-1)?.[1] ?? 0) < (points[0]?.[1] ?? 0))
    expect(rising.map(({ exit, back }) => [exit, back])).toEqual([['returned', true]])
  })
})

test('a draft whose ways lead nowhere is drawn as far as it goes', () => {
  const process = standardProcess()
  const broken = { ...process, steps: process.steps.filter(({ key }) => key !== 'phe-duyet') }
  expect(layoutProcess(broken).nodes).toHaveLength(6)
  expect(layoutProcess({ ...process, start: 'khong-co' }).edges.map(({ from }) => from)).not.toContain('start')
})

describe('text in lines', () => {
  const fit = { width: 120, size: 13, most: 3 }

  test('is no wider than asked, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        const lines = wrapText(text, fit)
        expect(lines.length).toBeLessThanOrEqual(3)
        for (const line of lines) expect([...line].length > 2 ? textWidth(line, fit.size) : 0).toBeLessThanOrEqual(120)
      }),
    )
  })

  test('keeps what fits as it is, and says with an ellipsis that there is more', () => {
    expect(wrapText('Thẩm định', fit)).toEqual(['Thẩm định'])
    const long = wrapText('Thẩm định hồ sơ thiết kế, kiểm tra thực địa và lập báo cáo kết quả thẩm định', fit)
    expect(long).toHaveLength(3)
    expect(long.at(-1)).toMatch(/…$/u)
  })
})
