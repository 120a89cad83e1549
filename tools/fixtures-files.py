"""Writes archives with NumPy (>= 1.24), for the tests of packages/ndarray to read: test/fixtures/npz/.

    python3 tools/fixtures-files.py
"""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/npz"
DTYPES = [
    "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64",
]


def texts(array):
    if array.dtype.kind == "f":
        return [repr(float(value)) for value in array.ravel()]
    return [str(int(value)) for value in array.ravel()]


def arrays():
    rng = np.random.default_rng(5)
    for dtype in DTYPES:
        values = rng.integers(0, 2 if dtype == "bool" else 100, (3, 4)).astype(dtype)
        yield dtype, values
        if np.dtype(dtype).itemsize > 1:
            yield dtype + "-big", np.asfortranarray(values[:, ::2].astype(np.dtype(dtype).newbyteorder(">")))
    yield "scalar", np.float64(2.5).reshape(())
    yield "empty", np.zeros((0, 3), "int16")
    yield "zeros", np.zeros(500, "uint8")


def member(array, version=None):
    file = io.BytesIO()
    npy.write_array(file, array, version)
    return file.getvalue()


def archive(name, members, **options):
    with zipfile.ZipFile(OUT / name, "w", **options) as file:
        for filename, data in members.items():
            file.writestr(zipfile.ZipInfo(filename), data, file.compression)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    some = dict(arrays())
    np.savez(OUT / "plain.npz", **some)
    np.savez_compressed(OUT / "compressed.npz", **some)
    index = {name: {"dtype": str(a.dtype.newbyteorder("=")), "shape": a.shape, "values": texts(a)} for name, a in some.items()}
    (OUT / "index.json").write_text(json.dumps(index) + "\n")

    np.savez(OUT / "list.npz", np.arange(3), np.arange(4.0))
    np.savez(OUT / "none.npz")
    np.savez(OUT / "objects.npz", numbers=np.arange(3), objects=np.array([{}, []], dtype=object))
    three = member(np.arange(3))
    archive("other-members.npz", {"numbers.npy": three, "notes.txt": b"no array"})
    archive("names.npz", {"__proto__.npy": three, "toString.npy": three, "../a/b.npy": three, ".npy": three})
    archive("folder.npz", {"inner/": b"", "inner/numbers.npy": three})
    archive("bzip2.npz", {"numbers.npy": three}, compression=zipfile.ZIP_BZIP2)
    archive("short.npz", {"numbers.npy": three[:-1]})
    archive("long.npz", {"numbers.npy": three + b"\0"})
    with zipfile.ZipFile(OUT / "twice.npz", "w") as file:
        file.writestr("numbers.npy", three)
        file.writestr("numbers.npy", member(np.arange(4)))
    damaged = bytearray((OUT / "list.npz").read_bytes())
    damaged[damaged.index(b"\n") + 2] ^= 255
    (OUT / "checksum.npz").write_bytes(damaged)


main()
