import { builtin } from './host.ts'

/** The longest of the texts, /proc/self/status and /proc/meminfo, have 1.5 KiB; a buffer grows where one has more. */
let buffer: Buffer | undefined
const FIRST_SIZE = 8192

/**
 * The text of a small file, or undefined where it cannot be read. Read into one buffer that is kept, since
 * these figures are read around what they measure. The file is opened anew each time: a kept descriptor
 * would save 4 µs of 12, and be someone else's file once anybody closed it.
 */
export function readText(path: string): string | undefined {
  const fs = builtin('node:fs')
  if (fs === undefined) return undefined
  let descriptor: number | undefined
  try {
    descriptor = fs.openSync(path, 'r')
    return readAll(fs, descriptor)
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor)
  }
}

/** A text of /proc is written by the kernel when it is read: parts of two reads need not belong together. */
function readAll(fs: typeof import('node:fs'), descriptor: number): string {
  buffer ??= Buffer.allocUnsafeSlow(FIRST_SIZE)
  for (;;) {
    const length = fs.readSync(descriptor, buffer, 0, buffer.length, 0)
    if (length < buffer.length) return buffer.toString('latin1', 0, length)
    buffer = Buffer.allocUnsafeSlow(buffer.length * 2)
  }
}
