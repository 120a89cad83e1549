"""Ebb as a Python namespace of the Array API standard 2024.12, for the standard's conformance suite.

It only translates: every array lives in one Node process (../server.ts), and what a function does, Ebb does. There
are no complex dtypes, no linalg and fft extensions, and no DLPack. `../run.sh` runs the suite.
"""

from . import _array, _functions, _info, _pipe

__array_api_version__ = "2024.12"
__version__ = "0.1.0"

e = 2.718281828459045
inf = float("inf")
nan = float("nan")
newaxis = None
pi = 3.141592653589793

globals().update(_pipe.DTYPES)
globals().update(_functions.FUNCTIONS)
__array_namespace_info__ = _info.Info
