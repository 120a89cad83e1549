/**
 * A volume is thresholded in three ways: in place, by a mask as NumPy does it, and as a file that need not
 * fit into memory. They leave the same voxels; the peak shows what each costs. Otsu's method finds the level.
 *
 * Prints, where the pager can give pages back (peaks to the nearest 8 MiB):
 *
 *     a volume of 128 MiB; Otsu's threshold parts its two tissues: true
 *     in place: 1048576 voxels left, 0 MiB more at the peak
 *     by a mask: 1048576 voxels left, 64 MiB more at the peak
 *     a file, within 8 MiB: 1048576 voxels left, 0 MiB more at the peak
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as nd from '@ebb/ndarray'

const MIB = 2 ** 20
const LEVEL = 2800

/** Soft tissue around 1000, and a block of bone around 3200. */
function makeVolume(): nd.NDArray {
  const volume = nd.random.defaultRng(0).integers(900, 1100, { size: [256, 512, 512], dtype: 'int16' })
  using bone = volume.slice('100:116', '128:384', '128:384')
  bone.add(2200, { out: bone })
  return volume
}

/** Runs a way, and prints how far the peak rose above what was resident before, and what is left. */
async function measure(what: string, run: () => unknown, result: () => nd.NDArray): Promise<void> {
  nd.memory.resetPeak()
  const { rss } = nd.memory.process()
  await run()
  const more = 8 * Math.round((nd.memory.process().peakRss - rss) / MIB / 8)
  using left = result()
  console.log(`${what}: ${nd.countNonzero(left)} voxels left, ${more} MiB more at the peak`)
}

const folder = mkdtempSync(join(tmpdir(), 'ebb-'))
const [input, output] = [join(folder, 'in.npy'), join(folder, 'out.npy')]
const volume = makeVolume()
const level = nd.thresholdOtsu(volume)
const parts = level >= 1099 && level < 3100
console.log(`a volume of ${volume.nbytes / MIB} MiB; Otsu's threshold parts its two tissues: ${parts}`)
nd.saveSync(input, volume)

const inPlace = () => volume.assignWhere('<=', LEVEL, 0)
await measure('in place', inPlace, () => volume)
const again = nd.loadSync(input)
const byMask = () => nd.scope(() => void again.assign(0, { where: nd.lessEqual(again, LEVEL) }))
await measure('by a mask', byMask, () => again)
const asFile = () => nd.thresholdFile(input, output, LEVEL, { mode: 'toZero', maxBytes: 8 * MIB })
await measure('a file, within 8 MiB', asFile, () => nd.loadSync(output))
rmSync(folder, { recursive: true })
