import { fromBpmn, MAX_BPMN_BYTES } from '#src/drawings/bpmn.ts'
import { Refusal } from '#src/platform/refusal.ts'

/** The process in an uploaded BPMN file, with what had to be assumed. Throws `bpmn-missing` without a file, and what fromBpmn throws. */
export async function readBpmn(file: File | undefined): ReturnType<typeof fromBpmn> {
  if (!file || file.size === 0) throw new Refusal('invalid', 'bpmn-missing', { field: 'file' })
  if (file.size > MAX_BPMN_BYTES) throw new Refusal('invalid', 'bpmn-too-large', { field: 'file' })
  try {
    return await fromBpmn(await file.text())
  } catch (error) {
    // Said at the box of the file, wherever it was thrown.
    if (error instanceof Refusal) Object.assign(error, { field: error.field ?? 'file' })
    throw error
  }
}
