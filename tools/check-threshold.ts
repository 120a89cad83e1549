/**
 * Compares global thresholds with scikit-image's, on images that are not in the fixtures:
 *
 *     python3 tools/fixtures-threshold.py --random 300 --seed 1 | npx tsx tools/check-threshold.ts
 */
import { createInterface } from 'node:readline'
import * as nd from '../packages/ndarray/src/index.ts'
import { arrayOf, differences, type Found } from '../packages/ndarray/test/globalthresholds.ts'

let images = 0
let wrong = 0
for await (const line of createInterface({ input: process.stdin })) {
  const { image, found } = JSON.parse(line) as { image: Parameters<typeof arrayOf>[0]; found: Found }
  using array = arrayOf(image)
  images++
  const different = differences(array, found)
  if (different.length === 0) continue
  wrong++
  console.log(`${image.dtype} (${image.shape.join(', ')}): ${different.join('; ')}`)
}
nd.memory.check()
console.log(`${images} images, ${wrong} with differences`)
process.exitCode = wrong > 0 || images === 0 ? 1 : 0
