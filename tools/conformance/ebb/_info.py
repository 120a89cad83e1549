"""The standard's inspection namespace."""

from ._functions import FUNCTIONS
from ._pipe import DTYPES

MAX_DIMS = 64


class Info:
    """What `__array_namespace_info__()` returns."""

    def capabilities(self):
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": MAX_DIMS}

    def default_device(self):
        return "cpu"

    def devices(self):
        return ["cpu"]

    def default_dtypes(self, *, device=None):
        made = {"real floating": FUNCTIONS["zeros"](1), "integral": FUNCTIONS["asarray"](0)}
        made["indexing"] = FUNCTIONS["argsort"](made["integral"][None])
        return {kind: array.dtype for kind, array in made.items()}

    def dtypes(self, *, device=None, kind=None):
        return {
            name: dtype for name, dtype in DTYPES.items() if kind is None or FUNCTIONS["isdtype"](dtype, kind)
        }
