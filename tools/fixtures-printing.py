"""Writes how NumPy prints arrays, for packages/ndarray/test/printing.test.ts: test/fixtures/printing.json.

    python3 tools/fixtures-printing.py

Each case has a dtype, a shape, the elements as text or the arguments of arange, and what `str` or `repr` says,
or both. Made with NumPy 1.24:
later ones give float32 an exponent from 1e6 on, and name the shape of what they summarise.
"""

import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/printing.json"
rng = np.random.default_rng(4)


def text(value):
    if isinstance(value, (np.bool_, np.integer)):
        return str(int(value))
    return repr(float(value))


turn = 0


def case(a, **options):
    """Shows arrays by turns as `str` and as `repr`: they agree in all but separators and line breaks."""
    global turn
    turn += 1
    a = np.asarray(a)
    with np.printoptions(**options):
        found = {"str": str(a), "repr": repr(a)}
    if a.size > 1:
        del found["str" if turn % 2 else "repr"]
    return {
        "dtype": str(a.dtype), "shape": a.shape, "values": ",".join(text(v) for v in a.ravel()), **found,
        **({"options": options} if options else {}),
    }


def ranged(shape, dtype, *arguments):
    a = np.arange(*arguments, dtype=dtype).reshape(shape)
    return {"dtype": dtype, "shape": shape, "arange": arguments, "str": str(a), "repr": repr(a)}


SPECIAL = [np.nan, np.inf, -np.inf, 0.0, -0.0]
FLOATS = [
    [1.0], [0.5, 100.0], [1e-5], [1e8], [99999999.0, 1.0], [1e7, 2e7], [1e-4, 0.1], [1e-4, 0.1001], [0.0001], [1.0, 1000.0],
    [1.0, 1001.0], [1 / 3, 2 / 3], [1e300, 1e-300], [5e-324], [5e-324, 1.23456789], [1.7976931348623157e308],
    [123456789.123], [0.1, 0.25, 3.0], [1e16, 1.0], [-1.5, 2.25], [1e-10, 1.0], [0.0, 0.0], [-0.0, 0.0],
    [0.001953125], [0.005859375, 1.001953125], [0.123456785, 0.5], [9.9999999999, 1.0], [9.99999999999e10, 1e3],
    [1e100, 1.0], [1e22, 1e21], [2.0**-44], [2.0**-24, 2.0**-30], [1.0, np.nan], [1e-7, -np.inf], [np.nan], [np.inf],
    [-np.inf, np.nan], [np.nan, 12345.678], SPECIAL, SPECIAL + [1e-20, 123.456], SPECIAL + [0.5], [12345678.9, 1.1e6],
    [3.141592653589793, 2.718281828459045], [1.000000004, 2.0], [1e-9, 2e-9], [0.1 + 0.2, 0.3],
]


def cases():
    for dtype in ["float64", "float32"]:
        for values in FLOATS:
            with np.errstate(over="ignore", under="ignore"):
                a = np.array(values).astype(dtype)
            yield case(a)
            if len(a) == 1:
                yield case(a[0])
        for exponent in range(-12, 17, 4):
            yield case(np.array([10.0**exponent, -3.25 * 10.0**exponent]).astype(dtype))
            yield case(dtype and np.array(10.0**exponent).astype(dtype))
        for spread in [0, 2, 3, 8]:
            for _ in range(3):
                values = rng.standard_normal(7) * 10.0 ** rng.uniform(-spread, spread, 7)
                yield case(values.astype(dtype))
        for shape in [(4, 6), (2, 3, 4), (2, 1, 2, 2), (1, 30), (3, 0), (0,), (0, 2)]:
            yield case((rng.standard_normal(shape) * 10).round(4).astype(dtype))
        for _ in range(4):
            bits = rng.integers(0, 2**64, 3, dtype="uint64")
            a = bits.view(dtype)[:3]
            yield case(a[np.isfinite(a)])
        values = np.concatenate([rng.standard_normal(5), [1e-9, -0.0, 2e9, np.nan, -np.inf]]).astype(dtype)
        for options in [
            {"precision": 3}, {"precision": 0}, {"precision": 17}, {"suppress": True}, {"linewidth": 20},
            {"threshold": 4, "edgeitems": 1}, {"threshold": 4, "edgeitems": 2, "precision": 2},
        ]:
            yield case(values, **options)
            yield case(values[:5], **options)
    for dtype in ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]:
        info = np.iinfo(dtype)
        for shape in [(), (1,), (3, 4), (19,), (0,), (2, 0, 1)]:
            yield case(rng.integers(info.min, info.max, shape, dtype=dtype, endpoint=True))
        yield case(np.array([info.min, info.max, 0], dtype))
        yield case(np.arange(5, dtype=dtype))
    for shape in [(), (1,), (2,), (3, 3), (2, 2, 2), (20,), (0,)]:
        yield case(rng.random(shape) < 0.5)
    yield ranged([1001], "float64", 1001)
    yield ranged([1001], "float64", 0, 10.01, 0.01)
    yield {k: v for k, v in ranged([1000], "int64", 1000).items() if k != "repr"}
    yield ranged([1001], "int32", 1001)
    yield ranged([50, 50], "int64", 2500)
    yield ranged([2, 700], "float32", 1400)
    yield ranged([700, 2], "float64", 1400)
    yield ranged([10, 2, 60], "int16", 1200)
    yield ranged([8, 1, 2, 70], "float64", 0, 560, 0.5)
    yield ranged([100, 1, 20], "uint64", 2000)
    yield ranged([1, 1, 1, 2000], "int64", -1000, 1000)


assert np.__version__.startswith("1.24"), np.__version__
OUT.write_text(json.dumps(list(cases()), separators=(",", ":")) + "\n")
print(OUT.stat().st_size)
