/** The memory lab: every part of the page is shown, and the first volume opened. */
import { showArrays } from './arraytable.ts'
import { showCollector } from './collector.ts'
import { showHeap } from './heapmap.ts'
import { attempt } from './log.ts'
import { showMaker } from './maker.ts'
import { openSample, showOpener } from './opener.ts'
import { showPools } from './pools.ts'
import { showPyramid } from './pyramid.ts'
import { changed } from './redraw.ts'
import { showScript } from './script.ts'
import { showViewer } from './viewer.ts'

/** How often the page looks for what fell free by itself: the engine's garbage collector tells nobody. */
const LOOK_MS = 1000

for (const part of [
  showHeap,
  showOpener,
  showViewer,
  showMaker,
  showArrays,
  showScript,
  showPyramid,
  showPools,
  showCollector,
]) {
  part()
}
setInterval(changed, LOOK_MS)
await attempt(() => openSample('brain'))
