export type RefusalKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'too-many'

/** One thing wrong with one field; `message` is ready to be shown. */
export type FieldError = { field: string; message: string }

/**
 * A request the platform understood and will not do. Everything else that is thrown is a fault of ours.
 * `code` names the sentence shown to the person (each room lists its own in `<room>.refusals.ts`).
 */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly field: string | undefined
  readonly params: Record<string, string | number>
  readonly errors: FieldError[]

  constructor(
    kind: RefusalKind,
    code: string,
    more: { field?: string; params?: Record<string, string | number>; errors?: FieldError[] } = {},
  ) {
    super(code)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.field = more.field
    this.params = more.params ?? {}
    this.errors = more.errors ?? []
  }
}

/** Vietnamese and English sentence of a refusal code; `{name}` is filled from params. */
export type RefusalText = readonly [vi: string, en: string]
export type RefusalTexts = Record<string, RefusalText>

/** Fills `{name}` in a sentence. */
export function fillIn(sentence: string, params: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(params[name] ?? whole))
}
