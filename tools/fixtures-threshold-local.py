"""Writes what scikit-image 0.19 and OpenCV 4.6 compute, for the tests of packages/ndarray to compare: local
thresholds, hysteresis, and OpenCV's threshold, in test/fixtures/threshold-local.json.

    /usr/bin/python3 tools/fixtures-threshold-local.py VOLUME.npy

VOLUME.npy is an integer volume, of which a small crop is kept. With a seed instead it writes other cases, of
random images, to standard output; the test reads them from the file that EBB_THRESHOLD_CASES names:

    /usr/bin/python3 tools/fixtures-threshold-local.py 7 > cases.json
    EBB_THRESHOLD_CASES=cases.json npx vitest run test/threshold-local.test.ts

Arrays are the base64 of their bytes.
"""

import base64
import json
import sys
from pathlib import Path

import cv2
import numpy as np
from scipy import ndimage
from skimage import data, filters

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/threshold-local.json"
MODES = ["reflect", "constant", "nearest", "mirror", "wrap"]
CV_MODES = ["binary", "binaryInv", "trunc", "toZero", "toZeroInv"]
CV_DTYPES = ["uint8", "uint16", "int16", "float32", "float64"]


def packed(array):
    array = np.asarray(array)
    text = base64.b64encode(array.tobytes()).decode()
    return {"dtype": str(array.dtype), "shape": array.shape, "data": text}


def plain(options):
    """Options as JavaScript names them."""
    names = {"block_size": "blockSize", "window_size": "windowSize"}
    return {names.get(key, key): value for key, value in options.items()}


def local(image, **options):
    return {
        "call": "thresholdLocal", "image": packed(image), "options": plain(options),
        "want": packed(filters.threshold_local(image, **options)),
    }


def moments(name, image, window_size=15, **options):
    compute = {"thresholdNiblack": filters.threshold_niblack, "thresholdSauvola": filters.threshold_sauvola}
    want = compute[name](image, window_size=window_size, **options)
    # Where all elements of a window are equal, what the model's running totals leave of the deviation is rounding.
    values = image.astype(want.dtype)
    ends = [f(values, size=window_size, mode="mirror") for f in (ndimage.minimum_filter, ndimage.maximum_filter)]
    factor = 1 if name == "thresholdNiblack" else 1 - options.get("k", 0.2)
    want = np.where(ends[0] == ends[1], values * want.dtype.type(factor), want)
    return {
        "call": name, "image": packed(image), "options": plain({"window_size": window_size, **options}),
        "want": packed(want),
    }


def hysteresis(image, low, high):
    return {
        "call": "applyHysteresisThreshold", "image": packed(image), "arguments": [low, high],
        "want": packed(filters.apply_hysteresis_threshold(image, low, high)),
    }


def threshold(image, t, mode, max_value):
    _, want = cv2.threshold(image, t, max_value, CV_MODES.index(mode))
    return {
        "call": "threshold", "image": packed(image), "arguments": [t],
        "options": {"mode": mode, "maxValue": max_value}, "want": packed(want),
    }


def automatic(image, method):
    flag = {"otsu": cv2.THRESH_OTSU, "triangle": cv2.THRESH_TRIANGLE}[method]
    return {
        "call": "thresholdValue", "image": packed(image), "arguments": [method],
        "want": cv2.threshold(image, 0, 255, flag)[0],
    }


def adaptive(image, max_value, method, mode, block_size, c):
    want = cv2.adaptiveThreshold(
        image, max_value, ["mean", "gaussian"].index(method), CV_MODES.index(mode), block_size, c)
    return {
        "call": "adaptiveThreshold", "image": packed(image),
        "arguments": [max_value, method, mode, block_size, c], "want": packed(want),
    }


def fixed_cases(volume):
    camera = data.camera()[100:112, 240:254]
    coins = np.ascontiguousarray(data.coins()[60:71, 50:67])
    page = np.ascontiguousarray(data.page()[40:50, 60:74])
    text = data.text()[30:120:6, 20:200:11]
    brain = volume[tuple(slice(n // 2, n // 2 + m) for n, m in zip(volume.shape, (4, 5, 7)))]
    for mode in MODES:
        yield local(camera, block_size=5, mode=mode, cval=30)
    yield local(camera, block_size=(3, 7), method="mean", offset=2.5)
    yield local(coins, block_size=5, method="median")
    yield local(coins.astype("float32") / 255, block_size=7, offset=0.1)
    yield local(brain, block_size=(1, 3, 5), method="mean", mode="wrap")
    yield local(brain, block_size=5, param=0.8)
    for name in ["thresholdNiblack", "thresholdSauvola"]:
        yield moments(name, page)
        yield moments(name, page.astype("float32"), window_size=(3, 9), k=0.4)
        yield moments(name, brain, window_size=(1, 3, 5))
    yield moments("thresholdSauvola", text, window_size=5, r=40.0)
    yield hysteresis(camera, 60, 120)
    yield hysteresis(brain, float(np.median(brain)), float(np.percentile(brain, 90)))
    for dtype in CV_DTYPES:
        for mode in CV_MODES:
            yield threshold(page[:4, :5].astype(dtype), 150.5, mode, 99.5)
    for image in [data.camera()[::50, ::50], data.coins()[::40, ::40], page, np.full((3, 4), 7, "uint8")]:
        image = np.ascontiguousarray(image)
        yield automatic(image, "otsu")
        yield automatic(image.astype("uint16") * 3, "otsu")
        yield automatic(image, "triangle")
    for method in ["mean", "gaussian"]:
        for mode in CV_MODES[:2]:
            for block_size in (3, 11, 19):
                yield adaptive(page, 200, method, mode, block_size, 2.5)


def random_image(rng, ndim, dtypes):
    shape = rng.integers(1, [90, 34, 14, 8][ndim - 1], ndim)
    dtype = np.dtype(str(rng.choice(dtypes)))
    if dtype.kind == "f":
        return (rng.standard_normal(shape) * 10.0 ** rng.integers(-3, 4)).astype(dtype)
    if dtype.kind == "b":
        return rng.random(shape) > 0.5
    ends = np.iinfo(dtype)
    span = int(rng.choice([40, 256, 60000]))
    return rng.integers(max(ends.min, -span), min(ends.max, span), shape).astype(dtype)


def random_cases(seed):
    rng = np.random.default_rng(seed)
    every = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"]

    def odd(most):
        return int(rng.integers(0, most // 2 + 1)) * 2 + 1

    for _ in range(150):
        image = random_image(rng, int(rng.integers(1, 5)), every)
        sizes = tuple(odd(9 if image.ndim < 3 else 5) for _ in image.shape)
        method = str(rng.choice(["gaussian", "mean", "median"]))
        # scikit-image takes a last axis of 3 for colours.
        if not (method == "gaussian" and image.ndim == 3 and image.shape[-1] == 3):
            yield local(
                image, block_size=sizes, method=method, mode=str(rng.choice(MODES)),
                offset=float(rng.integers(-3, 4)) / 2, cval=float(rng.integers(-3, 4)) / 2)
        name = str(rng.choice(["thresholdNiblack", "thresholdSauvola"]))
        if image.dtype != bool:
            yield moments(name, image, window_size=sizes, k=float(rng.random()))
        if image.size > 1:
            low, high = np.percentile(image.astype(float), [40, 85])
            yield hysteresis(image, float(low), float(high))
    for _ in range(200):
        image = random_image(rng, 2, CV_DTYPES)
        mode = str(rng.choice(CV_MODES))
        t = float(rng.choice([-70000, -1, -0.5, 0, 17.3, 100, 254.5, 255, 32767, 65535, 70000]))
        yield threshold(image, t, mode, float(rng.choice([-5, 0.5, 1, 1.5, 2.5, 255, 300, 70000])))
    for _ in range(60):
        yield automatic(np.abs(random_image(rng, 2, ["uint8"])), str(rng.choice(["otsu", "triangle"])))
        yield automatic(random_image(rng, 2, ["uint16"]), "otsu")
    for _ in range(200):
        image = rng.integers(0, 256, rng.integers(1, 80, 2)).astype("uint8")
        size = odd(int(rng.choice([9, 30, 140]))) + 2
        c = float(rng.choice([0, 2, -3, 2.5, -2.5, 0.1, -0.1, 300, -300]))
        yield adaptive(
            image, float(rng.choice([255, 100, 1.5, 300, -1])), str(rng.choice(["mean", "gaussian"])),
            str(rng.choice(CV_MODES[:2])), size, c)


argument = sys.argv[1]
if argument.isdigit():
    print(json.dumps(list(random_cases(int(argument)))))
else:
    cases = list(fixed_cases(np.load(argument)))
    OUT.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
