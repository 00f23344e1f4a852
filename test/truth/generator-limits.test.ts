import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, startLabProcess, startPlimsoll } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { PLIMSOLL } from '../support/run-cli.ts'

/** What the tool says when it was itself the limit. */
let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => folder.remove())

const readReport = async (): Promise<Report> =>
  JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8')) as Report

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/**
 * All threads of the generator stand still for 200 ms, as under a hypervisor or a debugger. Of the 200/s, 40 are due
 * meanwhile; the server, which answers in 2 ms, is not to blame for any of it.
 */
test('a generator that stands still for 200 ms voids the windows that it touches, and shows the wait', async () => {
  const { url, stop } = await startLabProcess(['D1', '--set', 'service=2ms'], folder.path)
  await folder.write('scenario.yaml', `target: ${url}\nstages:\n  - { rate: 200/s, for: 4s }\n`)
  const words = ['run', 'scenario.yaml', '--out', 'report.json', '--seed', '5', '--quiet']
  const run = startPlimsoll(words, { cwd: folder.path })
  const journal = join(folder.path, 'report.json.journal')
  const windowsSoFar = async (): Promise<number> =>
    (await readFile(journal, 'utf8').catch(() => '')).split('\n').length - 2
  for (let waited = 0; (await windowsSoFar()) < 2 && waited < 1000; waited += 1) await sleep(10)
  await sleep(300)
  run.signal('SIGSTOP')
  await sleep(200)
  run.signal('SIGCONT')
  await run.ended
  await stop()
  const { windows, stages } = await readReport()
  const touched = windows.filter(({ valid }) => !valid)
  expect(touched.length).toBeGreaterThanOrEqual(1)
  const worst = windows.reduce((a, b) =>
    (a.responseTimeMs?.max ?? 0) > (b.responseTimeMs?.max ?? 0) ? a : b,
  )
  expect(worst.valid).toBe(false)
  // Counted from the intended start, the first one due in the stall waited for nearly all of it …
  expect(worst.responseTimeMs.max).toBeGreaterThan(150)
  // … and nothing was left out or sent twice.
  expect(stages[0]!.offered).toBe(total(stages[0]!.statuses))
  // The stall is the generator's: it is shown as its lateness, not as the server's service time.
  expect((await readReport()).generator.latenessUs.max).toBeGreaterThan(150_000)
  expect(worst.serviceTimeMs.p50).toBeLessThan(100)
})

/** 20/s is what the server does; of 300/s the others wait, each with a descriptor: 256 are soon used up. */
test('descriptors that run out are told as the own fault of the generator', async () => {
  const { url, stop } = await startLabProcess(['D1', '--set', 'service=50ms'], folder.path)
  await folder.write('scenario.yaml', `target: ${url}\ndeadline: 2s\nstages:\n  - { rate: 300/s, for: 3s }\n`)
  const words = `run scenario.yaml --out report.json --workers 1 --quiet`
  const { status } = spawnSync(
    'bash',
    ['-c', `ulimit -n 256; exec "$0" "$1" ${words}`, process.execPath, PLIMSOLL],
    {
      cwd: folder.path,
      timeout: 60_000,
    },
  )
  await stop()
  const report = await readReport()
  expect(report.stages[0]!.neverSent).toBeGreaterThan(100)
  expect(report.windows.some(({ valid }) => valid)).toBe(false)
  expect(report.trust.ok).toBe(false)
  expect(report.trust.reasons.join('\n')).toMatch(/file descriptor/)
  expect(status).toBe(3)
})

/** A network of its own, with 51 local ports, and a connection for each request: the ports run out. */
test('local ports that run out are told as the own fault of the generator', async () => {
  const inside = `
    ip link set lo up && echo "40000 40050" > /proc/sys/net/ipv4/ip_local_port_range || exit 77
    "$0" "$1" lab D1 --set service=50ms --port 18999 > lab.txt & lab=$!
    for i in $(seq 100); do grep -q listening lab.txt && break; sleep 0.1; done
    "$0" "$1" run ports.yaml --out report.json --workers 1 --quiet; code=$?
    kill $lab; wait $lab; exit $code`
  await folder.write(
    'ports.yaml',
    'target: http://127.0.0.1:18999\ndeadline: 2s\nstages:\n  - { rate: 100/s, for: 3s }\n',
  )
  const { status, error } = spawnSync(
    'unshare',
    ['--net', 'bash', '-c', inside, process.execPath, PLIMSOLL],
    {
      cwd: folder.path,
      timeout: 60_000,
    },
  )
  if (error !== undefined || status === 77 || (status === 1 && process.getuid?.() !== 0)) {
    if (process.env['CI'] !== undefined) throw new Error('a network namespace could not be made')
    console.warn('SKIPPED: a network namespace could not be made (needs root and iproute2)')
    return
  }
  const report = await readReport()
  expect(report.stages[0]!.neverSent).toBeGreaterThan(100)
  expect(report.trust.ok).toBe(false)
  expect(report.trust.reasons.join('\n')).toMatch(/local port/)
  expect(status).toBe(3)
})
