/**
 * A party in JavaScript, in a process of its own: `party-main.js ebb|numpy-ts|js cases.json`. Lines come in
 * and go out (see party.ts).
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Case, type OperandName, operandsOf } from './cases.ts'
import { compile, type Side } from './javascript.ts'

/** Each is loaded by its own party only: the others work where it is missing. */
const SIDES: Record<string, () => Promise<Side>> = {
  ebb: async () => (await import('./side-ebb.ts')).createEbb(),
  'numpy-ts': async () => (await import('./side-peer.ts')).createPeer(),
  js: async () => (await import('./side-loops.ts')).createLoops(),
}

const [name = '', file = ''] = process.argv.slice(2)
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[]
const operands = new Map<string, unknown>()
let group = ''
let run: (times: number) => void = () => {}

function operand(side: Side, task: Case, name: OperandName): unknown {
  // `out` differs from row to row, the others are those of the group.
  const key = name
  if (name === 'out') drop(side, key)
  let found = operands.get(key)
  if (found === undefined) {
    found = side.operand(name, task)
    operands.set(key, found)
  }
  return found
}

function drop(side: Side, key: string): void {
  const old = operands.get(key)
  if (old !== undefined) side.release(old)
  operands.delete(key)
}

function prepare(side: Side, task: Case): number {
  const text = side.text(task)
  if (text === undefined) throw new Error('no counterpart')
  if (group !== `${task.dtype} ${task.size}`) {
    for (const key of [...operands.keys()]) drop(side, key)
    group = `${task.dtype} ${task.size}`
  }
  const found = Object.fromEntries(operandsOf(text).map(name => [name, operand(side, task, name)]))
  const { once, many } = compile(side, task, text, found)
  const result = once()
  run = many
  return side.sample(result, found.out)
}

function answer(side: Side, line: string): string {
  const [command, argument] = line.split(' ')
  if (command === 'prepare') return `ready ${prepare(side, cases[Number(argument)] as Case)}`
  const start = process.hrtime.bigint()
  run(Number(argument))
  return `ns ${process.hrtime.bigint() - start}`
}

function main(side: Side): void {
  console.log(`hello ${side.version}`)
  createInterface(process.stdin).on('line', line => {
    try {
      console.log(answer(side, line))
    } catch (error) {
      console.log(`missing ${String((error as Error).message).split('\n')[0]}`)
    }
  })
}

SIDES[name]?.().then(main, error => {
  console.log(`absent ${String(error.message).split('\n')[0]}`)
})
