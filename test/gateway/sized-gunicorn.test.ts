/** From a run against one real backend to a gateway before two: what `plimsoll size` says, held against what then happens. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import type { Addresses } from '../../src/sizing/config/addresses.ts'
import { hostAndPort } from '../../src/sizing/config/addresses.ts'
import { debianProgram } from '../support/debian-program.ts'
import { saturationOf, startGunicorns } from '../support/gunicorn-backends.ts'
import { gatewayErrorsIn, loadThrough, meanWaitMs } from '../support/load-through.ts'
import type { Loaded } from '../support/load-through.ts'
import { partOf } from '../support/overload-run.ts'
import type { RunPart } from '../support/overload-run.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import { HEALTH_PATH, startHaproxy, startNginx } from '../support/sized-gateway.ts'
import { unlimitedHaproxy, unlimitedNginx } from '../support/unlimited-gateways.ts'

const gunicorn = debianProgram(/^gunicorn$/, 'gunicorn')
const haproxy = debianProgram(/^haproxy$/, 'haproxy')
const nginx = debianProgram(/^nginx$/, 'nginx-light')
const isThere = gunicorn !== undefined && haproxy !== undefined && nginx !== undefined
if (!isThere)
  process.stderr.write('SKIPPED: no gunicorn, HAProxy or nginx here, and no right to install it\n')

/** Two of less than 100/s each do not carry more of it than that, with the headroom that is asked for. */
const PEAK = 150
const QUEUE_BUDGET = 0.5
const QUESTION = `one.json --peak ${PEAK}/s --survive 0 --headroom 85% --queue-budget ${QUEUE_BUDGET * 1000}ms`

const SCENARIO = (origin: string): string => `name: one backend
target: ${origin}
stages:
  - { name: calm, rate: 30/s, for: 8s }
  - { name: ramp, from: 75/s, to: 125/s, for: 60s }
requests:
  - { name: page, get: /, deadline: 20s }
`
const ATTEMPTS = 3

interface Said {
  readonly need: { readonly backends: { readonly value: number } }
  readonly limits: Readonly<
    Record<'queue' | 'capacityRps' | 'responseTimeP99Seconds' | 'queueTimeoutSeconds', { value: number }>
  >
}

describe.skipIf(!isThere)('gunicorns sized from one of them', () => {
  let folder: WorkFolder
  let saturation: number
  let report: Report
  let said: Said

  /** What a user does: a run, and what it says of the peak. */
  beforeAll(async () => {
    folder = await makeFolder()
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const backends = await startGunicorns(gunicorn!, 1)
      try {
        const [backend] = backends.endpoints
        saturation = await saturationOf(backend!)
        await folder.write('one.yaml', SCENARIO(`http://${hostAndPort(backend!)}`))
        await runCli('run one.yaml --low-cpu --workers 1 --quiet --out one.json'.split(' '), {
          cwd: folder.path,
        })
      } finally {
        await backends.stop()
      }
      report = JSON.parse(await readFile(join(folder.path, 'one.json'), 'utf8')) as Report
      if (report.trust.ok) break
    }
    const answer = await runCli(`size ${QUESTION} --format json`.split(' '), { cwd: folder.path })
    if (answer.exitCode !== 0) throw new Error(answer.stdout + answer.stderr)
    said = (JSON.parse(answer.stdout) as { readonly sized: Said }).sized
  }, 600_000)
  afterAll(() => folder.remove())

  test('the knee of one is what it answers when somebody always waits, within 4 %', () => {
    expect(report.trust).toMatchObject({ ok: true, reasons: [] })
    expect(Math.abs(report.capacity.knee.rps! / saturation - 1)).toBeLessThan(0.04)
  })

  test('two are recommended', () => {
    expect(said.need.backends.value).toBe(2)
  })

  /** The configuration as it is pasted. */
  const configuration = async (file: string, { listen, backends }: Addresses): Promise<string> => {
    const where = backends.flatMap(one => ['--address', hostAndPort(one)])
    const wanted = ['--config', 'conf', '--listen', hostAndPort(listen), '--health-path', HEALTH_PATH]
    const run = await runCli(['size', ...QUESTION.split(' '), ...wanted, ...where], { cwd: folder.path })
    if (run.exitCode !== 0) throw new Error(run.stdout + run.stderr)
    return readFile(join(folder.path, 'conf', file), 'utf8')
  }

  describe.each([
    ['HAProxy', haproxy!, 'haproxy.cfg', unlimitedHaproxy, startHaproxy],
    ['nginx', nginx!, 'nginx.conf', unlimitedNginx, startNginx],
  ])('behind a real %s', (_name, program, file, unlimited, start) => {
    const overload = (): number => Math.round(1.2 * 2 * saturation)
    const backends = () => startGunicorns(gunicorn!, 2)

    test('without limits 1.2 × the knee is the end: every answer comes too late', async () => {
      const loaded = await loadThrough(
        folder,
        known => start(program, unlimited(known), known.listen.port),
        [
          { name: 'warm-up', rate: 100, forSeconds: 1 },
          { name: 'overload', rate: overload(), forSeconds: 12 },
        ],
        backends,
      )
      // The wait grows by 0.2 s a second, so it is 1 s after 5 s, and from then on an answer comes too late.
      const { endings, goodPerSecond } = partOf(loaded.report, 'overload', 8)
      expect(gatewayErrorsIn(endings)).toBeGreaterThan(0.8 * 4 * overload())
      expect(goodPerSecond).toBeLessThan(0.2 * 2 * saturation)
    })

    describe('with the configuration that sizing wrote', () => {
      let loaded: Loaded
      beforeAll(async () => {
        loaded = await loadThrough(
          folder,
          async known => start(program, await configuration(file, known), known.listen.port),
          [
            { name: 'warm-up', rate: 100, forSeconds: 1 },
            { name: 'peak', rate: PEAK, forSeconds: 8 },
            { name: 'overload', rate: overload(), forSeconds: 20 },
          ],
          backends,
        )
      }, 600_000)
      // n × (q + m) = 2 × (47 + 13) requests fill queues and backends within 120 / 39 = 3 s.
      const overloaded = (): RunPart => partOf(loaded.report, 'overload', 6)

      test('the run may be believed', () => {
        expect(loaded.report.trust).toMatchObject({ ok: true, reasons: [] })
      })

      test('the recommended number carries the peak without one error', () => {
        expect(Object.keys(partOf(loaded.report, 'peak').endings)).toEqual(['200'])
      })

      test('at 1.2 × the knee 95 % of the capacity is served well, and the rest turned away with 503', () => {
        const { goodPerSecond, endings } = overloaded()
        expect(goodPerSecond).toBeGreaterThanOrEqual(0.95 * 2 * saturation)
        expect(Object.keys(endings).toSorted()).toEqual(['200', '503'])
      })

      test('the p99 of what is let in stays within 1.3 × of what is printed, T_q and the p99 near the knee together', () => {
        const { queueTimeoutSeconds, responseTimeP99Seconds } = said.limits
        const printed = queueTimeoutSeconds.value + responseTimeP99Seconds.value
        expect(overloaded().acceptedP99).toBeLessThan(1.3 * printed)
      })

      test('requests wait as long as is printed for a full queue, within 20 %', () => {
        const printed = (said.limits.queue.value / said.limits.capacityRps.value) * 1000
        expect(Math.abs(meanWaitMs(loaded.handled, 1500) / printed - 1)).toBeLessThan(0.2)
      })
    })
  })
})
