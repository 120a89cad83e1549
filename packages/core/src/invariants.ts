/** What heapCheck can find broken; the numbers are those of assembly/memory/check.ts. */
const SENTENCES = [
  'the heap is whole',
  'a run has no length, or reaches beyond the heap',
  'a page that should begin a run does not',
  'two free runs of the same kind are neighbours',
  'the last page of a run does not lead to its head',
  'a clean run does not read as zero',
  'the bins do not hold exactly the free runs',
  "a pool's counts do not add up",
  'a released block lies outside its pool or between two blocks',
  'a released block is in its list twice',
  'the lists do not hold exactly the pools with room',
  'the statistics differ from what the walk counted',
  'a handle does not name an allocated block of its dtype',
  'two handles name one block',
  'the allocated blocks are not exactly those that handles name',
  'a used run lies above the high-water mark',
  'an element of a RefArray, or the base of a view, is no live handle',
  'a block has fewer references than elements and views refer to it',
  'the generations do not hold exactly the RefArrays',
  'the guard bytes around a block were overwritten',
] as const

/** The sentence for a number that heapCheck returned, with the page or address at which it stopped. */
export function brokenInvariant(what: number, where: number): string {
  const sentence = SENTENCES[what] ?? `unknown invariant ${what}`
  return what === 0 ? sentence : `internal: ${sentence} (at 0x${(where >>> 0).toString(16)})`
}
