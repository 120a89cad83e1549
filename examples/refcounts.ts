/**
 * Reference counts: a block is freed when the last reference to it goes, at once.
 *
 * Python's `a = []; b = a; sys.getrefcount(a)` prints 3: two names, and the argument of the call itself.
 * `nd.refCount(a)` counts no argument. JavaScript cannot see a second name, so `a.retain()` says it.
 *
 * Prints what was done and the count after it; behind a release the bytes that it freed:
 *
 *     a = nd.array([1, 2, 3])            1
 *     same = a, no object of its own     1
 *     b = a.retain(), a second name      2
 *     view = a.slice('1:')               3
 *     list = nd.refs([a, view])          5
 *     element = list.get(0)              6
 *     element.release()                  5   0 bytes
 *     list.set(null, 0)                  4
 *     list.release()                     3   <n> bytes
 *     view.release()                     2   0 bytes
 *     a.release(), but b lives           1   0 bytes
 *     b still reads                      1   1,2,3
 *     b.release(), the last one          -   24 bytes
 *     b.release() again                  -   0 bytes
 */
import * as nd from '@ebb/ndarray'

const a = nd.array([1, 2, 3])
const same = a
print('a = nd.array([1, 2, 3])', same)
print('same = a, no object of its own', same)
const b = a.retain()
print('b = a.retain(), a second name', b)
const view = a.slice('1:')
print("view = a.slice('1:')", b)
const list = nd.refs([a, view])
print('list = nd.refs([a, view])', b)
const element = list.get(0)
print('element = list.get(0)', b)
print('element.release()', b, element?.release())
list.set(null, 0)
print('list.set(null, 0)', b)
print('list.release()', b, list.release())
print('view.release()', b, view.release())
print('a.release(), but b lives', b, a.release())
print('b still reads', b, String(b.toArray()))
print('b.release(), the last one', b, b.release())
print('b.release() again', b, b.release())

function print(what: string, array: nd.NDArray, result?: number | string): void {
  const count = array.released ? '-' : nd.refCount(array)
  const note = typeof result === 'number' ? `${result} bytes` : (result ?? '')
  console.log(`${what.padEnd(34)} ${String(count).padEnd(3)} ${note}`.trimEnd())
}
