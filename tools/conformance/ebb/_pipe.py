"""The pipe to Ebb: one Node process that runs ../server.ts, which describes what goes to and fro."""

import atexit
import json
import math
import subprocess
import sys
from operator import index
from pathlib import Path
from types import SimpleNamespace

HERE = Path(__file__).resolve().parent.parent
TSX = HERE.parent.parent / "node_modules" / ".bin" / "tsx"


class EbbError(Exception):
    """An error that Ebb threw; its subclasses are what Python calls such an error."""


class DTypeError(EbbError, TypeError):
    pass


class ShapeError(EbbError, ValueError):
    pass


class OutOfBoundsError(EbbError, IndexError):
    pass


class OutOfMemoryError(EbbError, MemoryError):
    pass


ERRORS = {
    "DTypeError": DTypeError,
    "ShapeError": ShapeError,
    "IndexError": OutOfBoundsError,
    "OutOfMemoryError": OutOfMemoryError,
}


class DType:
    """A dtype of Ebb's, by its name."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


DTYPES = {
    name: DType(name)
    for name in "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64".split()
}


class Handle:
    """An array of Ebb's, which is released when this object dies. What is fixed of it is kept here."""

    __slots__ = ("_id", "dtype", "shape", "__weakref__")

    def __init__(self, id_, dtype, shape):
        self._id = id_
        self.dtype = DTYPES[dtype]
        self.shape = tuple(shape)

    def __del__(self):
        dead.append(self._id)


dead = []
array_class = Handle
process = subprocess.Popen([str(TSX), str(HERE / "server.ts")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

encode_json = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


@atexit.register
def end():
    """Lets the server check its heap, and prints what it says of it."""
    process.stdin.close()
    print(process.stdout.read().decode().strip() or "Ebb's process failed at its end", file=sys.stderr)


def call(name, *positional, **options):
    """Calls a function of Ebb's, or a method of the first argument if the name begins with a dot."""
    global dead
    released, dead = dead, []
    message = encode_json([released, name, [word(p) for p in positional], {k: word(v) for k, v in options.items()}])
    process.stdin.write(message.encode() + b"\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise RuntimeError(f"the bridge's process ended with {process.wait()} in {name}")
    done, *rest = json.loads(answer)
    if done:
        return meaning(rest[0])
    raise ERRORS.get(rest[0], EbbError)(f"{rest[0]}: {rest[1]}")


class Value:
    """Python numbers that stand for elements: an int among them is an integer, not a count."""

    __slots__ = ("of",)

    def __init__(self, of):
        self.of = of


def word(thing):
    """Python's thing as the server reads it."""
    if thing is None or isinstance(thing, (bool, str)):
        return thing
    if isinstance(thing, Handle):
        return {"a": thing._id}
    if isinstance(thing, Value):
        return {"v": element(thing.of)}
    if isinstance(thing, DType):
        return thing.name
    if isinstance(thing, float):
        return real(thing)
    if isinstance(thing, (list, tuple)):
        return [word(part) for part in thing]
    if isinstance(thing, dict):
        return thing
    return index(thing)


def real(number):
    """A float, in words where JSON has none for it."""
    if math.isnan(number):
        return {"f": "-NaN" if math.copysign(1, number) < 0 else "NaN"}
    if math.isinf(number):
        return {"f": "Infinity" if number > 0 else "-Infinity"}
    return number


def element(thing):
    """A value as the server reads it: an integer is text."""
    if isinstance(thing, bool):
        return thing
    if isinstance(thing, float):
        return real(thing)
    if isinstance(thing, (list, tuple)):
        return [element(part) for part in thing]
    if isinstance(thing, Handle):
        return element(call(".item", thing))
    return str(index(thing))


def meaning(result):
    """The server's result as Python has it."""
    if isinstance(result, list):
        return [meaning(part) for part in result]
    if not isinstance(result, dict):
        return result
    ((key, content),) = result.items()
    if key == "a":
        return array_class(*content)
    if key == "i":
        return int(content)
    if key == "f":
        return float(content)
    if key == "d":
        return DTYPES[content]
    return SimpleNamespace(**{name: meaning(part) for name, part in content})
