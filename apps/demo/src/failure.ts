/** What went wrong, in one line, and the exit code that says whose fault it is. */
export class Failure extends Error {
  readonly exitCode: 1 | 2

  /** @param exitCode 2 for bad flags and bad files, 1 for all else */
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}
