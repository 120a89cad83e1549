import { fileURLToPath } from 'node:url'
import { Failure } from './failure.ts'
import { describeEnding, runProcess } from './process.ts'
import { type Plan, type Report, WITHOUT_PEER } from './protocol.ts'

const PEER_SCRIPT = fileURLToPath(new URL('./peerway.js', import.meta.url))

/**
 * Runs the experiment with numpy-ts, where it is installed beside the demo: nothing here depends on it.
 * @returns undefined when it was measured or is not installed, or in one line why it was not measured
 */
export async function measurePeer(
  plan: Plan,
  onReport: (report: Report) => void,
): Promise<string | undefined> {
  if (plan.input !== undefined) return 'it takes part with random numbers only'
  try {
    const args = ['--expose-gc', PEER_SCRIPT, JSON.stringify(plan)]
    const ending = await runProcess(process.execPath, args, onReport)
    if (ending.code === 0 || ending.code === WITHOUT_PEER) return undefined
    return `its process ${describeEnding(ending)}`
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}
