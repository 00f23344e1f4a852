import type { Findings, Onset } from '../../src/analysis/findings.ts'
import type { Plan, RequestTemplate, Stage } from '../../src/plan/plan.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report } from '../../src/report/report.ts'
import type { IntervalWindow, Result } from '../../src/result/result.ts'
import { seconds } from '../../src/units/quantity.ts'
import type { Verdict } from '../../src/verdict/verdict.ts'
import { closedReport } from './closed-result.ts'
import { generatorFigures, phases, routeFigures, stageFigures, windowFigures } from './fixture-figures.ts'
import { request, resultOf, stage } from './fixture-result.ts'
import type { Fate, Pretence } from './fixture-result.ts'
import { queue } from './fixture-target.ts'
import { searchedReport } from './searched-report.ts'

/* Reports as runs would give them, from plain formulas: a gateway in front of a target that carries 842/s. */
const home = request('home', 8, 'GET', '/')
const product = request('product', 3, 'GET', '/product/42')
const checkout = request('checkout', 1, 'POST', '/checkout')

export function planOf(
  stages: readonly Stage[],
  requests: readonly RequestTemplate[] = [home, product, checkout],
): Plan {
  return {
    schema: 'plimsoll/plan@1',
    name: 'storefront launch',
    target: { protocol: 'http', host: '127.0.0.1', port: 8080, basePath: '' },
    arrivals: 'poisson',
    stages,
    requests,
    promises: [],
    seed: 42,
    maxConnections: 1024,
  }
}

/** A report takes half a second to make and is never changed. */
function once(make: () => Report): () => Report {
  let made: Report | undefined
  return () => (made ??= make())
}

type Conclusions = Partial<Omit<Findings, 'stages' | 'windows' | 'routes' | 'phases' | 'generator'>>

/** Everything that follows from the RESULT by adding up is added up; the rest is given. */
function reportOf(
  result: Result,
  given: Conclusions,
  verdict: Verdict,
  isValid: (window: IntervalWindow) => boolean = () => true,
): Report {
  const findings: Findings = {
    trust: { ok: true, reasons: [], notes: [] },
    capacity: {
      knee: {
        rps: null,
        low: null,
        high: null,
        confidence: 0.95,
        bound: 'none',
        because: '',
        method: 'hinge',
      },
      limitedBy: null,
      saturation: null,
      ...DEFINED,
    },
    onset: { '502': null, '503': null, '504': null, any: null },
    recovery: null,
    causes: [],
    sizing: UNSIZED,
    stages: stageFigures(result, isValid),
    windows: windowFigures(result, isValid),
    routes: routeFigures(result, isValid),
    phases: phases(result),
    generator: generatorFigures(result, isValid),
    saturation: null,
    search: null,
    ...given,
  }
  return buildReport(result, findings, verdict)
}

const UNSIZED: Findings['sizing'] = {
  peakRps: null,
  headroom: 0.8,
  safeRps: null,
  backendsNow: 1,
  backends: null,
  cdnOffload: null,
  formulas: [],
  because: 'without a knee there is nothing to size from',
}

const DEFINED = {
  definition: 'the highest offered rate at which, after transients, at most 1 % of the requests end badly',
  slo: null,
  timeoutForecast: null,
}

export const sustained: Onset = {
  rps: 851,
  low: 845,
  high: 858,
  confidence: 0.95,
  atSeconds: 43.4,
  loadRelated: true,
  undecided: false,
  firstSeenRps: 872,
  count: 10_034,
  share: 0.203,
  because: 'the share of 502 follows the loss law 1 - θ/λ above θ = 851/s',
}

/** A ramp from 50/s to 1500/s through the knee at 842/s and the 502 onset at 851/s, then recovery. */
export const launchReport: () => Report = once(() => {
  const plan = planOf([
    stage('warm-up', 50, 50, 10, true),
    stage('ramp', 50, 1500, 60),
    stage('recovery', 200, 200, 20),
  ])
  const samples: Result['samples'] = [
    {
      request: 0,
      outcome: { kind: 'answered', status: 200 },
      at: seconds(0.02),
      head: 'HTTP/1.1 200 OK\r\nserver: nginx\r\ncontent-type: text/html\r\n',
      body: '<!doctype html><title>Storefront</title>',
    },
    {
      request: 0,
      outcome: { kind: 'answered', status: 502 },
      at: seconds(43.4),
      head: 'HTTP/1.1 502 Bad Gateway\r\nserver: nginx\r\ncontent-length: 150\r\n',
      body: '<html><head><title>502 Bad Gateway</title></head></html>',
    },
  ]
  const result = { ...resultOf(plan, { target: queue }), samples }
  return reportOf(
    result,
    {
      capacity: {
        knee: {
          rps: 842,
          low: 826,
          high: 858,
          confidence: 0.95,
          bound: 'measured',
          because: 'above 842/s good answers stay at 842/s whatever is offered, and the rest is answered 502',
          method: 'hinge fit of the ramp',
        },
        limitedBy: 'throughput',
        saturation: { rps: 842, low: 838, high: 846 },
        ...DEFINED,
      },
      onset: { '502': sustained, '503': null, '504': null, any: sustained },
      recovery: {
        recovered: true,
        seconds: 1.4,
        metastable: false,
        because: 'p99 was back at 12 ms',
        rateRps: null,
        ratio: null,
        vulnerable: null,
        latched: false,
      },
      causes: [
        {
          cause: 'overload',
          certainty: 0.93,
          claim: 'the gateway answers 502 because the queue in front of the backends is full',
          evidence: [
            'the share of 502 grows with the load as the loss law says (likelihood ratio 4 120)',
            'failing answers come after 0.8 ms, good ones after 152 ms: they never reach a backend',
            'p50 rose from 1.3 ms to 106 ms before the first 502',
          ],
          next: 'add backends, or raise the concurrency of each; a longer queue only makes the wait longer',
        },
      ],
      sizing: {
        peakRps: 1200,
        headroom: 0.8,
        safeRps: 661,
        backendsNow: 2,
        backends: { pessimistic: 4, expected: 4, optimistic: 4 },
        cdnOffload: { pessimistic: 0.449, expected: 0.439, optimistic: 0.428 },
        formulas: [
          'backends = ⌈peak / (headroom × knee / backends now)⌉',
          'CDN offload = 1 − headroom × knee / peak',
        ],
        because: 'one backend carries 413/s, the lower end of the knee over 2 backends',
      },
    },
    {
      name: 'failed',
      because: 'knee > 900/s does not hold: the knee is 842/s (826/s to 858/s)',
      promises: [
        {
          text: 'p99 < 300ms up to 800/s',
          held: true,
          measured: '110 ms in the window from 40 s at 787/s',
          because: 'the slowest of 31 windows stays below 300 ms',
        },
        {
          text: 'errors < 0.1% up to 800/s',
          held: null,
          measured: '0 % of 12 900 requests',
          because: 'the interval of the error share reaches 0.12 %; it takes more requests',
        },
        {
          text: 'knee > 900/s',
          held: false,
          measured: '842/s (826/s to 858/s)',
          because: 'even its upper end is below 900/s',
        },
      ],
    },
  )
})

/** Steps up to 600/s, and nothing gives way. */
export const untouchedReport: () => Report = once(() => {
  const plan = planOf([
    stage('warm-up', 100, 100, 5, true),
    ...[200, 400, 600].map(rate => stage(`${rate}/s`, rate, rate, 20)),
  ])
  return reportOf(
    resultOf(plan, { target: queue }),
    {
      capacity: {
        knee: {
          rps: 600,
          low: 600,
          high: null,
          confidence: 0.95,
          bound: 'at-least',
          because: 'at 600/s, the highest rate that was tried, good answers still keep up with the load',
          method: 'steps',
        },
        limitedBy: null,
        saturation: null,
        ...DEFINED,
      },
      causes: [{ cause: 'none', certainty: 1, claim: 'nothing went wrong', evidence: [], next: '' }],
      sizing: {
        peakRps: 500,
        headroom: 0.8,
        safeRps: 480,
        backendsNow: 2,
        backends: { pessimistic: 3, expected: 3, optimistic: null },
        cdnOffload: { pessimistic: 0.04, expected: 0.04, optimistic: null },
        formulas: ['backends = ⌈peak / (headroom × knee / backends now)⌉'],
        because: 'the knee was not reached, so fewer may do',
      },
    },
    {
      name: 'passed',
      because: 'every promise held',
      promises: [
        {
          text: 'p99 < 300ms',
          held: true,
          measured: '19 ms in the window from 45 s at 600/s',
          because: 'all 60 windows hold',
        },
      ],
    },
  )
})

/** The generator fell behind above 500/s: whatever the arithmetic gives is not the target's capacity. */
export const untrustedReport: () => Report = once(() => {
  const plan = planOf([stage('ramp', 50, 1500, 30)])
  const pretence: Pretence = {
    target: rate => {
      const unsent = Math.max(0, 1 - 500 / rate)
      return [
        { outcome: { kind: 'answered', status: 200 }, share: 1 - unsent, meanMs: 2 },
        { outcome: { kind: 'never-sent', reason: 'generator-behind' }, share: unsent, meanMs: 0 },
      ]
    },
    latenessUs: rate => (rate < 500 ? 60 : 80_000),
    utilisation: rate => Math.min(1, rate / 500),
  }
  return reportOf(
    resultOf(plan, pretence),
    {
      trust: {
        ok: false,
        reasons: [
          'the load generator was the limit in 22 of 30 windows: its event loop was busy 100 % of the time',
        ],
        notes: ['in 22 of 30 windows requests left up to 79.2 ms late'],
      },
      capacity: {
        knee: {
          rps: 500,
          low: 480,
          high: null,
          confidence: 0.95,
          bound: 'at-least',
          because: 'the load generator gave out at 500/s',
          method: 'hinge fit of the ramp',
        },
        limitedBy: 'generator',
        saturation: null,
        ...DEFINED,
      },
    },
    {
      name: 'inconclusive',
      because: 'the load generator, not the target, was the limit',
      promises: [
        {
          text: 'knee > 800/s',
          held: null,
          measured: 'at least 480/s',
          because: 'the generator was the limit above 480/s',
        },
      ],
    },
    (window): boolean => window.generator.utilisation < 0.85,
  )
})

/** Nothing listens at the target: the trial ended itself after three seconds. */
export const refusedReport: () => Report = once(() => {
  const plan = planOf([stage('warm-up', 50, 50, 10, true), stage('ramp', 50, 1500, 60)])
  const refused: Fate = { outcome: { kind: 'failed', cause: 'refused' }, share: 1, meanMs: 0 }
  const ended: Result['ended'] = {
    how: 'stopped',
    reason: '127.0.0.1:8080 refuses connections; nothing listens there',
    failure: 'refused',
    at: seconds(3),
  }
  const sample: Result['samples'][number] = {
    request: 0,
    outcome: refused.outcome,
    at: seconds(0.02),
    head: 'connect ECONNREFUSED 127.0.0.1:8080',
    body: '',
  }
  return reportOf(
    { ...resultOf(plan, { target: () => [refused] }, 3), ended, samples: [sample] },
    {
      trust: { ok: false, reasons: ['no request was answered'], notes: [] },
      causes: [
        {
          cause: 'connectivity',
          certainty: 0.99,
          claim: 'nothing listens at 127.0.0.1:8080',
          evidence: ['all 150 attempts to connect were refused'],
          next: 'start the server, or correct target: in the scenario',
        },
      ],
    },
    { name: 'inconclusive', because: 'the target refused every connection', promises: [] },
  )
})

/** The same before the first window was complete: no window at all. */
export function emptyReport(): Report {
  const report = refusedReport()
  const ended: Result['ended'] = { how: 'interrupted', signal: 'SIGINT', at: seconds(0.4) }
  return {
    ...report,
    stages: [],
    windows: [],
    routes: [],
    generator: { ...report.generator, latenessUs: { p50: null, p99: null, max: null } },
    run: { ...report.run, ended },
    result: { ...report.result, ended, windows: [], samples: [] },
  }
}

/** One page answers 502 to a tenth of its requests at every rate; the others are well. */
export const pageReport: () => Report = once(() => {
  const plan = planOf([stage('warm-up', 50, 50, 5, true), stage('steady', 300, 300, 60)])
  const target = (_rate: number, template: RequestTemplate): readonly Fate[] => {
    const bad = template.name === 'checkout' ? 0.12 : 0
    return [
      { outcome: { kind: 'answered', status: 200 }, share: 1 - bad, meanMs: 6 },
      { outcome: { kind: 'answered', status: 502 }, share: bad, meanMs: 30 },
    ]
  }
  const onset: Onset = {
    ...sustained,
    rps: 300,
    low: null,
    high: null,
    atSeconds: 5.3,
    loadRelated: false,
    firstSeenRps: 300,
    count: 180,
    share: 0.01,
    because: 'the share of 502 is the same in every window',
  }
  const report = reportOf(
    resultOf(plan, { target }),
    {
      capacity: {
        knee: {
          rps: 300,
          low: 300,
          high: null,
          confidence: 0.95,
          bound: 'at-least',
          because: 'at 300/s, the only rate that was tried, good answers keep up with the load',
          method: 'steps',
        },
        limitedBy: null,
        saturation: null,
        ...DEFINED,
      },
      sizing: {
        ...UNSIZED,
        safeRps: 240,
        formulas: ['plan for = headroom × lower end of the knee'],
        because: 'the knee was not reached, so it may carry more',
      },
      onset: { '502': onset, '503': null, '504': null, any: onset },
      causes: [
        {
          cause: 'page-specific',
          certainty: 0.97,
          claim: 'only checkout answers 502, whatever the load',
          evidence: [
            '180 of 180 answers 502 came from POST /checkout, which has 8 % of the requests',
            'their share does not grow with the load',
          ],
          next: 'read the backend log of POST /checkout; more capacity will not help',
        },
      ],
    },
    {
      name: 'failed',
      because: 'errors < 0.1% does not hold: 1 % of the requests failed',
      promises: [
        {
          text: 'errors < 0.1%',
          held: false,
          measured: '1 % of 18 000 requests',
          because: 'broken in all 60 windows',
        },
      ],
    },
  )
  return {
    ...report,
    routes: report.routes.map(route => (route.name === 'checkout' ? { ...route, onset } : route)),
  }
})

/** What a page or a terminal must show as it stands, and never carry out. */
export const HOSTILE = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">'&\u2028\u001b[31m\u0007`

/** The launch report with a hostile text wherever the scenario or the target has a say. */
export function hostileReport(): Report {
  const report = launchReport()
  const { result } = report
  const plan: Plan = {
    ...result.plan,
    name: HOSTILE,
    stages: result.plan.stages.map(own => ({ ...own, name: HOSTILE })),
    requests: result.plan.requests.map(own => ({ ...own, name: HOSTILE, path: `/${HOSTILE}` })),
  }
  return {
    ...report,
    because: HOSTILE,
    run: {
      ...report.run,
      name: HOSTILE,
      target: HOSTILE,
      scenario: { file: HOSTILE, digest: HOSTILE, text: HOSTILE },
    },
    promises: report.promises.map(own => ({ ...own, text: HOSTILE, measured: HOSTILE, because: HOSTILE })),
    causes: report.causes.map(own => ({ ...own, claim: HOSTILE, evidence: [HOSTILE], next: HOSTILE })),
    trust: { ok: true, reasons: [], notes: [HOSTILE] },
    stages: report.stages.map(own => ({ ...own, name: HOSTILE })),
    windows: report.windows.map(own => ({ ...own, stage: HOSTILE })),
    routes: report.routes.map(own => ({ ...own, name: HOSTILE, path: HOSTILE })),
    result: {
      ...result,
      plan,
      samples: result.samples.map(own => ({ ...own, head: HOSTILE, body: HOSTILE })),
    },
  }
}

export const FIXTURES: Readonly<Record<string, () => Report>> = {
  launch: launchReport,
  untouched: untouchedReport,
  untrusted: untrustedReport,
  refused: refusedReport,
  empty: emptyReport,
  page: pageReport,
  hostile: hostileReport,
  closed: once(closedReport),
  searched: once(searchedReport),
}
