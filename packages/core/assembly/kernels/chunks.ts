import { Loop } from './iterate'

/** Elements that one call gets: an engine replaces its first code between two calls only. */
const CHUNK: u32 = 32768

/** Goes over `count` elements in calls of a loop. */
export function inChunks(loop: Loop, count: u32): void {
  for (let done: u32 = 0; done < count; done += CHUNK) loop(min(CHUNK, count - done))
}

/** The loop of whoever has none yet. */
export function idle(_count: u32): void {}
