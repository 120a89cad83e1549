#!/usr/bin/env node
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { runBench } from './bench.ts'
import { markdown } from './markdown.ts'
import { HELP, OptionError, type Options, parseOptions } from './options.ts'

async function main(options: Options): Promise<void> {
  const report = await runBench(options, progress)
  progress('')
  if (options.json !== undefined) write(options.json, `${JSON.stringify(report, null, 1)}\n`)
  if (options.markdown !== undefined) write(options.markdown, markdown(report))
  else if (options.json !== '-') write('-', markdown(report))
}

/** One line that is written over on a terminal; elsewhere, a line for each dtype and size. */
function progress(text: string, group = ''): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else if (group !== lastGroup && group !== '') process.stderr.write(`${text}\n`)
  lastGroup = group
}

let lastGroup = ''

function write(file: string, text: string): void {
  if (file === '-') process.stdout.write(text)
  else writeFileSync(resolve(process.env.INIT_CWD ?? '', file), text)
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) process.stdout.write(HELP)
  else await main(options)
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`)
  process.exitCode = error instanceof OptionError ? 2 : 1
}
