/** A page of WebAssembly linear memory, in bytes. */
export const WASM_PAGE = 65_536

/**
 * The memory's bytes now. Asks the prototype's own getter, which refuses whatever is no WebAssembly.Memory
 * (TypeError), and accepts one of another realm.
 */
export function bufferOf(memory: WebAssembly.Memory): ArrayBufferLike {
  const getter = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'buffer')?.get
  if (getter === undefined) throw new TypeError('internal: WebAssembly.Memory.prototype has no buffer')
  return getter.call(memory)
}

/** Throws a RangeError unless 0 ≤ byteOffset, 0 ≤ byteLength and byteOffset + byteLength ≤ size, in integers. */
export function checkBounds(size: number, byteOffset: number, byteLength: number): void {
  checkInteger('byteOffset', byteOffset)
  checkInteger('byteLength', byteLength)
  if (byteOffset > size || byteLength > size - byteOffset) {
    throw new RangeError(
      `range of ${byteLength} bytes at ${byteOffset} ends outside the memory, which has ${size} bytes`,
    )
  }
}

/** As {@link checkBounds}, and both numbers are whole pages of {@link WASM_PAGE} bytes. */
export function checkPages(size: number, byteOffset: number, byteLength: number): void {
  checkBounds(size, byteOffset, byteLength)
  checkAligned('byteOffset', byteOffset)
  checkAligned('byteLength', byteLength)
}

function checkInteger(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return
  throw new RangeError(`${name} must be an integer from 0 up, not ${String(value)}`)
}

function checkAligned(name: string, value: number): void {
  if (value % WASM_PAGE === 0) return
  throw new RangeError(`${name} must be a multiple of the ${WASM_PAGE}-byte page, not ${value}`)
}
