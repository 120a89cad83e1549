"""Writes what NumPy's manipulation and creation functions return, for packages/ndarray/test/manipulation.test.ts:
test/fixtures/manipulation.json.

    python3 tools/fixtures-manipulation.py

Every input holds 0, 1, 2, … in its shape, so a result is a list of places in the input.
"""

import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/manipulation.json"
DTYPES = [
    "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64",
]


def counting(shape):
    return np.arange(int(np.prod(shape))).reshape(shape)


def facts(a):
    return [list(a.shape), a.ravel().tolist()]


cases = []


def add(name, shape, arguments, result, view=False):
    results = result if isinstance(result, list) else [result]
    cases.append([name, shape, arguments, [facts(r) for r in results], int(view)])


SHAPES = [[6], [2, 3], [2, 3, 4], [1, 3, 1], [0, 3], [], [3, 1, 2, 2]]
for shape in SHAPES:
    a = counting(shape)
    n = len(shape)
    axes = sorted({0, n - 1, -1, n // 2} & set(range(-n, n)))
    add("transpose", shape, [], a.T, True)
    add("flip", shape, [], np.flip(a), True)
    add("squeeze", shape, [], np.squeeze(a), True)
    add("ravel", shape, [], a.ravel())
    add("roll", shape, [2], np.roll(a, 2))
    add("roll", shape, [-7], np.roll(a, -7))
    add("repeat", shape, [2], np.repeat(a, 2))
    for reps in [0, 2, [2, 1], [1, 2, 3], [2, 0], []]:
        add("tile", shape, [reps], np.tile(a, reps))
    for axis in axes:
        add("flip", shape, [{"axis": axis}], np.flip(a, axis), True)
        add("roll", shape, [3, {"axis": axis}], np.roll(a, 3, axis))
        add("repeat", shape, [3, {"axis": axis}], np.repeat(a, 3, axis))
        counts = [(i * 2 + 1) % 4 for i in range(shape[axis])]
        add("repeat", shape, [counts, {"axis": axis}], np.repeat(a, counts, axis))
        add("moveaxis", shape, [axis, 0], np.moveaxis(a, axis, 0), True)
        add("moveaxis", shape, [0, axis], np.moveaxis(a, 0, axis), True)
        add("swapaxes", shape, [0, axis], np.swapaxes(a, 0, axis), True)
        add("unstack", shape, [{"axis": axis}], list(np.moveaxis(a, axis, 0)), True)
        for parts in [4, [-1], [2, 1, 9]]:
            add("arraySplit", shape, [parts, {"axis": axis}], np.array_split(a, parts, axis), True)
    for axis in [0, -1, n]:
        add("expandDims", shape, [{"axis": axis}], np.expand_dims(a, axis), True)
        add("expandDims", shape, [axis], np.expand_dims(a, axis), True)
    add("expandDims", shape, [[0, -1]], np.expand_dims(a, (0, -1)), True)
    if n >= 2:
        for k in [-2, -1, 0, 1, 3]:
            add("tril", shape, [{"k": k}], np.tril(a, k))
            add("triu", shape, [{"k": k}], np.triu(a, k))
            add("diagonal", shape, [{"offset": k}], np.diagonal(a, k), True)
        for k in range(-1, 5):
            add("rot90", shape, [k], np.rot90(a, k), True)
        add("rot90", shape, [1, {"axes": [1, 0]}], np.rot90(a, 1, (1, 0)), True)
        add("diagonal", shape, [{"axis1": -1, "axis2": 0}], np.diagonal(a, 0, -1, 0), True)
        add("matrixTranspose", shape, [], np.swapaxes(a, -1, -2), True)
        add("flip", shape, [{"axis": [0, -1]}], np.flip(a, (0, -1)), True)
        add("roll", shape, [[1, -2], {"axis": [0, 1]}], np.roll(a, (1, -2), (0, 1)))
        add("roll", shape, [1, {"axis": [0, 1]}], np.roll(a, 1, (0, 1)))
        add("roll", shape, [[1, 1], {"axis": 0}], np.roll(a, (1, 1), 0))
    if n == 3:
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [-1, 1, -3]]:
            add("permuteDims", shape, [order], np.transpose(a, order), True)
        add("moveaxis", shape, [[0, 1], [-1, 0]], np.moveaxis(a, [0, 1], [-1, 0]), True)
    if 0 not in shape:
        for mode in ["constant", "edge", "reflect", "symmetric", "wrap"]:
            # NumPy 1.24 wraps wrongly when the margin is wider than the axis.
            for width in [[0, 1]] + ([] if mode == "wrap" or n > 2 else [[1, 2], 5]):
                add("pad", shape, [width, {"mode": mode}], np.pad(a, width, mode))
add("pad", [2, 3], [[[1, 2], [0, 3]], {"mode": "symmetric"}], np.pad(counting([2, 3]), [[1, 2], [0, 3]], "symmetric"))
add("pad", [2, 3], [[[1, 2], [0, 3]], {"constantValues": [[7, 8], [9, 5]]}],
    np.pad(counting([2, 3]), [[1, 2], [0, 3]], constant_values=[[7, 8], [9, 5]]))
add("pad", [2, 3], [2, {"constantValues": [7, 8]}], np.pad(counting([2, 3]), 2, constant_values=[7, 8]))
add("pad", [0, 3], [[1, 2]], np.pad(counting([0, 3]), [1, 2]))
for shape, target in [
    ([2, 3, 4], [24]), ([2, 3, 4], [6, 4]), ([2, 3, 4], [2, 12]), ([2, 3, 4], [4, 3, 2]), ([2, 3, 4], [-1]),
    ([2, 3, 4], [3, -1]), ([2, 3, 4], [1, 2, 1, 3, 4, 1]), ([2, 3, 4], [2, 3, 2, 2]), ([12], [2, 3, 2]), ([1, 3, 1], [3]),
    ([], [1, 1]), ([1], []), ([0, 3], [3, 0]), ([0, 3], [0]), ([0, 3], [-1, 3]), ([6, 4], [2, 3, 4]), ([6, 4], [3, 8]),
    ([6, 4], [8, 3]),
]:
    add("reshape", shape, [target], counting(shape).reshape(target))
for shape, target in [([3], [2, 3]), ([2, 1], [4, 2, 3]), ([], [2, 2]), ([1, 3], [0, 3]), ([2, 3], [2, 3])]:
    add("broadcastTo", shape, [target], np.broadcast_to(counting(shape), target), True)

linspace = [
    [dtype, start, stop, num, endpoint, [repr(float(v)) if "f" in dtype else str(v) for v in
                                         np.linspace(start, stop, num, endpoint=endpoint, dtype=dtype)]]
    for dtype in ["float64", "float32", "int32", "int64", "uint8"]
    for start, stop, num in [(0, 1, 11), (1, 9.5, 7), (5, 2, 4), (3, 3, 3), (0, 10, 1), (0, 10, 0), (0.1, 250.7, 13), (0, 5e-324, 3)]
    for endpoint in [True, False]
]
eye = [[n, m, k, facts(np.eye(n, m, k, dtype=int))] for n, m, k in
       [(3, None, 0), (3, 4, 1), (4, 2, -1), (2, 5, 3), (3, 3, 5), (3, 3, -3), (0, 2, 0), (2, 0, 0), (1, 1, 0)]]
casts = [[a, b] for a in DTYPES for b in DTYPES if np.can_cast(a, b)]
with np.errstate(all="ignore"):
    infos = {
        t: {k: float(getattr(np.finfo(t), n)) for k, n in
            [("eps", "eps"), ("max", "max"), ("min", "min"), ("smallestNormal", "smallest_normal")]}
        for t in ["float32", "float64"]
    }
OUT.write_text(json.dumps(
    {"cases": cases, "linspace": linspace, "eye": eye, "casts": casts, "finfo": infos}, separators=(",", ":"),
) + "\n")
print(OUT.stat().st_size, len(cases))
