import type { Result } from '../result.ts'
import { describeCurve, drawCurve } from './curve.ts'
import { framesOf } from './frame.ts'
import { escapeText } from './html.ts'
import { inOrder, nameOf } from './looks.ts'
import { machineText } from './machinetext.ts'
import { COLOUR_STYLE } from './style.ts'

const WIDTH = 720
const PADDING = 16
/** Above a curve, for its name; and between two. */
const HEAD = 30

/** The curves in one drawing that stands alone, with colours for light and dark. */
export function drawStandalone(result: Result): string {
  const ways = inOrder(result.ways)
  const frames = framesOf(ways, WIDTH - 2 * PADDING)
  let y = PADDING
  const parts = ways.map((way, i) => {
    const frame = frames[i]
    if (frame === undefined) throw new Error(`internal: no frame for ${way.name}`)
    const curve = drawCurve(way, frame)
    const height = Number(/ height="([\d.]+)"/.exec(curve)?.[1])
    const part = `<text x="${PADDING}" y="${y + 14}" font-size="15" font-weight="600">${escapeText(nameOf(way))}</text>
${curve.replace('<svg ', `<svg x="${PADDING}" y="${y + HEAD - 8}" `)}`
    y += HEAD + height
    return part
  })
  const height = y + 24
  const description = ways.map(way => `${nameOf(way)}: ${describeCurve(way)}`).join(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" fill="var(--ink)">
<title>Resident memory over time</title><desc>${escapeText(description)}</desc>
<style>${COLOUR_STYLE}svg { color: var(--ink); font-variant-numeric: tabular-nums; }</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
${parts.join('\n')}
<text x="${PADDING}" y="${height - PADDING}" font-size="12" fill="var(--muted)">${escapeText(`Resident memory in MiB. ${machineText(result.machine)}`)}</text>
</svg>
`
}
