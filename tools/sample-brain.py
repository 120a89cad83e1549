"""Writes the lab's built-in example, apps/lab/public/t1-brain.nii.gz: the INIA19 brain (Rohlfing et al. 2012, Frontiers
in Neuroinformatics 6:27, CC BY), cut to the head, at half the resolution, its values rounded to tens.

    python3 tools/sample-brain.py t1-brain.npy
"""

import gzip
import struct
import sys
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "apps/lab/public/t1-brain.nii.gz"
INT16 = 4
DESCRIPTION = b"INIA19 T1, Rohlfing et al. 2012, CC BY; halved, cut"


def box(volume: np.ndarray) -> tuple[slice, ...]:
    """The smallest box, of even edges, that holds all that is not 0."""
    ends = [(index.min() // 2 * 2, (index.max() + 2) // 2 * 2) for index in np.nonzero(volume)]
    return tuple(slice(begin, end) for begin, end in ends)


def halved(volume: np.ndarray) -> np.ndarray:
    z, y, x = (length // 2 for length in volume.shape)
    return volume[: 2 * z, : 2 * y, : 2 * x].reshape(z, 2, y, 2, x, 2).mean((1, 3, 5))


def header(shape: tuple[int, ...]) -> bytes:
    """A NIfTI-1 header of 352 bytes, for int16; the shape is NumPy's, [z, y, x]."""
    fields = bytearray(352)
    struct.pack_into("<i", fields, 0, 348)
    struct.pack_into("<8h", fields, 40, 3, *reversed(shape), 1, 1, 1, 1)
    struct.pack_into("<2h", fields, 70, INT16, 16)
    struct.pack_into("<8f", fields, 76, 1, 1, 1, 1, 0, 0, 0, 0)
    struct.pack_into("<f", fields, 108, 352)
    struct.pack_into("<80s", fields, 148, DESCRIPTION)
    struct.pack_into("<4s", fields, 344, b"n+1\0")
    return bytes(fields)


volume = np.load(sys.argv[1])
small = ((halved(volume[box(volume)]) / 10).round() * 10).astype("<i2")
OUT.write_bytes(gzip.compress(header(small.shape) + small.tobytes(), 9, mtime=0))
print(f"{OUT.name}: {small.shape}, {OUT.stat().st_size} bytes")
