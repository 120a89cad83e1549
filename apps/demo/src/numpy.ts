import { Failure } from './failure.ts'
import { NUMPY_SCRIPT, WITHOUT_NUMPY, WITHOUT_PROC } from './numpy-script.ts'
import { describeEnding, type Ending, runProcess } from './process.ts'
import type { Plan, Report } from './protocol.ts'

/** Where a python3 may be: the first on the PATH often is one without NumPy, beside the system's with it. */
const COMMANDS = ['python3', '/usr/bin/python3', 'python']

/**
 * Runs the experiment under the first Python that has NumPy.
 * @returns undefined when it was measured, or in one line why it was not
 */
export async function measureNumpy(
  plan: Plan,
  onReport: (report: Report) => void,
): Promise<string | undefined> {
  for (const command of COMMANDS) {
    const ending = await tryPython(command, plan, onReport)
    if (typeof ending === 'string') return ending
    if (ending?.code === 0) return undefined
    if (ending?.code === WITHOUT_PROC) return 'its figures come from /proc, which this system has not'
    if (ending !== undefined && ending.code !== WITHOUT_NUMPY) return `python3 ${describeEnding(ending)}`
  }
  return 'no python3 with numpy was found'
}

/** How it ended; undefined when there is no such command; a text when it failed with a message of its own. */
async function tryPython(
  command: string,
  plan: Plan,
  onReport: (report: Report) => void,
): Promise<Ending | string | undefined> {
  try {
    return await runProcess(command, ['-c', NUMPY_SCRIPT, JSON.stringify(plan)], onReport)
  } catch (error) {
    if (error instanceof Failure) return error.message
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
