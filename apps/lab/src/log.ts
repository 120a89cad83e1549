/** What happened, the newest first; read out as it comes. */
import { byId, element } from './dom.ts'
import { changed } from './redraw.ts'
import { messageOf } from './text.ts'

const MOST_LINES = 60
const list = byId('log', HTMLDivElement)

export function tell(text: string, kind: 'done' | 'failed' = 'done'): void {
  list.prepend(element('p', { class: kind }, text))
  while (list.childElementCount > MOST_LINES) list.lastElementChild?.remove()
}

/** Does something that the user asked for: what goes wrong is told, and the heap is drawn anew. */
export async function attempt(action: () => unknown): Promise<void> {
  try {
    await action()
  } catch (error) {
    tell(messageOf(error), 'failed')
  }
  changed()
}
