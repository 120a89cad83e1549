import { describe, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { empty } from '../functions/creation.ts'
import { optionsOf } from '../functions/options.ts'
import { formatHeader } from '../io/npyformat.ts'
import { byteOrderOf } from '../io/npyheader.ts'
import { NpySlabs } from '../io/npyslabs.ts'
import type { Source } from '../io/source.ts'
import { type Target, writeTo } from '../io/target.ts'
import type { NDArray } from '../ndarray.ts'
import { checkHistogram } from './greylevels.ts'
import { type GlobalMethod, METHODS, type MethodOptions } from './methods.ts'
import { assertNamed } from './parameters.ts'
import { type Pass, thresholdInParts } from './parts.ts'
import { type ThresholdMode, threshold } from './threshold.ts'

/** How far `thresholdFile` is. */
export interface ThresholdProgress {
  /** 'measure': the elements are looked at to find the threshold, once or several times; 'filter': written. */
  readonly stage: 'measure' | 'filter'
  /** Which time the elements are gone over, from 1, in this stage. */
  readonly pass: number
  /** Bytes of elements that are done in this pass, and all. */
  readonly done: number
  readonly total: number
}

/** How a file is thresholded. */
export interface ThresholdFileOptions extends MethodOptions {
  /** As of `threshold`; default 'binary'. */
  mode?: ThresholdMode | undefined
  /** As of `threshold`. */
  maxValue?: Scalar | undefined
  /** Bins for floats and bools, when a method finds the threshold. Default 256. */
  nbins?: number | undefined
  /** Memory that may be used, at least 1 MiB. Default 64 MiB. */
  maxBytes?: number | undefined
  /** Is told after each slab. */
  onProgress?: ((progress: ThresholdProgress) => void) | undefined
  /** Ends it: the promise is rejected with the signal's reason, and nothing is left of the output. */
  signal?: AbortSignal | undefined
}

const OPTIONS = {
  mode: true,
  maxValue: true,
  nbins: true,
  tolerance: true,
  initialGuess: true,
  iterCallback: true,
  maxNumIter: true,
  maxBytes: true,
  onProgress: true,
  signal: true,
} as const

const MIB = 2 ** 20
/** Bins for floats unless told otherwise. */
const BINS = 256
/** What may be used for each integer that occurs: a count and a level, in two lists that become a third. */
const LEVEL_BYTES = 64
/** Of the memory that may be used, a slab takes an eighth. More than so much makes nothing faster. */
const MOST_SLAB_BYTES = 8 * MIB

/**
 * Thresholds a .npy file of any size, slab by slab, into another of the same dtype, shape, order and byte
 * order, which gets its name when it is complete; see `threshold` for the modes. The output may be the input.
 * @param input A path, a file's URL, an open file, a Blob or bytes.
 * @param t A number, or the name of a method that finds it (see `thresholdOtsu` and so on).
 * @returns A promise of the threshold.
 * @throws FormatError for a damaged file, or one of another kind; DTypeError for impossible options, a stream
 * as input, and NaN or infinite elements where a histogram is taken; ShapeError for a method without
 * elements; ThresholdError when the method finds none, or when more distinct 32-bit or 64-bit integers occur
 * than there is room for (about a million); OutOfMemoryError; the signal's reason; the system's error.
 */
export async function thresholdFile(
  input: Source,
  output: Target,
  t: Scalar | GlobalMethod,
  given?: ThresholdFileOptions,
): Promise<Scalar> {
  const options = optionsOf('thresholdFile', given, OPTIONS)
  const { maxBytes = 64 * MIB, signal } = options
  if (!(maxBytes >= MIB))
    throw new DTypeError(`maxBytes is a number from ${MIB} on, not ${describe(maxBytes)}`)
  signal?.throwIfAborted()
  const slabs = await NpySlabs.open(input, Math.min(maxBytes / 8, MOST_SLAB_BYTES))
  try {
    check(slabs, t, options)
    const level = typeof t === 'string' ? await measure(slabs, t, options, maxBytes) : t
    await filter(slabs, output, level, options)
    return level
  } finally {
    await slabs.close()
  }
}

/** What can be known to be wrong before anything is read or written. */
function check({ header }: NpySlabs, t: Scalar | GlobalMethod, options: ThresholdFileOptions): void {
  using nothing = empty(0, { dtype: header.dtype })
  apply(nothing, typeof t === 'string' ? 0 : t, options)
  if (typeof t !== 'string') return
  assertNamed('method', t, METHODS)
  checkHistogram(header.shape, options.nbins ?? BINS)
}

function apply(slab: NDArray, t: Scalar, { mode, maxValue }: ThresholdFileOptions): void {
  threshold(slab, t, { mode, maxValue, out: slab })
}

/** Goes over all elements once, and tells how far it is. */
async function goOver(
  slabs: NpySlabs,
  stage: 'measure' | 'filter',
  pass: number,
  { onProgress, signal }: ThresholdFileOptions,
  visit: (slab: NDArray) => Promise<void> | void,
): Promise<void> {
  const total = slabs.header.dataBytes
  let done = 0
  for await (const slab of slabs) {
    signal?.throwIfAborted()
    await visit(slab)
    done += slab.nbytes
    onProgress?.({ stage, pass, done, total })
  }
}

/** The threshold that a method finds. */
function measure(
  slabs: NpySlabs,
  method: GlobalMethod,
  options: ThresholdFileOptions,
  maxBytes: number,
): Promise<number> {
  let passes = 0
  const pass: Pass = visit => goOver(slabs, 'measure', ++passes, options, visit)
  const image = { dtype: slabs.header.dtype, pass, mostDistinct: maxBytes / LEVEL_BYTES }
  return thresholdInParts(method, image, options.nbins ?? BINS, options)
}

async function filter(
  slabs: NpySlabs,
  output: Target,
  t: Scalar,
  options: ThresholdFileOptions,
): Promise<void> {
  const { header } = slabs
  await writeTo(output, async sink => {
    await sink.write(formatHeader(header, { byteOrder: byteOrderOf(header) }))
    await goOver(slabs, 'filter', 1, options, async slab => {
      apply(slab, t, options)
      await sink.write(slabs.unsettled(slab))
    })
  })
}
