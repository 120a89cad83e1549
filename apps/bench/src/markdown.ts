import { ALL, type DTypeName } from './dtype.ts'
import type { Result } from './measure.ts'
import { PARTIES, type PartyName } from './party.ts'
import type { Report } from './report.ts'
import { ROWS } from './rows.ts'
import type { Startup } from './startup.ts'

export const TITLES: Record<PartyName, string> = {
  ebb: 'Ebb',
  numpy: 'NumPy',
  c: 'C',
  'numpy-ts': 'numpy-ts',
  js: 'JavaScript',
  opencv: 'OpenCV',
  'scikit-image': 'scikit-image',
}

export const MIB = 2 ** 20

/** The page: the machine, what importing costs, and for each size the ratios and then every figure. */
export function markdown(report: Report): string {
  const sizes = [...new Set(report.results.map(({ task }) => task.size))].sort((a, b) => a - b)
  return [
    '# Benchmarks',
    opening(report),
    ...(report.startup ? [startupSection(report.startup)] : []),
    ...sizes.map(size =>
      section(
        size,
        report.results.filter(({ task }) => task.size === size),
      ),
    ),
    notes(report),
  ]
    .join('\n\n')
    .concat('\n')
}

/** What was run where, and when. */
export function madeBy(command: string, { date, quick, machine }: Omit<Report, 'results'>): string {
  const { cpu, cores, memory, system, node } = machine
  return `Made by \`${command}${quick ? ' --quick' : ''}\` on ${date}: ${cpu}, ${cores} cores, ${(memory / 2 ** 30).toFixed(0)} GiB, ${system}, Node ${node}. Your machine gives your figures.`
}

function opening(report: Report): string {
  const { versions, absent } = report
  const present = PARTIES.filter(name => versions[name] !== undefined)
  const lines = [
    madeBy('pnpm bench', report),
    '',
    ...present.map(name => `- ${TITLES[name]}: ${PARTY_NOTES[name]} (${versions[name]})`),
    ...Object.entries(absent).map(([name, why]) => `- ${TITLES[name as PartyName]} took no part: ${why}`),
    '',
    'Each runs in a process of its own; they take turns, and a figure is the median of the rounds. Operands',
    'and results are resident before and engines warmed up, but a new array is touched for the first time. The',
    'results of all are compared, too. A ratio below 1 is in favour of Ebb; — where there is no such function or',
    'figure.',
  ]
  return lines.join('\n')
}

const PARTY_NOTES: Record<(typeof PARTIES)[number], string> = {
  ebb: 'with `out` where a function takes it, else the new array is released',
  numpy: 'with `out`, too, where a function takes it',
  c: 'the plain loop, `-O3 -march=native`; floats are summed in order, as C demands',
  'numpy-ts': 'it has no `out`; the new array is disposed of',
  js: 'the plain loop over typed arrays',
}

function startupSection({ imports, wasm }: Startup): string {
  const header = ['| | time | resident memory |', '| --- | ---: | ---: |']
  const rows = imports.map(
    ({ name, ms, rss }) =>
      `| import ${name} | ${ms.toFixed(1)} ms | ${rss === undefined ? '—' : `${(rss / MIB).toFixed(1)} MiB`} |`,
  )
  return [
    '## Import',
    '',
    'What an import adds to a fresh process, median of 7. NumPy is held against a bare Python, the others against a bare Node.',
    '',
    ...header,
    ...rows,
    '',
    `\`ebb.wasm\` has ${(wasm / 1000).toFixed(1)} KB.`,
  ].join('\n')
}

function section(size: number, results: readonly Result[]): string {
  return [
    `## ${size.toLocaleString('en')} elements`,
    ...(results.some(({ ns }) => ns.numpy !== undefined && ns.ebb !== undefined) ? [matrix(results)] : []),
    `<details${results.length <= 12 ? ' open' : ''}><summary>All figures</summary>`,
    figures(results),
    '</details>',
  ].join('\n\n')
}

/** Ebb's time by NumPy's: a line for each operation, a column for each dtype. */
function matrix(results: readonly Result[]): string {
  const dtypes = ALL.filter(dtype => results.some(({ task }) => task.dtype === dtype))
  const find = (name: string, dtype: DTypeName) =>
    results.find(({ task }) => task.name === name && task.dtype === dtype)
  const rows = namesIn(results).flatMap(name => {
    const cells = dtypes.map(dtype => ratio(find(name, dtype), 'numpy'))
    return cells.every(cell => cell === '—') ? [] : [line([name, ...cells])]
  })
  return [
    'Ebb’s time divided by NumPy’s:\n',
    line(['', ...dtypes]),
    line(['---', ...dtypes.map(() => '---:')]),
    ...rows,
  ].join('\n')
}

function figures(results: readonly Result[]): string {
  const rows = namesIn(results).flatMap(name =>
    results
      .filter(({ task }) => task.name === name)
      .map(result =>
        line([
          name,
          result.task.dtype,
          ...PARTIES.map(party => time(result.ns[party])),
          ratio(result, 'numpy'),
          ratio(result, 'c'),
        ]),
      ),
  )
  return [
    line(['', 'dtype', ...PARTIES.map(party => TITLES[party]), 'Ebb / NumPy', 'Ebb / C']),
    line(['---', '---', ...PARTIES.map(() => '---:'), '---:', '---:']),
    ...rows,
  ].join('\n')
}

/** The operations, and what could not be measured. */
function notes({ results }: Report): string {
  const used = ROWS.filter(({ name }) => results.some(({ task }) => task.name === name))
  const wrong = results.flatMap(({ task, missing }) =>
    Object.entries(missing)
      .filter(([, why]) => why !== 'no counterpart')
      .map(([party, why]) => ({
        key: `${TITLES[party as PartyName]}, ${task.name}: ${why}`,
        dtype: task.dtype,
      })),
  )
  const grouped = new Map<string, Set<string>>()
  for (const { key, dtype } of wrong) grouped.set(key, (grouped.get(key) ?? new Set()).add(dtype))
  return [
    '## Operations',
    [line(['', 'what', 'Ebb', 'NumPy']), line(['---', '---', '---', '---'])]
      .concat(used.map(({ name, note, ebb, numpy }) => line([name, note, code(ebb), code(numpy)])))
      .join('\n'),
    'Integers are 1 to 100, floats 0.01 to 10.01, masks true by even chance, all at random; `k` is 50 or 5, the middle.',
    ...(grouped.size > 0
      ? [
          '## Not measured',
          [...grouped].map(([key, dtypes]) => `- ${key} (${[...dtypes].join(', ')})`).join('\n'),
        ]
      : []),
  ].join('\n\n')
}

function namesIn(results: readonly Result[]): string[] {
  return ROWS.map(({ name }) => name).filter(name => results.some(({ task }) => task.name === name))
}

export function ratio(result: Pick<Result, 'ns'> | undefined, to: PartyName): string {
  const [own, other] = [result?.ns.ebb, result?.ns[to]]
  return own === undefined || other === undefined ? '—' : (own / other).toFixed(2)
}

/** Three digits and a unit. */
export function time(ns: number | undefined): string {
  if (ns === undefined) return '—'
  const [scale, unit] = ns < 1e3 ? [1, 'ns'] : ns < 1e6 ? [1e3, 'µs'] : ns < 1e9 ? [1e6, 'ms'] : [1e9, 's']
  const value = ns / scale
  return `${value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`
}

export const code = (text: string | undefined): string =>
  text === undefined ? '—' : `\`${text.replaceAll('|', '\\|')}\``

export const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
