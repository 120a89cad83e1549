import { expect, it } from 'vitest'
import * as nd from '../src/index.ts'

it('the package exports these names', () => {
  expect(Object.keys(nd).sort()).toMatchInlineSnapshot(`
    [
      "DTypeError",
      "EbbError",
      "FormatError",
      "IndexError",
      "NDArray",
      "OutOfMemoryError",
      "ReleasedError",
      "ShapeError",
      "arange",
      "array",
      "broadcastShapes",
      "dtypes",
      "empty",
      "equal",
      "fromTypedArray",
      "full",
      "greater",
      "greaterEqual",
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
      "resultType",
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
      "assertAlive",
      "assign",
      "assignWhere",
      "astype",
      "byteAddress",
      "contiguous",
      "copy",
      "data",
      "dtype",
      "get",
      "item",
      "max",
      "mean",
      "min",
      "nbytes",
      "ndim",
      "operand",
      "release",
      "released",
      "set",
      "slice",
      "sum",
      "toArray",
      "toTypedArray",
      "view",
    ]
  `)
})
