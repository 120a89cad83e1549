#!/usr/bin/env node
import { runDemo } from './demo.ts'
import { Failure } from './failure.ts'
import { helpText, parseOptions } from './options.ts'
import { runThreshold } from './threshold.ts'
import { parseThresholdOptions, thresholdHelp } from './thresholdoptions.ts'

// Whoever reads has read enough: `demo | head -3`.
process.stdout.on('error', () => process.exit())

async function experiment(argv: string[]): Promise<void> {
  const options = parseOptions(argv)
  if (options.help) process.stdout.write(helpText())
  else await runDemo(options)
}

async function thresholdCommand(argv: string[]): Promise<void> {
  const options = parseThresholdOptions(argv)
  if (options === undefined) process.stdout.write(thresholdHelp())
  else await runThreshold(options)
}

try {
  const argv = process.argv.slice(process.argv[2] === '--' ? 3 : 2)
  if (argv[0] === 'threshold') await thresholdCommand(argv.slice(1))
  else await experiment(argv)
} catch (error) {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n')
  process.stderr.write(`demo: ${line}\n`)
  process.exitCode = error instanceof Failure ? error.exitCode : 1
}
