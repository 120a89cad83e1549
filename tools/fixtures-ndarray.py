"""Writes what NumPy (>= 1.24) computes and saves, for the tests of packages/ndarray to compare:
test/fixtures/numpy.json, and small .npy files with their contents in test/fixtures/npy/.

    python3 tools/fixtures-ndarray.py

Elements are text, so that no number is rounded on its way through JSON.
"""

import io
import json
import warnings
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures"
DTYPES = [
    "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64",
]


def text(value):
    """An element as text: True and False are 1 and 0, floats are written so that float64 reads them back."""
    if isinstance(value, (bool, np.bool_, int, np.integer)):
        return str(int(value))
    return repr(float(value))


def texts(array):
    return [text(value) for value in np.asarray(array).ravel(order="C")]


def promotion():
    return [[a, b, str(np.result_type(np.dtype(a), np.dtype(b)))] for a in DTYPES for b in DTYPES]


ARANGES = [
    (0, 10, 1), (10, 0, -1), (10, 0, -3), (0, 10, 3), (5, 5, 1), (5, 4, 1), (-3, 3, 2), (0, 1, 10), (3, -4, -2),
]
FLOAT_ARANGES = [
    (0.0, 1.0, 0.1), (0.5, 3.0, 0.5), (1.0, 0.0, -0.1), (0.1, 0.7, 0.2), (1000.1, 1002.0, 0.1), (0.0, 1.1, 0.1),
    (1.0, 1.3, 0.1), (-1.0, 1.0, 0.3), (1e10, 1e10 + 5.0, 0.7), (16777216.0, 16777220.0, 1.0), (0.3, 5.0, 1.7),
]


def aranges():
    for dtype in DTYPES[1:]:
        for start, stop, step in ARANGES + (FLOAT_ARANGES if dtype.startswith("float") else []):
            if dtype.startswith("u") and min(start, stop + 1 if step < 0 else start) < 0:
                continue
            values = np.arange(start, stop, step, dtype=dtype)
            yield {"dtype": dtype, "arguments": [start, stop, step], "values": texts(values)}


def samples(dtype):
    """Some elements of a dtype, its ends among them."""
    kind = np.dtype(dtype).kind
    if kind == "b":
        return np.array([True, False, True, True, False, True])
    if kind == "f":
        info = np.finfo(dtype)
        return np.array([1.5, -2.25, 0.0, -0.0, np.inf, -np.inf, np.nan, info.max, info.min, info.tiny, 0.1], dtype)
    info = np.iinfo(dtype)
    return np.array([info.min, info.max, 0, 1, 2, 3, 100, info.max - 1, info.min + 1, 42, 7], dtype)


def reductions():
    random = np.random.default_rng(2024)
    for dtype in DTYPES:
        kind = np.dtype(dtype).kind
        for shape in [(1,), (7,), (3, 5), (2, 3, 4), (70,)]:
            if kind == "f":
                values = random.standard_normal(shape).astype(dtype)
            elif kind == "b":
                values = random.integers(0, 2, shape).astype(dtype)
            else:
                info = np.iinfo(dtype)
                values = random.integers(info.min, info.max, shape, dtype=dtype, endpoint=True)
            yield {
                "dtype": dtype,
                "shape": list(shape),
                "values": texts(values),
                "sum": text(values.sum()),
                "min": text(values.min()),
                "max": text(values.max()),
                "mean": text(values.mean()),
            }


def conversions():
    """Every pair of dtypes, of values whose conversion C defines."""
    for source in DTYPES:
        for target in DTYPES:
            values = samples(source)
            if np.dtype(source).kind == "f" and np.dtype(target).kind in "iu":
                info = np.iinfo(target)
                values = np.array([v for v in (0.0, 1.5, 2.75, 100.0, 127.9, -1.0, -100.5) if info.min <= v], source)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield {"from": source, "to": target, "values": texts(values), "converted": texts(values.astype(target))}


def save(path, array, version):
    """As np.save does, in a given version of the format."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        npy.write_array(buffer, array, version=version)
    path.write_bytes(buffer.getvalue())


def npy_files():
    folder = OUT / "npy"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.npy"):
        old.unlink()
    files = []

    def add(name, array, version=(1, 0)):
        save(folder / f"{name}.npy", array, version)
        files.append(
            {
                "file": f"{name}.npy",
                "dtype": array.dtype.newbyteorder("=").name,
                "shape": list(array.shape),
                "values": texts(array),
            }
        )

    for dtype in DTYPES:
        values = samples(dtype)
        block = values[: len(values) // 3 * 3].reshape(-1, 3)
        add(f"{dtype}-c-v1", block)
        add(f"{dtype}-fortran-v2", np.asfortranarray(block), (2, 0))
        if np.dtype(dtype).itemsize > 1:
            swapped = block.astype(block.dtype.newbyteorder(">"))
            add(f"{dtype}-big-c-v3", swapped, (3, 0))
            add(f"{dtype}-big-fortran-v1", np.asfortranarray(swapped))
        add(f"{dtype}-0d", values[0].reshape(()))
    add("empty", np.zeros(0, "int32"))
    add("empty-3d", np.zeros((2, 0, 3), "float32"))
    add("empty-fortran", np.zeros((0, 4), "int16", order="F"))
    add("3d-fortran", np.asfortranarray(np.arange(24, dtype="int16").reshape(2, 3, 4)))
    add("4d", np.arange(120, dtype="uint16").reshape(2, 3, 4, 5))
    (folder / "index.json").write_text(json.dumps(files, separators=(",", ":")) + "\n")

    save(folder / "refused-float16.npy", np.zeros(3, "float16"), (1, 0))
    save(folder / "refused-complex128.npy", np.zeros(3, "complex128"), (1, 0))
    save(folder / "refused-structured.npy", np.zeros(3, [("a", "i4"), ("b", "f8")]), (1, 0))
    save(folder / "refused-object.npy", np.array([None, 1], object), (1, 0))
    save(folder / "refused-text.npy", np.array(["a", "bc"]), (1, 0))
    save(folder / "refused-datetime.npy", np.zeros(2, "datetime64[s]"), (1, 0))


def main():
    facts = {
        "promotion": promotion(),
        "arange": list(aranges()),
        "reductions": list(reductions()),
        "conversions": list(conversions()),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "numpy.json").write_text(json.dumps(facts, separators=(",", ":")) + "\n")
    npy_files()


if __name__ == "__main__":
    main()
