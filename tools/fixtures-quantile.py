"""
Quantiles by every method of NumPy's, for packages/ndarray/test/quantile.test.ts. Needs NumPy 2.4 or newer:

    python3 tools/fixtures-quantile.py > packages/ndarray/test/fixtures/quantile.json
"""

import json
import sys

import numpy as np

METHODS = {
    "linear": "linear",
    "lower": "lower",
    "higher": "higher",
    "nearest": "nearest",
    "midpoint": "midpoint",
    "inverted_cdf": "invertedCdf",
    "averaged_inverted_cdf": "averagedInvertedCdf",
    "closest_observation": "closestObservation",
    "interpolated_inverted_cdf": "interpolatedInvertedCdf",
    "hazen": "hazen",
    "weibull": "weibull",
    "median_unbiased": "medianUnbiased",
    "normal_unbiased": "normalUnbiased",
}
PARTS = [0, 0.1, 0.25, 0.3, 0.5, 0.55, 0.75, 0.9, 1]
LENGTHS = [1, 2, 3, 4, 5, 8, 10, 11]

cases = []
for numpy_name, name in METHODS.items():
    for dtype in ["int32", "float32", "float64"]:
        for precision in ["float32", "float64"]:
            for length in LENGTHS if dtype == "float64" else [4, 10]:
                values = (np.arange(length) * 7 % 11).astype(dtype)
                parts = np.array(PARTS, precision)
                found = np.quantile(values, parts, method=numpy_name)
                cases.append([name, precision, dtype, values.tolist(), str(found.dtype), found.tolist()])
json.dump({"numpy": np.__version__, "parts": PARTS, "cases": cases}, sys.stdout)
