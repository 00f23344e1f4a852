import { md1, mm1, mmc } from './closed-forms.ts'
import type { ResponseTime } from './closed-forms.ts'
import { drawTypical } from './draw-sample.ts'
import type { Drawn, Figure } from './draw-sample.ts'
import { measure } from './measure.ts'
import type { Measured, Trial } from './measure.ts'
import { withinPercent } from './row.ts'
import type { Row } from './row.ts'
import type { Bench } from './bench.ts'

/** One queue under Poisson arrivals, with its closed form. */
interface QueueCase {
  readonly test: 'T4' | 'T5' | 'T6' | 'T7'
  readonly name: string
  readonly lab: string
  readonly settings: readonly string[]
  readonly rate: number
  readonly requests: number
  readonly truth: ResponseTime
  readonly figures: readonly Figure[]
}

const mean = (percent: number): Figure => ({ name: 'mean', of: times => times.mean, percent })
const quantile = (p: number, percent: number): Figure => ({
  name: `p${p * 100}`,
  of: times => times.quantile(p),
  percent,
})

const CASES: readonly QueueCase[] = [
  {
    test: 'T4',
    name: 'M/M/1, ρ = 0.5',
    lab: 'MM1',
    settings: ['rate=1000'],
    rate: 500,
    requests: 60_000,
    truth: mm1(500, 1000),
    figures: [mean(4), quantile(0.5, 4), quantile(0.95, 6), quantile(0.99, 6)],
  },
  {
    test: 'T5',
    name: 'M/M/1, ρ = 0.8',
    lab: 'MM1',
    settings: ['rate=1000'],
    rate: 800,
    requests: 200_000,
    truth: mm1(800, 1000),
    figures: [mean(8), quantile(0.99, 9)],
  },
  ...[
    { rate: 500, figures: [mean(3), quantile(0.95, 3), quantile(0.99, 3)] },
    { rate: 800, figures: [mean(6), quantile(0.5, 6), quantile(0.95, 6), quantile(0.99, 6)] },
    { rate: 900, requests: 30_000, figures: [mean(9), quantile(0.99, 9)] },
  ].map(({ rate, requests = 60_000, figures }): QueueCase => ({
    test: 'T6',
    name: `M/D/1, ρ = ${rate / 1000}`,
    lab: 'D1',
    settings: ['service=1ms'],
    rate,
    requests,
    truth: md1(rate, 0.001),
    figures,
  })),
  ...[800, 900].map((rate): QueueCase => ({
    test: 'T7',
    name: `M/M/8 at ${rate}/s`,
    lab: 'MMC',
    settings: ['rate=1000', 'slots=8'],
    rate,
    requests: 50_000,
    truth: mmc(rate, 8, 125),
    figures: [mean(5), quantile(0.99, 5)],
  })),
]

/** Far from the seeds of the arrivals: with the same one, services would be drawn from the numbers that the gaps are. */
const SERVER_SEED = 1001
/** Of what the way to the server may add: the median that T1 allows. */
const MOST_LAG_MS = 0.5

export async function runQueueTests(bench: Bench): Promise<Row[]> {
  const rows: Row[] = []
  for (const queue of CASES) {
    if (!bench.isWanted(queue.test) && !bench.isWanted('T13')) continue
    const wish = wishOf(queue, bench.quick ? queue.requests / 4 : queue.requests)
    const drawn = drawTypical(wish, queue.truth, queue.figures)
    bench.say(`${queue.test} ${queue.name}: ${wish.seconds} s, seed ${drawn.trial.seed}`)
    const measured = await measure(drawn.trial)
    const path = (await bench.path()).medianMs
    rows.push(...figureRows(queue, drawn, measured, path), littleRow(queue, measured))
  }
  return rows
}

function wishOf({ lab, settings, rate }: QueueCase, requests: number): Omit<Trial, 'seed'> {
  return {
    lab: { name: lab, settings, seed: SERVER_SEED },
    arrivals: 'poisson',
    rate,
    seconds: Math.ceil(requests / rate),
  }
}

function figureRows(
  { test, name, truth, figures }: QueueCase,
  { sample }: Drawn,
  { stage, note, meanLatenessMs }: Measured,
  pathMs: number,
): Row[] {
  const { mean: meanMs, p50, p95, p99 } = stage.responseTimeMs
  const measured: Readonly<Record<string, number | null>> = { mean: meanMs, p50, p95, p99 }
  return figures.map(figure =>
    withinPercent(
      {
        test,
        what: `${name}: ${figure.name}`,
        unit: 'ms',
        expected: figure.of(truth) * 1e3,
        drawn: figure.of(sample) * 1e3,
        measured: measured[figure.name] ?? NaN,
        lag: Math.min(MOST_LAG_MS, pathMs + meanLatenessMs),
        run: note,
      },
      figure.percent,
    ),
  )
}

/** L = λW (Little 1961): the mean number in flight by the clock against rate times mean response time by request. */
function littleRow({ name }: QueueCase, { stage, windows, note }: Measured): Row {
  let resident = 0
  let seconds = 0
  for (const { from, to, inFlight } of windows) {
    resident += inFlight.mean * ((to - from) / 1e9)
    seconds += (to - from) / 1e9
  }
  const expected = (stage.offered / seconds) * ((stage.responseTimeMs.mean ?? NaN) / 1e3)
  const row = {
    test: 'T13',
    what: `${name}: mean in flight`,
    unit: '',
    expected,
    measured: resident / seconds,
    run: note,
  } as const
  return withinPercent(row, 2)
}
