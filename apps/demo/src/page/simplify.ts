/** A point in pixels. */
export type Point = readonly [x: number, y: number]

/**
 * Leaves out the points that are within `tolerance` of the line that remains (Douglas and Peucker, 1973), and
 * returns the indices of the others: a second of samples has a thousand points, its drawing some dozens.
 */
export function keepCorners(points: readonly Point[], tolerance: number): number[] {
  const kept = new Set([0, points.length - 1])
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span
    const [distance, index] = farthest(points, from, to)
    if (distance <= tolerance) continue
    kept.add(index)
    spans.push([from, index], [index, to])
  }
  return [...kept].sort((a, b) => a - b)
}

/** The point between two others that is farthest from the line through them, and how far. */
function farthest(points: readonly Point[], from: number, to: number): [distance: number, index: number] {
  const [[x0, y0], [x1, y1]] = [points[from] as Point, points[to] as Point]
  const length = Math.hypot(x1 - x0, y1 - y0) || 1
  let most: [number, number] = [0, from]
  for (let i = from + 1; i < to; i++) {
    const [x, y] = points[i] as Point
    const distance = Math.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length
    if (distance > most[0]) most = [distance, i]
  }
  return most
}
