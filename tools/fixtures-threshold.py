"""Writes what scikit-image (0.19.3) finds as global thresholds, for packages/ndarray/test/threshold-global.test.ts:
test/fixtures/threshold-global.json, of real images, made small.

    python3 tools/fixtures-threshold.py [the volume t1-brain.npy]
    python3 tools/fixtures-threshold.py --random 100 --seed 1    # other images, as lines: for check-threshold.ts

Images are scikit-image's own (camera, coins, page, text) and, when its file is named, the INIA19 brain (Rohlfing et
al. 2012, Frontiers in Neuroinformatics 6:27, CC BY).
"""

import argparse
import base64
import json
import warnings
from pathlib import Path

import numpy as np
import skimage
from skimage import filters, io

OUT = Path(__file__).parent.parent / "packages/ndarray/test/fixtures/threshold-global.json"
METHODS = ["otsu", "li", "yen", "isodata", "triangle", "minimum", "mean"]
# How an image of 0 to 255 (or to 3832) is spread over a dtype: a factor and a term.
DTYPES = {
    "uint8": (1, 0), "int8": (0.5, -90), "uint16": (17, 3), "int16": (8, -900), "int32": (29, -4000), "uint32": (3, 70000),
    "int64": (2, -300), "uint64": (3, 11), "float32": (1 / 255, 0), "float64": (1 / 7, -20),
}
# Levels up to which scikit-image smooths 10,000 times in a time that one can wait.
MOST_SMOOTHED = 500
# Levels up to which it finds several thresholds, by classes.
MOST_LEVELS = {2: 10000, 3: 1000, 4: 260, 5: 60}


def spread(image, dtype):
    factor, term = DTYPES[dtype]
    values = image.astype(float) * factor + term
    if np.dtype(dtype).kind == "f":
        return values.astype(dtype)
    info = np.iinfo(dtype)
    return np.clip(np.floor(values), info.min, info.max).astype(dtype)


def number(value):
    """None is an error that depends on nothing but the image."""
    return None if value is None else [number(v) for v in value] if np.ndim(value) else float(value)


def found(function, *args, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return number(function(*args, **options))
        except (RuntimeError, ValueError, IndexError):
            return None


def signed_without_overflow(image):
    """Li's method subtracts the least element in the image's dtype."""
    return image.astype(np.int64) if image.dtype.kind == "i" else image


def results(image):
    if image.dtype == "uint64":
        return results(image.astype(np.int64))  # what NumPy does not do by itself
    levels = 256 if image.dtype.kind == "f" else int(image.max()) - int(image.min()) + 1
    skipped = {"li"} | ({"minimum"} if levels > MOST_SMOOTHED else set())
    given = {name: found(getattr(filters, "threshold_" + name), image) for name in METHODS if name not in skipped}
    if image.dtype.kind == "f" and np.histogram(image, 300)[0][0] == 0:
        return {"mean": given["mean"], "multiotsu": {}}  # edges that coincide in float32 leave NaN to be the greatest
    given["li"] = found(filters.threshold_li, signed_without_overflow(image).copy())
    given["all"] = found(filters.threshold_isodata, image, return_all=True)
    given["multiotsu"] = {
        classes: found(filters.threshold_multiotsu, image, classes=classes)
        for classes, most in MOST_LEVELS.items() if levels <= most
    }
    if image.dtype.kind == "f":
        given["nbins"] = {
            bins: {name: found(getattr(filters, "threshold_" + name), image, nbins=bins) for name in METHODS if name not in ("li", "mean")}
            for bins in (10, 300)
        }
    return given


def described(image):
    return {
        "dtype": str(image.dtype), "shape": list(image.shape),
        "data": base64.b64encode(np.ascontiguousarray(image).tobytes()).decode(),
    }


def real_images(volume):
    folder = Path(skimage.__file__).parent / "data"
    steps = {"camera": 8, "coins": 5, "page": 5, "text": 4}
    images = {name: io.imread(folder / f"{name}.png")[::step, ::step] for name, step in steps.items()}
    if volume:
        images["brain"] = np.load(volume)[::10, ::10, ::10]
    return images


def fixtures(volume):
    return [
        {
            "name": name, "image": described(image),
            "spread": [
                {"dtype": dtype, "factor": DTYPES[dtype][0], "term": DTYPES[dtype][1], "found": results(spread(image, dtype))}
                for dtype in DTYPES
            ],
        }
        for name, image in real_images(volume).items()
    ]


def random_image(rng):
    """Some bells, a floor, and noise; in any dtype."""
    shape = tuple(int(n) for n in rng.integers(1, 40, size=rng.integers(1, 4)))
    image = rng.normal(size=shape) * rng.choice([0.5, 3, 20])
    for _ in range(rng.integers(0, 4)):
        image[rng.random(shape) < rng.random()] += rng.normal() * 60
    image[rng.random(shape) < rng.random() * 0.5] = image.flat[0]
    dtype = str(rng.choice(list(DTYPES)))
    if dtype.startswith("f"):
        return (image * 10.0 ** rng.integers(-6, 6) + rng.choice([0, 0, 1000])).astype(dtype)
    info = np.iinfo(dtype)
    scale = rng.choice([1, 1, 10]) if info.bits == 8 else rng.choice([1, 1, 10, 100, 1000])
    shift = 0 if info.min < 0 else abs(image.min() * scale)
    return np.clip(np.round(image * scale + shift), info.min, info.max).astype(dtype)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("volume", nargs="?")
    options.add_argument("--random", type=int, default=0)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    if given.random:
        rng = np.random.default_rng(given.seed)
        for _ in range(given.random):
            image = random_image(rng)
            print(json.dumps({"image": described(image), "found": results(image)}))
        return
    text = json.dumps(fixtures(given.volume))
    OUT.write_text(text + "\n")


main()
