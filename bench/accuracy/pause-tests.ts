import type { Bench } from './bench.ts'
import { runPart } from './child-process.ts'
import { pauseMean, pauseQuantile } from './closed-forms.ts'
import type { ClosedLoopAnswer, ClosedLoopQuestion } from './closed-loop.ts'
import { WARM_UP_SECONDS, measure } from './measure.ts'
import type { Measured } from './measure.ts'
import { claim, within } from './row.ts'
import type { FigureRow, Row } from './row.ts'
import { serveLab } from './serve-lab.ts'
import type { LabWish } from './serve-lab.ts'
import { writeNumber } from './write-table.ts'

const RATE = 1000
const PAUSE_SECONDS = 1

/** Even arrivals to a server that stands still for a second in the middle. */
interface PauseCase {
  readonly test: 'T2' | 'T3'
  readonly utilisation: number
  /** Of p99 and p99.9, in ms. */
  readonly tolerance: number
}

const CASES: readonly PauseCase[] = [
  { test: 'T2', utilisation: 0, tolerance: 10 },
  { test: 'T3', utilisation: 0.2, tolerance: 15 },
  { test: 'T3', utilisation: 0.5, tolerance: 15 },
]
const LONGEST_TOLERANCE_MS = 20
/** Nine in ten never meet the pause: their response time is the service time and the way there. */
const NEAR_ZERO_MS = 2
/** A twentieth of what is true. */
const HIDDEN_MS = 20

export async function runPauseTests(bench: Bench): Promise<Row[]> {
  const seconds = bench.quick ? 15 : 60
  const rows: Row[] = []
  for (const one of CASES) {
    if (!bench.isWanted(one.test) && !(bench.isWanted('T3b') && one.test === 'T2')) continue
    bench.say(`${one.test} pause at ρ = ${one.utilisation}: ${seconds} s`)
    const lab = labOf(one.utilisation, WARM_UP_SECONDS + seconds / 2)
    const measured = await measure({ lab, arrivals: 'even', rate: RATE, seconds, seed: 1 })
    if (bench.isWanted(one.test)) rows.push(...pauseRows(one, measured, seconds))
    if (one.test === 'T2' && bench.isWanted('T3b'))
      rows.push(...(await closedLoopRows(bench, measured, seconds / 2)))
  }
  return rows
}

function labOf(utilisation: number, from: number): LabWish {
  const settings = [`from=${from}s`, `length=${PAUSE_SECONDS}s`, `service=${(utilisation / RATE) * 1e6}us`]
  return { name: 'PAUSE', settings, seed: 1 }
}

function pauseRows(
  { test, utilisation, tolerance }: PauseCase,
  { stage, note }: Measured,
  seconds: number,
): Row[] {
  const pause = { pause: PAUSE_SECONDS, seconds, utilisation }
  const { mean, p50, p95, p99, p999, max } = stage.responseTimeMs
  const row = (name: string, expected: number, measured: number | null, allowed: number): FigureRow =>
    within(
      {
        test,
        what: `1 s pause in ${seconds} s, ρ = ${utilisation}: ${name}`,
        unit: 'ms',
        expected,
        measured: measured ?? NaN,
        run: note,
      },
      allowed,
    )
  const serviceMs = (utilisation / RATE) * 1e3
  const quantile = (p: number): number => pauseQuantile(pause, p) * 1e3 + serviceMs
  const tails = [
    row('p99', quantile(0.99), p99, tolerance),
    row('p99.9', quantile(0.999), p999, tolerance),
    row('longest', quantile(1), max, LONGEST_TOLERANCE_MS),
  ]
  const middle =
    quantile(0.95) > serviceMs
      ? row('p50', quantile(0.5), p50, NEAR_ZERO_MS)
      : row('p95', quantile(0.95), p95, NEAR_ZERO_MS)
  return [row('mean', pauseMean(pause) * 1e3 + serviceMs, mean, NEAR_ZERO_MS), middle, ...tails]
}

/** T3b: what a closed loop of one says of the same server. plimsoll must not say that. */
async function closedLoopRows(bench: Bench, open: Measured, seconds: number): Promise<Row[]> {
  bench.say(`T3b closed loop of one: ${seconds} s`)
  const lab = await serveLab(labOf(0, seconds / 2))
  try {
    const question: ClosedLoopQuestion = { url: lab.url, seconds }
    const { p99Ms, longestMs, requests } = await runPart<ClosedLoopAnswer>('closed-loop', question)
    const trapped = p99Ms <= HIDDEN_MS && longestMs > 900
    const openP99 = open.stage.responseTimeMs.p99 ?? NaN
    return [
      claim({
        test: 'T3b',
        what: 'a closed loop of one against the server of T2 hides the pause',
        expected: `p99 ≤ ${HIDDEN_MS} ms, though one answer took 1 s`,
        measured: `p99 ${p99Ms} ms, longest ${writeNumber(longestMs)} ms of ${writeNumber(requests, 9)} answers`,
        holds: trapped,
      }),
      claim({
        test: 'T3b',
        what: 'plimsoll, open, does not report that number',
        expected: 'a p99 of more than ten times that',
        measured: `p99 ${openP99.toFixed(0)} ms`,
        holds: openP99 > 10 * Math.max(1, p99Ms),
        run: open.note,
      }),
    ]
  } finally {
    await lab.stop()
  }
}
