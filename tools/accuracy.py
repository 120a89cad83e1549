"""Measures the largest errors of the functions of floats, and writes docs/accuracy.md.

Needs mpmath (Debian: python3-mpmath) and a build (pnpm build): /usr/bin/python3 tools/accuracy.py [EVERY]

Functions of one float32 are measured over every EVERYth float32 (251; 1 takes hours), the others at random and hard
arguments, against values of 200 bits, or 1,300 where an angle is large.
"""

import json
import math
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import mpmath as mp

ROOT = pathlib.Path(__file__).parent.parent
TARGET = ROOT / "docs/accuracy.md"
COUNT = 1500


def grown(function):
    """A function that has overflowed, vanished or come to its limit well before 2,000."""
    return lambda x: function(min(max(x, -2000), 2000))


ONE = {
    "exp": grown(mp.exp), "expm1": grown(mp.expm1), "log": mp.log, "log1p": mp.log1p, "log2": lambda x: mp.log(x) / mp.ln2,
    "log10": mp.log10, "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "asin": mp.asin, "acos": mp.acos,
    "atan": mp.atan, "sinh": grown(mp.sinh), "cosh": grown(mp.cosh), "tanh": grown(mp.tanh), "asinh": mp.asinh, "acosh": mp.acosh,
    "atanh": mp.atanh,
}  # fmt: skip
TWO = {"logaddexp": lambda a, b: max(a, b) + mp.log1p(grown(mp.exp)(-abs(a - b))), "pow": mp.power, "atan2": mp.atan2, "hypot": mp.hypot}
ANGLES = ("sin", "cos", "tan")
LARGE_BITS, BITS = 1300, 200
#: Bits of the significand, and the exponent of the least number.
DTYPES = {"float64": (53, -1074), "float32": (24, -149)}


def spread(rng, low, high):
    """A number of either sign whose size is even in its logarithm."""
    return rng.choice((-1, 1)) * 2 ** rng.uniform(low, high)


def arguments(name, rng):
    """Random in several scales, dense near 0 and 1 and, for angles, near multiples of π/2, and large for them."""
    values = [rng.uniform(-10, 10) for _ in range(COUNT)]
    values += [rng.uniform(-750, 750) for _ in range(COUNT)]
    values += [rng.uniform(0.2, 3) for _ in range(COUNT)]
    values += [1 + spread(rng, -52, -1) for _ in range(COUNT)]
    values += [spread(rng, -60, 1) for _ in range(COUNT)]
    values += [spread(rng, -1074, 1023) for _ in range(COUNT)]
    values += [rng.uniform(-1, 1) for _ in range(COUNT)]
    if name in ANGLES:
        values += [rng.randrange(1, 2**20) * math.pi / 2 + spread(rng, -40, 0) for _ in range(COUNT)]
        values += [spread(rng, 0, 20) for _ in range(COUNT)]
    return values


def inside(name, x):
    """Whether x is in the domain."""
    if name.startswith("log"):
        return x > (-1 if name == "log1p" else 0)
    if name in ("asin", "acos", "atanh"):
        return abs(x) <= 1 and not (name == "atanh" and abs(x) == 1)
    return name != "acosh" or x >= 1


def pairs(name, rng):
    """Two lists. logaddexp is measured where its terms do not cancel, pow where it neither overflows nor vanishes."""
    one = arguments("", rng)
    two = arguments("", rng)
    rng.shuffle(two)
    if name == "logaddexp":
        return [abs(x) for x in one], [abs(x) for x in two]
    if name == "pow":
        one = [abs(x) or 1.0 for x in one]
        two = [rng.uniform(-700, 700) / max(abs(math.log(x)), 1) for x in one]
    return one, two


def as_single(x):
    """Nearest float32; the least normal number for what would vanish."""
    try:
        return struct.unpack("f", struct.pack("f", x))[0] or math.copysign(2**-126, x)
    except OverflowError:
        return math.copysign(math.inf, x)


def error(result, exact, dtype):
    """In ulp of the exact value. Overflow must be where it has to be."""
    bits, least = DTYPES[dtype]
    if exact == 0 or mp.isinf(exact):
        return 0 if result == exact else math.inf
    exponent = max(mp.frexp(exact)[1] - bits, least)
    ulp = mp.ldexp(mp.mpf(1), exponent)
    if math.isinf(result):
        limit = mp.ldexp(mp.mpf(2) - mp.ldexp(mp.mpf(1), -bits), 127 if dtype == "float32" else 1023)
        return 0 if abs(exact) >= limit and (exact > 0) == (result > 0) else math.inf
    return float(abs(mp.mpf(result) - exact) / ulp) if not math.isnan(result) else math.inf


def exact_value(name, operands):
    large = name in ANGLES and abs(operands[0]) > 2**60
    mp.mp.prec = LARGE_BITS if large else BITS
    function = ONE.get(name) or TWO[name]
    return function(*(mp.mpf(x) for x in operands))


def write(folder, name, values):
    (folder / name).write_bytes(struct.pack(f"<{len(values)}d", *values))


def prepare(folder):
    """Writes arguments and tasks; returns the arguments of each."""
    rng = random.Random(1)
    tasks = {}
    lines = []
    for name in [*ONE, *TWO]:
        lists = pairs(name, rng) if name in TWO else ([x for x in arguments(name, rng) if inside(name, x)],)
        for dtype in DTYPES:
            columns = [[as_single(x) for x in column] if dtype == "float32" else column for column in lists]
            rows = [row for row in zip(*columns) if all(map(math.isfinite, row)) and (name in TWO or inside(name, row[0]))]
            columns = list(zip(*rows))
            files = [f"{name}.{dtype}.{i}" for i in range(len(columns))]
            for file, column in zip(files, columns):
                write(folder, file, column)
            tasks[name, dtype] = rows
            lines.append(" ".join([name, dtype, *files]))
    (folder / "tasks").write_text("\n".join(lines))
    return tasks


def results(folder, name, dtype):
    data = (folder / f"{name}.{dtype}").read_bytes()
    code = "d" if dtype == "float64" else "f"
    return struct.unpack(f"<{len(data) // struct.calcsize(code)}{code}", data)


def measure(every):
    """The largest error of each function and dtype, and where it was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tasks = prepare(folder)
        command = ["npx", "tsx", "tools/accuracy.ts", name, str(every)]
        found = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)
        worst = {}
        for (name, dtype), rows in tasks.items():
            errors = zip(results(folder, name, dtype), rows)
            worst[name, dtype] = max((error(y, exact_value(name, x), dtype), x) for y, x in errors)
            if (name, dtype) in worst and dtype == "float32" and name in found:
                at = found[name]
                worst[name, dtype] = max(worst[name, dtype], (math.inf if at[0] is None else at[0], (at[1],)))
        return worst


TEXT = """# How accurate the functions are

The largest error that was found, in units in the last place (ulp) of the exact value: 0.50 is correctly rounded.
Written by `tools/accuracy.py`, which you can run. The arguments of float64, and of functions of two numbers, are some
{low:,} to {high:,} per function, random over the range in several scales, dense near 0, 1 and multiples of π/2, and up to 10³⁰⁸
for sine, cosine and tangent; the exact values were computed with {bits} bits ({large:,} for large angles). Functions of
one float32 were measured at every {every}th of all float32, too, with JavaScript's functions of float64 as the exact
values. `add`, `subtract`, `multiply`, `divide`, `sqrt` and the roundings are correctly rounded by definition. What a
search like this finds is not a bound.

| function | float64 | found at | float32 | found at |
| --- | --- | --- | --- | --- |
{rows}

How they are computed: `exp`, `log` and `tanh` in vectors of the dtype (exp.ts, log.ts and hyperbolic.ts in
packages/core/assembly/kernels), `sin`, `cos` and `tan` in vectors of float64 (circular.ts), where angles above 2²⁰ are
reduced with 192 bits of a product with 2/π (angle.ts); the others by AssemblyScript's own library. What is float32 and
computed in float64 is rounded once.

`logaddexp` is exact relative to the larger operand: near a result of 0, where its terms cancel, the error is that of
the terms.
"""


def main():
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 251
    worst = measure(every)

    def row(name):
        cells = []
        for dtype in DTYPES:
            size, at = worst[name, dtype]
            cells += [f"{size:.2f}", ", ".join(repr(x) for x in at)]
        return f"| {name} | {' | '.join(cells)} |"

    rows = "\n".join(row(name) for name in [*ONE, *TWO])
    low, high = (len(arguments(name, random.Random(0))) for name in ("exp", "sin"))
    TARGET.write_text(TEXT.format(low=low, high=high, bits=BITS, large=LARGE_BITS, every=every, rows=rows))


main()
