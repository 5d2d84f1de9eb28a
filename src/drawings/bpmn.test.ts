import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Process } from '#src/processes/process.ts'
import { anyProcess } from '#test/support/any-process.ts'
import { fromBpmn, MAX_BPMN_BYTES, toBpmn } from './bpmn.ts'
import { type BpmnElement, bpmnModel, elementOf, elementsOf } from './bpmn-model.ts'

/** Ids of the elements a diagram must show. */
function idsShown(xml: { rootElement: BpmnElement }) {
  const { rootElement } = xml
  const roots = elementsOf(rootElement, 'rootElements')
  const process = roots.find(({ $type }) => $type === 'bpmn:Process')
  if (!process) throw new Error('no process')
  const lanes = elementsOf(process, 'laneSets').flatMap(set => elementsOf(set, 'lanes'))
  const pool = roots.flatMap(root => (root.$type === 'bpmn:Collaboration' ? elementsOf(root, 'participants') : []))
  return [...pool, ...lanes, ...elementsOf(process, 'flowElements')].map(({ id }) => id).sort()
}

function idsDrawn({ rootElement }: { rootElement: BpmnElement }) {
  const planes = elementsOf(rootElement, 'diagrams').map(diagram => elementOf(diagram, 'plane'))
  const drawn = planes.flatMap(plane => (plane ? elementsOf(plane, 'planeElement') : []))
  return drawn.map(one => elementOf(one, 'bpmnElement')?.id ?? '?').sort()
}

describe('BPMN written and read', () => {
  test('gives back exactly the process it was made from', async () => {
    await fc.assert(
      fc.asyncProperty(anyProcess, async process => {
        const read = await fromBpmn(await toBpmn(process, { id: 'thu' }))
        expect(read).toEqual({ process, warnings: [] })
      }),
      { numRuns: 200 },
    )
  })

  test('is a document the standard’s own model reads without a warning, with every element in its diagram', async () => {
    await fc.assert(
      fc.asyncProperty(anyProcess, async process => {
        const read = await bpmnModel().fromXML(await toBpmn(process, { id: 'thu', version: 2 }))
        expect(read.warnings).toEqual([])
        expect(idsDrawn(read)).toEqual(idsShown(read))
        expect(new Set(idsShown(read)).size).toBe(idsShown(read).length)
      }),
      { numRuns: 100 },
    )
  })

  test('refuses a draft whose ways lead nowhere', async () => {
    const [process] = fc.sample(anyProcess, 1)
    const broken = { ...(process as Process), start: 'khong-co' }
    await expect(toBpmn(broken, { id: 'thu' })).rejects.toMatchObject({ code: 'bpmn-broken-process' })
  })
})

/** A document as a modeller writes one; `inside`: the elements of its process. */
const drawing = (inside: string, around = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1"
  targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.30.0"
  modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">
  ${around}
  <bpmn:process id="Process_0x1" name="Cấp bản sao trích lục" isExecutable="true">${inside}</bpmn:process>
</bpmn:definitions>`

/** `a > b > c`: flows between elements by id, named and with a condition where given. */
const flow = (from: string, to: string, name = '', condition = '') =>
  `<bpmn:sequenceFlow id="F_${from}_${to}_${name.length}" sourceRef="${from}" targetRef="${to}" name="${name}">${
    condition && `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`

describe('a drawing made in another modeller', () => {
  test('with tasks and an officer’s decision becomes steps with outcomes, a way back being a return', async () => {
    const lanes = `<bpmn:laneSet id="L"><bpmn:lane id="L1" name="Bộ phận Một cửa"><bpmn:flowNodeRef>A1</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="L2" name="Phòng Tư pháp"><bpmn:flowNodeRef>A2</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>`
    const { process, warnings } = await fromBpmn(
      drawing(`${lanes}<bpmn:startEvent id="S" /><bpmn:userTask id="A1" name="Kiểm tra&#10;hồ sơ" /><bpmn:task id="A2" name="Thẩm định" />
        <bpmn:exclusiveGateway id="G" name="Đạt?" /><bpmn:exclusiveGateway id="J" /><bpmn:endEvent id="E" /><bpmn:endEvent id="E2" />
        <bpmn:textAnnotation id="T"><bpmn:text>ghi chú</bpmn:text></bpmn:textAnnotation>
        ${flow('S', 'J')}${flow('J', 'A1')}${flow('A1', 'A2')}${flow('A2', 'G')}${flow('G', 'E', 'Đạt')}${flow('G', 'J', 'Trả lại')}${flow('G', 'E2', 'Từ chối')}`),
    )
    expect(process).toMatchObject({ name: 'Cấp bản sao trích lục', start: 'kiem-tra-ho-so', scaled: false })
    expect(process.steps.map(({ kind, key, name }) => [kind, key, name])).toEqual([
      ['task', 'kiem-tra-ho-so', 'Kiểm tra hồ sơ'],
      ['task', 'tham-dinh', 'Thẩm định'],
    ])
    expect(process.steps[0]).toMatchObject({ agency: { by: 'receiving' }, role: 'intake', hours: 8 })
    expect(process.steps[1]).toMatchObject({
      ...{ agency: { by: 'competent' }, role: 'specialist', hours: 8 },
      outcomes: [
        { key: 'dat', name: 'Đạt', to: 'end', back: false },
        { key: 'tra-lai', name: 'Trả lại', to: 'kiem-tra-ho-so', back: true },
        { key: 'tu-choi', name: 'Từ chối', to: 'end', back: false },
      ],
    })
    expect(warnings.map(({ vi }) => vi)).toEqual([
      'Bước “Kiểm tra hồ sơ”: coi là việc của cán bộ tiếp nhận tại nơi tiếp nhận, 8 giờ làm việc.',
      'Bước “Thẩm định”: coi là việc của chuyên viên tại cơ quan giải quyết, 8 giờ làm việc.',
    ])
  })

  test('with conditions becomes choices; FEEL is kept without its sign, another language is named', async () => {
    const foreign = `\${x}`
    const { process, warnings } = await fromBpmn(
      drawing(`<bpmn:startEvent id="S" /><bpmn:exclusiveGateway id="G" name="Diện tích" default="F_G_B_0" />
        <bpmn:userTask id="A" name="Ký" /><bpmn:serviceTask id="B" name="Tra cứu"><bpmn:documentation>Tra cứu đất đai</bpmn:documentation></bpmn:serviceTask>
        <bpmn:callActivity id="C" name="Thu phí" calledElement="Process_ThuPhi" /><bpmn:endEvent id="E" />
        ${flow('S', 'G')}${flow('G', 'A', 'Lớn', '=form.area &gt; 100')}${flow('G', 'C', 'Khác', foreign)}${flow('G', 'B')}
        ${flow('A', 'E')}${flow('B', 'E')}${flow('C', 'E')}`),
    )
    expect(process.steps[0]).toEqual({
      ...{ kind: 'choice', key: 'dien-tich', name: 'Diện tích', otherwise: 'tra-cuu' },
      branches: [
        { name: 'Lớn', when: 'form.area > 100', to: 'ky' },
        { name: 'Khác', when: 'x', to: 'thu-phi' },
      ],
    })
    expect(process.steps[2]).toMatchObject({ kind: 'automatic', note: 'Tra cứu đất đai', outcomes: [{ key: 'done' }] })
    expect(process.steps[3]).toMatchObject({ kind: 'sub-process', process: 'process-thuphi' })
    expect(warnings.map(({ en }) => en).filter(text => text.includes('FEEL'))).toEqual([
      'Choice “Diện tích”: the condition of “Khác” is not written in FEEL; write it anew.',
    ])
    expect(warnings).toHaveLength(4)
  })

  test('with a parallel task and a timer becomes a consultation with its hours', async () => {
    const { process } = await fromBpmn(
      drawing(`<bpmn:startEvent id="S" /><bpmn:userTask id="A" name="Hỏi ý kiến"><bpmn:multiInstanceLoopCharacteristics>
          <bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
        <bpmn:boundaryEvent id="T" attachedToRef="A"><bpmn:timerEventDefinition id="TD"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1DT4H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
        <bpmn:endEvent id="E" /><bpmn:userTask id="B" name="Tổng hợp" />
        ${flow('S', 'A')}${flow('A', 'E')}${flow('T', 'B')}${flow('B', 'E')}`),
    )
    expect(process.steps[0]).toMatchObject({
      ...{ kind: 'consult', hours: 12, need: 0 },
      asked: [{ key: 'co-quan-1' }, { key: 'co-quan-2' }, { key: 'co-quan-3' }],
      outcomes: [
        { key: 'joined', to: 'end' },
        { key: 'expired', to: 'tong-hop' },
      ],
    })
  })

  test.each([
    ['parallelGateway', '<bpmn:parallelGateway id="X" name="Cùng lúc" />'],
    ['subProcess', '<bpmn:subProcess id="X" name="Cùng lúc" />'],
    ['intermediateCatchEvent', '<bpmn:intermediateCatchEvent id="X" name="Cùng lúc" />'],
    ['receiveTask', '<bpmn:receiveTask id="X" name="Cùng lúc" />'],
    [
      'userTask (loopCharacteristics)',
      '<bpmn:userTask id="X" name="Cùng lúc"><bpmn:standardLoopCharacteristics /></bpmn:userTask>',
    ],
  ])('with %s is refused by that name', async (element, xml) => {
    const whole = drawing(`<bpmn:startEvent id="S" />${xml}<bpmn:endEvent id="E" />${flow('S', 'X')}${flow('X', 'E')}`)
    const params = { element, name: 'Cùng lúc' }
    await expect(fromBpmn(whole)).rejects.toMatchObject({ kind: 'invalid', code: 'bpmn-unsupported', params })
  })

  test.each([
    ['bpmn-one-process', ''],
    ['bpmn-one-start', '<bpmn:userTask id="A" name="Ký" />'],
    ['bpmn-loose-flow', `<bpmn:startEvent id="S" />${flow('S', 'khong-co')}`],
    [
      'process-too-long',
      `<bpmn:startEvent id="S" />${flow('S', 'A0')}${Array.from({ length: 61 }, (_, i) => `<bpmn:task id="A${i}" />`).join('')}`,
    ],
  ])('that is no whole process is refused: %s', async (code, inside) => {
    await expect(fromBpmn(drawing(inside))).rejects.toMatchObject({ kind: 'invalid', code })
  })

  test('keeps what our export says where it was changed elsewhere, and refuses values no process has', async () => {
    const [process] = fc.sample(anyProcess, { numRuns: 1, seed: 3 })
    const xml = (await toBpmn(process as Process, { id: 'thu' })).replace(/ hours="[\d.]+"/u, ' hours="-1"')
    if (!xml.includes('hours="-1"')) throw new Error('the sample has no hours to spoil')
    await expect(fromBpmn(xml)).rejects.toMatchObject({ code: 'bpmn-senseless' })
  })
})

describe('a hostile file', () => {
  test.each([
    ['what is no XML', 'PK\u0003\u0004 <<<'],
    ['another language of XML', '<svg xmlns="http://www.w3.org/2000/svg" />'],
    ['nothing', ''],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${drawing('')}`],
    ['outside entities', drawing('').replace('?>', '?><!doctype x SYSTEM "file:///etc/passwd">')],
    ['elements a thousand deep', drawing('<bpmn:documentation>'.repeat(1_000) + '</bpmn:documentation>'.repeat(1_000))],
    ['elements never closed', '<a x="1>2">'.repeat(50_000)],
  ])('with %s is refused as unreadable', async (_, xml) => {
    await expect(fromBpmn(xml)).rejects.toMatchObject({ kind: 'invalid', code: 'bpmn-unreadable' })
  })

  test('of more than a megabyte is refused unread', async () => {
    const xml = drawing(`<!--${'ă'.repeat(MAX_BPMN_BYTES / 2)}-->`)
    await expect(fromBpmn(xml)).rejects.toMatchObject({ code: 'bpmn-too-large' })
  })

  test('of a thousand gateways in a row, or attributes without end, is answered soon', async () => {
    const row = Array.from(
      { length: 990 },
      (_, i) => `<bpmn:exclusiveGateway id="G${i}" />${flow(`G${i}`, `G${i + 1}`)}`,
    )
    const attributes = Array.from({ length: 60_000 }, (_, i) => `xmlns:a${i}="b${i}"`).join(' ')
    const began = performance.now()
    const ends = `<bpmn:startEvent id="S" />${flow('S', 'G0')}<bpmn:endEvent id="G990" />`
    await expect(fromBpmn(drawing(`${ends}${row.join('')}`))).rejects.toMatchObject({ kind: 'invalid' })
    await expect(fromBpmn(drawing(`<a ${attributes} />`))).rejects.toMatchObject({ kind: 'invalid' })
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  test.each(['<a "', "<a '", '<', '<a ""', '<a b="<c d=\'', '<!--', '<a/>', '&#x41;'])(
    'of a megabyte of %s is answered soon',
    async part => {
      const began = performance.now()
      const xml = part.repeat(Math.floor(MAX_BPMN_BYTES / part.length))
      await expect(fromBpmn(xml)).rejects.toMatchObject({ kind: 'invalid' })
      expect(performance.now() - began).toBeLessThan(3_000)
    },
  )
})
