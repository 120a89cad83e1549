import { type Case, type OperandName, operandsOf } from './cases.ts'
import { DTYPES, middle } from './dtype.ts'
import { dtypeOf, SEEDS } from './operands.ts'

/** The program of all loops: a function for each row and dtype, and a table of the cases. */
export function cSource(cases: readonly Case[]): string {
  const functions = new Map<string, string>()
  const table = cases.map(task => {
    if (task.c === undefined) return '{0}'
    const name = `${task.name.replace(/\W+/g, '_')}_${task.dtype}`
    if (!functions.has(name)) functions.set(name, cFunction(name, task, task.c))
    return `{${name}, ${task.size}u, ${task.rows}u, ${task.cols}u, ${task.outLength}u, prepare_${name}}`
  })
  return [
    PRELUDE,
    ...functions.values(),
    `static const struct task tasks[] = {${table.join(',\n')}};`,
    MAIN,
  ].join('\n')
}

function cFunction(name: string, task: Case, body: string): string {
  const operands = operandsOf(body)
  const type = (operand: OperandName) => DTYPES[dtypeOf(operand, task)].c
  const views = operands.map(operand => `${type(operand)} *restrict ${operand} = operand[${SLOTS[operand]}];`)
  const fills = operands.map(operand => {
    const length = operand === 'out' ? 'task->out_length' : 'n'
    const same = operand !== 'out' || task.outDType === task.dtype
    const value = same ? element(operand, task) : '0'
    return `{ ${type(operand)} *x = make(${SLOTS[operand]}, ${length} * sizeof(*x)); for (size_t i = 0; i < ${length}; i++) x[i] = ${value}; }`
  })
  const { dtype } = task
  const high = dtype === 'bool' ? 1 : 100
  const checked = operands.includes('out')
  const sample = checked
    ? `${type('out')} *out = operand[${SLOTS.out}]; for (size_t i = 0; i < task->out_length; i += 3) sum += out[i];`
    : ''
  return `
static void ${name}(size_t n, size_t rows, size_t cols) {
  typedef ${DTYPES[dtype].c} T; typedef ${DTYPES[task.outDType].c} O;
  const T k = ${middle(dtype)}, high = ${high}, zero = 0; (void)k, (void)high, (void)zero, (void)rows, (void)cols, (void)n; (void)(O)0;
  ${views.join(' ')}
  ${body}
}
static double prepare_${name}(const struct task *task) {
  size_t n = task->size; (void)n; double sum = 0;
  ${fills.join('\n  ')}
  result = 0; task->run(task->size, task->rows, task->cols);
  ${sample}
  return ${checked ? 'sum' : 'result'};
}`
}

const SLOTS: Record<OperandName, number> = { a: 0, b: 1, mask: 2, index: 3, m: 4, w: 5, out: 6 }

function element(operand: OperandName, task: Case): string {
  const bits = `hash(i, ${SEEDS[operand]}u)`
  const { kind } = DTYPES[dtypeOf(operand, task)]
  if (operand === 'index') return `${bits} % n`
  if (kind === 'bool') return `${bits} & 1`
  return kind === 'float' ? `${bits} / 4294967296.0 * 10 + 0.01` : `${bits} % 100 + 1`
}

const PRELUDE = `
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <time.h>
#define Number(x) ((double)(x))
#define at(x) (x)
#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "GCC " __VERSION__
#endif
static void *operand[7];
static volatile double result;
struct task {
  void (*run)(size_t, size_t, size_t);
  size_t size, rows, cols, out_length;
  double (*prepare)(const struct task *);
};
static inline void keep(void *block) { __asm__ volatile("" : : "r"(block) : "memory"); }
static uint32_t hash(size_t index, uint32_t seed) {
  uint32_t x = (uint32_t)index + seed;
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}
static void *make(int slot, size_t bytes) {
  free(operand[slot]);
  operand[slot] = malloc(bytes);
  if (!operand[slot]) exit(1);
  return operand[slot];
}
`

const MAIN = `
int main(void) {
  const struct task *task = 0;
  char command[16];
  unsigned long argument;
  puts("hello " COMPILER);
  fflush(stdout);
  while (scanf("%15s %lu", command, &argument) == 2) {
    if (command[0] == 'p') {
      task = &tasks[argument];
      for (int slot = 0; slot < 7; slot++) make(slot, 1);
      if (task->run) printf("ready %.17g\\n", task->prepare(task));
      else puts("missing no counterpart");
    } else {
      struct timespec start, end;
      clock_gettime(CLOCK_MONOTONIC, &start);
      for (unsigned long t = 0; t < argument; t++) {
        task->run(task->size, task->rows, task->cols);
        __asm__ volatile("" : : : "memory");
      }
      clock_gettime(CLOCK_MONOTONIC, &end);
      printf("ns %lld\\n", (end.tv_sec - start.tv_sec) * 1000000000LL + (end.tv_nsec - start.tv_nsec));
    }
    fflush(stdout);
  }
}
`
