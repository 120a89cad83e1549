/** The box whose code runs beside the page, with the library in reach. */
import * as nd from '@ebb/ndarray'
import { byId, element } from './dom.ts'
import { EXAMPLES } from './examples.ts'
import { attempt, tell } from './log.ts'
import { drawn } from './redraw.ts'
import { entries, put } from './shelf.ts'
import { milliseconds } from './text.ts'

type Script = (...given: unknown[]) => Promise<unknown>
const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => Script

const code = byId('code', HTMLTextAreaElement)
const run = byId('run', HTMLButtonElement)

const print = (...values: unknown[]): void => tell(values.map(String).join(' '))

/** Keeps what a script returned: its arrays, by the names that it gave them. */
function keep(returned: unknown): void {
  for (const [name, value] of Object.entries(returned ?? {})) {
    if (value instanceof nd.NDArray || value instanceof nd.RefArray)
      tell(`the script left ${put(name, value)}`)
  }
}

async function runScript(): Promise<void> {
  const script = new AsyncFunction('nd', 'arrays', 'print', 'step', code.value)
  const begin = performance.now()
  keep(await script(nd, Object.fromEntries(entries()), print, drawn))
  tell(`the script took ${milliseconds(performance.now() - begin)}`)
}

/** Runs the script; a second one waits until the first is over. */
async function start(): Promise<void> {
  if (run.getAttribute('aria-disabled') === 'true') return
  run.setAttribute('aria-disabled', 'true')
  await attempt(runScript)
  run.setAttribute('aria-disabled', 'false')
}

export function showScript(): void {
  const examples = byId('examples', HTMLSelectElement)
  const choose = () => {
    code.value = EXAMPLES[examples.value] as string
  }
  examples.replaceChildren(...Object.keys(EXAMPLES).map(name => element('option', {}, name)))
  examples.addEventListener('change', choose)
  choose()
  run.addEventListener('click', start)
  code.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void start()
  })
}
