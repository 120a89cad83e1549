"""Writes what NumPy (>= 2.1) computes along axes, for the tests of packages/ndarray to compare:
test/fixtures/reduction.json.

    python3 tools/fixtures-reduction.py

Elements are text, so that no number is rounded on its way through JSON.
"""

import json
import warnings
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/reduction.json"
DTYPES = ["bool", "int8", "uint16", "float32", "float64"]
AXES = [None, 0, -1, [0, 2]]


def text(value):
    if isinstance(value, (bool, np.bool_, int, np.integer)):
        return str(int(value))
    return repr(float(value))


def described(array):
    array = np.asarray(array)
    return {"dtype": str(array.dtype), "shape": list(array.shape), "values": [text(x) for x in array.ravel()]}


def samples(dtype, shape, nan=False):
    rng = np.random.default_rng(7)
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    if np.dtype(dtype).kind == "f":
        values = (rng.integers(-64, 64, shape) / 8).astype(dtype)
        if nan:
            values[rng.random(shape) < 0.3] = np.nan
            values[0] = np.nan
        return values
    info = np.iinfo(dtype)
    return rng.integers(max(info.min, -100), min(info.max, 100), shape).astype(dtype)


def axis_of(axis):
    return tuple(axis) if isinstance(axis, list) else axis


REDUCTIONS = {
    "sum": np.sum, "prod": np.prod, "min": np.min, "max": np.max, "mean": np.mean, "variance": np.var, "std": np.std,
    "all": np.all, "any": np.any, "median": np.median,
    "countNonzero": lambda a, axis, keepdims: np.asarray(np.count_nonzero(a, axis=axis, keepdims=keepdims)),
}
NAN_REDUCTIONS = {
    "nansum": np.nansum, "nanprod": np.nanprod, "nanmin": np.nanmin, "nanmax": np.nanmax, "nanmean": np.nanmean,
    "nanvar": np.nanvar, "nanstd": np.nanstd, "nanmedian": np.nanmedian,
}


def reductions():
    for dtype in DTYPES:
        a = samples(dtype, (2, 3, 2))
        yield from cases(a, REDUCTIONS, AXES)
    for dtype in ["float32", "float64"]:
        yield from cases(samples(dtype, (3, 5), nan=True), NAN_REDUCTIONS, [None, 0, 1])


def cases(a, functions, axes):
    results = []
    for name, function in functions.items():
        for axis in axes:
            keepdims = axis == 0
            result = function(a, axis=axis_of(axis), keepdims=keepdims)
            results.append({"name": name, "axis": axis, "keepdims": keepdims, "result": described(result)})
    yield {"input": described(a), "results": results}


def quantiles():
    for dtype in ["int8", "float32"]:
        a = samples(dtype, (2, 6))
        for method in ["linear", "lower", "higher", "nearest", "midpoint"]:
            for q in [0.1, 0.3, 0.5, 1.0]:
                yield {
                    "input": described(a), "method": method, "q": q,
                    "result": described(np.quantile(a, q, axis=1, method=method)),
                }


def cumulatives():
    for dtype in DTYPES:
        a = samples(dtype, (2, 3))
        for name, function in [("cumulativeSum", np.cumulative_sum), ("cumulativeProd", np.cumulative_prod)]:
            for axis in [0, -1]:
                for initial in [False, True]:
                    yield {
                        "input": described(a), "name": name, "axis": axis, "includeInitial": initial,
                        "result": described(function(a, axis=axis, include_initial=initial)),
                    }


def diffs():
    for dtype in DTYPES:
        a = samples(dtype, (2, 3))
        for axis, n in [(0, 1), (1, 2), (0, 4)]:
            yield {"input": described(a), "axis": axis, "n": n, "result": described(np.diff(a, axis=axis, n=n))}


def histograms():
    for dtype in ["uint8", "float32", "float64"]:
        a = samples(dtype, (12,))
        for bins, span, density in [
            (10, None, False), (3, None, True), (7, [-5.0, 50.0], False), ([-10, 0, 1, 5.5, 200], None, False),
            ([0, 1, 8], None, True),
        ]:
            counts, edges = np.histogram(a, bins=bins, range=tuple(span) if span else None, density=density)
            yield {
                "input": described(a), "bins": bins, "range": span, "density": density,
                "counts": described(counts), "edges": described(edges),
            }


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        facts = {
            "reductions": list(reductions()), "quantiles": list(quantiles()), "cumulatives": list(cumulatives()),
            "diffs": list(diffs()), "histograms": list(histograms()),
        }
    OUT.write_text(json.dumps(facts, separators=(",", ":")) + "\n")
