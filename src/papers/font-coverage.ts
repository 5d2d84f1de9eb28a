/**
 * The characters a TrueType font has glyphs for, read from its character map (table `cmap`, format 4: the basic plane).
 * Throws RangeError when the font has no such map.
 */
export function fontCoverage(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const covered = new Set<number>()
  const at = findCharacterMap(view)
  const segments = view.getUint16(at + 6) / 2
  const ends = at + 14
  const starts = ends + segments * 2 + 2
  for (let i = 0; i < segments; i += 1) {
    const end = view.getUint16(ends + i * 2)
    // The last segment is 0xFFFF, a mark and not a character.
    for (let c = view.getUint16(starts + i * 2); c <= end && c < 0xffff; c += 1) covered.add(c)
  }
  return covered
}

function findCharacterMap(view: DataView): number {
  const tables = view.getUint16(4)
  for (let i = 0; i < tables; i += 1) {
    const record = 12 + i * 16
    if (view.getUint32(record) !== 0x636d6170 /* 'cmap' */) continue
    const cmap = view.getUint32(record + 8)
    const maps = view.getUint16(cmap + 2)
    for (let j = 0; j < maps; j += 1) {
      const at = cmap + view.getUint32(cmap + 4 + j * 8 + 4)
      if (view.getUint16(at) === 4) return at
    }
  }
  throw new RangeError('The font has no character map of format 4.')
}

/** What stands where a character cannot be printed. */
const MISSING = '□'

/**
 * Text as it can be set in a font: composed, well-formed, without control and direction-changing characters (which could make a paper
 * read otherwise than it is stored), and with a box for what the font lacks. PDF/A refuses text without glyphs.
 */
export function printable(text: string, covered: ReadonlySet<number>): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(/[^\P{C}\n]/gu, '')
  let out = ''
  for (const char of clean) out += char === '\n' || covered.has(char.codePointAt(0) as number) ? char : MISSING
  return out
}
