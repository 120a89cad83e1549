"""Writes what NumPy (>= 2.1) computes, for the tests of packages/ndarray to compare: searches, sets and
tensordot, in test/fixtures/sorting.json.

    python3 tools/fixtures-sorting.py

Elements are text, so that no number is rounded on its way through JSON.
"""

import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/sorting.json"
DTYPES = [
    "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64",
]
rng = np.random.default_rng(0)


def text(value):
    """An element as text: True and False are 1 and 0."""
    if isinstance(value, (bool, np.bool_, int, np.integer)):
        return str(int(value))
    return repr(float(value))


def texts(array):
    return [text(value) for value in np.asarray(array).ravel(order="C")]


def elements(dtype, shape):
    """Elements that repeat, the ends of the dtype and special values among them."""
    kind = np.dtype(dtype).kind
    if kind == "b":
        pool = np.array([False, True])
    elif kind == "f":
        pool = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.5, -1.5, 1e30, 3.0], dtype)
    else:
        ends = np.iinfo(dtype)
        pool = np.array([ends.min, ends.min + 1, ends.max, ends.max - 1, 0, 1, 2, 3], dtype)
    return rng.choice(pool, shape)


def searches():
    for dtype in DTYPES:
        line = elements(dtype, 13)
        values = elements(dtype, (3, 5))
        sorter = np.argsort(line, kind="stable")
        yield {
            "dtype": dtype,
            "line": texts(line),
            "values": texts(values),
            "shape": values.shape,
            "sorter": sorter.tolist(),
            "left": np.searchsorted(line, values, "left", sorter).ravel().tolist(),
            "right": np.searchsorted(line, values, "right", sorter).ravel().tolist(),
        }


def extrema():
    for dtype in DTYPES:
        for shape in [(11,), (3, 4), (2, 3, 2)]:
            a = elements(dtype, shape)
            yield {
                "dtype": dtype,
                "shape": shape,
                "values": texts(a),
                "argmax": [int(np.argmax(a))] + [np.argmax(a, i).ravel().tolist() for i in range(a.ndim)],
                "argmin": [int(np.argmin(a))] + [np.argmin(a, i).ravel().tolist() for i in range(a.ndim)],
            }


def sets():
    for dtype in DTYPES:
        for shape in [(17,), (3, 5), (0,), ()]:
            a = elements(dtype, shape)
            found = np.unique_all(a)
            yield {
                "dtype": dtype,
                "shape": shape,
                "elements": texts(a),
                "values": texts(found.values),
                "indices": found.indices.tolist(),
                "inverseIndices": found.inverse_indices.ravel().tolist(),
                "counts": found.counts.tolist(),
            }


def memberships():
    for dtype in DTYPES:
        a, members = elements(dtype, (3, 4)), elements(dtype, 4)
        yield {
            "dtype": dtype,
            "shape": a.shape,
            "elements": texts(a),
            "set": texts(members),
            "isin": texts(np.isin(a, members)),
        }


TENSORDOTS = [
    ((2, 3, 4), (3, 4, 5), 2), ((2, 3), (3, 4), 1), ((2, 3), (4,), 0), ((), (3,), 0), ((2, 3, 4), (2, 3, 4), 3),
    ((2, 3, 4), (4, 3, 5), ([1, 2], [1, 0])), ((2, 3, 4), (4, 3, 5), ([2, 1], [0, 1])),
    ((2, 3, 4), (5, 2), ([0], [-1])), ((2, 3, 4), (3, 5), ([-2], [0])), ((0, 3), (3, 2), 1), ((2, 0), (0, 2), 1),
    ((3, 2, 4, 2), (2, 5, 2), ([1, 3], [2, 0])),
]


def tensordots():
    for shape_a, shape_b, axes in TENSORDOTS:
        a = rng.integers(-9, 10, shape_a)
        b = rng.integers(-9, 10, shape_b)
        result = np.tensordot(a, b, axes)
        yield {
            "a": {"shape": shape_a, "values": texts(a)},
            "b": {"shape": shape_b, "values": texts(b)},
            "axes": axes,
            "result": {"shape": result.shape, "values": texts(result)},
        }


facts = {
    "searches": list(searches()),
    "extrema": list(extrema()),
    "sets": list(sets()),
    "memberships": list(memberships()),
    "tensordots": list(tensordots()),
}
OUT.write_text(json.dumps(facts, separators=(",", ":")) + "\n")
