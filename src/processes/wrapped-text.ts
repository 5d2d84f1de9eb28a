/** Widths of letters as shares of the type size, measured on Be Vietnam Pro and rounded up: a picture made on the server has no ruler. */
const narrow = /[iljtfrI.,:;'’|()[\]/\- ]/u
const wide = /[mwMWĐÔƠĂÂQGOC@%—…]/u

/** Width of a line in pixels, within a few per cent. Marks that stand over a letter take no room. */
export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const letter of text.normalize('NFC')) {
    const base = letter.normalize('NFD')[0] ?? letter
    ems += narrow.test(base) ? 0.34 : wide.test(letter) || wide.test(base) ? 0.84 : /\p{Lu}/u.test(base) ? 0.7 : 0.59
  }
  return ems * size
}

/** Lines of at most `width` pixels; what does not fit into `most` lines ends in an ellipsis. Words wider than a line are cut. */
export function wrapText(text: string, { width, size, most }: { width: number; size: number; most: number }): string[] {
  const words = text.trim().split(/\s+/u)
  const lines: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && textWidth(joined, size) <= width) lines[lines.length - 1] = joined
    else if (lines.length < most) lines.push(shorten(word, width, size))
    else {
      lines[most - 1] = shorten(`${last} ${words.slice(i).join(' ')}`, width, size)
      break
    }
  }
  return lines
}

function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
