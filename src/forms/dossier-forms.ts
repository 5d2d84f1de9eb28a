import type { EventType } from '#src/dossiers/dossier-event.ts'
import { type FormKind, formNumber, formTitle } from '#src/papers/statutory-form.ts'
import type { FormSet } from '#src/procedures/law.ts'

/** One printable form of a dossier: which it is, and the event it records. */
export type DossierForm = {
  kind: FormKind
  /** `'01'`…`'07'` in the dossier's form set. */
  number: string
  title: string
  /** Of several requests for supplement, which; 1 otherwise. */
  nth: number
  /** `seq` of the event it speaks of. */
  seq: number
  at: Date
}

type Recorded = { seq: number; at: Date; type: EventType }

/** The event a form records. The slip is printed as it was last put right; the control slip and the line of the book as things stand. */
const sources: Record<FormKind, readonly EventType[]> = {
  receipt: ['received', 'corrected'],
  supplement: ['supplement-requested'],
  refusal: ['refused-at-intake'],
  apology: ['extended'],
  stop: ['stopped'],
  control: ['received'],
  book: ['received'],
}

/** The forms that exist for a dossier with these events, in the order of their numbers; requests for supplement one by one. */
export function formsOf(set: FormSet, events: readonly Recorded[]): DossierForm[] {
  const received = events.some(event => event.type === 'received')
  return (Object.keys(sources) as (keyof typeof sources)[]).flatMap(kind => {
    const number = formNumber(set, kind)
    const found = events.filter(event => sources[kind].includes(event.type))
    if (!number || found.length === 0 || (kind === 'receipt' && !received)) return []
    const chosen = kind === 'supplement' ? found : found.slice(-1)
    const title = formTitle(set, kind)
    return chosen.map(({ seq, at }, i) => ({ kind, number, title, nth: i + 1, seq, at }))
  })
}

/** The form of this number; of several requests for supplement the `nth`, or the last when not said. */
export function findForm(forms: readonly DossierForm[], number: string, nth?: number): DossierForm | undefined {
  const all = forms.filter(form => form.number === number)
  return nth === undefined ? all.at(-1) : all.find(form => form.nth === nth)
}
