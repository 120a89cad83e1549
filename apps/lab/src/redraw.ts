/** Whoever shows the heap subscribes; whoever changed it says so, and however often, one drawing follows. */

const drawings: (() => void)[] = []
let asked = false

export function onRedraw(draw: () => void): void {
  drawings.push(draw)
}

export function changed(): void {
  if (asked) return
  asked = true
  requestAnimationFrame(() => {
    asked = false
    for (const draw of drawings) draw()
  })
}

/** Resolves when all that was changed is on the screen. */
export function drawn(): Promise<void> {
  changed()
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
}
