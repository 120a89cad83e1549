/**
 * The party of a model, for Python: `script opencv|scikit-image cases.json folder`. The first run loads modules
 * and touches memory that the system has yet to find, so it counts only where a second one would take long.
 */
export const MODEL_SCRIPT = `
import json, os, re, sys, time, warnings
import numpy as np
warnings.simplefilter('ignore')

model, file, folder = sys.argv[1:]
numpy = 'NumPy ' + np.__version__ + ', Python ' + sys.version.split()[0]
if model == 'opencv':
    import cv2
    cv2.setNumThreads(1)
    modules, version = {'cv2': cv2}, cv2.__version__
else:
    import scipy, skimage
    from scipy import ndimage
    from skimage import filters
    modules, version = {'filters': filters, 'ndimage': ndimage}, skimage.__version__
    numpy = 'SciPy ' + scipy.__version__ + ', ' + numpy

def status(field):
    with open('/proc/self/status') as lines:
        return int(re.search(field + r':\\s+(\\d+)', lines.read())[1]) * 1024

def reset_peak():
    try:
        with open('/proc/self/clear_refs', 'w') as file:
            file.write('5')
        return True
    except OSError:
        return False

def operands(task):
    kept.pop('out', None)
    if kept.get('dtype') != task['dtype']:
        kept.clear()
        kept['dtype'] = task['dtype']
        kept['a'] = np.load(os.path.join(folder, task['dtype'] + '.npy'))
        if model == 'opencv':  # which takes a third axis for channels
            kept['a'] = kept['a'].reshape(len(kept['a']), -1)
    if re.search(r'\\bout\\b', task['texts'][model]):
        dtype = task['outDType']
        kept['out'] = np.ones_like(kept['a'], 'uint8' if dtype == 'bool' else dtype)
    return {name: kept[name] for name in ('a', 'out') if name in kept}

def timed(run):
    start = time.perf_counter_ns()
    result = run(1)
    return result, time.perf_counter_ns() - start

def measured(run):
    is_peak = reset_peak()
    before = status('VmRSS') if is_peak else 0
    result, ns = timed(run)
    return result, max(0, status('VmHWM') - before) if is_peak else float('nan'), ns

def prepare(task):
    if model not in task['texts']:
        raise LookupError('no counterpart')
    scope = {**modules, **operands(task), **task['levels']}
    made = {}
    text = f"def run(times, {', '.join(scope)}):\\n for _ in range(times): result = {task['texts'][model]}\\n return result"
    exec(text, made)
    run = lambda times: made['run'](times, **scope)
    result, peak, ns = measured(run)
    if ns < 10e9:
        result, peak, ns = measured(run)
    return run, (sample(task, scope.get('out', result)), peak, ns)

def sample(task, result):
    if np.ndim(result) < 2:
        return sum(float(value) * (at + 1) for at, value in enumerate(np.atleast_1d(result)))
    every = np.ravel(result)[::3]
    return float((every != 0).sum() if task['outDType'] == 'bool' else every.sum(dtype=np.float64))

with open(file) as text:
    cases = json.load(text)
kept = {}
run = None
print('hello', version + (' on ' if model == 'scikit-image' else ', one thread, on ') + numpy, flush=True)
for line in sys.stdin:
    command, argument = line.split()
    try:
        if command == 'prepare':
            run = None
            run, ready = prepare(cases[int(argument)])
            print('ready', *ready, flush=True)
        else:
            start = time.perf_counter_ns()
            run(int(argument))
            print('ns', time.perf_counter_ns() - start, flush=True)
    except Exception as error:
        print('missing', str(error).split('\\n')[0] or type(error).__name__, flush=True)
`
