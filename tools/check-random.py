"""Draws of random methods, parameters, sizes and dtypes, as NumPy makes them, one JSON line a generator:

    python3 tools/check-random.py --generators 300 --seed 1 | npx tsx tools/check-random.ts
"""

import argparse
import base64
import json
import random
import warnings

import numpy as np

warnings.simplefilter('ignore')
parser = argparse.ArgumentParser()
parser.add_argument('--generators', type=int, default=300)
parser.add_argument('--seed', type=int, default=0)
options = parser.parse_args()
chance = random.Random(options.seed)
values = np.random.default_rng(options.seed)

INTEGERS = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
DTYPES = INTEGERS + ['float32', 'float64']


def pick(*items):
    return chance.choice(items)


def shape(ndim=None):
    lengths = (1, 2, 3, 5, 7, 40) if chance.random() < 0.9 else (0, 1, 300)
    return tuple(pick(*lengths) for _ in range(chance.randrange(4) if ndim is None else ndim))


def size():
    return pick(None, 1, 2, chance.randrange(9), chance.randrange(3000), shape(), shape())


def array(length, dtype):
    x = values.integers(0, 2 if dtype == 'bool' else 100, size=length)
    return x.astype(dtype)


def viewed(x):
    view = pick('plain', 'plain', 'reversed', 'transposed', 'halved')
    if view == 'halved' and x.ndim == 0:
        view = 'plain'
    return {'view': view, **encoded(x)}, view_of(x, view)


def view_of(x, view):
    if view == 'reversed':
        return x[tuple(slice(None, None, -1) for _ in x.shape)]
    if view == 'transposed':
        return x.T
    return x[..., ::2] if view == 'halved' else x


def encoded(x):
    x = np.asarray(x)
    data = base64.b64encode(np.ascontiguousarray(x).tobytes()).decode()
    return {'dtype': x.dtype.name, 'shape': list(x.shape), 'data': data}


def lists(x):
    return {'list': np.vectorize(str, otypes=[object])(x).tolist() if x.size else x.tolist(),
            'kind': x.dtype.kind}


# A parameter: what NumPy gets, and how it is told.

def scalar(value):
    return value, str(int(value)) if isinstance(value, (int, np.integer)) else float(value)


def several(make, whole):
    """A parameter of one number or several; `whole` is the shape they take together."""
    form = pick('scalar', 'scalar', 'array', 'array', 'list')
    if form == 'scalar':
        return scalar(make())
    dims = tuple(pick(d, d, 1) for d in whole[chance.randrange(len(whole) + 1):])
    x = np.array([make() for _ in range(int(np.prod(dims)))], type(make())).reshape(dims)
    if form == 'list' and x.ndim > 0 and x.size > 0:
        return x, lists(x)
    if x.dtype.kind == 'f' and chance.random() < 0.2:
        x = x.astype(np.float32)
    view = pick('plain', 'reversed', 'transposed')
    base = np.ascontiguousarray(x.T).reshape(x.T.shape) if view == 'transposed' else x
    return view_of(base, view), {'view': view, **encoded(base)}


def real(low, high):
    return lambda: pick(float(chance.randint(int(np.ceil(low)), int(high))), chance.uniform(low, high))


def positive(least=0.05, most=30):
    return lambda: pick(1.0, chance.uniform(least, 1.0), chance.uniform(1.0, most), float(chance.randint(1, 9)))


def probability():
    return pick(0.5, 1.0, chance.uniform(0.001, 1), chance.uniform(0.001, 0.4))


REALS = {
    'uniform': ([real(-9, 0), real(0.1, 50)], None),
    'normal': ([real(-9, 9), real(0, 5)], None),
    'exponential': ([real(0, 9)], None),
    'gamma': ([positive(), real(0, 9)], 'near'),
    'chisquare': ([positive()], 'near'),
    'beta': ([positive(), positive()], 'near'),
    'laplace': ([real(-9, 9), real(0, 5)], 'near'),
    'logistic': ([real(-9, 9), real(0, 5)], 'near'),
    'gumbel': ([real(-9, 9), real(0, 5)], 'near'),
    'lognormal': ([real(-3, 3), real(0, 2)], 'near'),
    'rayleigh': ([real(0, 9)], None),
    'weibull': ([positive(0.3)], 'near'),
    'pareto': ([positive(0.3)], 'near'),
    'power': ([positive(0.3)], 'near'),
    'standard_cauchy': ([], None),
    'triangular': ([real(-9, -1), real(-1, 1), real(1.1, 9)], None),
    'poisson': ([real(0, 150)], None),
    'binomial': ([lambda: pick(0, 1, chance.randrange(40), chance.randrange(1000)), probability], None),
    'geometric': ([probability], None),
    'negative_binomial': ([positive(1, 30), lambda: max(0.05, probability())], None),
}


def distribution(name):
    makes, near = REALS[name]
    whole = shape(chance.randrange(3))
    given, told = zip(*(several(make, whole) for make in makes)) if makes else ((), ())
    common = np.broadcast_shapes(*(np.shape(g) for g in given))
    extent = pick(None, common, (3,) + common) if common else size()
    slack = max([1.0, *(float(np.max(np.abs(g), initial=0)) for g in given)]) if near else None
    return list(given), list(told), {} if extent is None else {'size': extent}, slack


def float_dtype():
    return pick({}, {'dtype': 'float32'}, {'dtype': 'float64'})


def sized():
    extent = size()
    return {} if extent is None else {'size': extent}


def bounds(dtype, endpoint):
    info = (0, 1) if dtype == 'bool' else (int(np.iinfo(dtype).min), int(np.iinfo(dtype).max))
    a = pick(info[0], chance.randint(*info), 0)
    b = pick(info[1], chance.randint(*info), min(info[1], a + chance.randrange(300)),
             min(info[1], a + 2**chance.randrange(64)))
    a, b = min(a, b), max(a, b)
    return a, b if endpoint else b + 1


def integers(name):
    dtype = pick(*INTEGERS)
    endpoint = name == 'integers' and chance.random() < 0.3
    keywords = {'dtype': dtype, **({'endpoint': True} if endpoint else {})}
    if chance.random() < 0.5:
        a, b = bounds(dtype, endpoint)
        given = pick([a, b], [b]) if b > 0 else [a, b]
        return given, [str(g) for g in given], {**sized(), **keywords}
    whole = shape(chance.randrange(1, 3))
    span = (0, 1) if dtype == 'bool' else (int(np.iinfo(dtype).min), int(np.iinfo(dtype).max))
    span = (max(span[0], -2**62), min(span[1], 2**62))
    big = pick(span, (max(span[0], -50), min(span[1], 50)))
    low = values.integers(big[0], big[1], size=whole, endpoint=True, dtype='int64')
    high = low + np.array([chance.randint(0, max(0, big[1] - int(l))) for l in low.flat], 'int64').reshape(whole)
    high = high if endpoint else high + 1
    kind = pick('array', 'list', 'float', 'one')
    if kind == 'one' and low.size:
        first = int(low.min())
        return [first, high], [str(first), encoded(high)], {**keywords}
    if kind == 'float' and abs(big[0]) <= 50:
        low, high = low.astype(float), high.astype(float)
        return [low, high], [encoded(low), encoded(high)], {**keywords}
    if kind == 'list' and low.size:
        return [low.tolist(), high.tolist()], [lists(low), lists(high)], {**keywords}
    return [low, high], [encoded(low), encoded(high)], {**keywords, **pick({}, {'size': (2,) + whole})}


def choice(legacy):
    ndim = 1 if legacy else pick(1, 1, 2, 3)
    lengths = tuple(chance.randrange(1, 12) for _ in range(ndim))
    of = pick('count', 'large', 'array', 'list')
    keywords = sized()
    axis = 0
    if of in ('count', 'large'):
        population = chance.randrange(1, 50) if of == 'count' else chance.randrange(1, 30000)
        a, told = population, str(population)
    else:
        x = array(lengths, pick(*DTYPES))
        if of == 'list' and ndim == 1:
            x = x.astype('float64')
            a, told = x, lists(x)
        else:
            told, a = viewed(x)
        # NumPy 1.24 takes a negative one for 0.
        axis = chance.randrange(a.ndim)
        if not legacy:
            keywords['axis'] = axis
        population = a.shape[axis]
        if a.ndim > 1 and keywords.get('size') == () and np.__version__ < '2':
            keywords['size'] = 1  # NumPy 1.24 fails on a part that is an array.
    if population == 0:
        return None
    if chance.random() < 0.4:
        keywords['replace'] = False
        count = int(np.prod(keywords.get('size', 1)))
        if count > population:
            keywords['size'] = chance.randrange(population + 1)
        if not legacy:
            keywords['shuffle'] = pick(True, False)
    if chance.random() < 0.4 and population < 1000:
        p = values.random(population) + 0.01
        p /= p.sum()
        keywords['p'] = p
    return [a], [told], keywords


def step(rng, name, legacy):
    """Takes a step; what it was, and what came of it."""
    near = None
    keywords = {}
    if name in REALS:
        given, told, keywords, near = distribution(name)
    elif name in ('integers', 'randint'):
        given, told, keywords = integers(name)
    elif name in ('random', 'standard_normal', 'random_sample', 'standard_exponential'):
        given, told, keywords = [], [], {**sized(), **({} if legacy else float_dtype())}
        if name == 'standard_exponential':
            keywords |= pick({}, {'method': 'inv'}, {'method': 'zig'})
            near = 1 if keywords.get('method') == 'inv' else None
    elif name == 'standard_gamma':
        given, told = map(list, zip(several(positive(), shape(1))))
        keywords = {**({} if np.shape(given[0]) else sized()), **float_dtype()}
        near = max(1.0, float(np.max(given[0], initial=0)))
    elif name in ('rand', 'randn'):
        given = list(shape())
        told = given
    elif name == 'bytes':
        given = told = [chance.randrange(50)]
    elif name == 'shuffle':
        x = array(shape(chance.randrange(1, 4)), pick(*DTYPES))
        told, view = viewed(x)
        if not legacy:
            keywords = {'axis': chance.randrange(-view.ndim, view.ndim)}
        rng.shuffle(view, **keywords)
        return [told], keywords, x, None
    elif name == 'permutation':
        of = pick('count', 'array', 'list')
        if of == 'count':
            given = [chance.randrange(-3, 2000)]
            told = [str(given[0])]
        else:
            x = array(shape(1 if of == 'list' else chance.randrange(1, 4)), 'float64' if of == 'list' else pick(*DTYPES))
            told, view = (lists(x), x) if of == 'list' and x.size else viewed(x)
            given, told = [view], [told]
            if not legacy:
                keywords = {'axis': chance.randrange(-view.ndim, view.ndim)}
    elif name == 'permuted':
        told, view = viewed(array(shape(chance.randrange(1, 4)), pick(*DTYPES)))
        given, told = [view], [told]
        keywords = pick({}, {'axis': chance.randrange(-view.ndim, view.ndim)})
    elif name == 'choice':
        made = choice(legacy)
        if made is None:
            return None
        given, told, keywords = made
    if name in ('normal', 'standard_normal', 'randn') and legacy:
        near = 100.0
    return told, keywords, getattr(rng, name)(*given, **keywords), near


GENERATOR = [*REALS, 'integers', 'integers', 'integers', 'random', 'standard_normal', 'standard_exponential',
             'standard_gamma', 'bytes', 'shuffle', 'permutation', 'permuted', 'choice', 'choice', 'choice']
LEGACY = ['randint', 'randint', 'randint', 'random_sample', 'rand', 'randn', 'standard_normal', 'uniform', 'normal',
          'bytes', 'shuffle', 'permutation', 'choice', 'choice']


def told(value):
    if isinstance(value, np.ndarray):
        return encoded(value)
    return list(value) if isinstance(value, tuple) else value


def plain(value):
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return [str(part) for part in value.tolist()]
    return value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(int(value))


for _ in range(options.generators):
    name = pick('PCG64', 'PCG64DXSM', 'SFC64', 'Philox', 'MT19937')
    seed = chance.getrandbits(pick(1, 31, 32, 64, 200))
    seed = pick(seed, [seed, chance.getrandbits(40)])
    jumped = 0
    legacy = pick(None, None, 'wrapped', 'seeded')
    bits = getattr(np.random, name)(seed)
    if legacy == 'seeded':
        name = 'MT19937'
        seed = chance.getrandbits(32)
        seed = pick(seed, [seed, chance.getrandbits(32), 7])
        rng = np.random.RandomState(seed)
        bits = rng._bit_generator
    else:
        if name != 'SFC64' and chance.random() < 0.3:
            bits = bits.jumped(3)
            jumped = 3
        rng = np.random.RandomState(bits) if legacy else np.random.Generator(bits)
    steps = []
    for method in (pick(*(LEGACY if legacy else GENERATOR)) for _ in range(8)):
        taken = step(rng, method, legacy)
        if taken is None:
            continue
        given, keywords, result, near = taken
        if isinstance(result, float):
            result = np.dtype(keywords.get('dtype', 'float64')).type(result)
        if isinstance(result, bytes):
            result = np.frombuffer(result, 'uint8')
        keywords = {key: told(value) for key, value in keywords.items()}
        steps.append({'method': method, 'given': given, 'options': keywords, 'result': encoded(result),
                      'near': near, 'state': plain(bits.state)})
    seed = [str(s) for s in seed] if isinstance(seed, list) else str(seed)
    print(json.dumps({'generator': name, 'seed': seed, 'legacy': legacy, 'jumped': jumped, 'steps': steps}))
