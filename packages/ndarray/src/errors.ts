/**
 * Every error that a user can cause. `code` is stable; the message names the values and the remedy.
 * An error is thrown before anything is written: the heap and all arrays are as before.
 */
export class EbbError extends Error {
  // Written out: a bundler that shortens names would shorten that of the class.
  override name = 'EbbError'
  /** A stable name for the kind of error. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An unknown dtype, or a value or combination of dtypes that a dtype does not allow. */
export class DTypeError extends EbbError {
  override name = 'DTypeError'

  constructor(message: string) {
    super('EBB_DTYPE', message)
  }
}

/** A shape that cannot be: negative, fractional, too large; or shapes that do not fit each other. */
export class ShapeError extends EbbError {
  override name = 'ShapeError'

  constructor(message: string) {
    super('EBB_SHAPE', message)
  }
}

/** An index or slice outside an axis, or of the wrong kind. */
export class IndexError extends EbbError {
  override name = 'IndexError'

  constructor(message: string) {
    super('EBB_INDEX', message)
  }
}

/** An image, or its histogram, in which a method finds no threshold. */
export class ThresholdError extends EbbError {
  override name = 'ThresholdError'

  constructor(message: string) {
    super('EBB_THRESHOLD', message)
  }
}

/** Use of an array after its release. */
export class ReleasedError extends EbbError {
  override name = 'ReleasedError'

  constructor(message: string) {
    super('EBB_RELEASED', message)
  }
}

/** An allocation that does not fit. Nothing is lost; a smaller one succeeds. */
export class OutOfMemoryError extends EbbError {
  override name = 'OutOfMemoryError'
  /** Bytes that were asked for. */
  readonly asked: number
  /** Bytes that are free in the heap. */
  readonly free: number
  /** Bytes of the largest free run: no larger block fits. */
  readonly largest: number

  constructor(asked: number, free: number, largest: number) {
    super(
      'EBB_OUT_OF_MEMORY',
      `cannot allocate ${asked} bytes: ${free} are free, ${largest} of them in one run; release arrays or use a smaller shape`,
    )
    this.asked = asked
    this.free = free
    this.largest = largest
  }
}

/** A heap that is closed, damaged, or not the one of the other arrays. */
export class HeapError extends EbbError {
  override name = 'HeapError'

  constructor(message: string) {
    super('EBB_HEAP', message)
  }
}

/** A file that is damaged, forged, or of a kind that is not read. */
export class FormatError extends EbbError {
  override name = 'FormatError'

  constructor(message: string, options?: ErrorOptions) {
    super('EBB_FORMAT', message, options)
  }
}

/** A package that only this function needs, and that is not installed: `package` is its name. */
export class DependencyError extends EbbError {
  override name = 'DependencyError'
  /** The package to install. */
  readonly package: string

  constructor(name: string, purpose: string, options?: ErrorOptions) {
    super('EBB_DEPENDENCY', `${purpose} needs the package ${name}: npm install ${name}`, options)
    this.package = name
  }
}
