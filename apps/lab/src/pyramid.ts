/** The layers of the memory pyramid, each with what it holds now. */
import { memory } from '@ebb/ndarray'
import { byId, element, type Part, shares } from './dom.ts'
import { onRedraw } from './redraw.ts'
import { bytes, several } from './text.ts'

interface Layer {
  readonly number: string
  readonly name: string
  readonly figures: string
  readonly parts?: readonly Part[]
}

function layersOf({ layers, total }: memory.HeapStatistics): Layer[] {
  const { layer0, layer1, layer2, layer3 } = layers
  const runs = layer0.runs
  return [
    {
      number: '3',
      name: 'typed blocks',
      figures: `${several(layer3.blocks, 'block')}, ${bytes(layer3.asked)} asked for, ${bytes(layer3.headers)} of headers`,
    },
    {
      number: '2',
      name: 'pools, up to 256 KiB',
      figures: `${several(layer2.pools, 'pool')}: ${bytes(layer2.allocated)} allocated, ${bytes(layer2.released)} released, ${bytes(layer2.free)} free`,
      parts: [
        { kind: 'allocated', amount: layer2.allocated },
        { kind: 'released', amount: layer2.released },
        { kind: 'free', amount: layer2.free },
      ],
    },
    {
      number: '1',
      name: 'large blocks',
      figures: `${several(layer1.blocks, 'block')}, ${bytes(layer1.asked)}, ${bytes(layer1.rounding)} of rounding`,
    },
    {
      number: '0',
      name: 'runs of 64 KiB pages',
      figures: `${runs.used} used, ${runs.dirty} dirty, ${runs.clean} clean`,
      parts: [
        { kind: 'used', amount: layer0.allocated },
        { kind: 'dirty', amount: layer0.released },
        { kind: 'clean', amount: Math.min(layer0.free, layer0.allocated + layer0.released) },
      ],
    },
    {
      number: '−1',
      name: 'addresses',
      figures: `${bytes(total)} reserved; a page becomes resident when it is first touched`,
    },
    {
      number: '−2',
      name: 'physical memory',
      figures: 'the operating system’s; a browser does not tell how much',
    },
  ]
}

function drawLayer({ number, name, figures, parts }: Layer): HTMLElement {
  const made = element(
    'li',
    {},
    element('b', {}, element('span', { class: 'visually-hidden' }, 'Layer '), number),
    element('span', { class: 'name' }, name),
    element('span', { class: 'what' }, figures),
  )
  if (parts) made.append(shares(parts))
  return made
}

export function showPyramid(): void {
  const list = byId('pyramid', HTMLOListElement)
  onRedraw(() => list.replaceChildren(...layersOf(memory.heap()).map(drawLayer)))
}
