"""Writes packages/ndarray/test/fixtures/distributions.json: what distributions of NumPy (1.24 to 2.4) draw.

    python3 tools/fixtures-distributions.py

A case names the method, its parameters and options; it has the first values as JSON numbers, which are exact
(integers as strings), and hashes, the beginning of a SHA-256, of all the values' bytes and of the state behind them.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/distributions.json"
LARGE = 100_003
FIRST = 6
F32 = {"dtype": "float32"}

# Methods whose values NumPy's and ours compute from arithmetic and square roots alone.
EXACT = [
    ["standardNormal", []],
    ["standardNormal", [], F32],
    ["standardExponential", []],
    ["standardExponential", [], F32],
    ["uniform", []],
    ["uniform", [-1.5, 1e300]],
    ["normal", [-3.25, 7.1]],
    ["normal", [0, 0]],
    ["exponential", [0.3]],
    ["rayleigh", [2.5]],
    ["triangular", [-3, -3, 10.5]],
    ["triangular", [-3, 4, 10.5]],
    ["standardCauchy", []],
    ["standardGamma", [0]],
    ["standardGamma", [1]],
    ["standardGamma", [1], F32],
    ["standardGamma", [1.0000001]],
    ["standardGamma", [2.5], F32],
    ["standardGamma", [1e6]],
    ["gamma", [2.5, 3.5]],
    ["gamma", [1, 0.5]],
    ["chisquare", [3]],
    ["beta", [2, 3]],
    ["weibull", [0]],
]
COUNTS = [
    *[["poisson", [lam]] for lam in (0, 1e-3, 1, 9.99, 10, 35.5, 1e4, 1e12)],
    ["binomial", [0, 0.3]],
    ["binomial", [7, 0]],
    ["binomial", [7, 1]],
    *[["binomial", [n, p]] for n in (1, 50, 75, 1000, 10**6) for p in (0.05, 0.4, 0.5, 0.6, 0.97)],
    *[["geometric", [p]] for p in (1e-9, 0.2, 0.3333, 0.34, 0.8, 1)],
    ["negativeBinomial", [0.7, 0.3]],
    ["negativeBinomial", [12, 0.1]],
    ["negativeBinomial", [3, 1]],
]
# Methods that take logarithms, exponentials and powers for what they return.
NEAR = [
    ["standardExponential", [], {"method": "inv"}],
    ["standardExponential", [], {"method": "inv", "dtype": "float32"}],
    ["standardGamma", [0.01]],
    ["standardGamma", [0.5]],
    ["standardGamma", [0.5], F32],
    ["standardGamma", [0.95]],
    ["gamma", [0.3, 2]],
    ["chisquare", [1]],
    ["beta", [0.5, 0.5]],
    ["beta", [1, 1]],
    ["beta", [0.2, 3]],
    ["beta", [0.001, 0.002]],
    ["laplace", []],
    ["laplace", [0, 2.5]],
    ["logistic", [0, 0.5]],
    ["gumbel", []],
    ["lognormal", []],
    ["lognormal", [1, 0.25]],
    ["weibull", [1.5]],
    ["pareto", [3]],
    ["power", [0.4]],
]
ALSO = ["PCG64DXSM", "SFC64", "Philox"]
# Of arrays: parameters, and the shape that is asked for.
ARRAYS = [
    ["normal", [[0, 10, 100], 2], [50, 3]],
    ["normal", [[[0], [5]], [1, 2, 3]], None],
    ["uniform", [[0, -1], [1, 5]], [31, 2]],
    ["exponential", [[0.5, 0, 2]], None],
    ["standardGamma", [[0, 1, 3, 0, 2]], [7, 5]],
    ["triangular", [0, [0, 1, 2], 3], [9, 3]],
    ["poisson", [[0, 3, 20, 0, 1]], [11, 5]],
    ["binomial", [[0, 10, 1000, 10], [0.5, 0.2, 0.3, 0]], [13, 4]],
    ["binomial", [[[5], [500]], [0.1, 0.9]], [17, 2, 2]],
    ["geometric", [[0.1, 0.9]], [21, 2]],
]


def snake(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


def short_hash(content):
    return hashlib.sha256(content).hexdigest()[:16]


def text(value):
    if isinstance(value, dict):
        return {key: text(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return [text(item) for item in value]
    return value if isinstance(value, str) else str(int(value))


def state_hash(bits):
    return short_hash(json.dumps(text(bits.state), sort_keys=True, separators=(",", ":")).encode())


def values(array):
    flat = array.ravel()[:FIRST]
    return [str(value) for value in flat] if array.dtype == np.int64 else [float(value) for value in flat]


def case(kind, generator, row):
    name, parameters, options = [*row, {}][:3]
    bits = getattr(np.random, generator)(12345)
    rng = np.random.Generator(bits)
    # Half a word is left over, as float32 leaves it.
    rng.random(dtype=np.float32)
    settings = {key: np.float32 if value == "float32" else value for key, value in options.items()}
    drawn = getattr(rng, snake(name))(*parameters, size=LARGE, **settings)
    result = {"kind": kind, "generator": generator, "name": name, "parameters": parameters, "options": options}
    result |= {"first": values(drawn), "state": state_hash(bits)}
    return result if kind == "near" else result | {"sha256": short_hash(drawn.tobytes())}


def array_case(name, parameters, size):
    bits = np.random.PCG64(7)
    drawn = getattr(np.random.Generator(bits), snake(name))(*map(np.array, parameters), size=size)
    result = {"name": name, "parameters": parameters, "size": size, "shape": drawn.shape}
    return result | {"sha256": short_hash(drawn.tobytes()), "state": state_hash(bits)}


def cases():
    for kind, rows in (("exact", EXACT), ("count", COUNTS), ("near", NEAR)):
        for row in rows:
            yield case(kind, "PCG64", row)
            yield case(kind, "MT19937", row)
        for i, row in enumerate(rows):
            if i % 4 == 0:
                yield case(kind, ALSO[i // 4 % 3], row)


fixtures = {"large": LARGE, "cases": list(cases()), "arrays": [array_case(*row) for row in ARRAYS]}
OUT.write_text(json.dumps(fixtures, separators=(",", ":")) + "\n")
