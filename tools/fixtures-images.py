"""Writes images and volumes, for the tests of packages/ndarray to read: test/fixtures/images/.

PNG by Pillow and OpenCV, TIFF by tifffile, Pillow and OpenCV, NIfTI by hand; what is in them is beside them, as
read by Pillow and tifffile, in one archive.

    /usr/bin/python3 tools/fixtures-images.py
"""

import gzip
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import tifffile
from PIL import Image

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/images"
EXPECTED = {}
RNG = np.random.default_rng(7)


def values(dtype, shape):
    """Smooth in the first half, so that packing does something, and anything in the second."""
    dtype = np.dtype(dtype)
    count = int(np.prod(shape))
    if dtype.kind == "f":
        flat = np.where(np.arange(count) < count // 2, np.arange(count) / 8, RNG.standard_normal(count) * 1e3)
    else:
        info = np.iinfo(dtype)
        noise = RNG.integers(info.min, info.max, count, dtype, endpoint=True)
        flat = np.where(np.arange(count) < count // 2, (np.arange(count) // 9 % 100).astype(dtype), noise)
    return flat.astype(dtype).reshape(shape)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, array, **options):
    cv2.imwrite(str(OUT / f"{name}.png"), array[..., [2, 1, 0, 3][: array.shape[2]]] if array.ndim == 3 else array, **options)
    EXPECTED[f"{name}.png"] = array


def raw_png(name, depth, colour, rows, expected, *between, interlace=0):
    """A file by hand, where no library writes it."""
    height, width = expected.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    body = chunk(b"IHDR", header) + b"".join(between) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    (OUT / f"{name}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    EXPECTED[f"{name}.png"] = expected


def pngs():
    for bits in (8, 16):
        dtype = f"uint{bits}"
        png(f"grey{bits}", values(dtype, (7, 5)))
        png(f"rgb{bits}", values(dtype, (6, 9, 3)))
        png(f"rgba{bits}", values(dtype, (5, 4, 4)))
        pairs = values(dtype, (4, 6, 2))
        big = pairs.astype(pairs.dtype.newbyteorder(">"))
        raw_png(f"grey-alpha{bits}", bits, 4, b"".join(b"\0" + row.tobytes() for row in big), pairs)

    image = Image.fromarray(values("uint8", (16, 12, 3))).quantize(16)
    image.save(OUT / "palette4.png")
    EXPECTED["palette4.png"] = np.array(image.convert("RGB"))
    image = Image.fromarray(values("uint8", (16, 12, 3))).quantize(200)
    image.save(OUT / "palette8.png", transparency=bytes([0, 99, 255]))
    EXPECTED["palette8.png"] = np.array(Image.open(OUT / "palette8.png").convert("RGBA"))
    for bits in (1, 2, 4):
        samples = RNG.integers(0, 2**bits, (5, 11))
        per = 8 // bits
        padded = np.pad(samples, ((0, 0), (0, -11 % per))).reshape(5, -1, per)
        packed = sum(padded[..., k] << (8 - bits * (k + 1)) for k in range(per)).astype("uint8")
        rows = b"".join(b"\0" + row.tobytes() for row in packed)
        raw_png(f"grey{bits}", bits, 0, rows, (samples * (255 // (2**bits - 1))).astype("uint8"))
        if bits == 1:
            raw_png("interlaced1", bits, 0, rows, samples.astype("uint8"), interlace=1)
    samples = values("uint8", (9, 10, 3))
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    rows = b"".join(b"\0" + row.tobytes() for x, y, dx, dy in passes for row in samples[y::dy, x::dx])
    raw_png("interlaced8", 8, 2, rows, samples, interlace=1)
    smooth = np.add.outer(np.arange(40), 3 * np.arange(50)).astype("uint8")
    Image.fromarray(smooth).save(OUT / "filters.png", optimize=True)
    EXPECTED["filters.png"] = smooth


def tiff(name, array, **options):
    tifffile.imwrite(OUT / f"{name}.tif", array, metadata=None, **options)
    EXPECTED[f"{name}.tif"] = array


def lzw_and_others(name, array, compression, **options):
    Image.fromarray(array).save(OUT / f"{name}.tif", compression=compression, **options)
    EXPECTED[f"{name}.tif"] = array


def predicted(array):
    """Differences along each row, as a TIFF predictor of 2 has them."""
    bits = array.view(f"uint{array.dtype.itemsize * 8}")
    return np.concatenate([bits[:, :1], bits[:, 1:] - bits[:, :-1]], axis=1)


def floating(array, order):
    """A row's bytes by their weight, then differences from byte to byte: a predictor of 3."""
    rows = [row.astype(">" + row.dtype.str[1:]).view("uint8").reshape(-1, row.itemsize).T.ravel() for row in array]
    return b"".join(np.concatenate([row[:1], row[1:] - row[:-1]]).tobytes() for row in rows)


def raw_tiff(name, array, order, predictor, samples=1, planar=1):
    """One deflated strip with a predictor, by hand: tifffile needs another package for that."""
    code, kind = ("<", b"II") if order == "little" else (">", b"MM")
    if predictor == 3:
        data = zlib.compress(floating(array, code))
    else:
        data = zlib.compress(predicted(array).astype(code + "u" + str(array.itemsize)).tobytes())
    formats = {"u": 1, "i": 2, "f": 3}
    height, width = array.shape[:2]
    tags = [
        (256, 4, width), (257, 4, height), (258, 3, array.itemsize * 8), (259, 3, 8), (262, 3, 1),
        (273, 4, 8), (277, 3, samples), (278, 4, height), (279, 4, len(data)), (284, 3, planar), (317, 3, predictor),
        (339, 3, formats[array.dtype.kind]),
    ]
    body = struct.pack(code + "H", len(tags))
    for tag, type_, value in tags:
        body += struct.pack(code + "HHI", tag, type_, 1)
        body += struct.pack(code + ("HH" if type_ == 3 else "I"), *([value, 0] if type_ == 3 else [value]))
    start = kind + struct.pack(code + "HI", 42, 8 + len(data))
    (OUT / f"{name}.tif").write_bytes(start + data + body + bytes(4))
    EXPECTED[f"{name}.tif"] = array


def tiffs():
    for dtype in ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64", "uint64", "int64"):
        tiff(f"{dtype}", values(dtype, (4, 5)))
        tiff(f"{dtype}-big", values(dtype, (3, 4)), byteorder=">")
    tiff("volume", values("uint16", (4, 5, 6)), photometric="minisblack")
    tiff("volume-bigtiff", values("int16", (3, 5, 6)), photometric="minisblack", bigtiff=True, byteorder=">")
    tiff("rgb", values("uint8", (5, 6, 3)), photometric="rgb")
    tiff("rgb-volume-strips", values("uint16", (2, 9, 6, 3)), photometric="rgb", rowsperstrip=4)
    tiff("tiles", values("uint16", (20, 37)), tile=(16, 16))
    tiff("tiles-rgb-volume", values("uint8", (2, 18, 17, 3)), tile=(16, 16), photometric="rgb", compression="zlib")
    tiff("deflate-strips", values("float32", (11, 7)), compression="zlib", rowsperstrip=3)
    tiff("deflate-big", values("float64", (6, 7)), compression="zlib", byteorder=">")
    planar = values("uint8", (3, 5, 7))
    tifffile.imwrite(OUT / "planar.tif", planar, photometric="rgb", planarconfig="separate", metadata=None)
    EXPECTED["planar.tif"] = np.moveaxis(planar, 0, -1)
    planes = values("uint16", (2, 3, 5, 18))
    tifffile.imwrite(
        OUT / "planar-tiles-volume.tif", planes, photometric="rgb", planarconfig="separate", tile=(16, 16), metadata=None,
        byteorder=">",
    )
    EXPECTED["planar-tiles-volume.tif"] = np.moveaxis(planes, 1, -1)
    for name, compression in (("lzw", "tiff_lzw"), ("packbits", "packbits"), ("adobe", "tiff_adobe_deflate")):
        lzw_and_others(name, values("uint8", (30, 40)), compression)
        lzw_and_others(f"{name}-rgb", values("uint8", (12, 10, 3)), compression)
    # Enough for the table to become full and be cleared, and one string that grows and grows.
    lzw_and_others("lzw-clear", RNG.integers(0, 200, (50, 95)).astype("uint8"), "tiff_lzw")
    lzw_and_others("lzw-constant", np.full((400, 600), 9, "uint8"), "tiff_lzw")
    lzw_and_others("lzw-predictor", np.add.outer(np.arange(30), np.arange(40) * 2).astype("uint8"), "tiff_lzw", tiffinfo={317: 2})
    cv2.imwrite(str(OUT / "opencv16.tif"), values("uint16", (10, 12)))
    EXPECTED["opencv16.tif"] = cv2.imread(str(OUT / "opencv16.tif"), cv2.IMREAD_UNCHANGED)
    cv2.imwrite(str(OUT / "opencv-float.tif"), values("float32", (10, 12)))
    EXPECTED["opencv-float.tif"] = cv2.imread(str(OUT / "opencv-float.tif"), cv2.IMREAD_UNCHANGED)
    for order in ("little", "big"):
        for dtype in ("uint8", "int16", "float32", "uint64"):
            raw_tiff(f"predictor2-{dtype}-{order}", values(dtype, (5, 8)), order, 2)
        raw_tiff(f"predictor3-{order}", values("float32", (5, 8)), order, 3)
    raw_tiff("predictor3-double", values("float64", (5, 8)), "little", 3)
    with tifffile.TiffWriter(OUT / "pyramid.tif") as file:
        file.write(values("uint8", (8, 6)), metadata=None)
        file.write(values("uint8", (4, 3)), subfiletype=1, metadata=None)
    EXPECTED["pyramid.tif"] = tifffile.imread(OUT / "pyramid.tif", key=0)
    with tifffile.TiffWriter(OUT / "unlike.tif") as file:
        file.write(values("uint8", (8, 6)), metadata=None)
        file.write(values("uint8", (4, 3)), metadata=None)


def nifti_header(order, shape, code, bits, **fields):
    dim = [len(shape), *shape] + [1] * (7 - len(shape))
    get = lambda name, default: fields.get(name, default)
    header = struct.pack(order + "i10s18sihcB", 348, b"", b"", 0, 0, b"r", 0)
    header += struct.pack(order + "8h3f4h", *dim, 0, 0, 0, 0, code, bits, 0)
    header += struct.pack(order + "8f", *get("pixdim", [1, 1, 1, 1, 1, 1, 1, 1]))
    header += struct.pack(order + "3fhcB4f2i", get("vox_offset", 352), get("slope", 0), get("inter", 0), 0, b"\0", 10, 0, 0, 0, 0, 0, 0)
    header += struct.pack(order + "80s24s", get("descrip", b"by hand"), b"")
    header += struct.pack(order + "2h6f", get("qform", 0), get("sform", 0), *get("quaternion", [0, 0, 0]), *get("offset", [0, 0, 0]))
    header += struct.pack(order + "12f", *get("srow", [0] * 12))
    return header + struct.pack(order + "16s4s", b"", get("magic", b"n+1\0"))


CODES = {
    "uint8": 2, "int16": 4, "int32": 8, "float32": 16, "float64": 64, "int8": 256, "uint16": 512, "uint32": 768,
    "int64": 1024, "uint64": 1280,
}


def nifti(name, array, order="<", extra=b"", **fields):
    dtype = array.dtype
    header = nifti_header(order, array.shape, CODES[dtype.name], dtype.itemsize * 8, vox_offset=352 + len(extra), **fields)
    flags = b"\1\0\0\0" if extra else bytes(4)
    data = header + flags + extra + array.astype(dtype.newbyteorder(order)).tobytes("F")
    (OUT / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    EXPECTED[name] = array


def niftis():
    for dtype in CODES:
        nifti(f"{dtype}.nii", values(dtype, (2, 3, 4)))
    nifti("big.nii", values("int16", (3, 2, 4)), ">", slope=0.5, inter=-3, pixdim=[-1, 2, 3, 4, 1, 1, 1, 1],
          qform=1, quaternion=[0.5, 0.5, 0.5], offset=[10, 20, 30])
    nifti("time.nii.gz", values("float32", (3, 4, 2, 5)), pixdim=[1, 0.5, 2, 3, 1.5, 1, 1, 1])
    nifti("sform.nii.gz", values("int16", (4, 3, 2)), slope=2, inter=10, qform=2, sform=1, quaternion=[0.1, 0.2, 0.3],
          srow=[1.5, 0, 0.25, -9, 0, 2, 0, 4, 0.125, 0, 3, 7])
    nifti("extension.nii", values("uint8", (5,)), extra=struct.pack("<ii24s", 32, 6, b"a comment"))
    nifti("qform-long.nii", values("uint8", (2, 2, 2)), qform=1, quaternion=[1, 0.5, 0], pixdim=[1, 1, 2, 3, 1, 1, 1, 1])


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.iterdir():
        old.unlink()
    pngs()
    tiffs()
    niftis()
    np.savez_compressed(OUT / "expected.npz", **EXPECTED)
    for name, array in EXPECTED.items():
        if not name.endswith(".tif"):
            continue
        # What was written by hand is what another reader finds, too.
        with tifffile.TiffFile(OUT / name) as file:
            page = file.pages[0]
            if page.compression == 1 and page.planarconfig == 1:
                assert np.array_equal(file.asarray(key=slice(0, 1) if name == "pyramid.tif" else None), array), name


main()
