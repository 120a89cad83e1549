"""Writes packages/ndarray/test/fixtures/random.json: what NumPy (>= 1.24) draws, for the tests to compare.

    python3 tools/fixtures-random.py

Integers that JavaScript numbers cannot hold are strings.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/random.json"
SEEDS = [0, 1, 42, 2**32, 2**64 + 12345, 2**200, [], [1, 2, 3], [0, 2**32 + 7, 2**70], list(range(1, 9))]
DTYPES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
TYPES = {name: bool if name == "bool" else getattr(np, name) for name in DTYPES}
LARGE = 100_000
FEW = 5


def text(value):
    """A value as JSON without loss."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [text(item) for item in value]
    return str(int(value))


def seed_sequences():
    for entropy in SEEDS:
        for options in ({}, {"spawn_key": (3, 2**40)}, {"pool_size": 7}):
            sequence = SeedSequence(entropy, **options)
            states = {"uint32": text(sequence.generate_state(9)), "uint64": text(sequence.generate_state(4, np.uint64))}
            children = sequence.spawn(2) + sequence.spawn(1)
            grandchild = children[1].spawn(2)[1]
            yield {
                "entropy": text(entropy),
                "spawnKey": text(options.get("spawn_key", ())),
                "poolSize": sequence.pool_size,
                **states,
                "children": [text(child.generate_state(2)) for child in children],
                "grandchildKey": text(grandchild.spawn_key),
                "grandchild": text(grandchild.generate_state(2)),
            }


def state_of(generator):
    state = generator.bit_generator.state
    return [text(state["state"]["state"]), text(state["state"]["inc"]), state["has_uint32"], state["uinteger"]]


def generators():
    for seed in SEEDS:
        generator = np.random.default_rng(seed)
        yield {
            "seed": text(seed),
            "state": state_of(generator),
            "draws": text(generator.integers(0, 2**64, size=3, dtype=np.uint64)),
            "after": state_of(generator),
        }


def ranges(dtype):
    """(low, high, endpoint) that a dtype allows."""
    if dtype == "bool":
        return [(0, 2, False), (0, 1, True), (0, 1, False), (1, 2, False)]
    info = np.iinfo(dtype)
    low, high = int(info.min), int(info.max)
    wanted = [
        (0, 1, False), (0, 2, False), (0, 100, False), (1, 6, True), (5, 6, False), (0, 64, False), (0, 129, False),
        (3, 200, True), (-5, 5, True), (-100, 28, False), (0, 40000, False), (0, 2**31, False), (0, 2**31 + 1, False),
        (0, 2**32, False), (0, 2**32, True), (-7, 2**32 - 7, False), (0, 3 * 2**30, False), (0, 2**40, False),
        (0, 2**63, False), (0, 2**63 + 1, False), (-(2**62), 2**63 - 1, True), (0, 10**18, False),
        (low, high, True), (low, high + 1, False), (low, high, False), (low + 1, high, True), (high, high, True),
    ]
    return [r for r in wanted if low <= r[0] and r[1] - (not r[2]) <= high]


def integers():
    for dtype in DTYPES:
        for low, high, endpoint in ranges(dtype):
            generator = np.random.default_rng(42)
            draw = lambda size=None: generator.integers(low, high, size=size, dtype=TYPES[dtype], endpoint=endpoint)
            # An odd number of words first, so that the long array begins with a half.
            first = draw(FEW)
            large = draw(LARGE)
            yield {
                "dtype": dtype,
                "low": str(low),
                "high": str(high),
                "endpoint": endpoint,
                "first": text(first),
                "sha256": hashlib.sha256(large.tobytes()).hexdigest(),
                "after": state_of(generator),
                "scalars": text([draw() for _ in range(5)]),
                "afterScalars": state_of(generator),
            }


def mixed():
    """Scalars and arrays of many dtypes from one generator: each takes what the one before left."""
    choose = np.random.default_rng(7)
    for seed in range(6):
        generator = Generator(PCG64(seed))
        steps = []
        for _ in range(40):
            dtype = DTYPES[choose.integers(len(DTYPES))]
            options = ranges(dtype)
            low, high, endpoint = options[choose.integers(len(options))]
            size = [None, 1, 2, 3, 7, 33, [2, 3], [], 0][choose.integers(9)]
            values = generator.integers(low, high, size=size, dtype=TYPES[dtype], endpoint=endpoint)
            digest = hashlib.sha256(np.asarray(values).tobytes()).hexdigest()[:16]
            steps.append([dtype, str(low), str(high), int(endpoint), size, digest, generator.bit_generator.state["has_uint32"]])
        yield {"seed": seed, "steps": steps, "after": state_of(generator)}


def one_per_line(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


def main():
    parts = {
        "seedSequences": seed_sequences(),
        "generators": generators(),
        "integers": integers(),
        "mixed": mixed(),
    }
    head = json.dumps({"numpy": np.__version__, "large": LARGE})[1:-1]
    body = ",\n".join(f'"{name}": {one_per_line(items)}' for name, items in parts.items())
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("{" + head + ",\n" + body + "}\n")


if __name__ == "__main__":
    main()
