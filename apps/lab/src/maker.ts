/** The form that makes an array. */
import * as nd from '@ebb/ndarray'
import { byId, element } from './dom.ts'
import { attempt, tell } from './log.ts'
import { put } from './shelf.ts'
import { bytes, milliseconds } from './text.ts'

type Make = (shape: number[], dtype: nd.DType) => nd.NDArray

const MAKES: Record<string, Make> = {
  zeros: (shape, dtype) => nd.zeros(shape, { dtype }),
  ones: (shape, dtype) => nd.ones(shape, { dtype }),
  arange: (shape, dtype) =>
    nd
      .arange(
        0,
        shape.reduce((size, length) => size * length, 1),
        1,
        { dtype },
      )
      .reshape(shape),
  random: randomNumbers,
}

/** Integers from 0 to 99, of any dtype. */
function randomNumbers(shape: number[], dtype: nd.DType): nd.NDArray {
  const { kind } = nd.dtypes[dtype]
  const generator = nd.random.defaultRng()
  if (kind !== 'float') {
    return generator.integers(0, kind === 'bool' ? 2 : 100, { size: shape, dtype: dtype as 'int32' })
  }
  using integers = generator.integers(0, 100, { size: shape, dtype: 'uint8' })
  return integers.astype(dtype)
}

/** `400, 500` or `400 × 500` → [400, 500]; nothing → a shape without axes. */
export function shapeOf(text: string): number[] {
  return text
    .split(/[\s,×x]+/)
    .filter(part => part !== '')
    .map(Number)
}

function make(): void {
  const name = byId('maker-name', HTMLInputElement).value.trim() || 'a'
  const shape = shapeOf(byId('maker-shape', HTMLInputElement).value)
  const dtype = byId('maker-dtype', HTMLSelectElement).value as nd.DType
  const fill = byId('maker-fill', HTMLSelectElement).value
  const begin = performance.now()
  // A view's base is freed with it.
  const array = nd.scope(() => (MAKES[fill] as Make)(shape, dtype))
  const time = milliseconds(performance.now() - begin)
  tell(
    `made ${put(name, array)}: ${fill}, ${dtype}, (${shape.join(', ')}), ${bytes(array.nbytes)} in ${time}`,
  )
}

export function showMaker(): void {
  const dtypes = byId('maker-dtype', HTMLSelectElement)
  dtypes.replaceChildren(...Object.keys(nd.dtypes).map(name => element('option', {}, name)))
  dtypes.value = 'int32'
  byId('maker', HTMLFormElement).addEventListener('submit', event => {
    event.preventDefault()
    void attempt(make)
  })
}
