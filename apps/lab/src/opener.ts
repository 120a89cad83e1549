/** The buttons that bring volumes onto the page. */

import type { NDArray } from '@ebb/ndarray'
import { byId } from './dom.ts'
import { open } from './files.ts'
import { attempt, tell } from './log.ts'
import { SAMPLES } from './samples.ts'
import { put } from './shelf.ts'
import { bytes, milliseconds } from './text.ts'
import { isVolume, show } from './viewer.ts'

/** Puts an array on the shelf, and shows it where it can be. */
function receive(name: string, array: NDArray, time: number): void {
  const given = put(name, array)
  tell(
    `opened ${given}: ${array.dtype} (${array.shape.join(', ')}), ${bytes(array.nbytes)} in ${milliseconds(time)}`,
  )
  if (isVolume(array)) show(given, array)
}

export async function openSample(key: string): Promise<void> {
  const { name, load } = SAMPLES[key] as (typeof SAMPLES)[string]
  const begin = performance.now()
  const array = await load()
  receive(name, array, performance.now() - begin)
}

async function openFiles(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const begin = performance.now()
    const opened = await open(file, file.name)
    for (const [name, array] of opened) receive(name, array, performance.now() - begin)
  }
}

export function showOpener(): void {
  for (const made of document.querySelectorAll<HTMLButtonElement>('[data-sample]')) {
    made.addEventListener('click', () => attempt(() => openSample(made.dataset.sample as string)))
  }
  const input = byId('file', HTMLInputElement)
  input.addEventListener('change', async () => {
    await attempt(() => openFiles([...(input.files ?? [])]))
    input.value = ''
  })
  document.addEventListener('dragover', event => event.preventDefault())
  document.addEventListener('drop', event => {
    event.preventDefault()
    void attempt(() => openFiles([...(event.dataTransfer?.files ?? [])]))
  })
}
