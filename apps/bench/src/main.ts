#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runBench } from './bench.ts'
import { markdown } from './markdown.ts'
import { HELP, OptionError, type Options, parseOptions } from './options.ts'
import { runThresholds } from './thresholds/bench.ts'
import { thresholdPage } from './thresholds/markdown.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))
/** What a file's name is relative to: a script of a package runs in the package's folder, wherever it was called. */
const BASE = process.env.npm_lifecycle_event === 'bench' ? ROOT : ''

async function main(options: Options): Promise<void> {
  const { name, report, page } = await run(options)
  progress('')
  const json = `${JSON.stringify(report, null, 1)}\n`
  if (options.json !== undefined) write(options.json, json)
  if (options.markdown !== undefined) write(options.markdown, page)
  if (options.json !== undefined || options.markdown !== undefined) return
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(join(RESULTS, `${name}.json`), json)
  writeFileSync(join(RESULTS, `${name}.md`), page)
  process.stdout.write(page)
}

/** Measures a part; each has a page of its own. */
async function run(options: Options): Promise<{ name: string; report: unknown; page: string }> {
  if (options.part === 'thresholds') {
    const report = await runThresholds(options, progress)
    return { name: 'benchmarks-thresholds', report, page: thresholdPage(report) }
  }
  const report = await runBench(options, progress)
  return { name: 'benchmarks', report, page: markdown(report) }
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
  else writeFileSync(resolve(BASE, file), text)
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) process.stdout.write(HELP)
  else await main(options)
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`)
  process.exitCode = error instanceof OptionError ? 2 : 1
}
