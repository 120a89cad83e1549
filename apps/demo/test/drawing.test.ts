import { expect, test } from 'vitest'
import { stretchesOf } from '../src/page/heapbars.ts'
import { escapeText, inlineJson, withMinus } from '../src/page/html.ts'
import { spread, ticks } from '../src/page/labels.ts'
import { keepCorners, type Point } from '../src/page/simplify.ts'

test.each([
  [[0, 1, 2, 3]],
  [[0, 100, 101, 102]],
  [[300, 300, 300, 300]],
  [[10, 290, 299, 300]],
  [[-50, 20, 40, 400]],
])('labels at %j neither overlap nor leave the row', places => {
  const labels = places.map((at, i) => ({ at, width: 30 + 5 * i }))
  const centres = spread(labels, 0, 300, 6)
  const edges = centres.flatMap((centre, i) => {
    const half = (labels[i]?.width ?? 0) / 2
    return [centre - half, centre + half]
  })
  expect(edges[0]).toBeGreaterThanOrEqual(0)
  expect(edges.at(-1)).toBeLessThanOrEqual(300)
  for (let i = 2; i < edges.length; i += 2) {
    expect((edges[i] as number) - (edges[i - 1] as number)).toBeGreaterThanOrEqual(6 - 1e-9)
  }
})

test('labels with room stay where they are', () => {
  const labels = [50, 150, 250].map(at => ({ at, width: 40 }))
  expect(spread(labels, 0, 300, 6)).toEqual([50, 150, 250])
})

test('ticks are even, from 0, and few', () => {
  expect(ticks(1224, 7)).toEqual([0, 200, 400, 600, 800, 1000, 1200])
  expect(ticks(624.7, 5)).toEqual([0, 200, 400, 600])
  expect(ticks(0.9, 4)).toEqual([0, 0.25, 0.5, 0.75])
  for (const end of [3, 47.7, 605, 10_000]) expect(ticks(end, 6).length).toBeLessThanOrEqual(7)
})

/** How far a point is from the line through the points that were kept around it. */
function distance(points: readonly Point[], kept: readonly number[], index: number): number {
  const behind = kept.findIndex(candidate => candidate >= index)
  if (kept[behind] === index) return 0
  const [[x0, y0], [x1, y1]] = [points[kept[behind - 1] ?? 0], points[kept[behind] ?? 0]] as [Point, Point]
  const [x, y] = points[index] as Point
  return Math.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / Math.hypot(x1 - x0, y1 - y0)
}

test('what a simplified curve leaves out lies on it', () => {
  const points = Array.from(
    { length: 500 },
    (_, i): Point => [i, 40 * Math.sin(i / 40) + (i > 250 ? 100 : 0)],
  )
  const kept = keepCorners(points, 0.5)
  expect(kept[0]).toBe(0)
  expect(kept.at(-1)).toBe(499)
  expect(kept).toEqual(expect.arrayContaining([250, 251]))
  expect(kept.length).toBeLessThan(100)
  for (const index of points.keys()) expect(distance(points, kept, index)).toBeLessThanOrEqual(0.5)
})

test('a straight line is its ends', () => {
  expect(keepCorners([[0, 0], [1, 2], [2, 4], [3, 6]], 0.1)).toEqual([0, 3]) // biome-ignore format: a line
  expect(keepCorners([[0, 5], [0, 5]], 0.1)).toEqual([0, 1]) // biome-ignore format: a line
})

test("the heap's map in stretches", () => {
  expect(stretchesOf('##~··')).toEqual([
    { symbol: '#', from: 0, to: 2 },
    { symbol: '~', from: 2, to: 3 },
    { symbol: '·', from: 3, to: 5 },
  ])
  expect(stretchesOf('')).toEqual([])
})

test('text in markup', () => {
  expect(escapeText('a <= "b" & c')).toBe('a &lt;= &quot;b&quot; &amp; c')
  expect(inlineJson({ text: '</script>' })).not.toContain('</')
  expect(JSON.parse(inlineJson({ text: '</script>' }))).toEqual({ text: '</script>' })
  expect(['-1.5', '2'].map(withMinus)).toEqual(['−1.5', '2'])
})
