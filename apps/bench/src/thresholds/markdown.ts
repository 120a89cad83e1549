import { code, line, MIB, madeBy, ratio, TITLES, time } from '../markdown.ts'
import type { Result } from '../measure.ts'
import { MODELS, type ModelName, type PartyName } from '../party.ts'
import type { ThresholdReport } from './bench.ts'
import type { ThresholdCase } from './cases.ts'
import { IMAGE_DTYPES } from './images.ts'
import { THRESHOLD_ROWS } from './rows.ts'

type ThresholdResult = Result<ThresholdCase>

/** The page: the machine, and for each model the ratios and then every figure. */
export function thresholdPage(report: ThresholdReport): string {
  const { results } = report
  return [
    '# Benchmarks of thresholds',
    opening(report),
    ...MODELS.filter(model => results.some(({ task }) => task.model === model)).map(model =>
      section(
        model,
        results.filter(({ task }) => task.model === model),
      ),
    ),
    ...notMeasured(results),
  ]
    .join('\n\n')
    .concat('\n')
}

function opening(report: ThresholdReport): string {
  const { versions, absent, machine, load } = report
  const [before, after] = load.map(value => value.toFixed(1))
  return [
    madeBy('pnpm --filter @ebb/bench bench --part thresholds', report),
    `The load of the ${machine.cores} cores was ${before} before the run and ${after} at its end: above ${machine.cores}, others took time from it.`,
    '',
    ...Object.entries(versions).map(([name, version]) => `- ${TITLES[name as PartyName]} ${version}`),
    ...Object.entries(absent).map(([name, why]) => `- ${TITLES[name as PartyName]} took no part: ${why}`),
    '',
    'Each runs in a process of its own; they take turns, and a time is the median of the rounds (what takes more',
    'than three seconds is measured once). Ebb’s results are compared with the models’: a method that finds another',
    'threshold has no time. The images are the same for all: two bells of noise that meet, in cells of 32 along',
    'each axis, a third of them foreground. A ratio below 1 is in favour of Ebb; — where there is no such',
    'function, dtype or figure.',
    '',
    '“Above” is what was resident at most while a function ran, above what was before: the image, and `out` where',
    'the function takes one (Ebb’s do; results of scikit-image are among what is above).',
  ].join('\n')
}

function section(model: ModelName, results: readonly ThresholdResult[]): string {
  return [
    `## Beside ${TITLES[model]}`,
    ...(NOTES[model] === undefined ? [] : [NOTES[model]]),
    `Ebb’s time divided by ${TITLES[model]}’s:`,
    matrix(model, results),
    'Every figure:',
    figures(model, results),
    'What is measured:',
    texts(results),
  ].join('\n\n')
}

const NOTES: Partial<Record<ModelName, string>> = {
  'scikit-image': [
    '`threshold_local` of scikit-image 0.19 asks every single element for its dtype, in Python: nearly all of its',
    'time, a minute and more on the volume, where it is left out. What its filters need is held against SciPy’s.',
    'On the volume its methods take 1.3 GiB and more with every call: on a busy machine a call has been seen to',
    'take from 0.3 to 4 s, depending on how fast the system finds that memory.',
  ].join('\n'),
}

function matrix(model: ModelName, results: readonly ThresholdResult[]): string {
  const dtypes = IMAGE_DTYPES.filter(dtype => results.some(({ task }) => task.dtype === dtype))
  const shapes = dtypes.map(dtype => {
    const shape = results.find(({ task }) => task.dtype === dtype)?.task.shape ?? []
    return `${dtype}, ${shape.join(' × ')}`
  })
  const rows = namesIn(results).map(name => {
    const cells = dtypes.map(dtype =>
      ratio(
        results.find(({ task }) => task.name === name && task.dtype === dtype),
        model,
      ),
    )
    return line([name, ...cells])
  })
  return [line(['', ...shapes]), line(['---', ...shapes.map(() => '---:')]), ...rows].join('\n')
}

function figures(model: ModelName, results: readonly ThresholdResult[]): string {
  const title = TITLES[model]
  const rows = namesIn(results).flatMap(name =>
    results
      .filter(({ task }) => task.name === name)
      .map(result => {
        const { task, ns, peak } = result
        return line([
          name,
          task.dtype,
          time(ns.ebb),
          time(ns[model]),
          ratio(result, model),
          memory(peak?.ebb),
          memory(peak?.[model]),
        ])
      }),
  )
  return [
    line(['', 'dtype', 'Ebb', title, `Ebb / ${title}`, 'Ebb above', `${title} above`]),
    line(['---', '---', '---:', '---:', '---:', '---:', '---:']),
    ...rows,
  ].join('\n')
}

function texts(results: readonly ThresholdResult[]): string {
  const names = namesIn(results)
  const rows = THRESHOLD_ROWS.filter(({ name }) => names.includes(name)).map(({ name, note, ebb, text }) =>
    line([note === undefined ? name : `${name}: ${note}`, code(ebb), code(text)]),
  )
  return [line(['', 'Ebb', 'model']), line(['---', '---', '---']), ...rows].join('\n')
}

function notMeasured(results: readonly ThresholdResult[]): string[] {
  const lines = results.flatMap(({ task, missing }) =>
    Object.entries(missing)
      .filter(([, why]) => why !== 'no counterpart')
      .map(([party, why]) => `- ${TITLES[party as PartyName]}, ${task.name} of ${task.dtype}: ${why}`),
  )
  return lines.length > 0 ? ['## Not measured', lines.join('\n')] : []
}

function namesIn(results: readonly ThresholdResult[]): string[] {
  return THRESHOLD_ROWS.map(({ name }) => name).filter(name => results.some(({ task }) => task.name === name))
}

function memory(bytes: number | undefined): string {
  return bytes === undefined || !Number.isFinite(bytes) ? '—' : `${(bytes / MIB).toFixed(1)} MiB`
}
