/** Both languages of a text stand side by side where it is used, so neither can be forgotten. */
export type T = (vi: string, en: string) => string
export type Lang = 'vi' | 'en'

/** The translator for one language. */
export function translator(lang: Lang): T {
  return lang === 'en' ? (_vi, en) => en : vi => vi
}

/** Trimmed, single-spaced and composed (NFC), the only form in which text is stored (TCVN 6909). */
export function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim()
}

/** Lower case without diacritics, đ as d: what people type on a keyboard without Vietnamese. Same as SQL `vn_fold`. */
export function fold(text: string): string {
  return tidy(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/gu, 'd')
}

const OFFSET_MS = 7 * 60 * 60 * 1000
const two = (n: number) => String(n).padStart(2, '0')

/** Parts of an instant on the wall clock of Vietnam (UTC+7, no summer time). */
export function wallClock(at: Date) {
  const local = new Date(at.getTime() + OFFSET_MS)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    weekday: local.getUTCDay(),
  }
}

/** `24/11/2026` */
export function dateText(at: Date): string {
  const w = wallClock(at)
  return `${two(w.day)}/${two(w.month)}/${w.year}`
}

/** `16:30` */
export function timeText(at: Date): string {
  const w = wallClock(at)
  return `${two(w.hour)}:${two(w.minute)}`
}

/** `16:30 24/11/2026`, the order Vietnamese papers use. */
export function instantText(at: Date): string {
  return `${timeText(at)} ${dateText(at)}`
}

/** ISO 8601 with the offset of Vietnam, to the minute when seconds are zero: `2026-11-24T16:30:00+07:00`. */
export function isoLocal(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().replace(/(\.000)?Z$/u, '+07:00')
}

/** Whole đồng with dots: `1.024.000 đ`. */
export function moneyText(dong: number): string {
  return `${String(Math.trunc(dong)).replace(/\B(?=(\d{3})+(?!\d))/gu, '.')} đ`
}
