/**
 * Scopes: every array that a function makes is released when it is over, but for what it returns or keeps.
 * `using` does the same for one array and a block of code.
 *
 * Prints how many blocks are held:
 *
 *     using: 1 inside, 0 behind
 *     a scope: 3 inside, 1 behind, its result: 0,0,0,6,8,10
 *     nested: 2 in the outer one, with what the inner one returned; 0 behind
 *     keep: 1 behind the scope, 0 after its own release
 *     async: 2 behind an await, 0 behind its error: too late
 */
import { setTimeout as sleep } from 'node:timers/promises'
import * as nd from '@ebb/ndarray'

const held = () => nd.memory.heap().blocks
let inside = 0

{
  using array = nd.zeros([10])
  inside = array.released ? 0 : held()
}
console.log(`using: ${inside} inside, ${held()} behind`)

const bright = nd.scope(() => {
  const image = nd.arange(12).slice('::2')
  const dark = nd.less(image, 5)
  const result = image.copy().assign(0, { where: dark })
  inside = held()
  return result
})
console.log(`a scope: ${inside} inside, ${held()} behind, its result: ${bright.toArray()}`)
bright.release()

nd.scope(() => {
  const outer = nd.zeros([2])
  const inner = nd.scope(() => outer.copy().slice('1:'))
  inside = inner.released ? 0 : held()
})
console.log(`nested: ${inside} in the outer one, with what the inner one returned; ${held()} behind`)

let kept: nd.NDArray | undefined
nd.scope(() => {
  kept = nd.keep(nd.zeros([2]))
})
inside = held()
kept?.release()
console.log(`keep: ${inside} behind the scope, ${held()} after its own release`)

const failing = nd.scope(async () => {
  nd.zeros([10])
  await sleep(5)
  nd.ones([10])
  inside = held()
  throw new Error('too late')
})
const outcome = await failing.catch((error: Error) => error.message)
console.log(`async: ${inside} behind an await, ${held()} behind its error: ${outcome}`)
