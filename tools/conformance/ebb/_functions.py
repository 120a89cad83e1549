"""The standard's functions, made from a table of their signatures.

A positional parameter goes to Ebb as it stands, a keyword-only one in the options object, under the camelCase of its
name; an option that has its default is left out (but for keepdims, by which the server knows a reduction).
"""

import inspect
from collections import namedtuple
from types import SimpleNamespace

from ._pipe import Value, call

ONE = "x, /"
TWO = "x1, x2, /"
NEW = "*, dtype=None, device=None"

SIGNATURES = {
    ONE: """abs acos acosh asin asinh atan atanh bitwise_invert ceil conj cos cosh exp expm1 floor isfinite isinf isnan
        log log1p log2 log10 logical_not matrix_transpose negative nonzero positive real reciprocal round sign signbit
        sin sinh sqrt square tan tanh trunc unique_all unique_counts unique_inverse unique_values""",
    TWO: """add atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor copysign divide equal
        floor_divide greater greater_equal hypot less less_equal logaddexp logical_and logical_or logical_xor matmul
        maximum minimum multiply nextafter not_equal pow remainder subtract""",
    "x, /, *, axis=None, keepdims=False": "all any argmax argmin count_nonzero max mean min",
    "x, /, *, axis=None, dtype=None, keepdims=False": "prod sum",
    "x, /, *, axis=None, correction=0.0, keepdims=False": "std var",
    "x, /, *, axis=None, dtype=None, include_initial=False": "cumulative_prod cumulative_sum",
    "x, /, *, axis=-1, descending=False, stable=True": "argsort sort",
    "x, /, *, axis=-1, n=1, prepend=None, append=None": "diff",
    "x, /, *, axis=None": "flip",
    "x, /, *, axis=0": "unstack",
    "x, /, *, k=0": "tril triu",
    "x, /, axis": "squeeze",
    "x, /, axis=0": "expand_dims",
    "x, /, axes": "permute_dims",
    "x, /, shape": "broadcast_to",
    "x, /, shape, *, copy=None": "reshape",
    "x, /, min=None, max=None": "clip",
    "x, /, shift, *, axis=None": "roll",
    "x, source, destination, /": "moveaxis",
    "x, repeats, /, *, axis=None": "repeat",
    "x, repetitions, /": "tile",
    "x, indices, /, *, axis=None": "take",
    "x, indices, /, *, axis=-1": "take_along_axis",
    "x, dtype, /, *, copy=True, device=None": "astype",
    "x1, x2, /, *, axes=2": "tensordot",
    "x1, x2, /, *, axis=-1": "vecdot",
    "x1, x2, /, *, side='left', sorter=None": "searchsorted",
    "condition, x1, x2, /": "where",
    "arrays, /, *, axis=0": "concat stack",
    "x1, x2, /, *, invert=False": "isin",
    "*arrays": "broadcast_arrays",
    "*shapes": "broadcast_shapes",
    "*arrays, indexing='xy'": "meshgrid",
    "*arrays_and_dtypes": "result_type",
    "from_, to, /": "can_cast",
    "dtype, kind": "isdtype",
    "type, /": "finfo iinfo",
    f"shape, {NEW}": "empty ones zeros",
    f"shape, fill_value, {NEW}": "full",
    f"x, /, {NEW}": "empty_like ones_like zeros_like",
    f"x, /, fill_value, {NEW}": "full_like",
    f"start, /, stop=None, step=1, {NEW}": "arange",
    f"start, stop, /, num, {NEW}, endpoint=True": "linspace",
    f"n_rows, n_cols=None, /, *, k=0, dtype=None, device=None": "eye",
    f"obj, /, {NEW}, copy=None": "asarray",
}

# Parameters whose Python numbers are elements.
ELEMENTS = {"x", "x1", "x2", "min", "max", "fill_value", "start", "stop", "step", "obj", "arrays_and_dtypes"}

# What the standard returns as a tuple, where Ebb has an array.
TUPLES = {"broadcast_shapes", "nonzero", "unstack"}


def camel(name):
    first, *others = name.split("_")
    return first + "".join(part.title() for part in others)


def snake(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


def result_of(name, result):
    if name in TUPLES:
        return tuple(result)
    if isinstance(result, SimpleNamespace):
        fields = {snake(key): part for key, part in vars(result).items()}
        return namedtuple(name, fields)(**fields)
    return result


def make(name, parameters):
    """A function with these parameters that calls Ebb's of that name."""
    theirs = camel(name)
    all_of = inspect.signature(eval(f"lambda {parameters}: None")).parameters.values()
    options = [parameter for parameter in all_of if parameter.kind is parameter.KEYWORD_ONLY]
    spread = next((parameter.name for parameter in all_of if parameter.kind is parameter.VAR_POSITIONAL), None)
    first = [parameter.name for parameter in all_of if parameter not in options]

    def run(given):
        parts = [(spread, part) for part in given[spread]] if spread else [(key, given[key]) for key in first]
        leading = [element(part) if key in ELEMENTS else part for key, part in parts]
        return result_of(name, call(theirs, *alike(leading), **options_of(options, given)))

    names = {"run": run}
    exec(f"def {name}({parameters}): return run(locals())", names)
    return names[name]


def element(part):
    """A Python number (or nested ones) that stands for an element."""
    return Value(part) if isinstance(part, (int, float, list, tuple)) else part


def alike(parts):
    """In JavaScript an integer beside a fraction is a number as well, not a bigint."""
    if not any(isinstance(part, Value) and isinstance(part.of, float) for part in parts):
        return parts
    return [Value(float(part.of)) if isinstance(part, Value) and type(part.of) is int else part for part in parts]


def options_of(parameters, given):
    named = {}
    for parameter in parameters:
        part = given[parameter.name]
        if parameter.name == "device":
            if part not in (None, "cpu"):
                raise ValueError(f"there is no device {part!r}; Ebb computes on the cpu")
        elif parameter.name == "keepdims" or part is not parameter.default and part != parameter.default:
            named[camel(parameter.name)] = part
    return named


FUNCTIONS = {name: make(name, parameters) for parameters, names in SIGNATURES.items() for name in names.split()}
