"""The standard's array object over an array of Ebb's: operators, indexing and attributes, each a call."""

import math
from operator import index

from . import _pipe
from ._functions import FUNCTIONS, camel, element
from ._pipe import Handle, call

BINARY = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "divide",
    "floordiv": "floor_divide",
    "mod": "remainder",
    "pow": "pow",
    "matmul": "matmul",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "lshift": "bitwise_left_shift",
    "rshift": "bitwise_right_shift",
}
COMPARISON = {
    "eq": "equal",
    "ne": "not_equal",
    "lt": "less",
    "le": "less_equal",
    "gt": "greater",
    "ge": "greater_equal",
}
UNARY = {"abs": "abs", "neg": "negative", "pos": "positive", "invert": "bitwise_invert"}


class Array(Handle):
    """An array of Ebb's."""

    __slots__ = ()
    __hash__ = None

    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: math.prod(self.shape))
    device = property(lambda self: "cpu")
    T = property(lambda self: call("transpose", self))
    mT = property(lambda self: call("matrixTranspose", self))

    def to_device(self, device, /, *, stream=None):
        if device != "cpu":
            raise ValueError(f"there is no device {device!r}; Ebb computes on the cpu")
        return self

    def __array_namespace__(self, /, *, api_version=None):
        import ebb

        return ebb

    def __bool__(self):
        return bool(call(".item", self))

    def __int__(self):
        return int(call(".item", self))

    def __float__(self):
        return float(call(".item", self))

    def __index__(self):
        if self.dtype.name.startswith(("float", "bool")):
            raise TypeError(f"an array of {self.dtype} is no index")
        return int(call(".item", self))

    def __len__(self):
        if not self.shape:
            raise TypeError("a 0-d array has no length")
        return self.shape[0]

    def __repr__(self):
        return f"ebb.asarray({call('.toString', self)}, dtype={self.dtype})"

    def __getitem__(self, key, /):
        return call(".slice", self, *items(key))

    def __setitem__(self, key, value, /):
        call(".assignAt", self, items(key), element(value))


def items(key):
    """The items of an index as Ebb takes them."""
    return [item(part) for part in (key if isinstance(key, tuple) else (key,))]


def item(part):
    """One of them."""
    if part is None:
        return {"newaxis": 1}
    if part is Ellipsis:
        return "..."
    if isinstance(part, slice):
        return [end if end is None else index(end) for end in (part.start, part.stop, part.step)]
    if isinstance(part, bool):
        return FUNCTIONS["asarray"](part)
    return part


def is_operand(other):
    return isinstance(other, (Array, bool, int, float))


def operator(function):
    def method(self, other, /):
        return function(self, other) if is_operand(other) else NotImplemented

    return method


def reflected(function):
    def method(self, other, /):
        return function(other, self) if is_operand(other) else NotImplemented

    return method


def in_place(theirs):
    def method(self, other, /):
        if not is_operand(other):
            return NotImplemented
        call(theirs, self, element(other), out=self)
        return self

    return method


def prefix(function):
    def method(self, /):
        return function(self)

    return method


for name, function in BINARY.items():
    setattr(Array, f"__{name}__", operator(FUNCTIONS[function]))
    setattr(Array, f"__r{name}__", reflected(FUNCTIONS[function]))
    setattr(Array, f"__i{name}__", in_place(camel(function)))
for name, function in COMPARISON.items():
    setattr(Array, f"__{name}__", operator(FUNCTIONS[function]))
for name, function in UNARY.items():
    setattr(Array, f"__{name}__", prefix(FUNCTIONS[function]))

_pipe.array_class = Array
