import { renderJson } from '../../src/report/render-json.ts'
import type { Report } from '../../src/report/report.ts'
import { normalQuantile } from '../../src/statistics/normal-quantile.ts'
import { createRandom } from '../../src/units/random.ts'
import { launchReport } from './report-fixture.ts'

/** What of a run a history looks at; the rest is that of the launch. */
export interface PretendedRun {
  readonly id?: string
  readonly name?: string
  readonly startedAt?: string
  /** With an interval of 2 % on either side. */
  readonly kneeRps?: number
  readonly bound?: Bound
  readonly trusted?: boolean
  readonly digest?: string
  readonly flags?: readonly string[]
  readonly port?: number
  readonly host?: string
  readonly toolVersion?: string
  readonly cpus?: number
  readonly resumedFrom?: Report['run']['resumedFrom']
}

const DEFAULTS = {
  name: 'storefront launch',
  startedAt: '2026-01-01T10:00:00.000Z',
  kneeRps: 800,
  bound: 'measured',
  trusted: true,
  digest: 'a'.repeat(64),
  flags: [],
  port: 8080,
  host: '127.0.0.1',
  toolVersion: '0.1.0',
  cpus: 2,
} as const

/** A report of that run, without its bulk: windows say nothing to a history. */
export function historyReport(pretended: PretendedRun = {}): Report {
  const launch = launchReport()
  const { plan } = launch.result
  const run = { ...DEFAULTS, ...pretended }
  const { name, host, port, startedAt, toolVersion, resumedFrom } = run
  return {
    ...launch,
    windows: [],
    trust: { ...launch.trust, ok: run.trusted },
    capacity: { ...launch.capacity, knee: { ...launch.capacity.knee, ...kneeOf(run) } },
    run: {
      ...launch.run,
      id: run.id ?? startedAt,
      name,
      startedAt,
      target: `http://${host}:${port}`,
      toolVersion,
      ...(resumedFrom && { resumedFrom }),
      scenario: { ...launch.run.scenario, digest: run.digest, flags: run.flags },
      machine: { ...launch.run.machine, cpus: run.cpus },
    },
    result: {
      ...launch.result,
      windows: [],
      plan: { ...plan, name, target: { ...plan.target, host, port } },
    },
  }
}

type Bound = Report['capacity']['knee']['bound']

const kneeOf = ({ kneeRps, bound }: { readonly kneeRps: number; readonly bound: Bound }) => ({
  rps: bound === 'none' ? null : kneeRps,
  low: bound === 'measured' || bound === 'at-least' ? 0.98 * kneeRps : null,
  high: bound === 'measured' || bound === 'at-most' ? 1.02 * kneeRps : null,
  bound,
})

/** Ten in the morning, that many days after New Year's Day of 2026. */
export const day = (count: number): string => new Date(Date.UTC(2026, 0, 1 + count, 10)).toISOString()

/** A run a day, each at the rate for its number times e^(sd·z). */
export function dailyRuns(
  count: number,
  rateOf: (run: number) => number,
  { sd = 0.02, seed = 1, ...run }: PretendedRun & { readonly sd?: number; readonly seed?: number } = {},
): readonly Report[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const noise = Math.exp(sd * normalQuantile(random.uniform() - 2 ** -54))
    return historyReport({
      ...run,
      startedAt: day(i),
      id: `${run.name ?? 'run'} ${i}`,
      kneeRps: rateOf(i) * noise,
    })
  })
}

export const reportText = (report: Report): string => renderJson(report)
