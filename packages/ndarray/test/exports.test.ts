import { expect, it } from 'vitest'
import * as nd from '../src/index.ts'

it('the package exports these names', () => {
  expect(Object.keys(nd).sort()).toMatchInlineSnapshot(`
    [
      "DTypeError",
      "EbbError",
      "FormatError",
      "Heap",
      "HeapError",
      "IndexError",
      "NDArray",
      "OutOfMemoryError",
      "RefArray",
      "ReleasedError",
      "ShapeError",
      "arange",
      "argsort",
      "array",
      "broadcastShapes",
      "dtypes",
      "empty",
      "equal",
      "fromTypedArray",
      "full",
      "gc",
      "greater",
      "greaterEqual",
      "keep",
      "less",
      "lessEqual",
      "load",
      "loadSync",
      "max",
      "mean",
      "memory",
      "min",
      "nbytes",
      "newaxis",
      "notEqual",
      "ones",
      "random",
      "refCount",
      "refs",
      "resultType",
      "scope",
      "sort",
      "sum",
      "threshold",
      "zeros",
    ]
  `)
})

it('memory exports these names', () => {
  expect(Object.keys(nd.memory).sort()).toMatchInlineSnapshot(`
    [
      "check",
      "format",
      "heap",
      "leaks",
      "pager",
      "process",
      "resetPeak",
      "system",
      "trim",
    ]
  `)
})

it('an array has these members', () => {
  const { prototype } = nd.NDArray
  expect(
    Object.getOwnPropertyNames(prototype)
      .filter(name => name !== 'constructor')
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "assign",
      "assignWhere",
      "astype",
      "byteAddress",
      "contiguous",
      "copy",
      "data",
      "drop",
      "dtype",
      "get",
      "item",
      "max",
      "mean",
      "min",
      "nbytes",
      "ndim",
      "operand",
      "retain",
      "set",
      "slice",
      "sort",
      "sum",
      "toArray",
      "toTypedArray",
      "view",
    ]
  `)
})
