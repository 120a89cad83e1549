import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '../failure.ts'

/**
 * Looks whether the page can be written, before anything is measured for it.
 * @throws Failure with exit code 2
 */
export function checkPagePath(path: string): void {
  if (!/\.(html|svg)$/.test(path)) {
    throw new Failure(`--report: "${path}" must end in .html, or in .svg for the curves alone`, 2)
  }
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('is a folder')
    accessSync(dirname(path), constants.W_OK)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Failure(`--report: ${path} cannot be written (${code ?? message})`, 2)
  }
}
