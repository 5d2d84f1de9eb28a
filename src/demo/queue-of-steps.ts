import type { Life, Step } from './course.ts'

/** A dossier under way and the step it waits to take; `order` settles who is first at the same instant. */
export type Pending = { step: Step; order: number; life: Life; index: number; taken: number }

const before = (a: Pending, b: Pending): boolean =>
  a.step.at < b.step.at || (a.step.at.getTime() === b.step.at.getTime() && a.order < b.order)

/** Steps in the order of their instants (a binary heap): holds one step for each dossier under way, however long the history. */
export function stepQueue() {
  const heap: Pending[] = []
  const at = (i: number) => heap[i] as Pending
  const swap = (i: number, j: number) => {
    const kept = at(i)
    heap[i] = at(j)
    heap[j] = kept
  }
  return {
    peek: (): Pending | undefined => heap[0],
    push(pending: Pending): void {
      let i = heap.push(pending) - 1
      for (let parent = (i - 1) >> 1; i > 0 && before(at(i), at(parent)); parent = (i - 1) >> 1) {
        swap(i, parent)
        i = parent
      }
    },
    pop(): Pending | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (!last || heap.length === 0) return first
      heap[0] = last
      for (let i = 0; ; ) {
        let least = i
        for (const child of [2 * i + 1, 2 * i + 2])
          if (child < heap.length && before(at(child), at(least))) least = child
        if (least === i) return first
        swap(i, least)
        i = least
      }
    },
  }
}
