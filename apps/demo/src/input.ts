import { accessSync, constants, statSync } from 'node:fs'
import { Failure } from './failure.ts'

/**
 * Looks whether there is a file to read; what is in it, the first way finds out.
 * @throws Failure with exit code 2
 */
export function checkInput(path: string): void {
  const trouble = troubleWith(path)
  if (trouble !== undefined) throw new Failure(`--input: ${path} ${trouble}`, 2)
}

function troubleWith(path: string): string | undefined {
  try {
    const status = statSync(path, { throwIfNoEntry: false })
    if (status === undefined) return 'does not exist'
    if (!status.isFile()) return 'is not a file'
    accessSync(path, constants.R_OK)
    return undefined
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code})`
  }
}
