/** The table of the arrays that are held, with what can be done to each. */
import * as nd from '@ebb/ndarray'
import { button, byId, element } from './dom.ts'
import { attempt, tell } from './log.ts'
import { onRedraw } from './redraw.ts'
import { entries, type Held, put, references, release } from './shelf.ts'
import { bytes, level } from './text.ts'
import { isVolume, show } from './viewer.ts'

/** A row, kept as long as its array is held, so that the focus stays where it is. */
interface Row {
  readonly name: string
  readonly row: HTMLTableRowElement
  readonly references: HTMLElement
}

const rows = new Map<Held, Row>()

function releaseAndTell(name: string): void {
  const freed = release(name)
  const what = freed === 0 ? 'its block is still referred to, and lives on' : `${bytes(freed)} are free`
  tell(`released ${name}: ${what}`)
}

/** A view of every other element along the first axis. */
function makeView(name: string, array: nd.NDArray): void {
  const view = array.slice('::2')
  tell(`${put(`${name}View`, view)} is a view of ${name}, ${view.shape.join(' × ')}: no element was copied`)
}

/** What is not above the mean becomes 0, in place. */
function cut(name: string, array: nd.NDArray): void {
  const mean = nd.thresholdMean(array) as number
  nd.threshold(array, mean, { mode: 'toZero', out: array })
  tell(`threshold(${name}, ${level(mean)}): what is not above its mean is 0 now, in place`)
}

function buttonsOf(name: string, held: Held): HTMLElement[] {
  const does = (text: string, label: string, action: () => void) =>
    button(text, `${label} ${name}`, () => void attempt(action))
  const made = [does('Release', 'Release', () => releaseAndTell(name))]
  if (held instanceof nd.RefArray) return made
  if (held.ndim > 0) made.unshift(does('View', 'Make a view of', () => makeView(name, held)))
  if (held.size > 0 && held.dtype !== 'bool') {
    made.unshift(does('Threshold', 'Threshold', () => cut(name, held)))
  }
  if (isVolume(held)) made.unshift(does('Show', 'Show', () => show(name, held)))
  return made
}

function makeRow(name: string, held: Held): Row {
  const isList = held instanceof nd.RefArray
  const count = element('td', { class: 'number', role: 'cell', 'data-column': 'references' })
  // On a narrow page rows are boxes, which would take the roles of a table from them.
  const cell = { role: 'cell' }
  const row = element(
    'tr',
    { role: 'row' },
    element('th', { scope: 'row', role: 'rowheader' }, name),
    element('td', cell, isList ? `${held.length} references` : `(${held.shape.join(', ')})`),
    element('td', cell, isList ? 'list' : held.dtype),
    element('td', { ...cell, class: 'number' }, bytes(isList ? held.length * 4 : held.nbytes)),
    count,
    element('td', { ...cell, class: 'actions' }, ...buttonsOf(name, held)),
  )
  return { name, row, references: count }
}

function draw(body: HTMLTableSectionElement): void {
  const shown = entries()
  const alive = new Set(shown.map(([, held]) => held))
  for (const [held, { row }] of rows) {
    if (alive.has(held)) continue
    moveFocusFrom(row)
    row.remove()
    rows.delete(held)
  }
  for (const [name, held] of shown) {
    let made = rows.get(held)
    if (!made) {
      made = makeRow(name, held)
      rows.set(held, made)
      body.append(made.row)
    }
    made.references.textContent = String(references(held))
  }
}

/** Who released an array by the keyboard goes on at the next one, or at the form. */
function moveFocusFrom(row: HTMLTableRowElement): void {
  if (!row.contains(document.activeElement)) return
  const next = row.nextElementSibling ?? row.previousElementSibling
  const target =
    next?.querySelector<HTMLElement>('button:last-of-type') ?? byId('maker-name', HTMLInputElement)
  target.focus()
}

export function showArrays(): void {
  const body = byId('shelf', HTMLTableElement).tBodies[0] as HTMLTableSectionElement
  const empty = byId('shelf-empty', HTMLParagraphElement)
  onRedraw(() => {
    draw(body)
    empty.hidden = rows.size > 0
  })
}
