"""Writes what NumPy (>= 1.24) makes of random indices with arrays in them, for the tests of packages/ndarray
to compare: test/fixtures/index.json.

    python3 tools/fixtures-index.py

The indexed array counts its elements in C order, so a result says which elements were meant and where they go.
"""

import json
import warnings
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/index.json"
CASES = 480
random = np.random.default_rng(41)
# What later versions of NumPy refuse, an index out of bounds that an empty result hides, 1.24 warns of.
warnings.simplefilter("error", DeprecationWarning)


def chance(p):
    return random.random() < p


def index_array(length, common):
    """Of a shape that mostly broadcasts to the common one; now and then out of bounds."""
    shape = [n if chance(0.7) else 1 for n in common][random.integers(0, len(common) + 1) if chance(0.3) else 0:]
    if chance(0.03):
        shape = [*shape, 7]
    low, high = (-length - 1, length + 1) if chance(0.03) else (-length, length)
    if high <= low:
        return np.zeros([*shape[:-1], 0], dtype=np.int64)
    return random.integers(low, high, shape)


def axis_range(length):
    start, stop = (None if chance(0.4) else int(random.integers(-length - 1, length + 2)) for _ in range(2))
    return slice(start, stop, [None, 1, -1, 2, -2][random.integers(0, 5)])


def random_case():
    shape = [int(n) for n in random.choice([0, 1, 2, 3, 4], random.integers(1, 5), p=[0.04, 0.16, 0.3, 0.3, 0.2])]
    common = [int(n) for n in random.choice([1, 2, 3], random.integers(0, 3))]
    items, axis = [], 0
    while axis < len(shape) and not chance(0.15):
        length = shape[axis]
        kind = random.choice(["array", "integer", "range", "mask", "newaxis"], p=[0.38, 0.15, 0.27, 0.12, 0.08])
        if kind == "newaxis":
            items.append(None)
            continue
        if kind == "mask":
            under = shape[axis:axis + int(random.integers(0, 3))]
            if chance(0.03):
                under = [n + 1 for n in under]
            items.append(random.random(under) < (0.5 if chance(0.6) else 0.2))
            axis += len(under)
            continue
        if kind == "array":
            items.append(index_array(length, common))
        elif kind == "integer" and length > 0:
            items.append(int(random.integers(-length, length)))
        else:
            items.append(axis_range(length))
        axis += 1
    if chance(0.4):
        # Counted from the end, the items behind '...' still meet the axes that they were made for.
        items.insert(len(items) if axis < len(shape) else random.integers(0, len(items) + 1), Ellipsis)
    return shape, items


def encode(item):
    if item is None:
        return "newaxis"
    if item is Ellipsis:
        return "..."
    if isinstance(item, slice):
        return [item.start, item.stop, item.step]
    if isinstance(item, int):
        return item
    item = np.asarray(item)
    kind = "mask" if item.dtype == bool else "array"
    return {kind: item.ravel().astype(int).tolist(), "shape": list(item.shape)}


def outcome(shape, items):
    a = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    try:
        part = np.asarray(a[tuple(items)])
    except (IndexError, DeprecationWarning):
        return {"error": True}
    return {"result": list(part.shape), "values": part.ravel().tolist()}


def cases():
    seen = set()
    while len(seen) < CASES:
        shape, items = random_case()
        if not any(isinstance(item, np.ndarray) for item in items):
            continue
        case = {"shape": shape, "items": [encode(item) for item in items], **outcome(shape, items)}
        line = json.dumps(case, separators=(",", ":"))
        if len(line) > 260 or (case.get("values") == [] and chance(0.8)) or line in seen:
            continue
        seen.add(line)
        yield line


OUT.write_text("[\n" + ",\n".join(cases()) + "\n]\n")
