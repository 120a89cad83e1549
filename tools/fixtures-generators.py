"""Writes packages/ndarray/test/fixtures/generators.json: what the bit generators of NumPy (>= 1.24) draw.

    python3 tools/fixtures-generators.py

Integers that JavaScript numbers cannot hold are strings. A hash is the beginning of the SHA-256 of the elements' bytes.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/generators.json"
NAMES = ["PCG64", "PCG64DXSM", "SFC64", "Philox", "MT19937"]
SEEDS = [0, 42, 2**70 + 3]
LARGE = 1_000_000
# As many draws as stages, blocks and keys of any generator are long, and one more or less.
ODD = 100_003
STEPS = [1, 5, 2**64 + 7, 3**78]


def text(value):
    if isinstance(value, dict):
        return {key: text(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [text(item) for item in value]
    return value if isinstance(value, str) else str(int(value))


def sha256(array):
    return short_hash(np.ascontiguousarray(array).tobytes())


def short_hash(content):
    return hashlib.sha256(content).hexdigest()[:16]


def state_hash(bits):
    """A hash of the state's text, its parts sorted by their names."""
    return short_hash(json.dumps(text(bits.state), sort_keys=True, separators=(",", ":")).encode())


def drawn(bits, steps):
    """What a generator draws in steps of all kinds, and the hash of its state behind each."""
    rng = np.random.Generator(bits)
    kinds = {
        "raw": lambda size: bits.random_raw(size),
        "float64": lambda size: rng.random(size),
        "float32": lambda size: rng.random(size, dtype=np.float32),
        "bool": lambda size: rng.integers(2, size=size, dtype=bool),
        "uint8": lambda size: rng.integers(200, size=size, dtype=np.uint8),
        "int16": lambda size: rng.integers(-1000, 1000, size=size, dtype=np.int16),
        "int32": lambda size: rng.integers(0, 100, size=size, dtype=np.int32),
        "int64": lambda size: rng.integers(-(2**62), 2**62, size=size, dtype=np.int64),
    }
    return [[kind, size, sha256(kinds[kind](size)), state_hash(bits)] for kind, size in steps]


ORDER = ["float32", "int32", "float64", "bool", "raw", "uint8", "float32", "int64", "int16", "int32"]


def generator(name, seed):
    kind = getattr(np.random, name)
    bits = kind(seed)
    result = {"name": name, "seed": str(seed), "first": text(bits.random_raw(5)), "state": state_hash(bits)}
    few = [[step, size] for size in (1, 3, 625, 4) for step in ORDER]
    result["steps"] = drawn(bits, few + [[step, ODD] for step in ORDER] + [["float64", LARGE]])
    if hasattr(bits, "jumped"):
        result["jumped"] = [[jumps, text(bits.jumped(jumps).random_raw()), state_hash(bits.jumped(jumps))] for jumps in (1, 2)]
    if hasattr(bits, "advance"):
        result["advanced"] = [[str(by), text(bits.advance(by).random_raw())] for by in STEPS]
    return result


OUT.write_text(json.dumps([generator(name, seed) for name in NAMES for seed in SEEDS], separators=(",", ":")) + "\n")
