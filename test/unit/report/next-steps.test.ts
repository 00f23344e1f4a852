import { describe, expect, test } from 'vitest'
import type { SearchFlag } from '../../../src/result/search-record.ts'
import type { Report } from '../../../src/report/report.ts'
import { viewNextSteps } from '../../../src/report/view/next-steps.ts'
import { seconds } from '../../../src/units/quantity.ts'
import {
  emptyReport,
  launchReport,
  pageReport,
  refusedReport,
  untouchedReport,
  untrustedReport,
} from '../../support/report-fixture.ts'
import { searchedReport } from '../../support/searched-report.ts'

const commandsOf = (report: Report): readonly string[] =>
  viewNextSteps(report).flatMap(({ command }) => (command === null ? [] : [command.join(' ')]))

const textsOf = (report: Report): string =>
  viewNextSteps(report)
    .map(({ text }) => text)
    .join('\n')

describe('the next steps', () => {
  test('ask the target by hand after a run that it ended', () => {
    expect(commandsOf(refusedReport())[0]).toBe('curl -sS -i http://127.0.0.1:8080/')
  })

  test('ask through a unix socket where that is the way in', () => {
    const report = refusedReport()
    const target = { ...report.result.plan.target, socketPath: '/run/my app.sock', host: 'app' }
    const plan = { ...report.result.plan, target }
    expect(commandsOf({ ...report, result: { ...report.result, plan } })[0]).toBe(
      "curl -sS -i --unix-socket '/run/my app.sock' http://app/",
    )
  })

  test('give the generator more workers while there are cores', () => {
    expect(commandsOf(untrustedReport())).toEqual([
      'plimsoll run scenarios/storefront.yaml --headroom 80% --workers 2',
    ])
  })

  test('give it another machine when there are none left, and show what a machine can make', () => {
    const report = untrustedReport()
    const busy: Report = { ...report, generator: { ...report.generator, workers: 2 } }
    expect(textsOf(busy)).toContain('a machine of its own')
    expect(commandsOf(busy)[0]).toMatch(/ --calibrate$/)
  })

  test('say what to raise where descriptors or ports ran out: more workers would not help', () => {
    const report = untrustedReport()
    const [ramp] = report.stages
    const lacking: Report = {
      ...report,
      stages: [{ ...ramp!, neverSentReasons: { 'client-resources': 9 } }],
      causes: [
        { cause: 'client-refused', certainty: 1, claim: '', evidence: [], next: 'raise ulimit -n 65536' },
      ],
    }
    expect(viewNextSteps(lacking).map(({ text }) => text)).toEqual([
      "Give the load generator's machine what it ran out of: raise ulimit -n 65536.",
    ])
  })

  test('repeat the run with the flags that made it what it was', () => {
    const report = launchReport()
    const scenario = {
      ...report.run.scenario,
      flags: ['--target', 'http://staging:8080', '--set', 'requests.0.get=/a b', '--allow-host', 'staging'],
    }
    const interrupted = { how: 'interrupted', signal: 'SIGINT', at: 0 } as Report['run']['ended']
    const run = { ...report.run, scenario, ended: interrupted }
    expect(commandsOf({ ...report, run })[0]).toBe(
      "plimsoll run scenarios/storefront.yaml --target http://staging:8080 --set 'requests.0.get=/a b' " +
        '--allow-host staging --peak 1200/s --backends 2 --headroom 80%',
    )
  })

  test('name each flag once: one that is given twice is refused', () => {
    const report = untrustedReport()
    const flags = ['--workers', '1', '--set', 'stages.0.for=5s', '--low-cpu', '--set', 'seed=--workers']
    const run = { ...report.run, scenario: { ...report.run.scenario, flags } }
    expect(commandsOf({ ...report, run })).toEqual([
      'plimsoll run scenarios/storefront.yaml --set stages.0.for=5s --low-cpu --set seed=--workers --headroom 80% --workers 2',
    ])
  })

  test('go higher where nothing gave way: twice 600/s', () => {
    expect(textsOf(untouchedReport())).toContain('Raise the stage "600/s" to 1200/s.')
  })

  test('hold below the lower end of the knee: 826/s × 0.97 in two digits is 800/s', () => {
    expect(textsOf(launchReport())).toContain('{ name: hold, rate: 800/s, for: 60s }')
  })

  test('say how many backends the peak takes', () => {
    expect(textsOf(launchReport())).toContain(
      'To carry 1 200/s, run 4 backends (now 2), or let a CDN answer 44.9 %',
    )
  })

  test('follow the most certain cause first', () => {
    expect(viewNextSteps(pageReport())[0]?.text).toBe(
      'Read the backend log of POST /checkout; more capacity will not help.',
    )
  })

  test('ask for a peak where none was given', () => {
    expect(commandsOf(pageReport())).toContain(
      'plimsoll run scenarios/storefront.yaml --headroom 80% --peak 5000/s',
    )
  })

  test('go on with a search that was interrupted', () => {
    const report = searchedReport()
    const run = { ...report.run, ended: { how: 'interrupted', at: seconds(5), signal: 'SIGINT' } as const }
    expect(viewNextSteps({ ...report, run })[0]).toEqual({
      text: 'Let the search go on from where it ended: plimsoll run --resume, and the path of this report.',
      command: null,
    })
  })

  test('go on with a search whose budget was spent, and do not raise a bound that it never met', () => {
    const report = searchedReport()
    const knee = { ...report.capacity.knee, bound: 'at-least' } as const
    const flagged = (flag: SearchFlag): Report => ({
      ...report,
      capacity: { ...report.capacity, limitedBy: null, knee },
      search: { ...report.search!, flags: [flag] },
    })
    expect(textsOf(flagged('budget-spent'))).toContain('plimsoll run --resume')
    expect(textsOf(flagged('budget-spent'))).not.toContain('Go higher')
    expect(textsOf(flagged('reached-the-cap'))).toContain('Go higher')
  })

  test('finish a run that was interrupted', () => {
    expect(viewNextSteps(emptyReport())[0]?.text).toBe('Let the run come to its end.')
    // It was on its way up: that nothing gave way until then is no reason to raise the stage.
    const report = untouchedReport()
    const ended = {
      how: 'stopped',
      reason: 'the run was cut off',
      failure: 'cut-off',
      at: seconds(5),
    } as const
    const texts = textsOf({ ...report, run: { ...report.run, ended } })
    expect(texts).toMatch(/^Let the run come to its end\./)
    expect(texts).not.toContain('Go higher')
    expect(texts).not.toContain('by hand')
  })

  test('name the target where there was no scenario file, quoted for a shell', () => {
    const report = untrustedReport()
    const run = { ...report.run, target: 'http://h/a b', scenario: { ...report.run.scenario, file: null } }
    expect(commandsOf({ ...report, run })).toEqual(["plimsoll run 'http://h/a b' --headroom 80% --workers 2"])
  })

  test('are never more than four and never none', () => {
    const report = launchReport()
    const content: Report = {
      ...report,
      causes: [],
      capacity: { ...report.capacity, knee: { ...report.capacity.knee, bound: 'none' } },
      sizing: { ...report.sizing, peakRps: null },
    }
    for (const make of [launchReport, untouchedReport, untrustedReport, refusedReport, pageReport]) {
      expect(viewNextSteps(make()).length).toBeLessThanOrEqual(4)
    }
    expect(textsOf(content)).toContain('Keep this report')
  })
})
