import { FormatError } from '../errors.ts'

/** Deflate makes 258 bytes of two bits at best. */
export const MOST_EXPANSION = 1032

/**
 * What compressed bytes become, a piece at a time: none is made before the one before was taken.
 * @throws FormatError when they are damaged or end early; what `pieces` throws.
 */
export async function* inflate(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  format: 'deflate' | 'gzip',
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const failures: unknown[] = []
  const reader = streamOf(pieces, failures).pipeThrough(new DecompressionStream(format)).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value as Uint8Array<ArrayBuffer>
    }
  } catch (cause) {
    if (failures.length > 0) throw failures[0]
    throw new FormatError(`the compressed bytes are damaged: ${(cause as Error).message}`, { cause })
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** @param failures Hears why the pieces could not be had: that is no fault of the bytes. */
function streamOf(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  failures: unknown[],
): ReadableStream<BufferSource> {
  const iterator = (async function* () {
    yield* pieces
  })()
  return new ReadableStream<BufferSource>({
    async pull(controller) {
      try {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value as Uint8Array<ArrayBuffer>)
      } catch (error) {
        failures.push(error)
        throw error
      }
    },
    async cancel() {
      await iterator.return()
    },
  })
}
