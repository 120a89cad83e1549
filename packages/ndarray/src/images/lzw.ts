/** A code of 9 bits at least becomes a string of the table at most, and that has no more than 4096 bytes. */
export const MOST_LZW_EXPANSION = 4096

const CLEAR = 256
const END = 257
const FIRST_FREE = 258
const MOST_CODES = 4096
const FEWEST_BITS = 9
const MOST_BITS = 12

/**
 * Strings of bytes by their codes. A string is another one and a byte behind it: its prefix is always an older
 * code, so following prefixes comes to an end.
 */
const prefix = new Uint16Array(MOST_CODES)
const last = new Uint8Array(MOST_CODES)
const first = new Uint8Array(MOST_CODES)
const lengths = new Uint16Array(MOST_CODES)
for (let byte = 0; byte < 256; byte++) {
  last[byte] = byte
  first[byte] = byte
  lengths[byte] = 1
}

/**
 * Unpacks LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first, widened one code early.
 * @returns How many bytes came: less than there is room for when the codes end before, or one is impossible.
 */
export function lzw(bytes: Uint8Array, out: Uint8Array): number {
  let done = 0
  let free = FIRST_FREE
  let width = FEWEST_BITS
  let before = -1
  let bits = 0
  let held = 0
  for (let at = 0; at < bytes.length && done < out.length; ) {
    held = ((held << 8) | (bytes[at++] as number)) & 0xffffff
    bits += 8
    if (bits < width) continue
    bits -= width
    const code = (held >> bits) & ((1 << width) - 1)
    if (code === END) break
    if (code === CLEAR) {
      free = FIRST_FREE
      width = FEWEST_BITS
      before = -1
      continue
    }
    // The next code to come may be used already: it stands for the string before and its own first byte.
    if (code > free || (code >= FIRST_FREE && before < 0)) break
    if (before >= 0 && free < MOST_CODES) {
      prefix[free] = before
      first[free] = first[before] as number
      last[free] = first[code === free ? before : code] as number
      lengths[free] = (lengths[before] as number) + 1
      free++
      if (free + 1 >= 1 << width && width < MOST_BITS) width++
    }
    done = writeString(code, out, done)
    before = code
  }
  return done
}

/** Writes a code's string, as much of it as there is room for; where it ends. */
function writeString(code: number, out: Uint8Array, start: number): number {
  const end = start + (lengths[code] as number)
  for (let at = end - 1, rest = code; at >= start; at--, rest = prefix[rest] as number) {
    if (at < out.length) out[at] = last[rest] as number
  }
  return Math.min(end, out.length)
}
