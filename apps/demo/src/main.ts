#!/usr/bin/env node
import { runDemo } from './demo.ts'
import { Failure } from './failure.ts'
import { helpText, parseOptions } from './options.ts'

// Whoever reads has read enough: `demo | head -3`.
process.stdout.on('error', () => process.exit())

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) process.stdout.write(helpText())
  else await runDemo(options)
} catch (error) {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n')
  process.stderr.write(`demo: ${line}\n`)
  process.exitCode = error instanceof Failure ? error.exitCode : 1
}
