/**
 * Distinct elements of a sorted line. Neighbours that are equal are one group; NaN equals nothing, so that
 * each is a group of its own, and 0 equals −0.
 */
import { sizeOf } from './assign'
import { inChunks } from './chunks'
import { selectBySize } from './dispatch'
import { DType } from './dtype'
import { Loop } from './iterate'

/** The element that comes next, the place it has in the line, and that of the group it may belong to. */
let from: usize = 0
let position: u32 = 0
let groups: u32 = 0
/** Where the elements are that the order speaks of, and the order (int64). */
let base: usize = 0
let order: usize = 0
let inverse: usize = 0
let starts: usize = 0

/** Integers of one size are equal or not alike; floats know NaN and −0. */
function loopOf<Kernel>(dtype: u32): Loop {
  if (dtype === DType.FLOAT32) return count => changetype<Kernel>(0).run<f32>(count)
  if (dtype === DType.FLOAT64) return count => changetype<Kernel>(0).run<f64>(count)
  return selectBySize<Kernel>(sizeOf(dtype))
}

/** Moves the first of each group to the front. */
@unmanaged
class Compact {
  run<T>(count: u32): void {
    for (let i: u32 = 0; i < count; i++) {
      const value = load<T>(from)
      if (groups === 0 || value !== load<T>(base + (groups - 1) * sizeof<T>())) {
        store<T>(base + groups * sizeof<T>(), value)
        groups++
      }
      from += sizeof<T>()
    }
  }
}

/** Moves the distinct ones of `count` sorted elements to the front; returns how many there are. */
export function compact(dtype: u32, elements: usize, count: u32): u32 {
  base = elements
  from = elements
  groups = 0
  inChunks(loopOf<Compact>(dtype), count)
  return groups
}

/** Notes to which group each element belongs, and where in the order each group starts. */
@unmanaged
class Group {
  run<T>(count: u32): void {
    for (let i: u32 = 0; i < count; i++) {
      const at = load<u32>(order + (position << 3))
      const value = load<T>(base + at * sizeof<T>())
      const last = position ? load<T>(base + load<u32>(order + ((position - 1) << 3)) * sizeof<T>()) : value
      if (position === 0 || value !== last) store<u64>(starts + (groups++ << 3), position)
      store<u64>(inverse + (at << 3), groups - 1)
      position++
    }
  }
}

/**
 * The groups of `count` contiguous elements, whose indices `sortedBy` (int64) sorts. `groupOf` gets the group
 * of each element, `groupStarts` (room for `count`) the place in the order where each group starts; both
 * int64. Returns how many groups there are.
 */
export function group(
  dtype: u32,
  elements: usize,
  sortedBy: usize,
  count: u32,
  groupOf: usize,
  groupStarts: usize,
): u32 {
  base = elements
  order = sortedBy
  inverse = groupOf
  starts = groupStarts
  position = 0
  groups = 0
  inChunks(loopOf<Group>(dtype), count)
  return groups
}

/** Where the next element that is taken goes. */
let to: usize = 0

/** The first element of each group. */
@unmanaged
class TakeFirst {
  run<T>(count: u32): void {
    for (let i: u32 = 0; i < count; i++) {
      store<T>(to, load<T>(base + load<u32>(from) * sizeof<T>()))
      to += sizeof<T>()
      from += 8
    }
  }
}

/** values[g] = elements[indices[g]] for `count` groups; `bytes` to an element. */
export function takeFirst(bytes: u32, values: usize, elements: usize, indices: usize, count: u32): void {
  to = values
  base = elements
  from = indices
  inChunks(selectBySize<TakeFirst>(bytes), count)
}

/** Where the sizes of groups go; the elements of all of them. */
let sizes: usize = 0
let total: u32 = 0

/** The index of each group's first element, and its size. */
function describeGroups(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const start = load<u32>(starts + (position << 3))
    position++
    const end = position < groups ? load<u32>(starts + (position << 3)) : total
    store<u64>(to, load<u64>(order + (start << 3)))
    store<u64>(sizes, end - start)
    to += 8
    sizes += 8
  }
}

/** For each of `count` groups of `elements` elements: indices (int64) of the first, and counts (int64). */
export function groupFigures(
  sortedBy: usize,
  groupStarts: usize,
  count: u32,
  elements: u32,
  indices: usize,
  counts: usize,
): void {
  order = sortedBy
  starts = groupStarts
  groups = count
  total = elements
  position = 0
  to = indices
  sizes = counts
  inChunks(describeGroups, count)
}
