/**
 * Which function of the C library gives pages back on each operating system, and what it promises.
 * Linux is verified. macOS and Windows are written from their documentation and tested against a fake library.
 */

/** Types of C, as node:ffi, Bun and Deno all spell them. Pointers travel as u64. */
export type ForeignType = 'u64' | 'u32' | 'i32'

export interface Signature {
  readonly arguments: readonly ForeignType[]
  readonly returns: ForeignType
}

export type ForeignFunction = (...args: (bigint | number)[]) => number

/** Pages of one operating system. Addresses and lengths are in bytes, whole pages of the OS. */
export interface SystemPages {
  /** In bytes, a power of two. */
  readonly pageSize: bigint
  /** `clear` fills those pages with zeros, for a system that promises nothing about discarded contents. */
  discard(address: bigint, length: bigint, clear: () => void): boolean
  /** The alignment that huge-page advice needs, in bytes; absent where there is no such advice. */
  readonly hugePage?: {
    readonly size: bigint
    advise(address: bigint, length: bigint, enable: boolean): boolean
  }
}

/** What to call on an operating system. */
export interface System {
  readonly libraries: readonly string[]
  readonly signatures: Record<string, Signature>
  pages(functions: Record<string, ForeignFunction>): SystemPages
}

/** Values of `advice`, from <sys/mman.h>; the names are those of Linux and macOS. */
const MADV_DONTNEED = 4
const MADV_HUGEPAGE = 14
const MADV_NOHUGEPAGE = 15
const MADV_FREE_REUSABLE = 7
const MADV_FREE_REUSE = 8

/** What a transparent huge page is on x86-64, and on arm64 with 4 KiB pages. */
const HUGE_PAGE = 2n ** 21n

/** Windows has 4 KiB pages on x64 and arm64 alike. */
const WINDOWS_PAGE = 4096n

const posix: Record<string, Signature> = {
  madvise: { arguments: ['u64', 'u64', 'i32'], returns: 'i32' },
  getpagesize: { arguments: [], returns: 'i32' },
}

const linux: System = {
  libraries: ['libc.so.6', 'libc.musl-x86_64.so.1', 'libc.musl-aarch64.so.1'],
  signatures: posix,
  pages: functions => {
    const { madvise, pageSize } = posixFunctions(functions)
    return {
      pageSize,
      discard: (address, length) => madvise(address, length, MADV_DONTNEED) === 0,
      hugePage: {
        size: HUGE_PAGE,
        advise: (address, length, enable) =>
          madvise(address, length, enable ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) === 0,
      },
    }
  },
}

/**
 * A reusable page keeps its contents or reads as zero, as the kernel likes: cleared first, both read as zero.
 * MADV_FREE_REUSE changes no contents and is refused where MADV_FREE_REUSABLE would be, so it is asked first.
 */
const darwin: System = {
  libraries: ['/usr/lib/libSystem.B.dylib'],
  signatures: posix,
  pages: functions => {
    const { madvise, pageSize } = posixFunctions(functions)
    return {
      pageSize,
      discard: (address, length, clear) => {
        if (madvise(address, length, MADV_FREE_REUSE) !== 0) return false
        clear()
        return madvise(address, length, MADV_FREE_REUSABLE) === 0
      },
    }
  },
}

/**
 * DiscardVirtualMemory leaves contents undefined: in effect the old ones or zeros, since no page of another
 * process may show. Cleared first, both read as zero.
 */
const win32: System = {
  libraries: ['kernel32.dll'],
  signatures: { DiscardVirtualMemory: { arguments: ['u64', 'u64'], returns: 'u32' } },
  pages: functions => ({
    pageSize: WINDOWS_PAGE,
    discard: (address, length, clear) => {
      clear()
      return named(functions, 'DiscardVirtualMemory')(address, length) === 0
    },
  }),
}

/** By the names that `process.platform` gives them. */
export const systems: Readonly<Record<string, System>> = { linux, android: linux, darwin, win32 }

function posixFunctions(functions: Record<string, ForeignFunction>) {
  return { madvise: named(functions, 'madvise'), pageSize: BigInt(named(functions, 'getpagesize')()) }
}

function named(functions: Record<string, ForeignFunction>, name: string): ForeignFunction {
  const found = functions[name]
  if (found === undefined) throw new Error(`the C library has no ${name}`)
  return found
}
