/**
 * What a measuring process (way.ts; numpy-script.ts) tells the one that prints: one JSON object a line on its
 * stdout, in the order
 *
 *     ready  start  create  filter  zeroed  release  round*  maps?      or, anywhere, failure
 *
 * A process that is asked only what a file holds tells its `subject`.
 */

export const STEP_NAMES = ['start', 'create', 'filter', 'release'] as const
export type StepName = (typeof STEP_NAMES)[number]

/** The figures at the end of a step. */
export interface Step {
  name: StepName
  /** Resident memory of the process, in bytes (VmRSS). */
  rss: number
  /** The most that was resident since the warm-up, in bytes (VmHWM). */
  peak: number
  /** How long the step took; of `start`, how long the process took to be ready: imports and warm-up. */
  ms: number
  /** When it ended: milliseconds of the system's monotonic clock, which all processes share. */
  at: number
}

/** One repetition of create, filter and release: the figures after its release. */
export interface Round {
  rss: number
  peak: number
  /** Time of the filter alone. */
  filterMs: number
  /** Time of the release alone. */
  releaseMs: number
}

/** The heap of Ebb at one moment: `nd.memory.heap().map`, and bytes. */
export interface HeapPicture {
  text: string
  /** Bytes that a character stands for. */
  slice: number
  used: number
  /** Free, but still resident. */
  dirty: number
}

export const MOMENTS = ['before', 'peak', 'after'] as const
export type Moment = (typeof MOMENTS)[number]

/** What the array is. */
export interface Subject {
  shape: number[]
  dtype: string
}

/** A process that is warmed up. */
export interface Ready {
  pid: number
  /** What measures, such as "NumPy 2.4.6, Python 3.12.3". */
  version?: string
  /** Whether the peak could be set back after the warm-up. */
  peakReset: boolean
}

export type Report =
  | { subject: Subject }
  | { ready: Ready }
  | { step: Step }
  | { zeroed: number }
  | { round: Round }
  | { maps: Record<Moment, HeapPicture> }
  | { failure: { message: string; badFile: boolean } }

/** What a measuring process is asked to do. */
export interface Plan extends Subject {
  threshold: number
  seed: number
  rounds: number
  /** A .npy file that is the array, in place of random integers. */
  input?: string
  /** Whether it is watched from outside: it then rests before and after the steps, and draws its heap. */
  watched?: boolean
}

/** How long a process rests when it is watched, in milliseconds: a curve needs a beginning and an end. */
export const REST_MS = 150

/** The random integers are at least LOW and less than HIGH, as in the article. */
export const LOW = 0
export const HIGH = 100

/** Exit code by which a process says that what it should measure is not installed. */
export const WITHOUT_PEER = 3
