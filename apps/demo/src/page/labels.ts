/** A label that wants to be centred at `at`, in pixels. */
export interface Label {
  at: number
  width: number
}

/**
 * Where to centre labels in a row so that none overlaps another or leaves [left, right]: pushed to the right by
 * those before, then back to the left from the edge. They are in order and fit into the row.
 */
export function spread(labels: readonly Label[], left: number, right: number, gap: number): number[] {
  const centres = labels.map(label => label.at)
  let free = left
  for (const [i, { width }] of labels.entries()) {
    centres[i] = Math.max(centres[i] as number, free + width / 2)
    free = (centres[i] as number) + width / 2 + gap
  }
  free = right
  for (const [i, { width }] of [...labels.entries()].reverse()) {
    centres[i] = Math.min(centres[i] as number, free - width / 2)
    free = (centres[i] as number) - width / 2 - gap
  }
  return centres
}

/** Even steps from 0 to `end`: 1, 2, 2.5 or 5 times a power of ten, at most `most` of them. */
export function ticks(end: number, most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(end / most))
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(step => end / step <= most) ?? end
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step)
}
