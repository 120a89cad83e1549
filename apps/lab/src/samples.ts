/** The built-in volumes. */
import * as nd from '@ebb/ndarray'
import { open } from './files.ts'

const BRAIN = './t1-brain.nii.gz'
const LARGE_SHAPE = [100, 512, 512]

async function loadBrain(): Promise<nd.NDArray> {
  const response = await fetch(BRAIN)
  if (!response.ok) throw new Error(`${BRAIN} cannot be fetched: ${response.status}`)
  const [[, brain]] = (await open(await response.blob(), BRAIN)) as [[string, nd.NDArray]]
  return brain
}

/** An array enlarged to a shape, axis by axis, by repeating its nearest elements. */
function enlarged(array: nd.NDArray, shape: readonly number[]): nd.NDArray {
  return shape.reduce((part, length, axis) => {
    const step = (part.shape[axis] as number) / length
    const indices = Array.from({ length }, (_, i) => Math.floor((i + 0.5) * step))
    return nd.take(part, indices, { axis })
  }, array)
}

/** The samples by the names that their buttons carry; each array is the caller's. */
export const SAMPLES: Record<string, { name: string; load: () => Promise<nd.NDArray> }> = {
  brain: { name: 'brain', load: loadBrain },
  large: {
    name: 'largeBrain',
    async load() {
      using brain = await loadBrain()
      return nd.scope(() => enlarged(brain, LARGE_SHAPE))
    },
  },
}
