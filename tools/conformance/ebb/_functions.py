"""The standard's functions, made from a table of their signatures.

A positional parameter goes to Ebb as it stands, a keyword-only one in the options object, under the camelCase of its
name; an option that has its default is left out (but for keepdims, by which the server knows a reduction).
"""

import inspect
from collections import namedtuple
from types import SimpleNamespace

from ._pipe import Handle, Value, call

ONE = "x, /"
TWO = "x1, x2, /"
NEW = "*, dtype=None, device=None"

SIGNATURES = {
    ONE: """abs acos acosh asin asinh atan atanh bitwise_invert ceil cos cosh exp expm1 floor isfinite isinf isnan log
        log1p log2 log10 logical_not matrix_transpose negative nonzero positive reciprocal round sign signbit sin sinh
        sqrt square tan tanh trunc unique_all unique_counts unique_inverse unique_values""",
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
    "*arrays": "broadcast_arrays",
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
TUPLES = {"nonzero", "unstack"}


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
    signature = inspect.signature(eval(f"lambda {parameters}: None"))
    positional, spread, options = [], None, {}
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            options[parameter.name] = parameter.default
        elif parameter.kind is parameter.VAR_POSITIONAL:
            spread = parameter.name
        else:
            positional.append((parameter.name, parameter.name in ELEMENTS, parameter.default))

    def run(given):
        first = [Value(given[key]) if isElement else given[key] for key, isElement, _ in positional]
        while first and positional[len(first) - 1][2] is given[positional[len(first) - 1][0]]:
            first.pop()
        if spread:
            first = [Value(part) if isinstance(part, (int, float)) else part for part in given[spread]]
        named = {}
        for key, default in options.items():
            part = given[key]
            if key == "device":
                if part not in (None, "cpu"):
                    raise ValueError(f"there is no device {part!r}; Ebb computes on the cpu")
            elif key == "keepdims" or part is not default and part != default:
                named[camel(key)] = part
        return result_of(name, call(theirs, *first, **named))

    names = {"run": run}
    exec(f"def {name}({parameters}): return run(locals())", names)
    return names[name]


FUNCTIONS = {name: make(name, parameters) for parameters, names in SIGNATURES.items() for name in names.split()}
