import { HIGH, LOW, REST_MS } from './protocol.ts'

/** Exit codes by which the script says why it does not measure. */
export const WITHOUT_NUMPY = 3
export const WITHOUT_PROC = 4

/**
 * The experiment as its author ran it, for python3: the same steps, the same protocol, the same figures of
 * /proc/self/status as in way.ts. A text, so that it runs from wherever the demo was built to.
 */
export const NUMPY_SCRIPT = `
import time
began = time.perf_counter()
import gc, json, os, sys
try:
    import numpy as np
except ImportError:
    sys.exit(${WITHOUT_NUMPY})
if not os.access('/proc/self/status', os.R_OK):
    sys.exit(${WITHOUT_PROC})

plan = json.loads(sys.argv[1])
threshold = plan['threshold']

def report(kind, value):
    sys.stdout.write(json.dumps({kind: value}) + '\\n')
    sys.stdout.flush()

def memory():
    with open('/proc/self/status') as status:
        fields = dict(line.split(':', 1) for line in status)
    return [int(fields[name].split()[0]) * 1024 for name in ('VmRSS', 'VmHWM')]

def figures(name, since):
    now = time.perf_counter()
    rss, peak = memory()
    return {'name': name, 'rss': rss, 'peak': peak, 'ms': (now - since) * 1000, 'at': now * 1000}

def rest():
    if plan.get('watched'):
        time.sleep(${REST_MS / 1000})

def reset_peak():
    try:
        with open('/proc/self/clear_refs', 'w') as clear_refs:
            clear_refs.write('5')
        return True
    except OSError:
        return False

def create(shape):
    if 'input' in plan:
        return np.load(plan['input'])
    return np.random.default_rng(plan['seed']).integers(${LOW}, ${HIGH}, size=shape, dtype=plan['dtype'])

def nonzero(array):
    return int(np.count_nonzero(array))

def experiment(shape, count):
    since = time.perf_counter()
    array = create(shape)
    yield figures('create', since)
    before = nonzero(array) if count and threshold < 0 else array.size
    since = time.perf_counter()
    array[array <= threshold] = 0
    yield figures('filter', since)
    if count:
        yield before - nonzero(array)
    since = time.perf_counter()
    del array
    gc.collect()
    yield figures('release', since)

try:
    # Small: the release of a large block makes malloc keep the later ones up to its size.
    warm_up = np.zeros(1000, 'int32')
    warm_up[warm_up <= threshold] = 0
    nonzero(warm_up)
    if 'input' not in plan:
        create([1])
    del warm_up
    gc.collect()
    memory()
    version = 'NumPy %s, Python %s' % (np.__version__, sys.version.split()[0])
    report('ready', {'pid': os.getpid(), 'version': version, 'peakReset': reset_peak()})
    report('step', figures('start', began))
    rest()
    for number in range(plan['rounds']):
        steps = {}
        for value in experiment(plan['shape'], number == 0):
            if isinstance(value, dict):
                steps[value['name']] = value
            if number == 0:
                report('step' if isinstance(value, dict) else 'zeroed', value)
        if number == 0:
            rest()
        if plan['rounds'] > 1:
            report('round', {
                'rss': steps['release']['rss'],
                'peak': steps['release']['peak'],
                'filterMs': steps['filter']['ms'],
                'releaseMs': steps['release']['ms'],
            })
except MemoryError as error:
    report('failure', {'message': str(error) or 'out of memory', 'badFile': False})
except Exception as error:
    report('failure', {'message': '%s: %s' % (type(error).__name__, error), 'badFile': False})
`
