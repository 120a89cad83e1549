"""Writes packages/ndarray/test/fixtures/choices.json: shuffles, choices and RandomState as NumPy (>= 1.24) draws them.

    python3 tools/fixtures-choices.py

A step is a method and its arguments, which packages/ndarray/test/random-steps.ts reads in the same way. Of its result
there are the beginning of the SHA-256 of the elements' bytes, and the next 32 bits that the generator draws behind it:
they tell the state. Integers that JavaScript numbers cannot hold are strings.
"""

import hashlib
import json
import math
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/choices.json"
GENERATORS = ["PCG64", "PCG64DXSM", "SFC64", "Philox", "MT19937"]
DTYPES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"]
INTEGERS = DTYPES[:9]
VIEWS = {
    "plain": lambda a: a,
    "reversed": lambda a: a[tuple(slice(None, None, -1) for _ in a.shape)],
    "transposed": lambda a: a.T,
    "halved": lambda a: a[..., ::2],
}
FEW = 6


def elements(shape, dtype, view="plain"):
    """0, 1, 2, ... in a shape, and a view of it."""
    return VIEWS[view]((np.arange(int(np.prod(shape))) % (2 if dtype == "bool" else 251)).astype(dtype).reshape(shape))


def chances(count):
    """Probabilities that grow, the first of them 0."""
    return np.arange(count) / (count * (count - 1) // 2)


def bounds(argument):
    dtype, values = argument
    return np.array([[int(v) for v in row] if isinstance(row, list) else int(row) for row in values], dtype=dtype)


def bound(argument):
    return bounds(argument) if isinstance(argument, list) else int(argument)


def run(rng, step):
    """Takes a step, and returns what it makes."""
    method, *arguments = step
    if method == "shuffle":
        shape, dtype, view, axis = arguments
        base = elements(shape, dtype)
        options = () if isinstance(rng, np.random.RandomState) else (axis,)
        rng.shuffle(VIEWS[view](base), *options)
        return base
    if method == "permutation":
        (of, axis) = arguments
        options = () if isinstance(rng, np.random.RandomState) else (axis,)
        return rng.permutation(elements(*of) if isinstance(of, list) else of, *options)
    if method == "permuted":
        shape, dtype, view, axis, place = arguments
        x = elements(shape, dtype, view)
        if place == "new":
            return rng.permuted(x, axis=axis)
        out = x if place == "itself" else VIEWS[place](np.zeros_like(elements(shape, dtype)))
        return rng.permuted(x, axis=axis, out=out)
    if method == "choice":
        of, size, options = arguments
        options = dict(options)
        if "p" in options:
            options["p"] = chances(options["p"])
        return rng.choice(elements(*of) if isinstance(of, list) else int(of), size, **options)
    if method in ("integers", "randint"):
        low, high, size, dtype, endpoint = arguments
        options = {"endpoint": True} if endpoint else {}
        return getattr(rng, method)(bound(low), None if high is None else bound(high), size, np.dtype(dtype).type, **options)
    if method == "bytes":
        return np.frombuffer(rng.bytes(*arguments), dtype=np.uint8)
    if method == "random_integers":
        low, high, size = arguments
        return rng.randint(low, high + 1, size)
    if method == "uniform":
        low, high, size = arguments
        return rng.uniform(np.array(low, dtype=float), np.array(high, dtype=float), size)
    return getattr(rng, method)(*arguments)


def sha256(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()[:10]


def results(rng, steps):
    draw = getattr(rng, "integers", None) or rng.randint
    return [[sha256(run(rng, step)), int(draw(0, 2**32, dtype=np.uint32))] for step in steps]


def array_bounds(method):
    """Bounds of their own for every element."""
    top = {"uint64": 2**64, "int64": 2**63}
    for dtype in INTEGERS:
        if dtype == "bool":
            yield [method, ["int64", [[0, 0, 1], [0, 1, 0]]], ["int64", [[1, 2, 2], [2, 2, 1]]], None, dtype, False]
            continue
        info = np.iinfo(dtype)
        wide = "uint64" if dtype == "uint64" else "int64"
        least, most = str(info.min), str(min(int(info.max), top[wide] - 1))
        yield [method, 0, [wide, ["1", "2", "3", "100", most]], [40, 5], dtype, False]
        yield [method, [wide, [[least], ["5"], ["100"]]], [wide, ["101", "102", "120", most]], None, dtype, False]
    yield [method, ["int64", ["0", "0", "0", "0"]], ["uint64", [str(2**32), str(2**32 + 1), str(2**40), str(2**63)]], [9, 4], "int64", False]
    yield [method, ["int32", ["7", "9"]], None, [3, 2], "int16", False]


def shuffles():
    for dtype in DTYPES:
        yield ["shuffle", [101], dtype, "plain", 0]
    yield ["shuffle", [40_003], "int32", "plain", 0]
    for view in VIEWS:
        for axis in (0, 1, 2):
            yield ["shuffle", [6, 8, 10], "int16", view, axis]
        yield ["shuffle", [50], "float64", view, 0]
    yield ["shuffle", [7, 5, 9], "uint8", "plain", -3]
    yield ["shuffle", [0, 3], "int8", "plain", 1]
    yield ["shuffle", [1], "int8", "plain", 0]
    for of in (0, 1, 10, 1000, [[30], "float32"], [[5, 4], "int8"], [[5, 0], "int8"], [[4, 3, 2], "int64", "transposed"]):
        yield ["permutation", of, 0]


def generator_steps():
    yield from shuffles()
    yield ["permutation", [[4, 5, 3], "uint16"], 1]
    yield ["permutation", [[4, 5, 3], "uint16", "reversed"], -1]
    for view in VIEWS:
        for axis in (None, 0, 1, 2):
            yield ["permuted", [6, 4, 10], "int32", view, axis, "new"]
            yield ["permuted", [6, 4, 10], "int32", view, axis, "itself"]
        yield ["permuted", [9, 9], "int8", "plain", None, "transposed" if view == "halved" else view]
    yield ["permuted", [0, 4], "int8", "plain", 1, "new"]
    for size in (None, 1, 20, [3, 4], [], 0):
        yield ["choice", 10, size, {}]
        if size != []:  # An error in NumPy 1.24.
            yield ["choice", [[10, 3], "int16"], size, {}]
        yield ["choice", [[7], "float64"], size, {"p": 7}]
    yield ["choice", 200, 50_000, {"p": 200}]
    yield ["choice", [[3, 9, 2], "int8"], [2, 2], {"axis": 1}]
    for shuffle in (True, False):
        options = {"replace": False, "shuffle": shuffle}
        for of, size in ((10, None), (10, 10), (10, 0), (1, 1), (10_000, 10_000), (10_001, 201), (10_001, 200), (50_000, 2_600)):
            yield ["choice", of, size, options]
        yield ["choice", 30_000, [100, 300], options]
        yield ["choice", str(10**12), 300, options]
        yield ["choice", str(2**32 + 5), 10, options]
        yield ["choice", [[4, 30, 2], "int32"], [3, 5], {**options, "axis": 1}]
    yield ["choice", 1000, 700, {"replace": False, "p": 1000}]
    yield ["choice", [[50], "uint8"], [7, 7], {"replace": False, "p": 50}]
    yield from array_bounds("integers")
    yield ["integers", ["int64", ["0", "1", "5"]], 5, [4, 3], "uint8", True]
    yield ["integers", 0, ["uint64", [str(2**64 - 1), "0"]], [4, 2], "uint64", True]
    for length in (0, 1, 4, 7, 1000):
        yield ["bytes", length]


def legacy_steps():
    yield from (step for step in shuffles() if step[0] == "permutation" or step[-1] == 0)
    for dtype in INTEGERS:
        low, high = (0, 2) if dtype == "bool" else (int(np.iinfo(dtype).min), int(np.iinfo(dtype).max) + 1)
        ranges = [(0, 100), (5, 6), (0, 64), (3, 68), (-50, 77), (low, high), (low, high - 1), (0, 40_000), (0, 2**32), (0, 2**32 + 1), (0, 2**62 + 1)]
        for a, b in ranges if dtype != "bool" else [(0, 2), (0, 1), (1, 2)]:
            if low <= a and b <= high:
                for size in (3, 5000) if b != 100 else (None, 5000):
                    yield ["randint", str(a), str(b), size, dtype, False]
    yield ["randint", "0", "100", [20, 30, 40], "int64", False]
    yield from array_bounds("randint")
    yield ["random_sample", [30, 7]]
    yield ["random_sample", None]
    yield ["rand", 3, 2]
    yield ["rand"]
    yield ["random_integers", 1, 6, 50]
    for low, high, size in ((0, 1, 5), (-3, 10, [4, 4]), (5, 2, None), ([0, 10], [1, 30], None), (0, [[1], [2]], [2, 3])):
        yield ["uniform", low, high, size]
    for size in (None, 20, [3, 4], [], 0):
        yield ["choice", 10, size, {}]
        yield ["choice", [[7], "float64"], size, {"p": 7}]
    for of, size in ((10, None), (10, 4), (10, 0), (20_000, 300), ([[40], "int16"], [5, 5])):
        yield ["choice", of, size, {"replace": False}]
    yield ["choice", 1000, 700, {"replace": False, "p": 1000}]
    for length in (0, 1, 4, 7, 1000):
        yield ["bytes", length]


def seeds():
    for seed in (0, 1, 42, 2**32 - 1, [0], [1, 2, 3], [2**32 - 1] * 4, list(range(700))):
        rng = np.random.RandomState(seed)
        first = [int(i) for i in rng.randint(0, 100, 5)]
        key = rng.get_state()[1]
        yield {"seed": seed, "first": first, "key": sha256(key)}


def normals():
    """Normal numbers one after the other, the one that is kept with them."""
    for kind in (np.random.MT19937, np.random.PCG64):
        rng = np.random.RandomState(kind(3))
        drawn = []
        for size in (1, 1, 3, 2, 1, 9):
            values = rng.standard_normal(size)
            drawn.append([values.tolist(), rng.get_state(legacy=False)["has_gauss"], int(rng.randint(0, 2**32, dtype=np.uint32))])
        drawn.append([rng.normal([0, 10], [1, 0.5], (3, 2)).ravel().tolist(), rng.get_state(legacy=False)["has_gauss"], 0])
        large = rng.standard_normal(100_001)
        yield {"name": kind.__name__, "drawn": drawn, "sum": math.fsum(large), "last": float(large[-1])}


def lines(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


generating = list(generator_steps())
legacy = list(legacy_steps())
parts = {
    "steps": lines(generating),
    "results": lines({"name": name, "drawn": results(np.random.Generator(getattr(np.random, name)(7)), generating)} for name in GENERATORS),
    "legacySteps": lines(legacy),
    "legacyResults": lines(
        {"name": name, "drawn": results(np.random.RandomState(seed), legacy)}
        for name, seed in (("seed", 7), ("PCG64", np.random.PCG64(7)))
    ),
    "seeds": lines(seeds()),
    "normals": lines(normals()),
}
OUT.write_text("{" + ",\n".join(f'"{name}": {text}' for name, text in parts.items()) + "}\n")
