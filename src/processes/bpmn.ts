import { Refusal } from '#src/platform/refusal.ts'
import type { BpmnWarning } from './bpmn-drawn.ts'
import { bpmnModel } from './bpmn-model.ts'
import { readProcess } from './bpmn-reading.ts'
import { writeDefinitions } from './bpmn-writing.ts'
import type { Process } from './process.ts'

/** Largest file taken, in bytes of UTF-8; a process of 60 steps has about 100 kB. */
export const MAX_BPMN_BYTES = 1024 * 1024
/** Elements within elements, where BPMN needs about ten; and elements in all, where our largest process has about 15,000. */
const MAX_DEPTH = 64
const MAX_ELEMENTS = 20_000

/**
 * A process as BPMN 2.0 XML with its diagram, to be opened in any modeller; what BPMN has no word for (agency, role, papers …) is in
 * extension elements, which modellers keep. `id` names the process in the document. Reading it back gives the same process exactly.
 * Throws Refusal `bpmn-broken-process` for a draft with ways that lead nowhere or keys used twice.
 */
export async function toBpmn(process: Process, options: { id: string; version?: number }): Promise<string> {
  const model = bpmnModel()
  const { xml } = await model.toXML(writeDefinitions(model, legible(process), options), { format: true })
  return xml
}

/**
 * A process from BPMN 2.0 XML, our own export or drawn in another modeller; the diagram's places are not read. `warnings` name everything
 * that was assumed or left out. Throws Refusal (invalid) `bpmn-too-large`, `bpmn-unreadable`, `bpmn-unsupported`, `bpmn-one-process`,
 * `bpmn-one-start`, `bpmn-loose-flow`, `bpmn-senseless`, `process-too-long`.
 */
export async function fromBpmn(xml: string): Promise<{ process: Process; warnings: BpmnWarning[] }> {
  if (Buffer.byteLength(xml) > MAX_BPMN_BYTES) throw new Refusal('invalid', 'bpmn-too-large')
  // A declared document type could bring in other files or blow up; no modeller writes one.
  if (/<!(DOCTYPE|ENTITY)/iu.test(xml) || isOverloaded(xml)) throw new Refusal('invalid', 'bpmn-unreadable')
  const read = await bpmnModel()
    .fromXML(xml)
    .catch(() => {
      throw new Refusal('invalid', 'bpmn-unreadable')
    })
  return readProcess(read.rootElement)
}

/** Reading a megabyte of empty elements would take ten seconds. Quoted values may hold brackets. */
function isOverloaded(xml: string): boolean {
  let depth = 0
  let count = 0
  const tags = /<(\/?)[a-zA-Z_](?:[^<>"']|"[^"]*"|'[^']*')*?(\/?)>/gu
  for (const [, closes, empty] of xml.matchAll(tags)) {
    count++
    if (closes) depth--
    else if (!empty) depth++
    if (depth > MAX_DEPTH || count > 2 * MAX_ELEMENTS) return true
  }
  return false
}

/** Without the characters XML cannot hold. */
function legible(process: Process): Process {
  const text = JSON.stringify(process, (_, value: unknown) => {
    return typeof value === 'string' ? value.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '') : value
  })
  return JSON.parse(text) as Process
}
