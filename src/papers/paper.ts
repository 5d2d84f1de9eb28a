import type { Actor, Role } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { tidy } from '#src/platform/text.ts'

/** A file someone handed in; its bytes lie in the blob store under `sha256`. */
export type Paper = {
  /** UUID. */
  id: string
  /** null until it is put into a dossier. */
  dossierId: number | null
  /** The component of the procedure it stands for; null for anything else. */
  componentCode: string | null
  name: string
  mediaType: string
  /** Bytes. */
  size: number
  /** Hex. */
  sha256: string
  /** As in the ledger: `officer:12`. */
  uploadedBy: string
  uploadedAt: Date
}

export type PaperType = { label: string; mediaType: string; extensions: readonly string[] }

/** What a one-stop desk takes in: scans, photos, and the office files citizens fill in; nothing that can run. */
export const paperTypes: readonly PaperType[] = [
  { label: 'PDF', mediaType: 'application/pdf', extensions: ['pdf'] },
  { label: 'JPEG', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  { label: 'PNG', mediaType: 'image/png', extensions: ['png'] },
  { label: 'WebP', mediaType: 'image/webp', extensions: ['webp'] },
  {
    label: 'DOCX',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  {
    label: 'XLSX',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
]

/** `PDF, JPEG, …` as shown to people. */
export const paperTypeLabels = paperTypes.map(type => type.label).join(', ')

/** The `accept` attribute of a file input. */
export const paperAccept = paperTypes.flatMap(type => type.extensions.map(extension => `.${extension}`)).join(',')

export const PAPER_MAX_MB = 20
export const PAPER_MAX_BYTES = PAPER_MAX_MB * 1024 * 1024

const NAME_MAX = 200

/** Officers who take in papers or add to a dossier while it is worked on. */
export const paperRoles: readonly Role[] = [
  'intake',
  'postal',
  'home',
  'specialist',
  'leader',
  'clerk',
  'cashier',
  'director',
]

export function mayStorePaper(actor: Actor): boolean {
  return actor.kind === 'officer' && paperRoles.includes(actor.role)
}

/** The accepted type that a file name's ending claims. */
export function claimedType(name: string): PaperType | undefined {
  const extension = /\.([^.]+)$/u.exec(name)?.[1]?.toLowerCase()
  return extension === undefined ? undefined : paperTypes.find(type => type.extensions.includes(extension))
}

/**
 * The name a file is kept and offered again under: without folders, without characters that cannot be seen or that turn the
 * direction of reading (`gpj.exe` for `exe.jpg`), at most 200 characters with its ending kept. Empty when nothing is left.
 */
export function paperName(given: string): string {
  const base = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
  const name = tidy(base.toWellFormed().replace(/\s/gu, ' ').replace(/\p{C}/gu, ''))
  if (name.length <= NAME_MAX) return name
  const ending = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? ''
  return name.slice(0, NAME_MAX - ending.length).toWellFormed() + ending
}

/** Refuses what needs no look inside: no name, empty, too large, an ending that is not taken. Returns the name to keep and the claim. */
export function checkPaper(given: string, size: number): { name: string; claimed: PaperType } {
  const name = paperName(given)
  if (name === '') throw new Refusal('invalid', 'paper-nameless', { field: 'file' })
  if (size === 0) throw new Refusal('invalid', 'paper-empty', { field: 'file', params: { name } })
  if (size > PAPER_MAX_BYTES) {
    throw new Refusal('invalid', 'paper-too-large', { field: 'file', params: { name, max: PAPER_MAX_MB } })
  }
  const claimed = claimedType(name)
  if (!claimed) {
    throw new Refusal('invalid', 'paper-type-not-taken', { field: 'file', params: { name, types: paperTypeLabels } })
  }
  return { name, claimed }
}

/** Refuses a file whose bytes are of another type than its name says; `real` is the media type found, undefined when none was recognised. */
export function checkHonest(name: string, claimed: PaperType, real: string | undefined): void {
  if (real === claimed.mediaType) return
  const found = paperTypes.find(type => type.mediaType === real)
  if (!found)
    throw new Refusal('invalid', 'paper-unreadable', { field: 'file', params: { name, claimed: claimed.label } })
  const params = { name, claimed: claimed.label, real: found.label }
  throw new Refusal('invalid', 'paper-type-untrue', { field: 'file', params })
}
