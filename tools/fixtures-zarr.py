"""Zarr stores of version 2 as zarr for Python writes them, and their elements: packages/ndarray/test/fixtures/zarr.json.

Needs python3-zarr (2.13): python3 tools/fixtures-zarr.py
"""

import base64
import json
import pathlib

import numcodecs
import numpy as np
import zarr

OUT = pathlib.Path(__file__).parent.parent / "packages/ndarray/test/fixtures/zarr.json"

INTEGERS = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]
FLOATS = ["f4", "f8"]
BLOSC = [
    numcodecs.Blosc(cname=cname, clevel=5, shuffle=shuffle)
    for cname, shuffle in [("lz4", 1), ("zstd", 2), ("blosclz", 0), ("zlib", 1)]
]


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def elements(shape, dtype):
    """The ends of the dtype, and values between them that compress a little."""
    kind = np.dtype(dtype)
    size = int(np.prod(shape))
    if kind.kind == "b":
        values = np.arange(size) % 3 == 0
    elif kind.kind == "f":
        values = (np.arange(size) // 2 - 4) / 4
        values[:4] = [np.nan, np.inf, -np.inf, -0.0][: min(4, size)]
    else:
        info = np.iinfo(kind)
        values = np.arange(size).astype(kind)
        values[:2] = [info.min, info.max][: min(2, size)]
    return values.astype(kind).reshape(shape)


def case(name, values, **options):
    store = {}
    options.setdefault("chunks", True)
    array = zarr.create(shape=values.shape, dtype=values.dtype, store=store, **options)
    array[...] = values
    return describe(name, array, store)


def describe(name, array, store):
    read = array[...]
    little = np.ascontiguousarray(read).astype(np.dtype(read.dtype).newbyteorder("<"))
    return {
        "name": name,
        "dtype": str(np.dtype(read.dtype).newbyteorder("=")),
        "shape": list(array.shape),
        "elements": encode(little.tobytes()),
        "store": {key: encode(bytes(value)) for key, value in store.items()},
    }


def sparse(name, dtype, fill):
    """One chunk of six is written."""
    store = {}
    array = zarr.create(shape=(4, 5), chunks=(2, 2), dtype=dtype, fill_value=fill, store=store, compressor=None)
    array[2:4, 2:4] = 1
    return describe(name, array, store)


def cases():
    for code in INTEGERS + FLOATS:
        for order in "<>":
            if code[1] == "1" and order == ">":
                continue
            values = elements((5, 7), order + code)
            yield case(f"{order}{code}", values, chunks=(2, 3), compressor=None)
    yield case("bool", elements((5, 7), "?"), chunks=(2, 3))
    yield case("fortran", elements((3, 4, 5), "<i4"), chunks=(2, 3, 2), order="F", compressor=numcodecs.GZip(1))
    yield case("fortran big", elements((4, 5), ">f8"), chunks=(3, 2), order="F", compressor=numcodecs.Zlib(1))
    for codec in [numcodecs.GZip(5), numcodecs.Zlib(5), numcodecs.Zstd(3), numcodecs.LZ4(), *BLOSC]:
        config = codec.get_config()
        name = " ".join(str(config[key]) for key in ("id", "cname", "shuffle") if key in config)
        yield case(name, elements((16, 12), "<i4"), chunks=(10, 7), compressor=codec)
    yield case("nested keys", elements((4, 4), "<u2"), chunks=(2, 2), dimension_separator="/")
    yield case("0-d", elements((), "<i8"))
    yield case("empty", elements((0, 3), "<f4"), chunks=(2, 2))
    yield case("delta", elements((20,), "<i4")[::-1], chunks=6, filters=[numcodecs.Delta("<i4")])
    yield sparse("missing: 0", "<i2", 0)
    yield sparse("missing: NaN", "<f4", np.nan)
    yield sparse("missing: -Infinity", ">f8", -np.inf)
    yield sparse("missing: true", "?", True)
    yield sparse("missing: largest int64", "<i8", 2**63 - 1)
    yield sparse("missing: largest uint64", ">u8", 2**64 - 1)


if __name__ == "__main__":
    OUT.write_text(json.dumps(list(cases()), indent=0) + "\n")
