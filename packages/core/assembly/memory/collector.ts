/**
 * The cycle collector: CPython's, with its three generations.
 *
 * It tracks RefArrays, since nothing else can be in a cycle. A new one is in generation 0. A collection of
 * a generation merges the younger ones into it and then
 * 1. copies every count to `counted`, and subtracts the references that come from inside the generation:
 *    what is left comes from outside;
 * 2. moves those with nothing left to the *unreachable*, and rescues from there what a survivor reaches;
 * 3. clears the rest, whose counts then fall to zero by themselves;
 * 4. merges the survivors into the next older generation.
 *
 * Generation 2 is collected automatically only when the RefArrays that came to it since its last
 * collection are at least a quarter of those that survived that one (CPython's rule, unchanged): so
 * the work stays proportional to what was made.
 */
import { collecting } from '../host'
import { Block, bury, dropReference, header } from './blocks'
import { DEBUG } from './debug'
import { reportDamage } from './guards'
import { TAG_REFERENCES } from './layout'

export const GENERATIONS: u32 = 3
/** The generation of what `freeze` took out of the collector's sight. */
export const PERMANENT: u32 = 3
/** Lists of a running collection. */
const UNREACHABLE_LIST: u32 = 4
const LISTS: u32 = 5

/** In the generation that is being collected. */
const COLLECTING: u16 = 1
/** Tentatively unreachable. */
const UNREACHABLE: u16 = 2

/** A generation's figures. */
@unmanaged
class Generation {
  /** Collections run, RefArrays found unreachable, and those that could not be cleared (never any). */
  collections: f64
  collected: f64
  uncollectable: f64
  /** The generation is due when `count` is greater; 0 turns automatic collection off. */
  threshold: u32
  /** Generation 0: RefArrays made minus freed; others: collections of the next younger. Since its last. */
  count: u32
}

const heads: usize = memory.data(LISTS * offsetof<Block>(), 8)
const generations: usize = memory.data(GENERATIONS * offsetof<Generation>(), 8)

let enabled: bool = true
let running: bool = false
/** RefArrays that survived the last collection of generation 2, and those that came to it since. */
let longLivedTotal: u32 = 0
let longLivedPending: u32 = 0

function list(index: u32): Block {
  return changetype<Block>(heads + index * offsetof<Block>())
}

function handleOf(block: Block): u32 {
  return <u32>changetype<usize>(block)
}

/** Where a generation's figures lie. */
export function generation(index: u32): Generation {
  return changetype<Generation>(generations + index * offsetof<Generation>())
}

/** Empties the lists and sets the thresholds of the design: 700, 10, 5. */
export function initCollector(): void {
  for (let index: u32 = 0; index < LISTS; index++) makeEmpty(list(index))
  generation(0).threshold = 700
  generation(1).threshold = 10
  generation(2).threshold = 5
}

// Lists: circular, a head that is no block of the heap.

function makeEmpty(head: Block): void {
  head.next = handleOf(head)
  head.previous = handleOf(head)
}

function isEmpty(head: Block): bool {
  return head.next === handleOf(head)
}

function append(head: Block, block: Block): void {
  block.previous = head.previous
  block.next = handleOf(head)
  header(head.previous).next = handleOf(block)
  head.previous = handleOf(block)
}

function unlink(block: Block): void {
  header(block.previous).next = block.next
  header(block.next).previous = block.previous
}

/** Moves all of a list to the end of another. Returns how many. */
function moveAll(from: Block, to: Block, toGeneration: u32): u32 {
  let count: u32 = 0
  while (!isEmpty(from)) {
    const block = header(from.next)
    unlink(block)
    block.generation = <u8>toGeneration
    append(to, block)
    count++
  }
  return count
}

/** RefArrays in a generation. */
export function tracked(index: u32): u32 {
  let count: u32 = 0
  const head = list(index)
  for (let at = head.next; at !== handleOf(head); at = header(at).next) count++
  return count
}

/** Whether the collector knows the block. */
export function isTracked(block: Block): bool {
  return block.tag === TAG_REFERENCES
}

/** Puts a new RefArray into generation 0. */
export function track(block: Block): void {
  block.generation = 0
  append(list(0), block)
  generation(0).count += 1
}

/** Forgets a RefArray that dies. */
export function untrack(block: Block): void {
  unlink(block)
  const youngest = generation(0)
  if (youngest.count) youngest.count -= 1
}

/** Drops the elements of a RefArray that dies; those that die with it join the list of the dead. */
export function dropElements(block: Block, dead: u32): u32 {
  for (let at = block.address; at < block.address + block.bytes; at += 4) {
    const element = load<u32>(at)
    if (element) dead = dropReference(element, dead)
  }
  return dead
}

/** Runs the oldest collection that is due, if automatic collection is on. */
export function collectIfDue(): void {
  if (!enabled || running || generation(0).threshold === 0) return
  for (let index = <i32>GENERATIONS - 1; index >= 0; index--) {
    const facts = generation(index)
    if (facts.count <= facts.threshold) continue
    if (index === 2 && longLivedPending < longLivedTotal / 4) continue
    collect(index, false)
    return
  }
}

/**
 * Collects a generation, 0 to 2. With `giveBack`, large blocks return to the OS at once. Returns how many
 * RefArrays were unreachable; 0 when called from a collection.
 */
export function collect(index: u32, giveBack: bool): u32 {
  if (running) return 0
  running = true
  collecting(1, index, 0)
  if (index + 1 < GENERATIONS) generation(index + 1).count += 1
  for (let younger: u32 = 0; younger <= index; younger++) generation(younger).count = 0
  for (let younger: u32 = 0; younger < index; younger++) moveAll(list(younger), list(index), index)
  const found = detect(index)
  promote(index)
  clear(giveBack)
  const facts = generation(index)
  facts.collections += 1
  facts.collected += found
  running = false
  collecting(0, index, found)
  if (DEBUG) reportDamage()
  return found
}

/** Moves what nobody outside reaches to the unreachable. Returns how many. */
function detect(index: u32): u32 {
  const young = list(index)
  const end = handleOf(young)
  for (let at = young.next; at !== end; at = header(at).next) {
    const block = header(at)
    block.counted = block.references
    block.flags = COLLECTING
  }
  for (let at = young.next; at !== end; at = header(at).next) subtractInternal(header(at))
  for (let at = young.next; at !== end; ) {
    const block = header(at)
    if (block.counted) {
      rescue(block, young)
      at = block.next
    } else {
      at = block.next
      unlink(block)
      block.flags = COLLECTING | UNREACHABLE
      append(list(UNREACHABLE_LIST), block)
    }
  }
  let count: u32 = 0
  const head = list(UNREACHABLE_LIST)
  for (let at = head.next; at !== handleOf(head); at = header(at).next) count++
  for (let at = young.next; at !== end; at = header(at).next) header(at).flags = 0
  return count
}

function subtractInternal(block: Block): void {
  for (let at = block.address; at < block.address + block.bytes; at += 4) {
    const element = load<u32>(at)
    if (element && header(element).flags & COLLECTING) header(element).counted -= 1
  }
}

/** What a survivor refers to survives; if it was given up already, it goes back to be looked at again. */
function rescue(block: Block, young: Block): void {
  for (let at = block.address; at < block.address + block.bytes; at += 4) {
    const handle = load<u32>(at)
    if (!handle) continue
    const element = header(handle)
    if (!(element.flags & COLLECTING)) continue
    if (element.flags & UNREACHABLE) {
      unlink(element)
      element.flags = COLLECTING
      element.counted = 1
      append(young, element)
    } else if (element.counted === 0) {
      element.counted = 1
    }
  }
}

/** Merges the survivors into the next older generation, and keeps the account of the long-lived. */
function promote(index: u32): void {
  if (index + 1 < GENERATIONS) {
    const moved = moveAll(list(index), list(index + 1), index + 1)
    if (index === 1) longLivedPending += moved
    return
  }
  longLivedPending = 0
  longLivedTotal = tracked(index)
}

/** Empties the unreachable, each held while its elements go: their counts then fall to zero. */
function clear(giveBack: bool): void {
  const head = list(UNREACHABLE_LIST)
  while (!isEmpty(head)) {
    const block = header(head.next)
    block.references += 1
    block.flags = 0
    let dead: u32 = 0
    for (let at = block.address; at < block.address + block.bytes; at += 4) {
      const element = load<u32>(at)
      store<u32>(at, 0)
      if (element) dead = dropReference(element, dead)
    }
    bury(dead, giveBack)
    if (block.references === 1) {
      // Not release(): it may tell of damage, and the host that throws would leave the collection unfinished.
      bury(dropReference(handleOf(block), 0), giveBack)
      continue
    }
    // Another of them still refers to it; it dies when that one is cleared.
    unlink(block)
    block.references -= 1
    append(list(GENERATIONS - 1), block)
    block.generation = <u8>(GENERATIONS - 1)
  }
}

export function setEnabled(on: bool): void {
  enabled = on
}

export function isEnabled(): bool {
  return enabled
}

/** Moves all that is tracked out of the collector's sight. */
export function freeze(): void {
  for (let index: u32 = 0; index < GENERATIONS; index++) {
    moveAll(list(index), list(PERMANENT), PERMANENT)
    generation(index).count = 0
  }
}

/** Moves what was frozen into generation 2. */
export function unfreeze(): void {
  moveAll(list(PERMANENT), list(GENERATIONS - 1), GENERATIONS - 1)
}
