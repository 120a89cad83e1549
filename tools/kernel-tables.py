"""Writes packages/core/assembly/kernels/tables.ts, the tables of the exponential and the logarithm.

Needs mpmath (Debian: python3-mpmath): /usr/bin/python3 tools/kernel-tables.py
"""

import pathlib
import struct

import mpmath

mpmath.mp.prec = 200
TARGET = pathlib.Path(__file__).parent.parent / "packages/core/assembly/kernels/tables.ts"


def bits(x):
    return struct.unpack("<q", struct.pack("<d", float(x)))[0]


def double(bits):
    return struct.unpack("<d", struct.pack("<q", bits))[0]


def table(comment, name, values):
    text = f"\n/** {comment} */\nexport const {name}: usize = memory.data<f64>([\n"
    line = " "
    for value in values:
        number = repr(value).removesuffix(".0")
        if len(line) + len(number) > 107:
            text += line + "\n"
            line = " "
        line += f" {number},"
    return text + line + "\n])\n"


powers = [double(bits(mpmath.mpf(2) ** (mpmath.mpf(j) / 256)) - (j << 44)) for j in range(256)]
centres = [double(bits(0.6875) + (j << 45)) for j in range(128)]
TARGET.write_text(
    "/* The tables of exp.ts and log.ts, written by tools/kernel-tables.py. */\n"
    + table("The bits of 2^(j/256), less j·2⁴⁴: with k = 256n + j, k·2⁴⁴ more are those of 2^(k/256).", "POWERS", powers)
    + table(
        "ln c of the 128 numbers c from 0.6875 to 1.375 that have seven bits behind the first.",
        "LOGARITHMS",
        [float(mpmath.log(c)) for c in centres],
    )
)
