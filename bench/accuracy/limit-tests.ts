import type { Bench } from './bench.ts'
import { bucketAccepted, bucketFirstRefusal, bucketRefusedShare } from './closed-forms.ts'
import { WARM_UP_SECONDS, measure } from './measure.ts'
import type { Measured } from './measure.ts'
import { claim, within, withinPercent } from './row.ts'
import type { Row } from './row.ts'
import { slope } from './slope.ts'

const BUCKET = { rate: 300, burst: 150, arrivals: 400 }

/** T8: a token bucket, full when the load begins. Even arrivals: Poisson ones would move the first refusal by 0.25 s. */
export async function runBucketTest(bench: Bench): Promise<Row[]> {
  if (!bench.isWanted('T8')) return []
  const seconds = bench.quick ? 10 : 30
  bench.say(`T8 token bucket: ${seconds} s`)
  const measured = await measure({
    lab: { name: 'BUCKET', settings: [`rate=${BUCKET.rate}`, `burst=${BUCKET.burst}`], seed: 1 },
    arrivals: 'even',
    rate: BUCKET.arrivals,
    warmUpRate: 50,
    seconds,
    seed: 1,
    readsRates: true,
  })
  const { windows, stage, note } = measured
  const refusals = windows.flatMap(({ series }) =>
    series.filter(({ outcome }) => outcome.kind === 'answered' && outcome.status === 503),
  )
  const first = Math.min(...refusals.map(({ firstAt }) => firstAt)) / 1e9 - WARM_UP_SECONDS
  const settled = windows.filter(({ from }) => from / 1e9 - WARM_UP_SECONDS > first)
  const refused = refusals.filter(series => settled.some(window => window.series.includes(series)))
  const count = (all: readonly { readonly count: number }[]): number =>
    all.reduce((sum, each) => sum + each.count, 0)
  const offered = settled.reduce((sum, window) => sum + window.offered, 0)
  const row = { test: 'T8', run: note } as const
  return [
    within(
      {
        ...row,
        what: 'first refusal, b/(λ − r)',
        unit: 's',
        expected: bucketFirstRefusal(BUCKET),
        measured: first,
      },
      0.2,
    ),
    withinPercent(
      {
        ...row,
        what: `accepted in ${seconds} s, r·t + b`,
        unit: '',
        expected: bucketAccepted(BUCKET, seconds),
        measured: stage.statuses['200'] ?? 0,
      },
      1,
    ),
    within(
      {
        ...row,
        what: 'share refused in the long run, 1 − r/λ',
        unit: '%',
        expected: bucketRefusedShare(BUCKET) * 100,
        measured: (count(refused) / offered) * 100,
      },
      1,
    ),
  ]
}

const SERVICE_RATE = 500
/** What a capacity is decided to. */
const RESOLUTION = 0.03

/** T9: just below what the server can do, and just above. */
export async function runEdgeTest(bench: Bench): Promise<Row[]> {
  if (!bench.isWanted('T9')) return []
  const rows: Row[] = []
  for (const load of [0.97, 1.03]) {
    const seconds = bench.quick ? 10 : 15
    const rate = SERVICE_RATE * load
    bench.say(`T9 D/1 at ${load} µ: ${seconds} s`)
    const measured = await measure({
      lab: { name: 'D1', settings: ['service=2ms'], seed: 1 },
      arrivals: 'even',
      rate,
      seconds,
      seed: 1,
      readsRates: true,
    })
    rows.push(...edgeRows(load, rate, measured))
  }
  return rows
}

function edgeRows(load: number, rate: number, { report, windows, note }: Measured): Row[] {
  const { rps, low, high, bound } = report.capacity.knee
  const passes = load < 1
  const words = rps === null ? 'nothing' : `${bound.replace('-', ' ')} ${rps.toFixed(1)}/s`
  const holds = passes
    ? bound === 'at-least' && (low ?? 0) >= rate * (1 - RESOLUTION)
    : rps !== null && bound !== 'at-least' && (high ?? Infinity) < rate
  const row = { test: 'T9', run: note } as const
  const backlog = windows.map(({ to, inFlight }) => [to / 1e9, inFlight.atEnd] as const)
  return [
    claim({
      ...row,
      what: `${load} µ = ${rate}/s: capacity`,
      expected: passes
        ? `passes: no limit met, at least ${(rate * (1 - RESOLUTION)).toFixed(1)}/s`
        : `fails: less than ${rate}/s`,
      measured: words,
      holds,
    }),
    within(
      {
        ...row,
        what: `${load} µ: the backlog grows by`,
        unit: '/s',
        expected: Math.max(0, rate - SERVICE_RATE),
        measured: slope(backlog),
      },
      1,
    ),
  ]
}
