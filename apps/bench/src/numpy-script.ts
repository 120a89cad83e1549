/** The party of NumPy, for python3: `script cases.json`. The operands are those of operands.ts. */
export const NUMPY_SCRIPT = `
import json, sys, time
try:
    import numpy as np
except ImportError:
    print('absent NumPy cannot be imported', flush=True)
    sys.exit()
np.seterr(all='ignore')

SEEDS = {'a': 1, 'm': 1, 'out': 1, 'b': 10**9, 'w': 10**9, 'mask': 2 * 10**9, 'index': 3 * 10**9}

def bits(n, seed):
    x = np.arange(n, dtype=np.uint32)
    x += np.uint32(seed)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85ebca6b)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xc2b2ae35)
    x ^= x >> np.uint32(16)
    return x

def values(name, task):
    dtype = np.dtype('bool' if name == 'mask' else 'int64' if name == 'index'
                     else task['outDType'] if name == 'out' else task['dtype'])
    n = task['outLength'] if name == 'out' else task['size']
    if name == 'out' and (task['outDType'] != task['dtype'] or n != task['size']):
        return np.zeros(n, dtype)
    x = bits(n, SEEDS[name])
    if name == 'index':
        x %= np.uint32(n)
    elif dtype.kind == 'f':
        return (x * (10 / 2**32) + 0.01).astype(dtype)
    elif dtype.kind == 'b':
        x &= np.uint32(1)
    else:
        x %= np.uint32(100)
        x += np.uint32(1)
    x = x.astype(dtype)
    return x.reshape(task['rows'], task['cols']) if name in 'mw' else x

def operand(name, task):
    key = (name, task['dtype'], task['size'])
    if name == 'out':
        kept.pop('out', None)
        kept['out'] = values(name, task)
        return kept['out']
    if kept.get('group') != key[1:]:
        kept.clear()
        kept['group'] = key[1:]
    if name not in kept:
        x = values(name, task)
        kept[name] = x.reshape(task['rows'], task['cols']) if name in 'mw' else x
    return kept[name]

def prepare(task):
    if 'numpy' not in task:
        raise LookupError('no counterpart')
    code = compile(task['numpy'], 'case', 'exec')
    scalar = np.dtype(task['dtype']).type
    middle = {'b': 0, 'f': 5}.get(np.dtype(task['dtype']).kind, 50)
    scope = {'np': np, 'rng': rng, 'n': task['size'], 'dtype': task['dtype'],
             'k': scalar(middle), 'high': scalar(100), 'zero': scalar(0)}
    # 'out' last: a new group drops what was kept.
    for name in ('a', 'b', 'mask', 'index', 'm', 'w', 'out'):
        if name in code.co_names:
            scope[name] = operand(name, task)
    try:
        result = eval(task['numpy'], scope)
    except SyntaxError:
        exec(code, scope)
        result = None
    arguments = ', '.join(scope)
    text = f'def run(times, {arguments}):\\n for _ in range(times): {task["numpy"]}'
    made = {}
    exec(text, made)
    run = made['run']
    if result is None:
        result = scope['out']
    sample = float(np.ravel(result)[::3].sum(dtype=np.float64))
    return sample, lambda times: run(times, **scope)

cases = json.load(open(sys.argv[1]))
rng = np.random.default_rng(0)
kept = {}
run = None
print('hello', np.__version__, 'on Python', sys.version.split()[0], flush=True)
for line in sys.stdin:
    command, argument = line.split()
    try:
        if command == 'prepare':
            run = None
            sample, run = prepare(cases[int(argument)])
            print('ready', sample, flush=True)
        else:
            start = time.perf_counter_ns()
            run(int(argument))
            print('ns', time.perf_counter_ns() - start, flush=True)
    except Exception as error:
        print('missing', str(error).split('\\n')[0] or type(error).__name__, flush=True)
`
