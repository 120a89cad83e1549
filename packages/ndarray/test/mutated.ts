/** A small generator of its own, since fast-check takes longer than the parsers. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9 + 0x7f4a7c15
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Bytes that are of weight where they stand: ends of ranges, and what a header is made of. */
const HEAVY = [0, 1, 0x7f, 0x80, 0xff, ...new TextEncoder().encode('(),:\'{}[]0123456789-<>|LxTF\n"')]

/** A copy with up to four changes: bytes set, inserted, removed, repeated, or cut off. */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array<ArrayBuffer> {
  const result = [...bytes]
  // Most of what can go wrong is at the ends: headers, and an archive's directory.
  const place = (): number => {
    const length = Math.max(1, result.length)
    const at = random(3) === 0 ? random(length) : random(Math.min(length, 160))
    return random(2) === 0 ? at : length - 1 - at
  }
  for (let change = random(4); change >= 0; change--) {
    const at = place()
    const byte = random(2) === 0 ? random(256) : (HEAVY[random(HEAVY.length)] as number)
    switch (random(6)) {
      case 0:
        result.splice(at, 0, byte)
        break
      case 1:
        result.splice(at, 1 + random(3))
        break
      case 2:
        result.splice(at, 0, ...result.slice(at, at + random(40)))
        break
      case 3:
        result.length = at
        break
      default:
        result[at] = byte
    }
  }
  return Uint8Array.from(result)
}
