/** Why a {@link PagerError} was thrown; stable across versions. */
export type PagerErrorCode =
  /** the name is none of the backends */
  | 'EBB_UNKNOWN_BACKEND'
  /** the backend was forced and cannot be used in this process; `cause` says why */
  | 'EBB_BACKEND_UNAVAILABLE'

/** Thrown by `openPager` when the backend that was asked for is unknown, or cannot be used here. */
export class PagerError extends Error {
  override readonly name = 'PagerError'
  readonly code: PagerErrorCode

  constructor(code: PagerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What went wrong, in words, whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
