/** Node's file system; undefined in a browser. */
export function fileSystem(): typeof import('node:fs') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:fs')
}

/** Node's file system, for what makes no sense without one. @throws Error in a browser */
export function needFileSystem(): typeof import('node:fs') {
  const fs = fileSystem()
  if (!fs) {
    throw new Error(
      'there is no file system here: load takes a URL, a Blob, a stream or bytes, and save a WritableStream',
    )
  }
  return fs
}
