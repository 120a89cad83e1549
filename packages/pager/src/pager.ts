import { bufferOf, checkBounds, checkPages } from './range.ts'

/**
 * The ways to give pages back, in the order in which they are tried.
 *
 * - `engine`: `WebAssembly.Memory.prototype.discard`, where the engine has it
 * - `addon`: the package's own Node-API addon
 * - `node-ffi`: `node:ffi`, Node 26.1 and later
 * - `koffi`: the npm package koffi, an optional dependency
 * - `bun-ffi`, `deno-ffi`: the foreign functions of Bun and Deno
 * - `none`: gives nothing back; a discard fills with zeros
 */
export type BackendName = 'engine' | 'addon' | 'node-ffi' | 'koffi' | 'bun-ffi' | 'deno-ffi' | 'none'

/** Gives the pages of any WebAssembly.Memory back to the operating system. It owns no memory itself. */
export interface Pager {
  /** The way in use. */
  readonly backend: BackendName

  /**
   * Gives physical pages back; the contract is that of `memory.discard` in WebAssembly's memory-control
   * proposal. The range reads as zero afterwards, and every other byte is as it was. The memory stays as
   * long as it was and may be used again at once.
   *
   * One call for a large range costs far less than one per page.
   *
   * @param byteOffset in bytes, a multiple of 65,536
   * @param byteLength in bytes, a multiple of 65,536; 0 does nothing and returns true
   * @returns true when physical pages went back; false when the range could only be filled with zeros
   * @throws RangeError before anything is written, when the range is not whole pages inside the memory
   * @throws TypeError when `memory` is no WebAssembly.Memory
   */
  discard(memory: WebAssembly.Memory, byteOffset: number, byteLength: number): boolean

  /**
   * As {@link Pager.discard}, but where pages cannot be given back it leaves the contents as they are and
   * returns false. (On macOS and Windows contents have to be cleared before the OS is asked; should it then
   * refuse, they are zeros.)
   */
  tryDiscard(memory: WebAssembly.Memory, byteOffset: number, byteLength: number): boolean

  /**
   * Asks the OS to back the range with transparent huge pages, or (enable: false) not to. The range is
   * rounded inward: to 2 MiB of the real address to enable, to pages of the OS to decline. Contents never
   * change. Huge pages make a first touch several times faster, and one byte written makes 2 MiB resident:
   * meant for ranges of several MiB that are discarded whole.
   *
   * @param byteOffset in bytes, of any alignment
   * @param byteLength in bytes
   * @returns whether the OS took the advice; false on a system without it, and for a range too small to
   *   hold one page after rounding
   * @throws RangeError when the range is not inside the memory
   */
  adviseHugePages(
    memory: WebAssembly.Memory,
    byteOffset: number,
    byteLength: number,
    enable: boolean,
  ): boolean
}

/** What a backend does with a range that was checked; `range` is a view of `memory` and not empty. */
export interface PageOperations {
  /** True when the range reads as zero and its pages went back. False or an exception: contents are kept. */
  discard(memory: WebAssembly.Memory, range: Uint8Array): boolean
  /** True when the OS took the advice. Contents never change. */
  adviseHugePages(range: Uint8Array, enable: boolean): boolean
}

/** The pager over a backend's operations: checks each range, and fills with zeros what did not go back. */
export function createPager(backend: BackendName, pages: PageOperations): Pager {
  const checkedRange = (memory: WebAssembly.Memory, byteOffset: number, byteLength: number): Uint8Array => {
    const buffer = bufferOf(memory)
    checkPages(buffer.byteLength, byteOffset, byteLength)
    return new Uint8Array(buffer, byteOffset, byteLength)
  }
  return {
    backend,

    discard(memory, byteOffset, byteLength) {
      const range = checkedRange(memory, byteOffset, byteLength)
      if (byteLength === 0 || succeeds(() => pages.discard(memory, range))) return true
      range.fill(0)
      return false
    },

    tryDiscard(memory, byteOffset, byteLength) {
      const range = checkedRange(memory, byteOffset, byteLength)
      return byteLength === 0 || succeeds(() => pages.discard(memory, range))
    },

    adviseHugePages(memory, byteOffset, byteLength, enable) {
      const buffer = bufferOf(memory)
      checkBounds(buffer.byteLength, byteOffset, byteLength)
      if (byteLength === 0) return false
      const range = new Uint8Array(buffer, byteOffset, byteLength)
      return succeeds(() => pages.adviseHugePages(range, Boolean(enable)))
    },
  }
}

/** A backend that throws has failed, as one that returns false: both are answered by what the caller does next. */
function succeeds(operation: () => boolean): boolean {
  try {
    return operation()
  } catch {
    return false
  }
}
