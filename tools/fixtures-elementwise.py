"""Writes what NumPy computes element by element, for packages/ndarray/test/elementwise.test.ts.

Run with a NumPy from 1.24 on: python3 tools/fixtures-elementwise.py
"""

import json
import pathlib

import numpy as np

TARGET = pathlib.Path(__file__).parent.parent / "packages/ndarray/test/fixtures/elementwise.json"
INTEGERS = ["int8", "uint8", "int32", "int64", "uint64"]
FLOATS = ["float32", "float64"]
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.0, 1e-10, 700.0, -700.0, np.inf, -np.inf, np.nan]

UNARY = {
    "abs": "absolute", "negative": "negative", "sign": "sign", "square": "square", "sqrt": "sqrt",
    "reciprocal": "reciprocal", "ceil": "ceil", "floor": "floor", "trunc": "trunc", "round": "rint",
    "exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "log2": "log2", "log10": "log10",
    "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
    "isnan": "isnan", "isinf": "isinf", "isfinite": "isfinite", "signbit": "signbit", "logicalNot": "logical_not",
}  # fmt: skip
BINARY = {
    "add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide",
    "floorDivide": "floor_divide", "remainder": "remainder", "pow": "power", "minimum": "minimum",
    "maximum": "maximum", "copysign": "copysign", "nextafter": "nextafter", "atan2": "arctan2",
    "hypot": "hypot", "logaddexp": "logaddexp",
}  # fmt: skip
INTEGRAL = {
    "add": "add", "subtract": "subtract", "multiply": "multiply", "floorDivide": "floor_divide",
    "remainder": "remainder", "minimum": "minimum", "maximum": "maximum", "bitwiseAnd": "bitwise_and",
    "bitwiseOr": "bitwise_or", "bitwiseXor": "bitwise_xor", "bitwiseLeftShift": "left_shift",
    "bitwiseRightShift": "right_shift",
}  # fmt: skip


def text(a):
    """Each element as a string; of 16 digits, so that a reader rounds to the same float."""
    return [repr(x.item()) if a.dtype.kind == "f" else str(int(x)) for x in a.ravel()]


def sides(values):
    """Every value with every other."""
    grid = np.meshgrid(values, values, indexing="ij")
    return [side.ravel().copy() for side in grid]


def main():
    """Writes the file."""
    np.seterr(all="ignore")
    cases = []
    for dtype in FLOATS:
        a = np.array(SPECIAL, dtype)
        for name, numpy_name in UNARY.items():
            cases.append([name, dtype, [text(a)], text(getattr(np, numpy_name)(a))])
        x, y = sides(np.array([0.0, -0.0, 1.0, -1.0, 2.5, -7.0, np.inf, -np.inf, np.nan], dtype))
        for name, numpy_name in BINARY.items():
            cases.append([name, dtype, [text(x), text(y)], text(getattr(np, numpy_name)(x, y))])
    for dtype in INTEGERS:
        low, high = int(np.iinfo(dtype).min), int(np.iinfo(dtype).max)
        ends = [low, low + 1, 0, 1, 2, 7, high - 1, high] + ([-1, -3] if low < 0 else [])
        x, y = sides(np.array(ends, dtype))
        for name, numpy_name in INTEGRAL.items():
            result = getattr(np, numpy_name)(x, y)
            cases.append([name, dtype, [text(x), text(y)], text(result)])
    # The operands are few, and repeat: each is written once.
    seen = []
    for case in cases:
        for k, operand in enumerate(case[2]):
            if operand not in seen:
                seen.append(operand)
            case[2][k] = seen.index(operand)
    body = ",\n".join(json.dumps([c[0], c[1], c[2], " ".join(c[3])]) for c in cases)
    operands = ",\n".join(json.dumps(" ".join(operand)) for operand in seen)
    TARGET.write_text(f'{{"operands": [\n{operands}\n],\n"cases": [\n{body}\n]}}\n')


if __name__ == "__main__":
    main()
